import { float32, float64, isInteger, linspace, ops } from "@cognate/kernel";
import { def, RuntimeError, Tuple } from "@cognate/py";
import { call, callMany, Value } from "@cognate/tensor";
import * as returned from "../return-types.js";
import { Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import {
  axis,
  deliver,
  deliverAll,
  type Int,
  int,
  kernelFloating,
  named,
  requireFloating,
  valueOf,
  weakLike,
} from "./args.js";
import { castValue } from "./operands.js";
import { unimplemented } from "./refuse.js";

type OutPair = readonly [Tensor, Tensor] | null;

const sorted = (x: Value, dim: Int, descending: boolean): [Value, Value] => {
  const [y, index] = callMany(ops.sort, [x], { dim: axis(dim, x.shape.length), descending }) as [
    Value,
    Value,
  ];
  return [weakLike(y, x), index];
};

/** Elements in order along an axis (the last by default) and where they stood; equal ones keep their order. */
export const sort = def(
  "torch.sort",
  "input|x|a dim|axis descending * stable out",
  (
    input: TensorLike,
    dim: Int = -1,
    descending = false,
    stable: boolean | null = null,
    out: OutPair = null,
  ): returned.ValuesIndices => {
    const [y, index] = sorted(valueOf(input), dim, descending);
    named(y, `SortBackward${stable === null ? 0 : 1}`);
    return returned.sort.make(deliverAll([y, index], out));
  },
);

/** The places that sort an axis. */
export const argsort = def(
  "torch.argsort",
  "input|x|a dim|axis descending * stable",
  (input: TensorLike, dim: Int = -1, descending = false, stable: boolean | null = null): Tensor => {
    void stable;
    return wrap(sorted(valueOf(input), dim, descending)[1]);
  },
);

/** Elements in order along the first axis. */
export const msort = def(
  "torch.msort",
  "input * out",
  (input: TensorLike, out: Tensor | null = null): Tensor => deliver(sorted(valueOf(input), 0, false)[0], out),
);

/** The k largest (or smallest) elements along an axis (the last by default), in order, and where they stood. */
export const topk = def(
  "torch.topk",
  "input k dim|axis largest sorted * out",
  (
    input: TensorLike,
    k: Int,
    dim: Int = -1,
    largest = true,
    inOrder = true,
    out: OutPair = null,
  ): returned.ValuesIndices => {
    void inOrder;
    const x = valueOf(input);
    const d = axis(dim, x.shape.length);
    const count = int(k);
    if (count < 0 || count > (x.shape[d] ?? 1)) throw new RuntimeError("selected index k out of range");
    const [y, index] = callMany(ops.topk, [x], { dim: d, k: count, largest }) as [Value, Value];
    return returned.topk.make(deliverAll([weakLike(y, x), index], out));
  },
);

/** What was asked for of the values, the inverse and the counts: alone, or as a tuple. */
function asked(ys: readonly Value[], inverse: boolean, counts: boolean): Tensor | Tuple<Tensor> {
  const [y, inv, n] = ys as [Value, Value, Value];
  const wanted = [y, ...(inverse ? [inv] : []), ...(counts ? [n] : [])].map(wrap);
  return wanted.length === 1 ? wanted[0]! : Tuple.of_(wanted);
}

/** How `unique` may be called: with `return_inverse` or `return_counts` it gives a tuple. */
export interface Unique {
  (input: TensorLike): Tensor;
  (
    input: TensorLike,
    keywords: { sorted?: boolean; return_inverse?: false; return_counts?: false; dim?: number | null },
  ): Tensor;
  (
    input: TensorLike,
    keywords: { sorted?: boolean; return_inverse?: boolean; return_counts?: boolean; dim?: number | null },
  ): Tuple<Tensor>;
  (
    input: TensorLike,
    sorted: boolean,
    return_inverse: boolean,
    return_counts?: boolean,
    dim?: number | null,
  ): Tuple<Tensor>;
}

/** The different elements, sorted (or the different slices along `dim`); also where each went, and how often each is. */
export const unique = def(
  "torch.unique",
  "input sorted return_inverse return_counts dim",
  (
    input: TensorLike,
    inOrder = true,
    return_inverse = false,
    return_counts = false,
    dim: Int | null = null,
  ): Tensor | Tuple<Tensor> => {
    void inOrder;
    const x = valueOf(input);
    const d = dim === null ? undefined : axis(dim, x.shape.length);
    return asked(callMany(ops.unique, [x], { dim: d }), return_inverse, return_counts);
  },
) as unknown as Unique;

/** How `unique_consecutive` may be called. */
export interface UniqueConsecutive {
  (input: TensorLike): Tensor;
  (input: TensorLike, keywords: { dim?: number | null }): Tensor;
  (
    input: TensorLike,
    keywords: { return_inverse?: boolean; return_counts?: boolean; dim?: number | null },
  ): Tuple<Tensor>;
}

/** The elements (or slices along `dim`) without those equal to their predecessor. */
export const unique_consecutive = def(
  "torch.unique_consecutive",
  "input return_inverse return_counts dim",
  (
    input: TensorLike,
    return_inverse = false,
    return_counts = false,
    dim: Int | null = null,
  ): Tensor | Tuple<Tensor> => {
    const x = valueOf(input);
    const d = dim === null ? undefined : axis(dim, x.shape.length);
    const ys = callMany(ops.unique, [x], { dim: d, consecutive: true });
    return asked(ys, return_inverse, return_counts);
  },
) as unknown as UniqueConsecutive;

/** How often each whole number occurs in a vector, or the sum of the weights beside it. */
export const bincount = def(
  "torch.bincount",
  "input weights minlength",
  (input: TensorLike, weights: Tensor | null = null, minlength: Int = 0): Tensor => {
    const x = valueOf(input);
    const least = int(minlength);
    if (least < 0) throw new RuntimeError("minlength should be >= 0");
    if (!isInteger(x.dtype) && !(x.size === 0 && x.weak)) throw unimplemented("bincount_cpu")(x.dtype);
    const negative = (): boolean => call(ops.any, [call(ops.lt, [x, 0], undefined)], {}).array.data[0] !== 0;
    if (x.shape.length !== 1 || (x.dtype.kind === "int" && negative()))
      throw new RuntimeError("bincount only supports 1-d non-negative integral inputs.");
    if (weights && (weights.ndim !== 1 || weights._value.size !== x.size))
      throw new RuntimeError("weights should be 1-d and have the same length as input");
    // PyTorch adds up in float32 for float32 weights and in float64 for all others.
    const w = weights && castValue(weights._value, weights._value.dtype === float32 ? float32 : float64);
    return wrap(call(ops.bincount, [x, w], { minlength: least }));
  },
);

/** The smallest and largest element as numbers. */
function extent(x: Value): [number, number] {
  if (x.size === 0) return [0, 1];
  const at = (row: typeof ops.amin): number => Number(wrap(call(row, [x], {})).item());
  return [at(ops.amin), at(ops.amax)];
}

/** A range that is not empty. */
const widened = ([low, high]: [number, number], by: number): [number, number] =>
  low === high ? [low - by, high + by] : [low, high];

/** How many elements lie in each of `bins` equal parts of [min, max] (the range of the elements if both are equal). */
export const histc = def(
  "torch.histc",
  "input bins min max * out",
  (input: TensorLike, bins: Int = 100, min = 0, max = 0, out: Tensor | null = null): Tensor => {
    const x = valueOf(input).detach();
    const n = int(bins);
    if (n <= 0) throw new RuntimeError(`torch.histogram(): bins must be > 0, but got ${n} for dimension 0`);
    const [low, high] = [Number(min), Number(max)];
    if (low > high) throw new RuntimeError("torch.histc: max must be larger than min");
    const values = kernelFloating(x, "histogram_cpu");
    const [from, to] = widened(low === high ? extent(values) : [low, high], 1);
    const edges = new Value(linspace(values.dtype, n + 1, from, to));
    return deliver(call(ops.histogram, [values, edges, null], undefined), out);
  },
);

/** How many elements (or what weight) lie between neighbouring edges, and the edges. */
export const histogram = def(
  "torch.histogram",
  "input bins * range weight density out",
  (
    input: TensorLike,
    bins: Int | Tensor,
    range: readonly [number, number] | null = null,
    weight: Tensor | null = null,
    density = false,
    out: OutPair = null,
  ): returned.Named<"hist" | "bin_edges"> => {
    const x = requireFloating(
      valueOf(input).detach(),
      "torch.histogramdd(): input tensor and hist tensor should have the same dtype",
    );
    const given = bins instanceof Tensor && bins.ndim > 0;
    if (!given && int(bins as Int) <= 0)
      throw new RuntimeError(`torch.histogram(): bins must be > 0, but got ${bins} for dimension 0`);
    const span = (): [number, number] => (range ? [Number(range[0]), Number(range[1])] : extent(x));
    const edges = given
      ? bins._value
      : new Value(linspace(x.dtype, int(bins as Int) + 1, ...widened(span(), 0.5)));
    const counts = call(ops.histogram, [x, edges, weight?._value ?? null], undefined);
    const hist = density ? perWidth(counts, edges) : counts;
    return returned.histogram.make(deliverAll([hist, edges], out)) as returned.Named<"hist" | "bin_edges">;
  },
);

/** Counts as a density: divided by their sum and by the widths of the bins. */
function perWidth(counts: Value, edges: Value): Value {
  const n = counts.size;
  const part = (start: number): Value => edges.slice({ dim: 0, start, step: 1, length: n }) as Value;
  const widths = part(1).sub(part(0)) as Value;
  return counts.div(counts.sum() as Value).div(widths) as Value;
}
