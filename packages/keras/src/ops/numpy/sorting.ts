import { bool, dtypeNamed, float64, int32, int64, isInteger, ops, uint8 } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { result_type } from "../../promotion.js";
import { anyRow, apply, computeMany, op, promoted, shapes } from "../make.js";
import { axisOf } from "./shape.js";

/*
 * Order, search and selection by position.
 */

const flat = (v: Value): Value => apply(ops.reshape, [v], { shape: [v.size] });
const asInt32 = (v: Value): Tensor => wrap(castValue(v, int32));

const ordered = (v: Value, axis: number | null): Tensor[] => {
  const lines = axis === null ? flat(v) : v;
  const dim = axis === null ? 0 : axisOf(axis, v.shape.length);
  return computeMany(ops.sort, [lines.dtype === bool ? castValue(lines, uint8) : lines], { dim });
};
/** The elements along an axis in rising order. */
export const sort = op("numpy.Sort", "sort", "x axis", (x: TensorLike, axis: number | null = -1): Tensor => {
  const v = valueOf(x);
  return v.shape.length === 0 ? wrap(v) : wrap(castValue(ordered(v, axis)[0]!._value, v.dtype));
});
/** The positions that put an axis in rising order. */
export const argsort = op(
  "numpy.Argsort",
  "argsort",
  "x axis",
  (x: TensorLike, axis: number | null = -1): Tensor =>
    valueOf(x).shape.length === 0 ? wrap(valueOf([0], int32)) : asInt32(ordered(valueOf(x), axis)[1]!._value),
);
/** Positions that put the kth element where it belongs, smaller ones before it: a whole sort does, for every k. */
export const argpartition = op(
  "numpy.Argpartition",
  "argpartition",
  "x kth axis",
  (x: TensorLike, _kth: number, axis: number | null = -1): Tensor => {
    const v = valueOf(x);
    const lines = axis === null ? flat(v) : v;
    const dim = axis === null ? 0 : axisOf(axis, v.shape.length);
    return asInt32(ordered(lines, dim)[1]!._value);
  },
);

/** Positions along an axis, counted from the end where negative. */
function wrapped(indices: TensorLike | Value, length: number): Value {
  const given = valueOf(indices);
  const i = isInteger(given.dtype) ? given : castValue(given, int32);
  return castValue(i, int64).add(length).where(i.lt(0), castValue(i, int64)) as Value;
}

/** The elements or slices at positions along an axis. */
export const take = op(
  "numpy.Take",
  "take",
  "x indices axis",
  (x: TensorLike, indices: TensorLike, axis: number | null = null): Tensor => {
    const given = valueOf(x);
    const v = axis === null ? flat(given) : given;
    const dim = axis === null ? 0 : axisOf(axis, v.shape.length);
    const at = wrapped(indices, v.shape[dim]!);
    if (dim === 0) return wrap(apply(ops.embedding, [v, at], {}));
    const entries = v.shape.slice(0, dim + 1).map((_, i) => (i === dim ? at.array : null));
    return wrap(apply(ops.index, [v], { indices: entries }));
  },
  { arity: 2 },
);
/** Of each line the elements at the positions beside it. */
export const take_along_axis = op(
  "numpy.TakeAlongAxis",
  "take_along_axis",
  "x indices axis",
  (x: TensorLike, indices: TensorLike, axis: number | null = null): Tensor => {
    const [v, i] =
      axis === null ? [flat(valueOf(x)), flat(valueOf(indices))] : [valueOf(x), valueOf(indices)];
    const dim = axis === null ? 0 : axisOf(axis, v.shape.length);
    const at = wrapped(i, v.shape[dim]!);
    const stretch = (w: Value, like: Value): Value =>
      apply(ops.expand, [w], { shape: w.shape.map((n, k) => (k === dim ? n : Math.max(n, like.shape[k]!))) });
    return wrap(apply(ops.gather, [stretch(v, at), stretch(at, v)], { dim }));
  },
  { arity: 2 },
);

