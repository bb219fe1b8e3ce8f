import { arrayOf } from "@cognate/kernel";
import {
  type ArrayLike,
  axisOf,
  type DTypeLike,
  type Item,
  indicesOf,
  itemAt,
  type ndarray,
  newStrided,
  type ShapeLike,
} from "@cognate/ndarray/core";
import { def, nameClass, Tuple, ValueError } from "@cognate/py";
import { asArray, item, ops, permuted, run, type Strided, strided, upTo, wrap } from "../internal.js";
import { broadcast_arrays, expand_dims, moveaxis } from "../manipulation/arranging.js";

/** All coordinates of a shape, the last axis fastest. */
function* coordinates(shape: readonly number[]): Generator<number[]> {
  if (shape.some((n) => n === 0)) return;
  const index = shape.map(() => 0);
  for (;;) {
    yield [...index];
    let d = shape.length - 1;
    while (d >= 0 && ++index[d]! === shape[d]) index[d--] = 0;
    if (d < 0) return;
  }
}

/** Applies a function to every line along an axis and lays the results out where the lines stood. @throws ValueError */
export function apply_along_axis(
  func1d: (line: ndarray, ...args: never[]) => ArrayLike,
  axis: number,
  arr: ArrayLike,
  ...args: never[]
): ndarray {
  const x = asArray(arr);
  const dim = axisOf(axis, x.ndim);
  const lines = moveaxis.impl(x, dim, -1);
  const outer = lines._a.shape.slice(0, -1);
  const results: Strided[] = [];
  for (const at of coordinates(outer)) results.push(strided(func1d(lines.at(...at) as ndarray, ...args)));
  if (results.length === 0)
    throw new ValueError("Cannot apply_along_axis when any iteration dimensions are 0");
  const inner = results[0]!.shape;
  const all = run(
    ops.reshape,
    { shape: [...outer, ...inner] },
    ops.stack.run(results, { dim: 0 }) as Strided,
  );
  // The results' own axes go where the lines' axis was.
  const own = inner.map((_, i) => outer.length + i);
  const axes = upTo(outer.length);
  axes.splice(dim, 0, ...own);
  return wrap(permuted(all, axes));
}

/** Applies a function of (array, axis) over one axis after the other, keeping the number of axes. @throws ValueError */
export const apply_over_axes = def(
  "numpy.apply_over_axes",
  "func a axes",
  (
    func: (a: ndarray, axis: number) => ArrayLike,
    a: ArrayLike,
    axes: number | readonly number[],
  ): ndarray => {
    let x = asArray(a);
    const n = x.ndim;
    for (const axis of indicesOf(axes)) {
      const y = asArray(func(x, axis < 0 ? axis + n : axis));
      if (y.ndim === x.ndim) x = y;
      else {
        const back = expand_dims.impl(y, axis);
        if (back.ndim !== x.ndim)
          throw new ValueError("function is not returning an array of the correct shape");
        x = back;
      }
    }
    return x;
  },
);

/** All coordinates of a shape: `for (const [i, j] of np.ndindex(2, 3))`. */
export class NdindexImpl {
  readonly shape: readonly number[];
  constructor(...shape: readonly ShapeLike[]) {
    this.shape = shape.length === 1 ? indicesOf(shape[0]) : shape.map((n) => indicesOf(n)[0]!);
  }
  *[Symbol.iterator](): Generator<Tuple<number>> {
    for (const at of coordinates(this.shape)) yield Tuple.of_(at);
  }
}
nameClass("numpy.ndindex", NdindexImpl);

/** All coordinates of a shape, the last axis fastest, as tuples. */
export const ndindex = (...shape: readonly ShapeLike[]): NdindexImpl => new NdindexImpl(...shape);

/** Pairs of coordinates and element: `for (const [index, x] of np.ndenumerate(a))`. */
export function* ndenumerate(arr: ArrayLike): Generator<Tuple> {
  const x = asArray(arr);
  for (const at of coordinates(x.shape))
    yield Tuple.of_([Tuple.of_(at), x.ndim === 0 ? x.at() : x.at(...at)]);
}

