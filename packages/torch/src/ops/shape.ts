import { isComplex, isInteger, ops, sizeOf } from "@cognate/kernel";
import { def, IndexError, RuntimeError } from "@cognate/py";
import { call } from "@cognate/tensor";
import { Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { axis, type Dims, type Int, type Ints, int, ints, named, shown, valueOf } from "./args.js";
import { checkStorage, expandedShape, inferShape, place, requireMatrix, squeezedShape } from "./geometry.js";
import { expandOf, reshapeOf, selectOf, sliceOf, transposeOf, unsqueezeOf } from "./views.js";

/** The same elements, row-major, under other lengths; one may be −1. A view where strides allow, else a copy. */
export const reshape = def(
  "torch.reshape",
  "input|x|a ...shape",
  (input: TensorLike, shape: readonly Ints[]): Tensor => {
    const x = valueOf(input);
    return wrap(reshapeOf(x, inferShape(ints(shape), x.size)));
  },
);

/** The axes from `start_dim` to `end_dim` as one. */
export const flatten = def(
  "torch.flatten",
  "input|x|a start_dim end_dim",
  (input: TensorLike, start_dim: Int = 0, end_dim: Int = -1): Tensor => {
    const x = valueOf(input);
    const rank = x.shape.length;
    const [start, end] = [axis(start_dim, rank), axis(end_dim, rank)];
    if (start > end)
      throw new RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim");
    if (rank === 0) return wrap(reshapeOf(x, [1]));
    if (start === end) return wrap(x);
    const together = sizeOf(x.shape.slice(start, end + 1));
    return wrap(reshapeOf(x, [...x.shape.slice(0, start), together, ...x.shape.slice(end + 1)]));
  },
);

/** One axis as several; one of their lengths may be −1. */
export const unflatten = def(
  "torch.unflatten",
  "input|x|a dim sizes",
  (input: TensorLike, dim: Int, sizes: readonly Int[]): Tensor => {
    const x = valueOf(input);
    const d = axis(dim, x.shape.length);
    const size = ints([sizes]);
    const n = x.shape[d]!;
    const rest = sizeOf(size.filter((len) => len !== -1));
    const fits = size.includes(-1) ? rest !== 0 && n % rest === 0 : rest === n;
    if (!fits)
      throw new RuntimeError(
        `unflatten: Provided sizes ${shown(size)} don't multiply up to the size of dim ${d} (${n}) in the input tensor`,
      );
    return wrap(reshapeOf(x, [...x.shape.slice(0, d), ...inferShape(size, n), ...x.shape.slice(d + 1)]));
  },
);

/** All elements along one axis. */
export const ravel = def("torch.ravel", "input|x|a", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  return wrap(reshapeOf(x, [x.size]));
});

/** Without the axes of length 1: all, or those that `dim` names. */
export const squeeze = def(
  "torch.squeeze",
  "input|x|a dim|axis",
  (input: TensorLike, dim: Dims = null): Tensor => {
    const x = valueOf(input);
    const label = dim === null ? 0 : Array.isArray(dim) ? 2 : 1;
    return wrap(reshapeOf(x, squeezedShape(x.shape, dim), `SqueezeBackward${label}`));
  },
);

/** A new axis of length 1 at `dim`. */
export const unsqueeze = def(
  "torch.unsqueeze",
  "input|x|a dim|axis",
  (input: TensorLike, dim: Int): Tensor => {
    const x = valueOf(input);
    return wrap(unsqueezeOf(x, axis(dim, x.shape.length + 1)));
  },
);

/** The axes in another order: axis i of the result is axis dims[i] of the input. */
export const permute = def(
  "torch.permute",
  "input|x|a ...dims",
  (input: TensorLike, dims: readonly Ints[]): Tensor => {
    const x = valueOf(input);
    const rank = x.shape.length;
    const given = ints(dims);
    if (given.length !== rank)
      throw new RuntimeError(
        `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${rank} is not equal to len(dims) = ${given.length}`,
      );
    const order = given.map((d) => axis(d, rank));
    if (new Set(order).size !== rank) throw new RuntimeError("permute(): duplicate dims are not allowed.");
    return wrap(call(ops.permute, [x], { axes: order }));
  },
);

const exchange = (name: string) =>
  def(
    `torch.${name}`,
    "input|x|a dim0|axis0 dim1|axis1",
    (input: TensorLike, dim0: Int, dim1: Int): Tensor => {
      const x = valueOf(input);
      const rank = x.shape.length;
      return wrap(transposeOf(x, axis(dim0, rank), axis(dim1, rank)));
    },
  );

