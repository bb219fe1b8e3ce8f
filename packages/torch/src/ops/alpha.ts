import {
  type DType,
  integerRange,
  isDiscrete,
  isInteger,
  type Scalar as KernelScalar,
  kindOf,
  ops,
  scalarArray,
} from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { call, type Input, Value } from "@cognate/tensor";
import type { Scalar } from "../tensor/tensor.js";
import { cName, overflow } from "../words.js";

/** A number argument in the form that rows take. */
export const number = (x: Scalar): KernelScalar =>
  typeof x === "boolean" || x instanceof Number ? Number(x) : (x as KernelScalar);

/** @throws RuntimeError where `alpha` or `value` is of a higher category than the result */
function checkScale(what: string, scale: Scalar, type: DType): void {
  const kind = kindOf(scale);
  if (kind === "bool" && type.kind !== "bool")
    throw new RuntimeError("Boolean alpha only supported for Boolean results.");
  if (kind === "complex" && type.kind !== "complex")
    throw new RuntimeError(`For non-complex input tensors, argument ${what} must not be a complex number.`);
  if (kind === "float" && isDiscrete(type))
    throw new RuntimeError(
      `For integral input tensors, argument ${what} must not be a floating point number.`,
    );
}

/** `alpha·other` beside `input`, in the type that the two are added in. */
export const scaleOther =
  (alpha: Scalar, at: 0 | 1) =>
  (inputs: Input[], type: DType): Input[] => {
    checkScale("alpha", alpha, type);
    const factor = number(alpha);
    if (factor === 1) return inputs;
    const x = inputs[at]!;
    const value = x instanceof Value ? x : new Value(scalarArray(x as KernelScalar, type));
    const scaled = call(ops.mul, [value, factor], undefined);
    return at === 0 ? [scaled, inputs[1]!] : [inputs[0]!, scaled];
  };

export const MINUS_BOOL =
  "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.";
const MINUS_BOOLS =
  "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.";

/** @throws RuntimeError: PyTorch subtracts no bools */
export function refuseBools(a: Value | Scalar, b: Value | Scalar): void {
  const [x, y] = [a, b].map((v) => (v instanceof Value ? v.dtype.kind === "bool" : kindOf(v) === "bool"));
  if (x && y) throw new RuntimeError(MINUS_BOOLS);
  if (x || y) throw new RuntimeError(MINUS_BOOL);
}

/** @throws RuntimeError for whole numbers that the integer type beside them cannot hold, where PyTorch looks */
export function requireFit(numbers: readonly (Value | Scalar)[], type: DType): void {
  if (!isInteger(type)) return;
  const [low, high] = integerRange(type);
  for (const x of numbers)
    if (
      !(x instanceof Value) &&
      kindOf(x) === "int" &&
      (BigInt(x as number) < low || BigInt(x as number) > high)
    )
      throw overflow(cName(type));
}
