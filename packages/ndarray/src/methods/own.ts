import {
  contiguous,
  copyInto,
  type Data,
  type DType,
  isComplex,
  ops,
  realOf,
  Storage,
  Strided,
} from "@cognate/kernel";
import { def, TypeError, ValueError, warn } from "@cognate/py";
import type { ArrayBase } from "../array/base.js";
import { asStrided } from "../array/create.js";
import { flagsobj } from "../array/flags.js";
import { flatiter } from "../array/flat.js";
import { entriesOf, getItem, setItem } from "../array/index.js";
import { type ndarray, viewOf } from "../array/ndarray.js";
import { copyOrdered, hasOrder } from "../array/order.js";
import { GenericImpl, scalarOf } from "../array/scalars.js";
import { axisOf, indicesOf } from "../array/shape.js";
import { asTexts, isTextType } from "../array/text.js";
import type { ArrayLike, Index, Item, Order, ShapeLike } from "../array/types.js";
import { type DTypeLike, givenKernel, toKernel } from "../dtype/dtype.js";
import { type Casting, canCast } from "../dtype/promote.js";
import { ComplexWarning } from "../errors/warnings.js";
import { run } from "../ufunc/compose.js";
import { reshape as reshapeTo, transpose as transposeTo } from "./shape.js";
import { checkKth, type SortKind, sortInPlace } from "./sort.js";

/** An array over `y`: a view of `x`, or a scalar where `x` is one. */
const like = (x: ArrayBase, y: Strided): Item =>
  x instanceof GenericImpl ? scalarOf(y) : (viewOf(x, y) as Item);

/** @throws ValueError where an array must not be written */
export function checkWritable(x: ArrayBase): void {
  if ((x as Partial<ndarray>)._readonly) throw new ValueError("assignment destination is read-only");
}

/** A copy with elements of another type. @throws TypeError where `casting` does not allow it */
export const astype = def(
  "numpy.ndarray.astype",
  "a dtype order casting subok copy",
  (
    a: ArrayBase,
    dtype: DTypeLike | null,
    order: Order = "K",
    casting: Casting = "unsafe",
    _subok = true,
    copy = true,
  ): Item => {
    const x = a._a;
    if (isTextType(dtype)) return asTexts(a, dtype) as unknown as Item;
    const type = toKernel(dtype);
    if (!canCast(x.dtype, type, casting))
      throw new TypeError(
        `Cannot cast array data from dtype('${x.dtype.name}') to dtype('${type.name}') according to the rule '${casting}'`,
      );
    if (!copy && x.dtype === type && hasOrder(x, order)) return a as unknown as Item;
    if (isComplex(x.dtype) && !isComplex(type) && type.kind !== "bool")
      warn("Casting complex values to real discards the imaginary part", ComplexWarning);
    return like(a, copyOrdered(x, order, "K", type));
  },
);

/** A copy; row by row unless `order` says otherwise. */
export const copy = def(
  "numpy.ndarray.copy",
  "a order",
  (a: ArrayBase, order: Order = "C"): Item => like(a, copyOrdered(a._a, order, "C")),
);

/** The same memory as elements of another type. @throws ValueError where the bytes do not fit */
export const view = def(
  "numpy.ndarray.view",
  "a dtype type",
  (a: ArrayBase, dtype: DTypeLike | null = null, _type: unknown = null): Item => {
    const type = givenKernel(dtype);
    return like(a, type ? reinterpreted(a._a, type) : a._a.view(a._a.shape, a._a.strides));
  },
);

function reinterpreted(x: Strided, type: DType): Strided {
  const [from, to] = [x.dtype.itemsize, type.itemsize];
  const scaled = (n: number): number => (n * from) / to;
  if (from === to) return new Strided(x.storage, type, x.shape, x.strides, x.offset);
  const last = x.rank - 1;
  if (last < 0)
    throw new ValueError("Changing the dtype of a 0d array is only supported if the itemsize is unchanged");
  if (x.strides[last] !== 1 && x.shape[last] !== 1)
    throw new ValueError("To change to a dtype of a different size, the last axis must be contiguous");
  if ((x.shape[last]! * from) % to !== 0)
    throw new ValueError(
      "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.",
    );
  if (x.size === 0) return Strided.zeros(type, [...x.shape.slice(0, last), scaled(x.shape[last]!)]);
  const strides = x.strides.map((s, i) => (i === last ? 1 : scaled(s)));
  if (strides.some((s) => !Number.isInteger(s)) || !Number.isInteger(scaled(x.offset)))
    return reinterpreted(contiguous(x).view(x.shape, Strided.zeros(x.dtype, x.shape).strides), type);
  return new Strided(
    x.storage,
    type,
    [...x.shape.slice(0, last), scaled(x.shape[last]!)],
    strides,
    scaled(x.offset),
  );
}