/** Two axes exchanged. */
export const transpose = exchange("transpose");
/** {@link transpose} by NumPy's name. */
export const swapaxes = exchange("swapaxes");
/** {@link transpose} by another name. */
export const swapdims = exchange("swapdims");

function order(name: "source" | "destination", dims: readonly number[], rank: number): number[] {
  const out = dims.map((d) => axis(d, rank));
  if (new Set(out).size !== out.length)
    throw new RuntimeError(`movedim: repeated dim in \`${name}\` (${shown(dims)})`);
  return out;
}

const move = (name: string) =>
  def(
    `torch.${name}`,
    "input|x|a source destination",
    (input: TensorLike, source: Ints, destination: Ints): Tensor => {
      const x = valueOf(input);
      const rank = x.shape.length;
      const [s, d] = [ints([source]), ints([destination])];
      if (s.length !== d.length)
        throw new RuntimeError(
          `movedim: Invalid source or destination dims: source (${shown(s)} dims) should contain the same number of dims as destination (${shown(d)} dims)`,
        );
      const [from, to] = [order("source", s, rank), order("destination", d, rank)];
      const rest = x.shape.map((_, i) => i).filter((i) => !from.includes(i));
      const target = x.shape.map((_, i) => (to.includes(i) ? from[to.indexOf(i)]! : rest.shift()!));
      return wrap(call(ops.permute, [x], { axes: target }));
    },
  );

/** Axes moved to other places, the others in their order. */
export const movedim = move("movedim");
/** {@link movedim} by NumPy's name. */
export const moveaxis = move("moveaxis");

/** A matrix transposed; vectors and scalars as they are. */
export const t = def("torch.t", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  requireMatrix("t", x);
  return wrap(
    x.shape.length < 2
      ? named(call(ops.indexView, [x], { items: [] }), "TBackward0")
      : transposeOf(x, 0, 1, "TBackward0"),
  );
});

/** The last two axes exchanged and the elements conjugated. */
export const adjoint = def("torch.adjoint", "input", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  const rank = x.shape.length;
  const y = transposeOf(x, rank - 2, rank - 1);
  return wrap(isComplex(x.dtype) ? call(ops.conj, [y], undefined) : y);
});

/** Stretched to a shape without copying. */
export const broadcast_to = def(
  "torch.broadcast_to",
  "input size",
  (input: TensorLike, size: readonly Int[]): Tensor => {
    const x = valueOf(input);
    return wrap(expandOf(x, expandedShape(x, ints([size]))));
  },
);

/** `length` elements along an axis from `start` on, a view. */
export const narrow = def(
  "torch.narrow",
  "input dim start length",
  (input: TensorLike, dim: Int, start: Int, length: Int): Tensor => {
    const x = valueOf(input);
    if (x.shape.length === 0) throw new RuntimeError("narrow() cannot be applied to a 0-dim tensor.");
    if (start instanceof Tensor && (start.ndim > 0 || !isInteger(start._value.dtype)))
      throw new RuntimeError("start must be an 0-dim integral Tensor.");
    const [d, n] = [axis(dim, x.shape.length), int(length)];
    if (n < 0) throw new RuntimeError("narrow(): length must be non-negative.");
    const size = x.shape[d]!;
    const from = int(start);
    if (from < -size || from > size)
      throw new IndexError(
        `start out of range (expected to be in range of [${-size}, ${size}], but got ${from})`,
      );
    const first = from < 0 ? from + size : from;
    if (first + n > size)
      throw new RuntimeError(`start (${first}) + length (${n}) exceeds dimension size (${size}).`);
    return wrap(sliceOf(x, d, first, n));
  },
);

/** One place along an axis, which goes; a view. */
export const select = def(
  "torch.select",
  "input dim index",
  (input: TensorLike, dim: Int, index: Int): Tensor => {
    const x = valueOf(input);
    if (x.shape.length === 0) throw new IndexError("select() cannot be applied to a 0-dim tensor.");
    const d = axis(dim, x.shape.length);
    return wrap(selectOf(x, d, place(x, d, index)));
  },
);

/** The storage through any lengths and strides, a view. */
export const as_strided = def(
  "torch.as_strided",
  "input size stride storage_offset",
  (
    input: TensorLike,
    size: readonly Int[],
    stride: readonly Int[],
    storage_offset: Int | null = null,
  ): Tensor => {
    const x = valueOf(input);
    const [shape, strides] = [ints([size]), ints([stride])];
    const offset = storage_offset === null ? x.array.offset : int(storage_offset);
    checkStorage(x, shape, strides, offset);
    return wrap(call(ops.asStrided, [x], { shape, strides, offset }));
  },
);

/** Number of elements. */
export const numel = def("torch.numel", "input", (input: TensorLike): number => valueOf(input).size);
