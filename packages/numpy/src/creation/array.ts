import { arrayOf, castTo, copyInto, isInteger } from "@cognate/kernel";
import {
  ArrayBase,
  type ArrayLike,
  asStrided,
  asTexts,
  type Casting,
  canCast,
  copyOrdered,
  type DTypeLike,
  givenKernel,
  hasOrder,
  type Item,
  isText,
  isTextType,
  itemOf,
  ndarray,
  newStrided,
  type Order,
  type ShapeLike,
  shapeOf,
  TextArray,
  textArray,
  toKernel,
  writesTexts,
} from "@cognate/ndarray/core";
import { def, KeyError, TypeError, ValueError } from "@cognate/py";
import { cast, ops, run, type Strided, strided, upTo, wrap } from "../internal.js";
import { indices } from "./grids.js";

/** A fresh array, laid out as `order` says. */
function ordered(x: Strided, order: Order): Strided {
  return hasOrder(x, order) ? x : copyOrdered(x, order, "K");
}

/**
 * An array of nested lists, numbers, typed arrays or arrays of any package.
 *
 * @param dtype - the element type; without it whole numbers give int64, others float64, arrays their own
 * @param copy - `false` raises where a copy is needed, `null` copies only then
 * @param ndmin - axes of length 1 are put in front up to so many
 * @throws ValueError for lists of unequal lengths, OverflowError for integers that do not fit
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { float, print } from "@cognate/py";
 * print(np.array([1, 2.5]), np.array([float(1), 2]).dtype, np.array([1, 2], { ndmin: 2 }).T.shape); // prints [1.  2.5] float64 (2, 1)
 * ```
 */
export const array = def(
  "numpy.array",
  "object dtype * copy order subok ndmin ndmax like",
  (
    object: ArrayLike,
    dtype: DTypeLike | null = null,
    copy: boolean | null = true,
    order: Order = "K",
    _subok = false,
    ndmin = 0,
    _ndmax = 0,
    _like: unknown = null,
  ): ndarray => {
    if (isText(object) && dtype === null)
      return object instanceof TextArray ? object.copy() : textArray(object);
    if (dtype !== null && isTextType(dtype)) return asTexts(object, dtype);
    const type = givenKernel(dtype);
    let x: Strided;
    if (copy === true) {
      const own = arrayOf(object);
      x = own ? copyOrdered(own, order, "K", type) : ordered(newStrided(object, type), order);
    } else {
      x = ordered(asStrided(object, type), order);
      if (copy === false && arrayOf(object)?.storage !== x.storage && !ArrayBuffer.isView(object))
        throw noCopy();
    }
    if (x.rank < ndmin) {
      const lead = ndmin - x.rank;
      x = x.view([...upTo(lead).map(() => 1), ...x.shape], [...upTo(lead).map(() => 0), ...x.strides]);
    }
    return object instanceof ndarray && (object as ndarray)._a === x ? (object as ndarray) : wrap(x);
  },
);

const noCopy = (): ValueError =>
  new ValueError(
    "Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\nFor more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.",
  );

const converted = (a: ArrayLike, dtype: DTypeLike | null, order: Order, copy: boolean | null): ndarray => {
  if (a instanceof TextArray && copy !== true && (dtype === null || isTextType(dtype))) return a;
  if (copy === true || isText(a) || isTextType(dtype)) return array.impl(a, dtype, true, order);
  const x = ordered(asStrided(a, givenKernel(dtype)), order);
  if (a instanceof ndarray && (a as ndarray)._a === x) return a as ndarray;
  if (copy === false && arrayOf(a)?.storage !== x.storage && !ArrayBuffer.isView(a)) throw noCopy();
  return wrap(x);
};

const asSignature = "a dtype order * device copy like";
const asImpl = (
  a: ArrayLike,
  dtype: DTypeLike | null = null,
  order: Order = null,
  _device: string | null = null,
  copy: boolean | null = null,
  _like: unknown = null,
): ndarray => converted(a, dtype, order, copy);

