import { bool, int32, ops } from "@cognate/kernel";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { anyRow, apply, floating, op } from "../make.js";
import { type Axis, cumprod, cumsum, dimsOf, nanmean, nanquantile, prod } from "./reduction.js";

/*
 * Reductions that leave NaN out.
 */

/** NaN replaced by a number. */
const without = (v: Value, by: number): Value =>
  v.dtype.kind === "float" ? (v.full([], by).where(v.isnan(), v) as Value) : v;

const extreme = (cls: string, name: string, row: unknown, start: number) =>
  op(
    `numpy.${cls}`,
    name,
    "x axis keepdims",
    (x: TensorLike, axis: Axis = null, keepdims = false): Tensor => {
      const v = valueOf(x);
      const params = { dims: dimsOf(axis, v.shape.length), keepdim: keepdims };
      if (v.dtype === bool) return wrap(apply(anyRow(row === ops.amax ? ops.any : ops.all), [v], params));
      const y = apply(anyRow(row), [without(v, start)], params);
      if (v.dtype.kind !== "float") return wrap(y);
      const none = apply(ops.all, [v.isnan()], params);
      return wrap(y.full([], Number.NaN).where(none, y) as Value);
    },
  );
export const nanmax = extreme("Nanmax", "nanmax", ops.amax, -Infinity);
export const nanmin = extreme("Nanmin", "nanmin", ops.amin, Infinity);

const place = (cls: string, name: string, row: unknown, start: number) =>
  op(
    `numpy.${cls}`,
    name,
    "x axis keepdims",
    (x: TensorLike, axis: number | null = null, keepdims = false): Tensor => {
      const v = valueOf(x);
      const params = { dims: dimsOf(axis, v.shape.length), keepdim: keepdims };
      const y = castValue(apply(anyRow(row), [without(v, start)], params), int32);
      if (v.dtype.kind !== "float") return wrap(y);
      const none = apply(ops.all, [v.isnan()], params);
      return wrap(y.full([], -1).where(none, y) as Value);
    },
  );
export const nanargmax = place("NanArgmax", "nanargmax", ops.argmax, -Infinity);
export const nanargmin = place("NanArgmin", "nanargmin", ops.argmin, Infinity);

/** The variance of what is a number. */
function varianceOf(x: TensorLike, axis: Axis, keepdims: boolean): Value {
  const v = floating(x);
  const dims = { dims: dimsOf(axis, v.shape.length), keepdim: keepdims };
  const mean = (nanmean.impl(v as never, axis, true) as Tensor)._value;
  const valid = v.isnan().logicalNot();
  const squares = v.sub(mean).square().where(valid, 0);
  return squares.sum(dims).div(valid.cast({ dtype: v.dtype }).sum(dims)) as Value;
}
export const nanvar = op(
  "numpy.Nanvar",
  "nanvar",
  "x axis keepdims",
  (x: TensorLike, axis: Axis = null, keepdims = false): Tensor => wrap(varianceOf(x, axis, keepdims)),
);
export const nanstd = op(
  "numpy.Nanstd",
  "nanstd",
  "x axis keepdims",
  (x: TensorLike, axis: Axis = null, keepdims = false): Tensor =>
    wrap(varianceOf(x, axis, keepdims).sqrt() as Value),
);
export const nanprod = op(
  "numpy.Nanprod",
  "nanprod",
  "x axis keepdims",
  (x: TensorLike, axis: Axis = null, keepdims = false): Tensor =>
    prod.impl(wrap(without(valueOf(x), 1)), axis, keepdims, null) as Tensor,
);
export const nanmedian = op(
  "numpy.Nanmedian",
  "nanmedian",
  "x axis keepdims",
  (x: TensorLike, axis: Axis = null, keepdims = false): Tensor =>
    nanquantile.impl(x, 0.5, axis, "linear", keepdims) as Tensor,
);
export const nancumsum = op(
  "numpy.Nancumsum",
  "nancumsum",
  "x axis dtype",
  (x: TensorLike, axis: number | null = null, dtype: string | null = null): Tensor =>
    cumsum.impl(wrap(without(valueOf(x), 0)), axis, dtype) as Tensor,
);
export const nancumprod = op(
  "numpy.Nancumprod",
  "nancumprod",
  "x axis dtype",
  (x: TensorLike, axis: number | null = null, dtype: string | null = null): Tensor =>
    cumprod.impl(wrap(without(valueOf(x), 1)), axis, dtype) as Tensor,
);