/** Where values would be inserted to keep a sequence in order. */
export const searchsorted = op(
  "numpy.SearchSorted",
  "searchsorted",
  "sorted_sequence values side",
  (sorted_sequence: TensorLike, values: TensorLike, side: "left" | "right" = "left"): Tensor => {
    const [line, v] = promoted([sorted_sequence, values]).values as [Value, Value];
    if (line.shape.length !== 1)
      throw new ValueError(
        `\`searchsorted\` only supports 1-D sorted sequences. You can use \`keras.ops.vectorized_map\` to extend it to N-D sequences. Received: sorted_sequence.shape=${Tuple.of_(line.shape)}`,
      );
    return asInt32(apply(ops.searchsorted, [line, v], { right: side === "right" }));
  },
  { arity: 2 },
);
/** The bin between rising edges that each element falls into. */
export const digitize = op(
  "numpy.Digitize",
  "digitize",
  "x bins",
  (x: TensorLike, bins: TensorLike): Tensor => {
    const [v, edges] = promoted([valueOf(x), valueOf(bins)]).values as [Value, Value];
    return asInt32(apply(ops.searchsorted, [edges, v], { right: true }));
  },
  { arity: 2, shape: shapes.same },
);
/** Whether each element is among the test elements. */
export const isin = op(
  "numpy.IsIn",
  "isin",
  "x1 x2 assume_unique invert",
  (x1: TensorLike, x2: TensorLike, _assume_unique = false, invert = false): Tensor => {
    const [a, b] = promoted([x1, x2]).values;
    return wrap(apply(ops.isin, [a!, b!], { invert }));
  },
  { arity: 2 },
);
/** How often each whole number occurs, or the sum of its weights; of a matrix, row by row. */
export const bincount = op(
  "numpy.Bincount",
  "bincount",
  "x weights minlength sparse",
  (x: TensorLike, weights: TensorLike | null = null, minlength = 0, _sparse = false): Tensor => {
    const given = valueOf(x);
    const v = isInteger(given.dtype) ? given : castValue(given, int32);
    const w = weights === null ? null : valueOf(weights);
    const type = dtypeNamed(w ? result_type(given.dtype.name, w.dtype.name) : "int32")!;
    if (v.shape.length === 1) return wrap(castValue(apply(ops.bincount, [v, w], { minlength }), type));
    const most = Math.max(0, ...(wrap(flat(v)).tolist() as number[]).map(Number)) + 1;
    const row = (m: Value, i: number): Value =>
      apply(ops.indexView, [m], { items: [{ kind: "select", index: i }] });
    const rows = Array.from({ length: v.shape[0]! }, (_, i) =>
      apply(ops.bincount, [row(v, i), w && row(w, i)], { minlength: Math.max(minlength, most) }),
    );
    return wrap(castValue(apply(anyRow(ops.stack), rows, { dim: 0 }), type));
  },
  { arity: 1, shape: ([x]) => [...x!.slice(0, -1), null] },
);
/** How many elements lie in each of so many equal bins, and the edges of the bins. */
export const histogram = op(
  "numpy.Histogram",
  "histogram",
  "x bins range",
  (x: TensorLike, bins = 10, range: readonly [number, number] | null = null): Tuple<Tensor> => {
    if (!Number.isInteger(bins) || bins <= 0)
      throw new ValueError(`Argument \`bins\` should be a non-negative integer. Received: bins=${bins}`);
    const v = valueOf(x);
    const all = { dims: v.shape.map((_, i) => i) };
    const low = range ? v.full([], range[0]) : apply(ops.amin, [v], all);
    const high = range ? v.full([], range[1]) : apply(ops.amax, [v], all);
    // The edges of whole numbers are whole, too.
    const type = isInteger(v.dtype) ? float64 : v.dtype;
    const steps = castValue(valueOf(Array.from({ length: bins + 1 }, (_, i) => i / bins)), type);
    const [from, to] = [low, high].map((edge) => castValue(edge as Value, type)) as [Value, Value];
    const edges = castValue(steps.mul(to.sub(from)).add(from) as Value, v.dtype);
    if (!isInteger(v.dtype))
      return Tuple.of_([
        wrap(castValue(apply(ops.histogram, [v, edges, null], undefined), v.dtype)),
        wrap(edges),
      ]);
    const inner = apply(ops.slice, [edges], { dim: 0, start: 1, step: 1, length: bins - 1 });
    const bin = apply(ops.searchsorted, [inner, v], { right: true });
    const hot = apply(ops.oneHot, [bin], { classes: bins, dtype: v.dtype, lenient: true });
    const inside = castValue(v.ge(low) as Value, v.dtype)
      .mul(castValue(v.le(high) as Value, v.dtype))
      .reshape({ shape: [v.size, 1] });
    return Tuple.of_([wrap(hot.mul(inside).sum({ dims: [0], dtype: v.dtype }) as Value), wrap(edges)]);
  },
);
/** The coordinates of positions in an array laid out row by row. */
export const unravel_index = op(
  "numpy.UnravelIndex",
  "unravel_index",
  "indices shape",
  (indices: TensorLike, shape: readonly (number | null)[]): Tuple<Tensor> => {
    if (shape.includes(null))
      throw new ValueError(`\`shape\` argument cannot contain \`None\`. Received: shape=${Tuple.of_(shape)}`);
    let rest = valueOf(indices);
    const out: Tensor[] = [];
    for (const n of [...shape].reverse() as number[]) {
      out.unshift(wrap(rest.mod(n) as Value));
      rest = rest.floorDiv(n) as Value;
    }
    return Tuple.of_(out);
  },
);

