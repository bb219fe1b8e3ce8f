import { bool, type DType, dtypeNamed, int32, type OpRow, ops, type QuantileMethod } from "@cognate/kernel";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { kernelType } from "../../backend/dtype.js";
import { run, runMany } from "../../backend/record.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { result_type } from "../../promotion.js";
import { anyRow, compute, floating, op, promoted } from "../make.js";

/** Axes of a reduction: one, several, or all. */
export type Axis = number | readonly number[] | null;

/** Axes as rows take them; all of them where none is named. */
export const dimsOf = (axis: Axis, rank: number): number[] =>
  axis === null
    ? Array.from({ length: rank }, (_, i) => i)
    : (Array.isArray(axis) ? (axis as readonly number[]) : [axis as number]).map((a) => Number(a));

const kernel = (name: string): DType => kernelType(name);

/** Small integers add up to int32, as in JAX. */
function summable(v: Value): Value {
  const { name, kind } = v.dtype;
  if (kind === "bool" || name === "int8" || name === "int16") return castValue(v, int32);
  return name === "uint8" || name === "uint16" ? castValue(v, kernel("uint32")) : v;
}

type Prepare = (v: Value) => Value;
const asIs: Prepare = (v) => v;

/** A reduction that a row does, of what `prepare` makes of the tensor. */
const reduction = (path: string, name: string, row: unknown, prepare: Prepare, more: object = {}) =>
  op(path, name, "x axis keepdims", (x: TensorLike, axis: Axis = null, keepdims = false): Tensor => {
    const v = prepare(valueOf(x));
    const params = { dims: dimsOf(axis, v.shape.length), keepdim: keepdims, ...more };
    return compute(row as OpRow<typeof params>, [v], params, name);
  });

const total = (path: string, name: string, row: unknown) =>
  op(path, name, "x axis keepdims", (x: TensorLike, axis: Axis = null, keepdims = false): Tensor => {
    const v = summable(valueOf(x));
    const params = { dims: dimsOf(axis, v.shape.length), keepdim: keepdims, dtype: v.dtype };
    return compute(row as OpRow<typeof params>, [v], params, name);
  });
/** The sum of elements. */
export const sum = total("numpy.Sum", "sum", ops.sum);
export const nansum = total("numpy.Nansum", "nansum", ops.nansum);
/** The mean of elements; of integers in the default float. */
export const mean = reduction("numpy.Mean", "mean", ops.mean, floating);
/** The variance: the mean of squared distances from the mean. */
const variance = reduction("numpy.Var", "var", ops.variance, floating, { correction: 0 });

export { variance as var_ };
/** The square root of the variance. */
export const std = reduction("numpy.Std", "std", ops.std, floating, { correction: 0 });
export const amax = reduction("numpy.Amax", "amax", ops.amax, asIs);
export const amin = reduction("numpy.Amin", "amin", ops.amin, asIs);
const flags: Prepare = (v) => castValue(v, bool);
/** Whether all elements are true. */
export const all = reduction("numpy.All", "all", ops.all, flags);
/** Whether any element is true. */
export const any = reduction("numpy.Any", "any", ops.any, flags);
export const nanmean = reduction("numpy.Nanmean", "nanmean", ops.nanmean, floating);
/** log Σ exp. */
export const logsumexp = reduction("math.Logsumexp", "logsumexp", ops.logsumexp, floating);

const extreme = (cls: string, name: string, row: unknown, pair: unknown) =>
  op(
    `numpy.${cls}`,
    name,
    "x axis keepdims initial",
    (x: TensorLike, axis: Axis = null, keepdims = false, initial: number | null = null): Tensor => {
      const v = valueOf(x);
      const params = { dims: dimsOf(axis, v.shape.length), keepdim: keepdims };
      const y = compute(row as OpRow<typeof params>, [v], params, name);
      return initial === null ? y : compute(anyRow(pair), [y._value, valueOf(initial, v.dtype)], undefined);
    },
  );
/** The largest element; equal ones share the gradient. */
export const max = extreme("Max", "max", ops.amax, ops.maximum);
/** The smallest element; equal ones share the gradient. */
export const min = extreme("Min", "min", ops.amin, ops.minimum);

/** The product of elements. */
export const prod = op(
  "numpy.Prod",
  "prod",
  "x axis keepdims dtype",
  (x: TensorLike, axis: Axis = null, keepdims = false, dtype: string | null = null): Tensor => {
    const v = dtype === null ? summable(valueOf(x)) : valueOf(x, kernel(dtype));
    return compute(ops.prod, [v], { dims: dimsOf(axis, v.shape.length), keepdim: keepdims, dtype: v.dtype });
  },
);

const position = (cls: string, name: string, row: unknown) =>
  op(
    `numpy.${cls}`,
    name,
    "x axis keepdims",
    (x: TensorLike, axis: number | null = null, keepdims = false): Tensor => {
      const v = valueOf(x);
      const dims = dimsOf(axis, v.shape.length);
      const y = run(row as OpRow<object>, [v], { dims, keepdim: keepdims });
      return wrap(castValue(y, int32));
    },
  );
