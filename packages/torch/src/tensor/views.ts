import { ops, viewStrides } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { applyViewInPlace, call, type Value } from "@cognate/tensor";
import { dtype, toKernel } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { axis, type Dims, type Int, type Ints, int, ints } from "../ops/args.js";
import { checkStorage, expandedShape, inferShape, requireMatrix, squeezedShape } from "../ops/geometry.js";
import { exchanged, expandOf, repeated, reshapeOf } from "../ops/views.js";
import { scalarName } from "../promotion.js";
import { type Tensor, wrap } from "./tensor.js";

/** The bits as another type. @throws RuntimeError in PyTorch's words */
function bits(x: Value, type: dtype): Value {
  const to = toKernel(type, "view");
  const from = x.dtype;
  const last = x.shape.length - 1;
  if (to.itemsize !== from.itemsize) {
    if (last < 0)
      throw new RuntimeError(
        `self.dim() cannot be 0 to view ${scalarName(from)} as ${scalarName(to)} (different element sizes)`,
      );
    if (x.array.strides[last] !== 1)
      throw new RuntimeError(
        `self.stride(-1) must be 1 to view ${scalarName(from)} as ${scalarName(to)} (different element sizes), but got ${x.array.strides[last]}`,
      );
    const ratio = to.itemsize / from.itemsize;
    if (ratio > 1 && x.shape[last]! % ratio !== 0)
      throw new RuntimeError(
        `self.size(-1) must be divisible by ${ratio} to view ${scalarName(from)} as ${scalarName(to)} (different element sizes), but got ${x.shape[last]}`,
      );
  }
  return call(ops.bitcast, [x], { dtype: to });
}

/** The same memory under other lengths, or its bits as another type. @throws RuntimeError where that needs a copy */
export const view = def(
  "view",
  "self ...size|dtype",
  (self: Tensor, size: readonly (Ints | dtype)[]): Tensor => {
    const x = self._value;
    const [first] = size;
    if (first instanceof dtype) return wrap(bits(x, first));
    const shape = inferShape(ints(size as readonly Ints[]), x.size);
    if (viewStrides(x.array, shape) === null)
      throw new RuntimeError(
        "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
      );
    return wrap(reshapeOf(x, shape));
  },
);

/** {@link view} with the lengths of another tensor. */
export const view_as = def(
  "view_as",
  "self other",
  (self: Tensor, other: Tensor): Tensor => view(self, ...(other._value.shape as number[])),
);

/** `reshape` to the lengths of another tensor. */
export const reshape_as = def(
  "reshape_as",
  "self other",
  (self: Tensor, other: Tensor): Tensor =>
    wrap(reshapeOf(self._value, inferShape(other._value.shape, self._value.size))),
);

/** Stretched to a shape without copying; −1 keeps a length. */
export const expand = def(
  "expand",
  "self ...size * implicit",
  (self: Tensor, size: readonly Ints[], implicit = false): Tensor => {
    void implicit;
    return wrap(expandOf(self._value, expandedShape(self._value, ints(size))));
  },
);

/** {@link expand} to the lengths of another tensor. */
export const expand_as = def(
  "expand_as",
  "self other",
  (self: Tensor, other: Tensor): Tensor =>
    wrap(expandOf(self._value, expandedShape(self._value, other._value.shape))),
);

/** A copy in which the tensor is repeated along its axes. */
export const repeat = def("repeat", "self ...repeats", (self: Tensor, repeats: readonly Ints[]): Tensor => {
  const reps = ints(repeats);
  if (reps.length < self._value.shape.length)
    throw new RuntimeError(
      "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
    );
  return wrap(repeated(self._value, reps));
});

/** The windows of a length along an axis as a new last axis, a view. */
export const unfold = def(
  "unfold",
  "self dimension size step",
  (self: Tensor, dimension: Int, size: Int, step: Int): Tensor => {
    const x = self._value;
    const [d, n, by] = [axis(dimension, x.shape.length), int(size), int(step)];
    const most = x.shape[d] ?? 1;
    if (n > most)
      throw new RuntimeError(`maximum size for tensor at dimension ${d} is ${most} but size is ${n}`);
    if (by <= 0) throw new RuntimeError(`step is ${by} but must be > 0`);
    return wrap(call(ops.unfold, [x], { dim: d, size: n, step: by }));
  },
);

type Row<P> = Parameters<typeof applyViewInPlace<P>>[0];
type Undo = Parameters<typeof applyViewInPlace>[3];

/** Changes how `self` sees its memory. */
function relaid<P>(self: Tensor, row: Row<P>, params: P, undo: Undo, label: string): Tensor {
  const x = self._value;
  const before = x.ownNode;
  inTorchWords("view", () => applyViewInPlace(row, x, params, undo));
  const node = x.ownNode;
  if (node && node !== before) node.label = label;
  return self;
}

const reshaped = (self: Tensor, shape: readonly number[], label: string): Tensor =>
  relaid(self, ops.reshape, { shape }, { op: "reshape", params: { shape: self._value.shape } }, label);

/** `squeeze` in place: the tensor loses its axes of length 1. */
export const squeeze_ = def("squeeze_", "self dim", (self: Tensor, dim: Dims = null): Tensor => {
  const label = dim === null ? 3 : Array.isArray(dim) ? 5 : 4;
  return reshaped(self, squeezedShape(self._value.shape, dim), `SqueezeBackward${label}`);
});

/** `unsqueeze` in place: the tensor gets an axis of length 1. */
export const unsqueeze_ = def("unsqueeze_", "self dim", (self: Tensor, dim: Int): Tensor => {
  const { shape } = self._value;
  const d = axis(dim, shape.length + 1);
  return reshaped(self, [...shape.slice(0, d), 1, ...shape.slice(d)], "UnsqueezeBackward1");
});

function exchange(self: Tensor, a: number, b: number, label: string): Tensor {
  const axes = exchanged(self._value.shape, a, b);
  return relaid(self, ops.permute, { axes }, { op: "permute", params: { axes } }, label);
}

const exchanging = (name: string) =>
  def(name, "self dim0 dim1", (self: Tensor, dim0: Int, dim1: Int): Tensor => {
    const rank = self._value.shape.length;
    return exchange(self, axis(dim0, rank), axis(dim1, rank), "TransposeBackward1");
  });

/** `transpose` in place. */
export const transpose_ = exchanging("transpose_");
/** {@link transpose_}. */
export const swapaxes_ = exchanging("swapaxes_");
/** {@link transpose_}. */
export const swapdims_ = exchanging("swapdims_");

/** `t` in place. */
export const t_ = def("t_", "self", (self: Tensor): Tensor => {
  requireMatrix("t_", self._value);
  return exchange(self, 0, self._value.shape.length === 2 ? 1 : 0, "TBackward1");
});

/** `as_strided` in place. */
export const as_strided_ = def(
  "as_strided_",
  "self size stride storage_offset",
  (self: Tensor, size: readonly Int[], stride: readonly Int[], storage_offset: Int | null = null): Tensor => {
    const x = self._value;
    const { shape: before, strides: steps, offset: start } = x.array;
    const [shape, strides] = [ints([size]), ints([stride])];
    const offset = storage_offset === null ? start : int(storage_offset);
    checkStorage(x, shape, strides, offset);
    const undo: Undo = { op: "asStrided", params: { shape: before, strides: steps, offset: start } };
    return relaid(self, ops.asStrided, { shape, strides, offset }, undo, "AsStridedBackward1");
  },
);
