import type { DType } from "../../dtype/dtype.js";
import { ParamError } from "../../errors/errors.js";
import type { ComplexScalar, Scalar } from "../row.js";
import type { Value } from "../value.js";

/** The factor before a product or quotient; 1 if left out. */
export interface ScaledParams {
  readonly value?: Scalar;
}

/** The factor in the form that the arithmetic of an element type takes. */
export function prepareScale(params: ScaledParams | undefined, dtype: DType): ScaledParams {
  const value = params?.value ?? 1;
  if (dtype.kind === "complex")
    return { value: typeof value === "object" ? value : { re: Number(value), im: 0 } };
  if (dtype.big) {
    const whole = typeof value === "object" ? value.re : value;
    if (typeof whole === "number" && !Number.isInteger(whole))
      throw new ParamError("scale", "value", whole, `a whole number for ${dtype.name}`);
    return { value: BigInt(whole) };
  }
  return { value: typeof value === "object" ? value.re : Number(value) };
}

/** `gy` times the conjugate of the factor. */
export function timesScale(gy: Value, params: ScaledParams | undefined): Value {
  const value = params?.value ?? 1;
  if (value === 1) return gy;
  return gy.mul(typeof value === "object" ? ({ re: value.re, im: -value.im } as ComplexScalar) : value);
}
