import { arrayOf } from "@cognate/kernel";
import { type ArrayLike, axisOf, isFortran } from "@cognate/ndarray/core";
import { def, NotImplementedError, print, str, type Tuple, type } from "@cognate/py";
import { asArray, strided } from "./internal.js";

/** The number of axes. */
export const ndim = def("numpy.ndim", "a", (a: ArrayLike): number => strided(a).rank);
/** The lengths of the axes. */
export const shape = def("numpy.shape", "a", (a: ArrayLike): Tuple<number> => asArray(a).shape);
/** The number of elements, of all axes or of some. */
export const size = def(
  "numpy.size",
  "a axis",
  (a: ArrayLike, axis: number | readonly number[] | null = null): number => {
    const x = strided(a);
    if (axis === null) return x.size;
    return [axis].flat().reduce((n, d) => n * x.shape[axisOf(d, x.rank)]!, 1);
  },
);

/** Whether an array lies column by column (and not row by row, too). */
export const isfortran = def("numpy.isfortran", "a", (a: ArrayLike): boolean => {
  const x = strided(a);
  return isFortran(x) && !x.contiguous;
});

interface Extent {
  readonly storage: unknown;
  readonly low: number;
  readonly high: number;
}

/** The bytes of its storage between an array's first and last element. */
function extentOf(a: ArrayLike): Extent | null {
  const x = arrayOf(a);
  if (!x || x.size === 0) return null;
  let [low, high] = [x.offset, x.offset];
  x.strides.forEach((s, d) => {
    const reach = (x.shape[d]! - 1) * s;
    if (reach < 0) low += reach;
    else high += reach;
  });
  return { storage: x.storage, low: low * x.dtype.itemsize, high: (high + 1) * x.dtype.itemsize };
}

/** Whether the memory between the first and last elements of two arrays overlaps. */
export const may_share_memory = def(
  "numpy.may_share_memory",
  "a b max_work",
  (a: ArrayLike, b: ArrayLike, _max_work = 0): boolean => {
    const [p, q] = [extentOf(a), extentOf(b)];
    if (!p || !q) return false;
    const [x, y] = [arrayOf(a)!, arrayOf(b)!];
    return x.storage.sameMemory(y.storage) && p.low < q.high && q.low < p.high;
  },
);

/** Whether two arrays have an element in common. */
export const shares_memory = def(
  "numpy.shares_memory",
  "a b max_work",
  (a: ArrayLike, b: ArrayLike, _max_work = -1): boolean => {
    if (!may_share_memory.impl(a, b)) return false;
    const [x, y] = [arrayOf(a)!, arrayOf(b)!];
    const places = (v: typeof x): number[] => {
      let at = [v.offset * v.dtype.itemsize];
      v.shape.forEach((n, d) => {
        at = at.flatMap((p) => Array.from({ length: n }, (_, i) => p + i * v.strides[d]! * v.dtype.itemsize));
      });
      return at;
    };
    const [width, other] = [x.dtype.itemsize, y.dtype.itemsize];
    const bytes = new Set(places(x).flatMap((p) => Array.from({ length: width }, (_, i) => p + i)));
    return places(y).some((p) => Array.from({ length: other }, (_, i) => p + i).some((i) => bytes.has(i)));
  },
);

/** Prints how an array lies in memory. @throws NotImplementedError for what is no array: there are no docstrings here */
export const info = def("numpy.info", "object maxwidth", (object: unknown = null, _maxwidth = 76): null => {
  if (typeof object !== "object" || object === null || !arrayOf(object))
    throw new NotImplementedError("numpy.info of what is no array is left out: see the documentation");
  const a = asArray(object as ArrayLike);
  const { c_contiguous, f_contiguous } = a.flags as unknown as Readonly<Record<string, boolean>>;
  print(`class:  ${type(object).__name__}`);
  print(`shape:  ${str(a.shape)}`);
  print(`strides:  ${str(a.strides)}`);
  print(`itemsize:  ${a.itemsize}`);
  print("aligned:  True");
  print(`contiguous:  ${str(c_contiguous)}`);
  print(`fortran:  ${str(f_contiguous)}`);
  print(`data pointer: 0x${(a._a.offset * a.itemsize).toString(16)}`);
  print("byteorder:  little");
  print("byteswap:  False");
  print(`type: ${a.dtype.name}`);
  return null;
});