/** Where the largest element stands, the first of several: int32. */
export const argmax = position("Argmax", "argmax", ops.argmax);
/** Where the smallest element stands, the first of several: int32. */
export const argmin = position("Argmin", "argmin", ops.argmin);

/** How many elements are not zero: int32. */
export const count_nonzero = op(
  "numpy.CountNonzero",
  "count_nonzero",
  "x axis",
  (x: TensorLike, axis: Axis = null): Tensor => {
    const v = valueOf(x);
    return wrap(castValue(run(ops.countNonzero, [v], { dims: dimsOf(axis, v.shape.length) }), int32));
  },
);

const cumulative = (cls: string, name: string, row: unknown) =>
  op(
    `numpy.${cls}`,
    name,
    "x axis dtype",
    (x: TensorLike, axis: number | null = null, dtype: string | null = null): Tensor => {
      const given = valueOf(x);
      const type = dtype ?? (given.dtype === bool ? "int32" : given.dtype.name);
      const v = castValue(given, kernel(type));
      const flat = axis === null ? run(ops.reshape, [v], { shape: [v.size] }) : v;
      return wrap(run(row as OpRow<object>, [flat], { dim: axis ?? 0, dtype: v.dtype }));
    },
  );
export const cumsum = cumulative("Cumsum", "cumsum", ops.cumsum);
export const cumprod = cumulative("Cumprod", "cumprod", ops.cumprod);

/** The weighted mean. */
export const average = op(
  "numpy.Average",
  "average",
  "x axis weights",
  (x: TensorLike, axis: Axis = null, weights: TensorLike | null = null): Tensor => {
    if (weights === null) return mean.impl(x, axis, false);
    const [v, w] = promoted([x, weights], "float").values as [Value, Value];
    const dims = dimsOf(axis, v.shape.length);
    let spread = w;
    if (w.shape.length === 1 && v.shape.length > 1) {
      const [own] = dims;
      const at = own! < 0 ? own! + v.shape.length : own!;
      spread = w.reshape({ shape: v.shape.map((n, i) => (i === at ? n : 1)) }) as Value;
    }
    const total = (spread.expand({ shape: v.shape }) as Value).sum({ dims }) as Value;
    return compute(ops.div, [v.mul(spread).sum({ dims }) as Value, total], undefined);
  },
  { arity: 1 },
);

const ranked = (cls: string, name: string, scale: number, ignoreNan: boolean) =>
  op(
    `numpy.${cls}`,
    name,
    "x q axis method keepdims",
    (
      x: TensorLike,
      q: TensorLike,
      axis: Axis = null,
      method: QuantileMethod = "linear",
      keepdims = false,
    ): Tensor => {
      const v = floating(x);
      const ranks = castValue(valueOf(q), dtypeNamed("float64")!);
      const list = (ranks.array.rank === 0 ? [ranks.array.data[0]] : [...ranks.array.data]).map(
        (r) => Number(r) / scale,
      );
      const rank = v.shape.length;
      const dims = dimsOf(axis, rank).map((d) => (d < 0 ? d + rank : d));
      const rest = v.shape.map((_, i) => i).filter((i) => !dims.includes(i));
      const lengths = rest.map((i) => v.shape[i]!);
      const lines = v
        .permute({ axes: [...rest, ...dims] })
        .reshape({ shape: [...lengths, dims.reduce((n, d) => n * v.shape[d]!, 1)] }) as Value;
      const [y] = runMany(ops.quantile, [lines], { dim: lengths.length, q: list, method, ignoreNan });
      const first = y!.permute({ axes: [lengths.length, ...lengths.map((_, i) => i)] }) as Value;
      const kept = keepdims ? v.shape.map((n, i) => (dims.includes(i) ? 1 : n)) : lengths;
      return compute(ops.reshape, [first], {
        shape: ranks.shape.length === 0 ? kept : [list.length, ...kept],
      });
    },
  );
export const quantile = ranked("Quantile", "quantile", 1, false);
export const percentile = ranked("Percentile", "percentile", 100, false);
export const nanquantile = ranked("Nanquantile", "nanquantile", 1, true);
export const nanpercentile = ranked("Nanpercentile", "nanpercentile", 100, true);
/** The value in the middle, or between the two in the middle. */
export const median = op(
  "numpy.Median",
  "median",
  "x axis keepdims",
  (x: TensorLike, axis: Axis = null, keepdims = false): Tensor =>
    quantile.impl(x, 0.5, axis, "linear", keepdims),
);
/** The distance from the smallest element to the largest. */
export const ptp = op(
  "numpy.Ptp",
  "ptp",
  "x axis keepdims",
  (x: TensorLike, axis: Axis = null, keepdims = false): Tensor => {
    const [high, low] = [max.impl(x, axis, keepdims, null), min.impl(x, axis, keepdims, null)];
    return compute(ops.sub, [high._value, low._value], undefined);
  },
);

/** The name of the type of a mean. */
export const floatingName = (name: string): string => result_type(name, "float");
