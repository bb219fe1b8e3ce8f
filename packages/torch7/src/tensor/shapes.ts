import { cloneContiguous, ops, resized, type Strided, sizeOf, viewStrides } from "@cognate/kernel";
import { LuaError } from "../errors.js";
import type { LongStorage } from "./storage.js";
import { axis, TensorImpl } from "./tensor.js";

type Sizes = readonly (number | LongStorage | readonly number[])[];

/** Lengths given one by one, as a `LongStorage`, or as a list. */
export const lengthsOf = (given: Sizes): number[] =>
  (Array.isArray(given[0]) ? [...(given[0] as readonly number[])] : given.map(Number)) as number[];

/** Lengths with −1 replaced by what is left. */
function completed(shape: readonly number[], size: number): number[] {
  const open = shape.indexOf(-1);
  if (open < 0) return [...shape];
  const rest = shape.reduce((n, len, i) => (i === open ? n : n * len), 1);
  return shape.map((n, i) => (i === open ? size / rest : n));
}

const view = (array: Strided): TensorImpl => new TensorImpl(array);

/** Methods that change how memory is seen, by their names in Torch7. */
const SHAPE_METHODS = {
  /** Positions `first … first + length − 1` along an axis. */
  narrow(this: TensorImpl, dim: number, first: number, length: number): TensorImpl {
    const d = axis(this._array, dim, "narrow");
    const n = this._array.shape[d]!;
    if (first < 1 || first > n) throw new LuaError("bad argument #3 to 'narrow' (out of range)");
    if (length < 1 || first + length - 1 > n)
      throw new LuaError("bad argument #4 to 'narrow' (out of range)");
    return view(ops.slice.run([this._array], { dim: d, start: first - 1, step: 1, length }) as Strided);
  },
  /** One position along an axis, which goes away. */
  select(this: TensorImpl, dim: number, index: number): TensorImpl {
    const d = axis(this._array, dim, "select");
    const n = this._array.shape[d]!;
    const at = index < 0 ? n + index : index - 1;
    if (at < 0 || at >= n) throw new LuaError("bad argument #3 to 'select' (out of range)");
    if (this._array.rank === 1) throw new LuaError("bad argument #1 to 'select' (cannot select on a vector)");
    const items = this._array.shape.map((len, i) =>
      i === d
        ? ({ kind: "select", index: at } as const)
        : ({ kind: "slice", start: 0, step: 1, length: len } as const),
    );
    return view(ops.indexView.run([this._array], { items }) as Strided);
  },
  /** `[from, to]` an axis, 1-based, both ends included. */
  sub(this: TensorImpl, ...ends: readonly number[]): TensorImpl {
    let y: TensorImpl = this;
    for (let i = 0; 2 * i < ends.length; i++) {
      const n = y._array.shape[i]!;
      const [from, to] = [ends[2 * i]!, ends[2 * i + 1]!].map((e) => (e < 0 ? n + e + 1 : e)) as [
        number,
        number,
      ];
      y = SHAPE_METHODS.narrow.call(y, i + 1, from, to - from + 1);
    }
    return y;
  },
  /** Windows of `size` along an axis, `step` apart, as a new last axis. */
  unfold(this: TensorImpl, dim: number, size: number, step: number): TensorImpl {
    return view(
      ops.unfold.run([this._array], { dim: axis(this._array, dim, "unfold"), size, step }) as Strided,
    );
  },
  /** Axes of length 1 stretched without copying. */
  expand(this: TensorImpl, ...given: Sizes): TensorImpl {
    const shape = lengthsOf(given);
    if (shape.length < this._array.rank)
      throw new LuaError("the number of dimensions provided must be greater or equal tensor:dim()");
    const lead = shape.length - this._array.rank;
    this._array.shape.forEach((n, i) => {
      if (n !== 1 && n !== shape[lead + i])
        throw new LuaError(`incorrect size: only supporting singleton expansion (size=1)`);
    });
    return view(ops.expand.run([this._array], { shape }) as Strided);
  },
  expandAs(this: TensorImpl, other: TensorImpl): TensorImpl {
    return SHAPE_METHODS.expand.call(this, other._array.shape);
  },
  /** The same memory under other lengths; elements must lie in order. */
  view(this: TensorImpl, ...given: readonly (Sizes[number] | TensorImpl)[]): TensorImpl {
    const from = given[0] instanceof TensorImpl ? given[0] : this;
    const shape = completed(lengthsOf((from === this ? given : given.slice(1)) as Sizes), from._array.size);
    if (sizeOf(shape) !== from._array.size)
      throw new LuaError(
        `Wrong size for view. Input size: ${from._array.shape.join("x")}. Output size: ${shape.join("x")}`,
      );
    if (!from._array.contiguous) throw new LuaError("expecting a contiguous tensor");
    const y = from._array.view(shape, viewStrides(from._array, shape)!);
    if (from === this) return view(y);
    this._array = y;
    return this;
  },
  viewAs(this: TensorImpl, other: TensorImpl): TensorImpl {
    return SHAPE_METHODS.view.call(this, other._array.shape);
  },
  /** A copy under other lengths. */
  reshape(this: TensorImpl, ...given: Sizes): TensorImpl {
    const shape = completed(lengthsOf(given), this._array.size);
    if (sizeOf(shape) !== this._array.size) throw new LuaError("Wrong size");
    const copy = cloneContiguous(this._array);
    return view(copy.view(shape, viewStrides(copy, shape)!));
  },
  transpose(this: TensorImpl, dim1: number, dim2: number): TensorImpl {
    const [a, b] = [axis(this._array, dim1, "transpose"), axis(this._array, dim2, "transpose")];
    const axes = this._array.shape.map((_, i) => (i === a ? b : i === b ? a : i));
    return view(ops.permute.run([this._array], { axes }) as Strided);
  },
  t(this: TensorImpl): TensorImpl {
    if (this._array.rank !== 2) throw new LuaError("Tensor must have 2 dimensions");
    return SHAPE_METHODS.transpose.call(this, 1, 2);
  },
  permute(this: TensorImpl, ...dims: readonly number[]): TensorImpl {
    if (dims.length !== this._array.rank) throw new LuaError("invalid permutation");
    return view(ops.permute.run([this._array], { axes: dims.map((d) => d - 1) }) as Strided);
  },
  /** Axes of length 1 (or the one named, if its length is 1) left out. */
  squeeze(this: TensorImpl, dim?: number): TensorImpl {
    const { shape, strides } = this._array;
    let keep = shape
      .map((_, i) => i)
      .filter((i) => (dim === undefined ? shape[i] !== 1 : i !== dim - 1 || shape[i] !== 1));
    if (keep.length === 0 && shape.length > 0) keep = [0];
    return view(
      this._array.view(
        keep.map((i) => shape[i]!),
        keep.map((i) => strides[i]!),
      ),
    );
  },
  /** Repeats the tensor as a whole, so many times an axis. */
  repeatTensor(this: TensorImpl, ...given: Sizes): TensorImpl {
    const reps = lengthsOf(given);
    if (reps.length < this._array.rank)
      throw new LuaError(
        "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
      );
    return view(ops.tile.run([this._array], { reps }) as Strided);
  },
  /** The same storage with other lengths, with more memory where it needs some. */
  resize(this: TensorImpl, ...given: Sizes): TensorImpl {
    const shape = lengthsOf(given);
    if (shape.length === this._array.rank && shape.every((n, i) => n === this._array.shape[i])) return this;
    this._array = resized(this._array, shape);
    return this;
  },
  resizeAs(this: TensorImpl, other: TensorImpl): TensorImpl {
    return SHAPE_METHODS.resize.call(this, other._array.shape);
  },
  /** The tensors along an axis, each without it. */
  split(this: TensorImpl, size: number, dim = 1): TensorImpl[] {
    const n = this._array.shape[axis(this._array, dim, "split")]!;
    return Array.from({ length: Math.ceil(n / size) }, (_, i) =>
      SHAPE_METHODS.narrow.call(this, dim, i * size + 1, Math.min(size, n - i * size)),
    );
  },
  /** So many pieces along an axis, of equal length but the last. */
  chunk(this: TensorImpl, count: number, dim = 1): TensorImpl[] {
    return SHAPE_METHODS.split.call(
      this,
      Math.ceil(this._array.shape[axis(this._array, dim, "chunk")]! / count),
      dim,
    );
  },
} as const;

export type ShapeMethods = typeof SHAPE_METHODS;
for (const [name, f] of Object.entries(SHAPE_METHODS))
  Object.defineProperty(TensorImpl.prototype, name, { value: f, writable: true, configurable: true });

export { SHAPE_METHODS };