/** The different elements, sorted; where asked for, also positions, how they make up x again, and counts. */
export const unique = op(
  "numpy.Unique",
  "unique",
  "x sorted return_index return_inverse return_counts axis size fill_value",
  (
    x: TensorLike,
    _sorted = true,
    return_index = false,
    return_inverse = false,
    return_counts = false,
    axis: number | null = null,
    size: number | null = null,
    fill_value: number | null = null,
  ): Tensor | Tuple<Tensor> => {
    const v = valueOf(x);
    const params = axis === null ? undefined : { dim: axisOf(axis, v.shape.length) };
    const [y, inverse, counts, first] = computeMany(ops.unique, [v], params as never);
    const sized = (t: Tensor, fill: number | null): Tensor => {
      if (size === null) return t;
      const n = t._value.shape[0]!;
      if (n >= size) return wrap(apply(ops.slice, [t._value], { dim: 0, start: 0, step: 1, length: size }));
      const head = apply(ops.slice, [t._value], { dim: 0, start: 0, step: 1, length: 1 });
      const rest = fill === null ? head : (head.full(head.shape, fill) as Value);
      const more = Array.from({ length: size - n }, () => rest);
      return wrap(apply(anyRow(ops.cat), [t._value, ...more], { dim: 0 }));
    };
    const parts = [sized(y!, fill_value)];
    if (return_index) parts.push(asInt32(sized(first!, 0)._value));
    if (return_inverse) parts.push(asInt32(inverse!._value));
    if (return_counts) parts.push(asInt32(sized(counts!, 0)._value));
    return parts.length === 1 ? parts[0]! : Tuple.of_(parts);
  },
  {
    shape: (_, { return_index, return_inverse, return_counts, axis, size }) =>
      return_index || return_inverse || return_counts || axis != null
        ? undefined
        : [(size as number | undefined) ?? null],
  },
);

/** The first of the choices whose condition holds, place by place. */
export const select = op(
  "numpy.Select",
  "select",
  "condlist choicelist default",
  (
    condlist: readonly TensorLike[],
    choicelist: readonly TensorLike[],
    defaultValue: TensorLike = 0,
  ): Tensor => {
    const { values } = promoted([...choicelist, defaultValue]);
    let y = values[values.length - 1]!;
    for (let i = condlist.length - 1; i >= 0; i--)
      y = apply(ops.where, [values[i]!, valueOf(condlist[i]!, bool), y], undefined);
    return wrap(y);
  },
  { arity: 3 },
);
