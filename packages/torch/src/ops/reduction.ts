import { ops } from "@cognate/kernel";
import { def } from "@cognate/py";
import { call } from "@cognate/tensor";
import { type DTypeLike, toKernel } from "../dtype.js";
import { type Tensor, wrap } from "../tensor/tensor.js";

/** Axes to reduce: one, several, or all of them. */
export type Dims = number | readonly number[] | null;

const dimsOf = (dim: Dims): readonly number[] | undefined =>
  dim === null || (typeof dim !== "number" && dim.length === 0)
    ? undefined
    : typeof dim === "number"
      ? [dim]
      : dim;

/** Σ input over the axes `dim` (all by default); integers give int64. */
export const sum = def(
  "torch.sum",
  "input|x|a dim|axis keepdim|keepdims * dtype",
  (input: Tensor, dim: Dims = null, keepdim = false, dtype: DTypeLike | null = null): Tensor =>
    wrap(
      call(ops.sum, [input._value], {
        dims: dimsOf(dim),
        keepdim,
        dtype: dtype ? toKernel(dtype, "sum") : undefined,
      }),
    ),
);