/** The elements of one or several arrays (stretched together), as arrays without axes that write through. */
export function* nditer(op: ArrayLike | readonly ArrayLike[]): Generator<ndarray> {
  const several = Array.isArray(op) && op.some((x) => arrayOf(x) !== undefined || Array.isArray(x));
  const arrays = several
    ? [...broadcast_arrays(...(op as readonly ArrayLike[]))]
    : [asArray(op as ArrayLike)];
  const { shape } = arrays[0]!;
  for (const at of coordinates(shape)) {
    const elements = arrays.map((a) => {
      const position = at.reduce((p, i, d) => p + i * a._a.strides[d]!, a._a.offset);
      return wrap(a._a.view([], [], position));
    });
    yield elements.length === 1 ? elements[0]! : (Tuple.of_(elements) as unknown as ndarray);
  }
}

/** A function of numbers applied to every element of arrays stretched together. */
function eachElement(
  f: (...xs: never[]) => unknown,
  args: readonly ArrayLike[],
): { results: unknown[]; shape: readonly number[] } {
  const arrays = broadcast_arrays(...args);
  const { shape } = arrays[0]!;
  const results: unknown[] = [];
  for (const at of coordinates(shape))
    results.push(
      f(
        ...(arrays.map((a) =>
          itemAt(
            a._a,
            at.reduce((p, i, d) => p + i * a._a.strides[d]!, a._a.offset),
          ),
        ) as never[]),
      ),
    );
  return { results, shape };
}

type Vectorized = (...args: readonly ArrayLike[]) => Item;

const gathered = (results: readonly unknown[], shape: readonly number[], dtype: DTypeLike | null): Item => {
  const flat = wrap(newStrided(results as ArrayLike));
  const typed = dtype === null ? flat : (flat.astype(dtype) as ndarray);
  const y = typed.reshape([...shape, ...typed.shape.slice(1)]);
  return y.ndim === 0 ? item(y.at()) : (y as Item);
};

/**
 * A function of numbers as one of arrays, called once an element.
 *
 * @param otypes - the type of the results, else found from them
 */
export const vectorize = def(
  "numpy.vectorize",
  "pyfunc otypes doc excluded cache signature",
  (
    pyfunc: (...xs: never[]) => unknown,
    otypes: DTypeLike | readonly DTypeLike[] | null = null,
  ): Vectorized => {
    const types = otypes === null ? [] : typeof otypes === "string" ? [...otypes] : [otypes].flat();
    return (...args) => {
      const { results, shape } = eachElement(pyfunc, args);
      if (results.length === 0 && types.length === 0)
        throw new ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set");
      if (!(results[0] instanceof Tuple))
        return gathered(results, shape, (types[0] as DTypeLike | undefined) ?? null);
      const several = results as Tuple[];
      return Tuple.of_(
        several[0]!.map((_, k) =>
          gathered(
            several.map((r) => r[k]),
            shape,
            (types[k] as DTypeLike | undefined) ?? null,
          ),
        ),
      ) as unknown as Item;
    };
  },
);

/** A function of `nin` numbers as one of arrays. */
export const frompyfunc = def(
  "numpy.frompyfunc",
  "func nin nout",
  (func: (...xs: never[]) => unknown, nin: number, _nout: number): Vectorized =>
    (...args) => {
      const { results, shape } = eachElement(func, args.slice(0, nin));
      return gathered(results, shape, null);
    },
);

/** Whether a value can be iterated. */
export const iterable = (y: unknown): boolean =>
  (typeof y === "string" || (typeof y === "object" && y !== null)) &&
  Symbol.iterator in Object(y) &&
  !isScalarArray(y);

const isScalarArray = (y: unknown): boolean => arrayOf(y)?.rank === 0;