/** The elements' bytes in row-major (or the given) order. */
export const tobytes = def(
  "numpy.ndarray.tobytes",
  "a order",
  (a: ArrayBase, order: Order = "C"): Uint8Array => {
    const upper = order === "F" || order === "A" || order === "K" ? order : "C";
    const turned =
      upper === "F" ? run(ops.permute, { axes: a._a.shape.map((_, i) => a._a.rank - 1 - i) }, a._a) : a._a;
    const data = contiguous(turned).peekFlat();
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  },
);

/** The elements with their bytes in reverse order. */
export const byteswap = def("numpy.ndarray.byteswap", "a inplace", (a: ArrayBase, inplace = false): Item => {
  const bytes = tobytes.impl(a);
  const width = a.itemsize / a._a.dtype.lanes;
  for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse();
  const storage = new Storage(bytes as Data, asStrided(bytes).dtype);
  const y = new Strided(storage, a._a.dtype, a._a.shape, Strided.zeros(a._a.dtype, a._a.shape).strides, 0);
  if (!inplace) return like(a, copyInto(Strided.zeros(a._a.dtype, a._a.shape), y));
  copyInto(a._a, y);
  return a as unknown as Item;
});

/** Methods that take what numpy's functions of the same name take otherwise. */
export const own = {
  /**
   * `x[index]`: integers, slices (`":"`, `"1:3"`), `"..."`, `null`, masks, lists and arrays of integers.
   *
   * @throws IndexError in NumPy's words
   */
  at(this: ArrayBase, ...index: readonly Index[]): Item {
    return getItem(this, index);
  },
  /** `x[index] = value`, in place; `index` lists the entries (`x.set([0, ":"], v)`) or is one mask or text. */
  set(this: ArrayBase, index: Index | readonly Index[], value: ArrayLike): void {
    checkWritable(this);
    setItem(this, entriesOf(index), value);
  },
  /** `x[index] = f(x[index])`. */
  update(this: ArrayBase, index: Index | readonly Index[], f: (part: Item) => ArrayLike): void {
    checkWritable(this);
    const entries = entriesOf(index);
    setItem(this, entries, f(getItem(this, entries)));
  },
  /** The same elements under another shape: lengths one by one or as a list, then `order` and `copy`. */
  reshape(
    this: ArrayBase,
    ...args: readonly (ShapeLike | { readonly order?: Order; readonly copy?: boolean | null })[]
  ): ndarray {
    return reshapeCall(this, ...(args as readonly number[]));
  },
  /** The axes in another order: numbers one by one or as a list; reversed by default. */
  transpose(this: ArrayBase, ...axes: readonly (number | readonly number[] | null)[]): ndarray {
    const only = axes.length === 1 ? axes[0] : undefined;
    if (axes.length === 0 || only === null) return transposeTo.impl(this);
    return transposeTo.impl(
      this,
      typeof only === "object" ? (only as readonly number[]) : (axes as readonly number[]),
    );
  },
  /** Every element set to a number. */
  fill(this: ArrayBase, value: ArrayLike): void {
    checkWritable(this);
    if (asStrided(value).rank > 0) throw notOneNumber(this._a.dtype);
    const src = asStrided(value, this._a.dtype);
    copyInto(this._a, src);
    this._a.storage.version++;
  },
  /** Another shape in place; new elements are zero. @throws ValueError for a view */
  resize(this: ndarray, ...shape: readonly unknown[]): void {
    const lengths = resizeShape(...(shape as readonly number[]));
    if (lengths.some((n) => n < 0)) throw new ValueError("negative dimensions not allowed");
    if (this._base) throw new ValueError("cannot resize this array: it does not own its data");
    const y = Strided.zeros(this._a.dtype, lengths);
    const n = Math.min(y.size, this._a.size);
    copyInto(y.view([n], [1]), contiguous(this._a).view([n], [1]));
    this._a = y;
  },
  /** Lets an array be written, or not. */
  setflags(this: ndarray, ...args: readonly unknown[]): void {
    setflagsOf(this, ...(args as [boolean]));
  },
};