/** The argument as an ndarray, copied only where it must be; arrays of other packages share their memory. */
export const asarray = def("numpy.asarray", asSignature, asImpl);
/** The argument as an ndarray, copied only where it must be. */
export const asanyarray = def("numpy.asanyarray", asSignature, asImpl);
/** The argument as an ndarray whose rows lie one after the other, with at least one axis. */
export const ascontiguousarray = def(
  "numpy.ascontiguousarray",
  "a dtype * like",
  (a: ArrayLike, dtype: DTypeLike | null = null, _like: unknown = null): ndarray => {
    const y = converted(a, dtype, "C", null);
    return y.ndim === 0 ? y.reshape(1) : y;
  },
);
/** The argument as an ndarray whose columns lie one after the other, with at least one axis. */
export const asfortranarray = def(
  "numpy.asfortranarray",
  "a dtype * like",
  (a: ArrayLike, dtype: DTypeLike | null = null, _like: unknown = null): ndarray => {
    const y = converted(a, dtype, "F", null);
    return y.ndim === 0 ? y.reshape(1) : y;
  },
);

/** {@link asarray} that refuses infinities and NaNs. @throws ValueError */
export const asarray_chkfinite = def(
  "numpy.asarray_chkfinite",
  "a dtype order",
  (a: ArrayLike, dtype: DTypeLike | null = null, order: Order = null): ndarray => {
    const y = converted(a, dtype, order, null);
    const { kind } = y._a.dtype;
    if (
      (kind === "float" || kind === "complex") &&
      !asBoolean(run(ops.all, {}, run(ops.isfinite, undefined, y._a)))
    )
      throw new ValueError("array must not contain infs or NaNs");
    return y;
  },
);

const asBoolean = (x: Strided): boolean => Boolean(itemOf(x));

/** A copy with elements of another type. */
export const astype = def(
  "numpy.astype",
  "x dtype * copy device",
  (x: ArrayLike, dtype: DTypeLike, copy = true, _device: string | null = null): ndarray => {
    if (!(x instanceof ArrayBase))
      throw new TypeError(`Input should be a NumPy array. It is of type ${typeof x}.`);
    return (x as ndarray).astype(dtype, { copy });
  },
);

/** Bytes read as elements, sharing memory where they lie on the type's boundaries. @throws ValueError */
export const frombuffer = def(
  "numpy.frombuffer",
  "buffer dtype count offset * like",
  (
    buffer: ArrayBufferView | ArrayBuffer | ArrayLike,
    dtype: DTypeLike | null = null,
    count = -1,
    offset = 0,
    _like: unknown = null,
  ): ndarray => {
    const type = toKernel(dtype);
    const whole = bytesView(buffer);
    if (offset < 0 || offset > whole.size)
      throw new ValueError(`offset must be non-negative and no greater than buffer length (${whole.size})`);
    const left = whole.size - offset;
    if (count < 0 && left % type.itemsize !== 0)
      throw new ValueError("buffer size must be a multiple of element size");
    const n = count < 0 ? left / type.itemsize : count;
    if (n * type.itemsize > left) throw new ValueError("buffer is smaller than requested size");
    const part = whole.view([n * type.itemsize], [1], whole.offset + offset);
    return (wrap(part) as ndarray).view(type.name) as ndarray;
  },
);

/** The memory of a buffer as bytes. */
function bytesView(buffer: unknown): Strided {
  const own = arrayOf(buffer);
  if (own) return (wrap(own).view("uint8") as ndarray).ravel()._a;
  if (ArrayBuffer.isView(buffer)) return (wrap(strided(buffer)).view("uint8") as ndarray)._a;
  if (buffer instanceof ArrayBuffer) return new ndarray([buffer.byteLength], "uint8", buffer)._a;
  throw new TypeError(`a bytes-like object is required, not '${typeof buffer}'`);
}

/** The items of an iterable as an array of one axis. @throws ValueError where there are fewer than `count` */
export const fromiter = def(
  "numpy.fromiter",
  "iter dtype count * like",
  (iter: Iterable<ArrayLike>, dtype: DTypeLike, count = -1, _like: unknown = null): ndarray => {
    const items: ArrayLike[] = [];
    if (count !== 0)
      for (const x of iter) {
        items.push(x);
        if (items.length === count) break;
      }
    if (items.length < count)
      throw new ValueError(
        `iterator too short: Expected ${count} but iterator had only ${items.length} items.`,
      );
    return wrap(newStrided(items, toKernel(dtype)));
  },
);

