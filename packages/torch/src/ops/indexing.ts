import {
  bool,
  broadcastShapes,
  type IndexItem,
  type IndexRangeError,
  int32,
  int64,
  type Scalar as KernelScalar,
  ops,
  planIndex,
  type Shape,
  sameShape,
} from "@cognate/kernel";
import { def, IndexError, RuntimeError, Slice, Tuple } from "@cognate/py";
import { call, callMany, type Input, isMapped, Value } from "@cognate/tensor";
import { inTorchWords } from "../errors.js";
import { cppTypeName, scalarName } from "../promotion.js";
import { type Scalar, Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { beyond, otherOut } from "../words.js";
import { axis, checkedScalar, deliver, type Int, int, named, shown, valueOf, weakLike } from "./args.js";
import { boundsWords, checkTogether, putSource, ranged } from "./index-places.js";
import { castValue, promote } from "./operands.js";
import { expandOf, reshapeOf, selectOf } from "./views.js";
import { type Written, writing, written } from "./writing.js";

const outOfBounds = (e: IndexRangeError): Error => new RuntimeError(beyond(e.index, e.axis, e.size));

const BOUNDED = { words: outOfBounds };

/** An index as the kernel's rows take it: of int32 or int64, and of x's number of axes. */
function indexOf(op: string, index: Tensor, x: Value): Value {
  const ix = index._value;
  if (ix.dtype !== int64 && ix.dtype !== int32) {
    if (ix.size === 0) return castValue(ix, int64);
    throw new RuntimeError(`${op}(): Expected dtype int32/int64 for index`);
  }
  // A scalar counts as a vector of one element.
  if (ix.shape.length === x.shape.length) return ix;
  if (Math.max(ix.shape.length, 1) === Math.max(x.shape.length, 1))
    return reshapeOf(ix, x.shape.length === 0 ? [] : [1]);
  throw new RuntimeError(
    `Index tensor must have the same number of dimensions as ${op === "gather" ? "input" : "self"} tensor`,
  );
}

const exceeds = (a: Shape, b: Shape, except = -1): boolean => a.some((n, i) => i !== except && n > b[i]!);

/** y[i, j, …] = input with the coordinate along `dim` replaced by index[i, j, …]. */
export const gather = def(
  "torch.gather",
  "input dim index * sparse_grad out",
  (input: TensorLike, dim: Int, index: Tensor, sparse_grad = false, out: Tensor | null = null): Tensor => {
    void sparse_grad;
    const x = valueOf(input);
    const d = axis(dim, x.shape.length);
    const ix = indexOf("gather", index, x);
    if (exceeds(ix.shape, x.shape, d))
      throw new RuntimeError(
        `Size does not match at dimension ${ix.shape.findIndex((n, i) => i !== d && n > x.shape[i]!)} expected index ${shown(ix.shape)} to be no larger than self ${shown(x.shape)} apart from dimension ${d}`,
      );
    if (out && out._value.dtype !== x.dtype && !x.weak) throw otherOut(x.dtype, out._value.dtype);
    if (ix.size === 0) {
      const none = expandOf(x.sum({ dtype: x.dtype }) as Value, index._value.shape);
      return deliver(named(none, "GatherBackward0"), out);
    }
    const y = ranged(() => call(ops.gather, [x, ix], { dim: d }), outOfBounds);
    // A scalar may be indexed by a vector of one element, and the other way round.
    const { shape } = index._value;
    const shaped =
      y.shape.length === shape.length ? y : named(y.reshape({ shape }) as Value, "GatherBackward0");
    return deliver(weakLike(shaped, x), out);
  },
);

/** @throws RuntimeError where the index reaches past x or past the source */
function checkSource(x: Value, ix: Value, src: Value, d: number): void {
  if (Math.max(ix.shape.length, 1) !== Math.max(src.shape.length, 1))
    throw new RuntimeError("Index tensor must have the same number of dimensions as src tensor");
  if (exceeds(ix.shape, x.shape, d) || exceeds(ix.shape, src.shape))
    throw new RuntimeError(
      `Expected index ${shown(ix.shape)} to be no larger than self ${shown(x.shape)} apart from dimension ${d} and to be no larger size than src ${shown(src.shape)}`,
    );
}

/** A source in x's type. @throws RuntimeError where it has another */
function sourceOf(op: string, x: Value, src: Tensor): Value {
  const v = src._value;
  if (v.dtype === x.dtype) return v;
  if (v.weak) return castValue(v, x.dtype);
  throw new RuntimeError(`${op}(): Expected self.dtype to be equal to src.dtype`);
}

/** `reduce` of the old form of scatter. */
const OLD_REDUCTIONS: Readonly<Record<string, "sum" | "prod">> = { add: "sum", multiply: "prod" };

/** A copy in which `src` (tensor or number) stands at the places along `dim` that the index names. */
export const scatter = writing(
  "scatter",
  "input dim index src|value * reduce",
  (
    x: Value,
    dim: Int,
    index: Tensor,
    src: Tensor | Scalar,
    reduce: "add" | "multiply" | null = null,
  ): Written => {
    const d = axis(dim, x.shape.length);
    const ix = indexOf("scatter", index, x);
    const source: Input = src instanceof Tensor ? sourceOf("scatter", x, src) : checkedScalar(src, x.dtype);
    if (source instanceof Value) checkSource(x, ix, source, d);
    const label = `ScatterBackward${source instanceof Value ? 0 : 1}`;
    if (reduce === null) return written(ops.scatter, [x, ix, source], { dim: d }, label, BOUNDED);
    const values = source instanceof Value ? source : (x.full(ix.shape, source as KernelScalar) as Value);
    const p: { dim: number; reduce: "sum" | "prod" | "amax" | "amin"; includeSelf: boolean } = {
      dim: d,
      reduce: OLD_REDUCTIONS[reduce]!,
      includeSelf: true,
    };
    // A sum of truths is whether one of them is true, a product whether all are.
    if (x.dtype.kind === "bool") p.reduce = p.reduce === "sum" ? "amax" : "amin";
    return written(ops.scatterReduce, [x, ix, values], p, label, BOUNDED);
  },
);

/** A copy with `src` added at the places along `dim` that the index names. */
export const scatter_add = writing(
  "scatter_add",
  "input dim index src *",
  (x: Value, dim: Int, index: Tensor, src: Tensor): Written => {
    const d = axis(dim, x.shape.length);
    const ix = indexOf("scatter_add", index, x);
    const source = sourceOf("scatter", x, src);
    checkSource(x, ix, source, d);
    return written(ops.scatterAdd, [x, ix, source], { dim: d }, "ScatterAddBackward0", BOUNDED);
  },
);

const REDUCTIONS = ["sum", "prod", "mean", "amax", "amin"] as const;
/** How `scatter_reduce` combines. */
export type Reduction = (typeof REDUCTIONS)[number];

/** A copy with `src` combined into the places along `dim` that the index names. */
export const scatter_reduce = writing(
  "scatter_reduce",
  "input dim index src reduce * include_self",
  (
    x: Value,
    dim: Int,
    index: Tensor,
    src: Tensor,
    reduce: Reduction,
    include_self: boolean = true,
  ): Written => {
    const d = axis(dim, x.shape.length);
    const ix = indexOf("scatter_reduce", index, x);
    const source = sourceOf("scatter", x, src);
    checkSource(x, ix, source, d);
    if (!REDUCTIONS.includes(reduce))
      throw new RuntimeError(
        `reduce argument must be either sum, prod, mean, amax or amin, got ${reduce as string}`,
      );
    const p = { dim: d, reduce, includeSelf: include_self };
    return written(ops.scatterReduce, [x, ix, source], p, "ScatterReduceBackward0", BOUNDED);
  },
);

/** A vector of positions laid along axis `d` of a shape. */
function along(ix: Value, d: number, shape: Shape): Value {
  const line = ix.reshape({ shape: shape.map((_, i) => (i === d ? ix.size : 1)) }) as Value;
  return line.expand({ shape: shape.map((n, i) => (i === d ? ix.size : n)) }) as Value;
}

/** The places along an axis that the index lists. */
export const index_select = def(
  "torch.index_select",
  "input dim index * out",
  (input: TensorLike, dim: Int, index: Tensor, out: Tensor | null = null): Tensor => {
    const x = valueOf(input);
    const d = axis(dim, x.shape.length);
    const ix = index._value;
    if (ix.shape.length > 1) throw new IndexError("index_select(): Index is supposed to be a vector");
    if (ix.dtype !== int64 && ix.dtype !== int32)
      throw new RuntimeError("index_select(): Expected dtype int32 or int64 for index");
    if (x.shape.length === 0 && ix.size !== 1)
      throw new RuntimeError(
        `index_select(): Index to scalar can have only 1 value, got ${ix.size} value(s)`,
      );
    const shape = x.shape.length === 0 ? [] : x.shape;
    const y = ranged(
      () => call(ops.gather, [x, along(ix, d, shape)], { dim: d }),
      () => new IndexError("index out of range in self"),
    );
    return deliver(weakLike(named(y, "IndexSelectBackward0"), x), out);
  },
);

/** A copy with `source` · `alpha` added at the places along `dim` that the index lists. */
export const index_add = writing(
  "index_add",
  "input dim index source * alpha",
  (x: Value, dim: Int, index: Tensor, source: Tensor, alpha: Scalar = 1): Written => {
    const d = axis(dim, x.shape.length);
    const ix = index._value;
    let src = source._value;
    if (src.weak) src = castValue(src, x.dtype);
    if (src.dtype !== x.dtype)
      throw new RuntimeError(
        `self (${scalarName(x.dtype)}) and source (${scalarName(src.dtype)}) must have the same scalar type`,
      );
    if (ix.size !== (src.shape[d] ?? 1))
      throw new RuntimeError(
        `index_add_(): Number of indices (${ix.size}) should be equal to source.size(dim): (${src.shape[d] ?? 1}), for dim: ${d}`,
      );
    if (src.shape.length !== x.shape.length || src.shape.some((n, i) => i !== d && n !== x.shape[i]))
      throw new RuntimeError(
        `source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = ${shown(x.shape)} source.shape = ${shown(src.shape)}`,
      );
    const scaled = alpha === 1 ? src : (src.mul(promote([src, alpha]).inputs[1] as number) as Value);
    return written(
      ops.scatterAdd,
      [x, along(ix, d, x.shape), scaled],
      { dim: d },
      "IndexAddBackward0",
      BOUNDED,
    );
  },
);

/** A copy in which `source` stands at the places along `dim` that the index lists. */
export const index_copy = writing(
  "index_copy",
  "input dim index source *",
  (x: Value, dim: Int, index: Tensor, source: Tensor): Written => {
    const d = axis(dim, x.shape.length);
    const [ix, src] = [index._value, sourceOf("index_copy_", x, source)];
    if (ix.size !== (src.shape[d] ?? 1))
      throw new IndexError(
        `index_copy_(): Number of indices (${ix.size}) should be equal to source.size(dim) (${src.shape[d] ?? 1})`,
      );
    return written(ops.scatter, [x, along(ix, d, x.shape), src], { dim: d }, "IndexCopyBackward0", {
      words: (e) => new IndexError(`index_copy_(): ${outOfBounds(e).message}`),
    });
  },
);

/** A copy in which a number stands at the places along `dim` that the index lists. */
export const index_fill = writing(
  "index_fill",
  "input dim index value *",
  (x: Value, dim: Int, index: Tensor, value: Tensor | Scalar): Written => {
    const d = axis(dim, x.shape.length);
    const tensor = value instanceof Tensor;
    // Each place once, so that the value's gradient counts it once.
    const at = along(callMany(ops.unique, [index._value], {})[0]!, d, x.shape);
    const source: Input = tensor
      ? expandOf(castValue(value._value, x.dtype), at.shape)
      : checkedScalar(value, x.dtype);
    return written(
      ops.scatter,
      [x, at, source],
      { dim: d, wrap: true },
      `IndexFillBackward${tensor ? 1 : 0}`,
      { words: (e) => new IndexError(outOfBounds(e).message) },
    );
  },
);

/** A copy with `source` combined into the places along `dim` that the index lists. */
export const index_reduce = writing(
  "index_reduce",
  "input dim index source reduce * include_self",
  (
    x: Value,
    dim: Int,
    index: Tensor,
    source: Tensor,
    reduce: Exclude<Reduction, "sum">,
    include_self: boolean = true,
  ): Written => {
    const d = axis(dim, x.shape.length);
    const src = sourceOf("index_reduce", x, source);
    const p = { dim: d, reduce, includeSelf: include_self };
    const at = along(index._value, d, x.shape);
    return written(ops.scatterReduce, [x, at, src], p, "IndexReduceBackward0", BOUNDED);
  },
);

/** A copy in which `values` stand (or are added, with `accumulate`) where the tensors of positions or masks lead. */
export const index_put = writing(
  "index_put",
  "input indices values accumulate *",
  (x: Value, indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean = false): Written => {
    const entries = indices.map((ix): IndexItem => (ix ? ix._value.array : new Slice(null, null, null)));
    const plan = planIndex(x.shape, entries, { integersJoin: false, negativeStep: false });
    const places = plan.indices ?? [];
    checkTogether(places);
    const src = putSource(x, places, values._value);
    return written(ops.indexPut, [x, src], { indices: places, accumulate }, "IndexPutBackward0", {
      words: boundsWords(places),
    });
  },
);

/** @throws RuntimeError for a mask that is none */
function requireMask(op: string, mask: Value): Value {
  if (mask.dtype !== bool)
    throw new RuntimeError(
      `${op} only supports boolean masks, but got mask with dtype ${op === "masked_scatter_" ? scalarName(mask.dtype) : cppTypeName(mask.dtype)}`,
    );
  return mask;
}

/** A copy in which a number stands where the mask holds. */
export const masked_fill = writing(
  "masked_fill",
  "input mask value *",
  (x: Value, mask: Tensor, value: Tensor | Scalar): Written => {
    const tensor = value instanceof Tensor;
    if (tensor && value.ndim > 0)
      throw new RuntimeError(
        `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.ndim} dimension(s).`,
      );
    const m = requireMask("masked_fill_", mask._value);
    const source: Input = tensor ? castValue(value._value, x.dtype) : checkedScalar(value, x.dtype);
    const keep = m.logicalNot() as Value;
    return written(ops.where, [x, keep, source], undefined, `MaskedFillBackward${tensor ? 1 : 0}`, {
      shape: broadcastShapes("masked_fill", [x.shape, m.shape]),
    });
  },
);

/** The positions of what is not zero, one array an axis. */
function positions(mask: Value): Value[] {
  const found = call(ops.nonzero, [mask], undefined);
  return mask.shape.map((_, i) => selectOf(found, 1, i));
}

/** The elements where the mask holds, as a vector. */
export const masked_select = def(
  "torch.masked_select",
  "input mask * out",
  (input: TensorLike, mask: TensorLike, out: Tensor | null = null): Tensor =>
    inTorchWords("masked_select", () => {
      const [x, m] = [valueOf(input), valueOf(mask)];
      if (m.dtype !== bool) throw new RuntimeError("masked_select: expected BoolTensor for mask");
      const shape = broadcastShapes("masked_select", [m.shape, x.shape]);
      const places = positions(expandOf(m, shape)).map((v) => v.array);
      const wide = expandOf(x, shape);
      const y =
        places.length === 0
          ? call(ops.index, [reshapeOf(wide, [1])], {
              indices: [positions(reshapeOf(m, [1]))[0]!.array],
            })
          : call(ops.index, [wide], { indices: places });
      return deliver(weakLike(named(y, "MaskedSelectBackward0"), x), out);
    }),
);

/** A copy in which the elements of `source`, in order, stand where the mask holds. */
export const masked_scatter = writing(
  "masked_scatter",
  "input mask source *",
  (x: Value, mask: Tensor, source: Tensor): Written => {
    const src = source._value.weak ? castValue(source._value, x.dtype) : source._value;
    if (src.dtype !== x.dtype)
      throw new RuntimeError(
        `masked_scatter: expected self and source to have same dtypes but got${scalarName(x.dtype)} and ${scalarName(src.dtype)}`,
      );
    const m = requireMask("masked_scatter_", mask._value);
    const shape = broadcastShapes("masked_scatter", [x.shape, m.shape]);
    const places = positions(expandOf(m, shape));
    const count = places[0]?.size ?? 1;
    if (src.size < count) throw new RuntimeError("Number of elements of source < number of ones in mask");
    const line = reshapeOf(src, [src.size]);
    const used = line.slice({ dim: 0, start: 0, step: 1, length: count }) as Value;
    const target = sameShape(shape, x.shape) ? x : expandOf(x, shape);
    return written(
      ops.indexPut,
      [target, used],
      { indices: places.map((v) => v.array) },
      "MaskedScatterBackward0",
      { shape },
    );
  },
);

/** How `nonzero` may be called. */
export interface Nonzero {
  (input: TensorLike, keywords: { as_tuple: true }): Tuple<Tensor>;
  (input: TensorLike, keywords?: { as_tuple?: false; out?: Tensor | null }): Tensor;
}

/** The positions of what is not zero: one row each, or with `as_tuple` one vector an axis. */
export const nonzero = def(
  "torch.nonzero",
  "input * out as_tuple",
  (input: TensorLike, out: Tensor | null = null, as_tuple = false): Tensor | Tuple<Tensor> => {
    const x = valueOf(input);
    if (isMapped(x))
      throw new RuntimeError(
        "vmap: We do not support batching operators that can output dynamic shape. Attempted to vmap over aten::nonzero. Please file an issue at https://github.com/pytorch/pytorch/issues if you need this feature.",
      );
    if (as_tuple) return Tuple.of_(positions(x.shape.length === 0 ? reshapeOf(x, [1]) : x).map(wrap));
    return deliver(call(ops.nonzero, [x], undefined), out);
  },
) as unknown as Nonzero;

/** `nonzero` in exactly `size` rows: cut, or filled up with `fill_value`. @throws RuntimeError for a negative size */
export const nonzero_static = def(
  "torch.nonzero_static",
  "input * size fill_value",
  (input: Tensor, size: Int, fill_value: Int = -1): Tensor => {
    const n = int(size);
    if (n < 0) throw new RuntimeError("nonzero_static: 'size' must be an non-negative integer");
    const found = call(ops.nonzero, [valueOf(input)], undefined);
    const [count, rank] = found.shape as [number, number];
    const kept = call(ops.slice, [found], { dim: 0, start: 0, length: Math.min(n, count), step: 1 });
    if (count >= n) return wrap(kept);
    return wrap(kept.cat([kept.full([n - count, rank], int(fill_value))], { dim: 0 }) as Value);
  },
);

/** The positions of what is not zero, one row each. */
export const argwhere = def(
  "torch.argwhere",
  "input",
  (input: TensorLike): Tensor => wrap(call(ops.nonzero, [valueOf(input)], undefined)),
);

/** Elements by their number in row-major order. */
export const take = def(
  "torch.take",
  "input index * out",
  (input: TensorLike, index: Tensor, out: Tensor | null = null): Tensor => {
    const x = valueOf(input);
    const ix = index._value;
    if (ix.dtype !== int64)
      throw new RuntimeError(`take(): Expected a long tensor for index, but got ${scalarName(ix.dtype)}`);
    const line = x.reshape({ shape: [x.size] }) as Value;
    const y = flatRanged(x, () => call(ops.index, [line], { indices: [ix.array] }));
    return deliver(weakLike(named(y, "TakeBackward0"), x), out);
  },
);

const flatRanged = <T>(x: Value, f: () => T): T =>
  ranged(
    f,
    (e) =>
      new IndexError(`out of range: tried to access index ${e.index} on a tensor of ${x.size} elements.`),
  );

/** A copy in which the elements of `source` stand at places counted in row-major order. */
export const put = writing(
  "put",
  "input index source accumulate *",
  (x: Value, index: Tensor, source: Tensor, accumulate: boolean = false): Written => {
    const [ix, src] = [index._value, sourceOf("put_", x, source)];
    if (ix.size !== src.size)
      throw new IndexError(
        `put_(): Expected source and index to have the same number of elements, but got source.numel() = ${src.size}, index.numel() = ${ix.size}`,
      );
    const line = x.reshape({ shape: [x.size] }) as Value;
    const values = src.reshape({ shape: ix.shape }) as Value;
    const y = flatRanged(x, () => call(ops.indexPut, [line, values], { indices: [ix.array], accumulate }));
    return written(ops.assign, [x, y.reshape({ shape: x.shape }) as Value], undefined, "PutBackward0");
  },
);

/** Elements along an axis (or among all) by position; the index stretches to the input's other axes. */
export const take_along_dim = def(
  "torch.take_along_dim",
  "input indices dim * out",
  (input: TensorLike, indices: Tensor, dim: Int | null = null, out: Tensor | null = null): Tensor => {
    const x = valueOf(input);
    const ix = indices._value;
    if (dim === null) {
      const line = x.reshape({ shape: [x.size] }) as Value;
      const at = ix.reshape({ shape: [ix.size] }) as Value;
      return deliver(
        ranged(() => call(ops.gather, [line, at], { dim: 0, wrap: true }), outOfBounds),
        out,
      );
    }
    if (ix.shape.length !== x.shape.length)
      throw new RuntimeError(
        `torch.take_along_dim(): input and indices should have the same number of dimensions, but got ${x.shape.length} dimensions for input, and ${ix.shape.length} dimensions for indices`,
      );
    const d = axis(dim, x.shape.length);
    return inTorchWords("take_along_dim", () => {
      const common = broadcastShapes("take_along_dim", [
        x.shape.map((n, i) => (i === d ? 1 : n)),
        ix.shape.map((n, i) => (i === d ? 1 : n)),
      ]);
      const wide = (v: Value): Value =>
        expandOf(
          v,
          common.map((n, i) => (i === d ? v.shape[d]! : n)),
        );
      return deliver(
        ranged(() => call(ops.gather, [wide(x), wide(ix)], { dim: d, wrap: true }), outOfBounds),
        out,
      );
    });
  },
);