/** What filling with a list raises, by the element type. */
const notOneNumber = (d: DType): Error =>
  d.kind === "int" || d.kind === "uint"
    ? new TypeError("int() argument must be a string, a bytes-like object or a real number, not 'list'")
    : d.kind === "complex"
      ? new TypeError("must be real number, not list")
      : new ValueError("setting an array element with a sequence.");

const reshapeCall = def(
  "numpy.ndarray.reshape",
  "a ...shape * order copy",
  (a: ArrayBase, shape: readonly unknown[] = [], order: Order = "C", copy: boolean | null = null): ndarray =>
    reshapeTo.impl(a, (shape.length === 1 ? shape[0] : shape) as ShapeLike, order, copy),
);

const resizeShape = def(
  "numpy.ndarray.resize",
  "...new_shape * refcheck",
  (new_shape: readonly unknown[] = [], _refcheck = true): number[] =>
    indicesOf(new_shape.length === 1 ? new_shape[0] : new_shape),
);

const setflagsOf = def(
  "numpy.ndarray.setflags",
  "a write align uic",
  (
    a: ndarray,
    write: boolean | null = null,
    _align: boolean | null = null,
    _uic: boolean | null = null,
  ): void => {
    if (write !== null) a._readonly = !write;
  },
);

/** Sorts in place. */
export const sort = def(
  "numpy.ndarray.sort",
  "a axis kind order * stable",
  (
    a: ndarray,
    axis = -1,
    kind: SortKind = null,
    _order: null = null,
    _stable: boolean | null = null,
  ): void => {
    checkWritable(a);
    sortInPlace(a, axis, kind);
  },
);

/** Puts element `kth` where sorting puts it, smaller ones before, larger ones after, in place. */
export const partition = def(
  "numpy.ndarray.partition",
  "a kth axis kind order",
  (a: ndarray, kth: ArrayLike, axis = -1, _kind = "introselect", _order: null = null): void => {
    checkWritable(a);
    checkKth(kth, a._a.shape[axisOf(axis, a.ndim)]!);
    sortInPlace(a, axis, null);
  },
);

/** Properties that are computed. */
export const getters = {
  /** The axes in reverse order, without copying. */
  T: (a: ArrayBase): Item =>
    a instanceof GenericImpl ? (a as unknown as Item) : (transposeTo.impl(a) as Item),
  /** The last two axes exchanged, without copying. */
  mT: (a: ArrayBase): Item => {
    const n = a.ndim;
    if (n < 2) throw new ValueError("matrix transpose with ndim < 2 is undefined");
    return transposeTo.impl(a, [...Array.from({ length: n - 2 }, (_, i) => i), n - 1, n - 2]) as Item;
  },
  flat: (a: ArrayBase): flatiter => new flatiter(a),
  flags: (a: ArrayBase): flagsobj =>
    new flagsobj(a, !(a as Partial<ndarray>)._base, !(a as Partial<ndarray>)._readonly),
  real: (a: ArrayBase): Item => like(a, run(ops.real, undefined as never, a._a)),
  imag: (a: ArrayBase): Item => like(a, run(ops.imag, undefined as never, a._a)),
};

/** What assigning to such a property does. */
export const setters = {
  flat: (a: ArrayBase, value: ArrayLike): void => new flatiter(a).set(":", value),
  real: (a: ArrayBase, value: ArrayLike): void => {
    copyInto(run(ops.real, undefined as never, a._a), asStrided(value, realOf(a._a.dtype)));
  },
  imag: (a: ArrayBase, value: ArrayLike): void => {
    if (!isComplex(a._a.dtype)) throw new TypeError("array does not have imaginary part to set");
    copyInto(run(ops.imag, undefined as never, a._a), asStrided(value, realOf(a._a.dtype)));
  },
};