type GridFunction = (...grids: never[]) => ArrayLike;

/** A function called once with the arrays of all coordinates of a shape. */
export const fromfunction = def(
  "numpy.fromfunction",
  "function shape * dtype like",
  (f: GridFunction, shape: ShapeLike, dtype: DTypeLike | null = null, _like: unknown = null): Item => {
    const lengths = shapeOf(shape);
    const grids = indices.impl(lengths, dtype ?? "float");
    return f(...(lengths.map((_, i) => (grids as ndarray).at(i)) as never[])) as Item;
  },
);

/** Writes values over an array, stretched to its shape, where the mask lets them. @throws TypeError */
export const copyto = def(
  "numpy.copyto",
  "dst src casting where",
  writesTexts(
    (dst: ndarray, src: ArrayLike, casting: Casting = "same_kind", where: ArrayLike | true = true): null => {
      const from = strided(src);
      const weak = !arrayOf(src) && typeof src !== "object";
      const scalar =
        weak && isInteger(dst._a.dtype) && (from.dtype.kind === "float" || from.dtype.kind === "complex");
      if (scalar && (casting === "same_kind" || casting === "safe"))
        throw new TypeError(
          `Cannot cast scalar from dtype('${from.dtype.name}') to dtype('${dst.dtype.name}') according to the rule '${casting}'`,
        );
      if (!weak && !canCast(from.dtype, dst._a.dtype, casting))
        throw new TypeError(
          `Cannot cast ${from.rank === 0 ? "scalar" : "array data"} from dtype('${from.dtype.name}') to dtype('${dst.dtype.name}') according to the rule '${casting}'`,
        );
      if (where === true) dst.set(["..."], src);
      else {
        const mask = cast(strided(where), strided(true).dtype);
        const typed = castTo(from, dst._a.dtype);
        copyInto(
          dst._a,
          run(
            ops.where,
            undefined,
            run(ops.expand, { shape: dst._a.shape }, typed),
            run(ops.expand, { shape: dst._a.shape }, mask),
            dst._a,
          ),
        );
        dst._a.storage.version++;
      }
      return null;
    },
    1,
  ),
);

const NEEDS: Readonly<Record<string, string>> = {
  C: "C",
  C_CONTIGUOUS: "C",
  CONTIGUOUS: "C",
  F: "F",
  F_CONTIGUOUS: "F",
  FORTRAN: "F",
  A: "",
  ALIGNED: "",
  W: "",
  WRITEABLE: "",
  O: "O",
  OWNDATA: "O",
  E: "",
  ENSUREARRAY: "",
};

/** An array over another package's array, without copying where the memory allows. */
export const from_dlpack = def(
  "numpy.from_dlpack",
  "x * device copy",
  (x: ArrayLike, _device: string | null = null, copy: boolean | null = null): ndarray =>
    copy ? array.impl(x) : asarray.impl(x),
);

/** An array that meets requirements on its type and its place in memory. */
export const require_ = def(
  "numpy.require",
  "a dtype requirements * like",
  (
    a: ArrayLike,
    dtype: DTypeLike | null = null,
    requirements: string | readonly string[] | null = null,
    _like: unknown = null,
  ): ndarray => {
    const wanted = typeof requirements === "string" ? [requirements] : [...(requirements ?? [])];
    const needs = wanted.map((r) => {
      const need = NEEDS[r.toUpperCase()];
      if (need === undefined) throw new KeyError(r.toUpperCase());
      return need;
    });
    if (needs.includes("C") && needs.includes("F"))
      throw new ValueError('Cannot specify both "C" and "F" order');
    const order = needs.includes("F") ? "F" : needs.includes("C") ? "C" : null;
    const y = converted(a, dtype, order, null);
    return needs.includes("O") && y.base ? (y.copy() as ndarray) : y;
  },
);
