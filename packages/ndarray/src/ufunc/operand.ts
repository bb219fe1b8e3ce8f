import {
  type ComplexScalar,
  type DType,
  integerRange,
  isInteger,
  type Scalar,
  type Strided,
} from "@cognate/kernel";
import { Complex, OverflowError } from "@cognate/py";
import { ArrayBase } from "../array/base.js";
import { asStrided } from "../array/create.js";
import type { ArrayLike } from "../array/types.js";
import type { Weak } from "../dtype/promote.js";

/** A Python number beside arrays: it has a kind, and takes its type from them. */
export interface WeakNumber {
  readonly weak: Weak;
  readonly value: number | bigint | ComplexScalar;
}

/** An argument of a ufunc. */
export type Operand = Strided | WeakNumber;

/** An argument as an array or a Python number. */
export function operandOf(x: ArrayLike): Operand {
  if (x instanceof ArrayBase) return x._a;
  if (typeof x === "number")
    return { weak: Number.isSafeInteger(x) && !Object.is(x, -0) ? "int" : "float", value: x };
  if (typeof x === "bigint") return { weak: "int", value: x };
  if (x instanceof Number) return { weak: "float", value: Number(x) };
  if (x instanceof Complex) return { weak: "complex", value: x };
  return asStrided(x);
}

/** A Python number as an op takes it beside arrays of type `d`. @throws OverflowError for an int that does not fit */
export function scalarFor({ weak, value }: WeakNumber, d: DType): Scalar {
  if (weak === "int" && isInteger(d)) {
    const [low, high] = integerRange(d);
    if ((value as number) < -(2n ** 63n) || (value as number) > 2n ** 64n - 1n)
      throw new OverflowError("Python int too large to convert to C long");
    if ((value as number) < low || (value as number) > high)
      throw new OverflowError(`Python integer ${value as number} out of bounds for ${d.name}`);
  }
  return d.kind === "float" && typeof value === "bigint" ? Number(value) : value;
}

/** Whether a Python int lies outside an integer type; −1 below, 1 above, 0 inside. */
export function sideOf({ weak, value }: WeakNumber, d: DType): -1 | 0 | 1 {
  if (weak !== "int" || !isInteger(d)) return 0;
  const [low, high] = integerRange(d);
  return (value as number) < low ? -1 : (value as number) > high ? 1 : 0;
}
