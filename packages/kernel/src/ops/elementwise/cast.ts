import { type DType, isComplex, isDifferentiable } from "../../dtype/dtype.js";
import { cloneContiguous, copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface CastParams {
  readonly dtype: DType;
  /** Copy even if nothing changes. */
  readonly copy?: boolean;
}

/** x with elements converted to another type: floats truncate towards zero, integers wrap, complex keeps its real part. */
export const cast = defineOp({
  name: "cast",
  inputs: ["x"],
  dtype: "given",
  run: ([x], { dtype, copy = true }: CastParams) => {
    const from = x as Strided;
    if (from.dtype === dtype) return copy ? cloneContiguous(from) : from;
    return copyInto(Strided.zeros(dtype, from.shape), from);
  },
  vjp: (gy, _saved, { dtype }) => {
    const to = dtype(0);
    if (!isDifferentiable(to)) return { x: null };
    return { x: (isComplex(gy.dtype) && !isComplex(to) ? gy.real() : gy).cast({ dtype: to }) };
  },
});
