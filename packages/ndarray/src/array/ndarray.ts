import { arrayOf, type Data, float64, Strided, sizeOf, typedArrayType } from "@cognate/kernel";
import { AttributeError, nameClass, pyClass, Tuple, TypeError, ValueError } from "@cognate/py";
import { type DTypeLike, givenKernel } from "../dtype/dtype.js";
import type { ArrayMethods } from "../methods/index.js";
import { ArrayBase } from "./base.js";
import { strideFor } from "./order.js";
import { shapeOf } from "./shape.js";
import type { Item, Order, ShapeLike } from "./types.js";

/** The class inside of {@link ndarray}: what extends it is made and asked for without the callable around it. */
export class NdarrayImpl extends ArrayBase {
  /** The array whose memory this one looks at, or `null`. */
  _base: ArrayBase | null = null;
  /** Whether writing raises. */
  _readonly = false;

  constructor(
    shape: Strided | ShapeLike,
    dtype: DTypeLike | null = null,
    buffer: unknown = null,
    offset = 0,
    strides: readonly number[] | null = null,
    order: Order = null,
  ) {
    super(shape instanceof Strided ? shape : fromBuffer(shape, dtype, buffer, offset, strides, order));
  }

  /** Lengths of the axes; assigning reshapes in place. */
  get shape(): Tuple<number> {
    return Tuple.of_(this._a.shape);
  }
  set shape(shape: ShapeLike) {
    const view = (this.reshape as (s: ShapeLike) => NdarrayImpl)(shape);
    if (view._a.storage !== this._a.storage)
      throw new AttributeError(
        "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.",
      );
    this._a = view._a;
  }

  /** The array that owns the memory, `null` if this one does. */
  get base(): ArrayBase | null {
    return this._base;
  }

  /** An array like this one over other memory. */
  _over(a: Strided): NdarrayImpl {
    return new NdarrayImpl(a);
  }

  /** Rows (elements, for one axis), each a view. @throws TypeError without axes */
  *[Symbol.iterator](): Generator<Item> {
    if (this._a.rank === 0) throw new TypeError("iteration over a 0-d array");
    for (let i = 0; i < this._a.shape[0]!; i++) yield this.at(i);
  }
}

export interface NdarrayImpl extends ArrayMethods {}

function fromBuffer(
  shape: ShapeLike,
  like: DTypeLike | null,
  buffer: unknown,
  offset: number,
  strides: readonly number[] | null,
  order: Order,
): Strided {
  const dtype = givenKernel(like) ?? float64;
  const lengths = shapeOf(shape);
  if (buffer === null) return strideFor(order, dtype, lengths);
  const source = arrayOf(buffer) ?? overBytes(buffer);
  const storage = source.storage.data(dtype);
  if (offset % dtype.itemsize !== 0 || strides?.some((s) => s % dtype.itemsize !== 0))
    throw new ValueError("buffer offsets and strides must be multiples of the element size");
  const start = (source.offset * source.dtype.itemsize + offset) / dtype.itemsize;
  const steps = strides?.map((s) => s / dtype.itemsize) ?? strideFor(order, dtype, lengths).strides;
  if (start + sizeOf(lengths) > storage.length / dtype.lanes && strides === null)
    throw new TypeError("buffer is too small for requested array");
  return new Strided(source.storage, dtype, lengths, steps, start);
}

function overBytes(buffer: unknown): Strided {
  const bytes = buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : buffer;
  if (!ArrayBuffer.isView(bytes)) throw new TypeError("a bytes-like object is required");
  const data = bytes as unknown as Data;
  return Strided.over(data, typedArrayType(data), [data.length]);
}

/**
 * `np.ndarray`: an n-dimensional array of one element type, with NumPy's methods, operators as methods (`a.add(b)`), and
 * indexing by `at` and `set`. Views share memory. Usually made by `np.array` and its like.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.arange(6).reshape(2, 3);
 * print(a.mul(2).sum({ axis: 0 }), a.at(1, "1:"), a.T.shape); // prints [ 6 10 14] [4 5] (3, 2)
 * ```
 */
export const ndarray = pyClass("ndarray", "shape dtype buffer offset strides order", NdarrayImpl);
export type ndarray = NdarrayImpl;
nameClass("numpy.ndarray", ndarray);

/** An ndarray over a kernel array, without copying. */
export const fromStrided = (a: Strided): ndarray => new NdarrayImpl(a);

/** An ndarray that looks at the memory of `parent`, or owns its own where the op had to copy. */
export function viewOf(parent: ArrayBase, a: Strided): ndarray {
  const view = parent instanceof NdarrayImpl ? parent._over(a) : new NdarrayImpl(a);
  if (a.storage === parent._a.storage) view._base = (parent as Partial<NdarrayImpl>)._base ?? parent;
  if (view._base && (parent as Partial<NdarrayImpl>)._readonly) view._readonly = true;
  return view;
}
