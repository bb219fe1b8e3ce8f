import {
  arrayOf,
  bool,
  broadcastTwo,
  castTo,
  contiguousStrides,
  int64,
  isInteger,
  sameShape,
} from "@cognate/kernel";
import {
  type ArrayLike,
  axisOf,
  broadcastError,
  type Item,
  itemOf,
  logic,
  movesTexts,
  type ndarray,
  reducedAxes,
  select as selection,
  writesTexts,
} from "@cognate/ndarray/core";
import { def, IndexError, Tuple, TypeError, ValueError } from "@cognate/py";
import { commonTypeOf } from "../creation/grids.js";
import {
  anyOf,
  asArray,
  cast,
  flattened,
  listOf,
  ops,
  reshaped,
  run,
  Strided,
  strided,
  wrap,
} from "../internal.js";

/**
 * Elements of `x` where the condition holds, else of `y`; with the condition alone, the coordinates where it holds.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.array([1, -2, 3]);
 * print(np.where(a.gt(0), a, 0), np.where(a.gt(0))); // prints [1 0 3] (array([0, 2]),)
 * ```
 */
export const where = def(
  "numpy.where",
  "condition x y",
  movesTexts(
    (
      condition: ArrayLike,
      x: ArrayLike | undefined = undefined,
      y: ArrayLike | undefined = undefined,
    ): ndarray => {
      const quick = chosen(condition, x, y);
      if (quick) return quick;
      const c = strided(condition);
      if (x === undefined && y === undefined) return selection.nonzero.impl(wrap(c)) as unknown as ndarray;
      if (x === undefined || y === undefined)
        throw new ValueError("either both or neither of x and y should be given");
      const type = commonTypeOf([x, y]);
      const [a, b] = [strided(x), strided(y)];
      const shape = broadcastTwo(c.shape, a.shape);
      if (!shape || !broadcastTwo(shape, b.shape)) throw broadcastError([c.shape, a.shape, b.shape]);
      return wrap(run(ops.where, undefined, castTo(a, type), cast(c, bool), castTo(b, type)));
    },
    1,
    2,
  ),
);

/** Arrays of one type and shape need no deciding. */
function chosen(condition: ArrayLike, x: unknown, y: unknown): ndarray | undefined {
  const [c, a, b] = [arrayOf(condition), arrayOf(x), arrayOf(y)];
  if (!c || !a || !b || c.dtype !== bool || a.dtype !== b.dtype || c.rank === 0) return undefined;
  if (!sameShape(c.shape, a.shape) || !sameShape(c.shape, b.shape)) return undefined;
  return wrap(ops.where.run([a, c, b], undefined) as Strided);
}

/** At each place the choice whose condition is the first to hold there, else the default. @throws ValueError */
export const select = def(
  "numpy.select",
  "condlist choicelist default",
  (condlist: readonly ArrayLike[], choicelist: readonly ArrayLike[], otherwise: ArrayLike = 0): ndarray =>
    selected(condlist, choicelist, otherwise),
);

const selected = movesTexts(
  (condlist: readonly ArrayLike[], choicelist: readonly ArrayLike[], otherwise: ArrayLike): ndarray => {
    if (condlist.length !== choicelist.length)
      throw new ValueError("list of cases must be same length as list of conditions");
    if (condlist.length === 0) throw new ValueError("select with an empty condition list is not possible");
    condlist.forEach((c, i) => {
      if (strided(c).dtype !== bool)
        throw new TypeError(`invalid entry ${i} in condlist: should be boolean ndarray`);
    });
    const choices = listOf(choicelist);
    return condlist.reduceRight<ndarray>(
      (rest, c, i) => where.impl(c, choices[i]!, rest),
      typedDefault(choices, otherwise),
    );
  },
  1,
  2,
);

const typedDefault = (choices: readonly ArrayLike[], otherwise: ArrayLike): ndarray =>
  wrap(strided(otherwise, commonTypeOf([...choices, otherwise])));

type Piece = ArrayLike | ((x: ndarray, ...rest: never[]) => ArrayLike);

/** A function by pieces: each of `funclist` where its condition holds; one more is for everywhere else. */
export const piecewise = def(
  "numpy.piecewise",
  "x condlist funclist",
  (x: ArrayLike, condlist: ArrayLike | readonly ArrayLike[], funclist: readonly Piece[]): ndarray => {
    const a = asArray(x);
    const list =
      Array.isArray(condlist) && condlist.some((c) => typeof c === "object")
        ? (condlist as readonly ArrayLike[])
        : [condlist as ArrayLike];
    const conditions = list.map((c) => wrap(cast(strided(c), bool)));
    if (funclist.length === conditions.length + 1) {
      const any = conditions.reduce<ArrayLike>((p, q) => logic.logical_or(p, q), conditions[0]!);
      conditions.push(asArray(logic.logical_not(any)));
    } else if (funclist.length !== conditions.length)
      throw new ValueError(
        `with ${conditions.length} condition(s), either ${conditions.length} or ${conditions.length + 1} functions are expected`,
      );
    const y = wrap(Strided.zeros(a._a.dtype, a._a.shape));
    conditions.forEach((c, i) => {
      const f = funclist[i]!;
      if (typeof f !== "function") y.set([c], f);
      else {
        const values = a.at(c) as ndarray;
        if (values.size > 0) y.set([c], (f as (x: ndarray) => ArrayLike)(values));
      }
    });
    return y;
  },
);

/** The coordinates of the elements that are not zero, one row each. */
export const argwhere = def("numpy.argwhere", "a", (a: ArrayLike): ndarray => {
  const x = strided(a);
  if (x.rank > 0) return wrap(run(ops.nonzero, undefined, x));
  const found = run(ops.nonzero, undefined, reshaped(x, [1]));
  return wrap(found.view([found.shape[0]!, 0], [0, 1], 0));
});

/** The positions in order of the elements that are not zero. */
export const flatnonzero = def("numpy.flatnonzero", "a", (a: ArrayLike): ndarray => {
  const found = run(ops.nonzero, undefined, flattened(strided(a)));
  return wrap(reshaped(found, [found.size]));
});

/** The elements in order where a condition holds. */
export const extract = def(
  "numpy.extract",
  "condition arr",
  movesTexts((condition: ArrayLike, arr: ArrayLike): ndarray => {
    const found = flatnonzero.impl(condition);
    return wrap(run(ops.index, { indices: [found._a] }, flattened(strided(arr))));
  }, 1),
);

/** Writes values, one after the other and again from the first, where a mask holds. @throws ValueError */
export const place = def(
  "numpy.place",
  "arr mask vals",
  writesTexts((arr: ndarray, mask: ArrayLike, vals: ArrayLike): null => {
    if (strided(mask).size !== arr.size) throw new ValueError("place: mask and data must be the same size");
    const found = flatnonzero.impl(mask);
    if (found.size === 0) return null;
    if (strided(vals).size === 0) throw new ValueError("Cannot insert from an empty array!");
    arr.flat.set([found], vals);
    return null;
  }, 2),
);

/** Writes the values that stand at the places where a mask holds; too few are repeated. @throws ValueError */
export const putmask = def(
  "numpy.putmask",
  "a mask values",
  writesTexts((a: ndarray, mask: ArrayLike, values: ArrayLike): null => {
    const m = strided(mask);
    if (m.size !== a.size) throw new ValueError("putmask: mask and data must be the same size");
    const found = flatnonzero.impl(wrap(m));
    const v = flattened(strided(values));
    if (found.size === 0 || v.size === 0) return null;
    const from = run(ops.mod, undefined, found._a, v.size);
    a.flat.set([found], wrap(run(ops.index, { indices: [from] }, v)));
    return null;
  }, 2),
);

/** At each place of `indices` the element that the index there names along an axis. */
export const take_along_axis = def(
  "numpy.take_along_axis",
  "arr indices axis",
  (arr: ArrayLike, indices: ArrayLike, axis: number | null = -1): ndarray => {
    const { x, at } = along(asArray(arr), indices, axis);
    return x.at(...at) as ndarray;
  },
);

/** Writes values at the places that indices name along an axis. */
export const put_along_axis = def(
  "numpy.put_along_axis",
  "arr indices values axis",
  (arr: ndarray, indices: ArrayLike, values: ArrayLike, axis: number | null): null => {
    const { x, at } = along(arr, indices, axis);
    if (axis === null) arr.flat.set(at, values);
    else x.set(at, values);
    return null;
  },
);

/** The index that takes each place's own coordinates, but along one axis the given ones. */
function along(a: ndarray, indices: ArrayLike, axis: number | null): { x: ndarray; at: ndarray[] } {
  const ix = strided(indices);
  if (!isInteger(ix.dtype)) throw new IndexError("`indices` must be an integer array");
  const x = axis === null ? a.ravel() : a;
  if (axis === null && ix.rank !== 1)
    throw new ValueError("when axis=None, `indices` must have a single dimension.");
  if (axis !== null && x.ndim === 0) axisOf(axis, 0);
  if (ix.rank !== x.ndim) throw new ValueError("`indices` and `arr` must have the same number of dimensions");
  const dim = axisOf(axis ?? 0, x.ndim);
  const at = x._a.shape.map((n, d) => {
    if (d === dim) return wrap(ix);
    const line = run(ops.cumsum, { dim: 0, exclusive: true }, run(ops.expand, { shape: [n] }, strided(1)));
    return wrap(
      reshaped(
        line,
        x._a.shape.map((_, k) => (k === d ? n : 1)),
      ),
    );
  });
  return { x, at };
}

/** Writes a value along the main diagonal in place; `wrap` begins again below tall matrices. @throws ValueError */
export const fill_diagonal = def(
  "numpy.fill_diagonal",
  "a val wrap",
  (a: ndarray, val: ArrayLike, wraps = false): null => {
    if (a.ndim < 2) throw new ValueError("array must be at least 2-d");
    const { shape } = a._a;
    if (a.ndim > 2 && shape.some((n) => n !== shape[0]))
      throw new ValueError("All dimensions of input must be of equal length");
    // One step along every axis at once.
    const step =
      a._a.shape.length === 2 ? shape[1]! + 1 : contiguousStrides(shape).reduce((p, n) => p + n, 0);
    const end = a.ndim === 2 && !wraps ? shape[1]! * shape[1]! : a.size;
    a.flat.set([`:${end}:${step}`], val);
    return null;
  },
);

type Mode = "raise" | "wrap" | "clip";

/** Row- or column-major steps of a shape. */
function stepsOf(shape: readonly number[], order: "C" | "F"): number[] {
  const steps = new Array<number>(shape.length);
  let step = 1;
  for (let k = 0; k < shape.length; k++) {
    const d = order === "C" ? shape.length - 1 - k : k;
    steps[d] = step;
    step *= shape[d]!;
  }
  return steps;
}

/** Coordinates as positions in order. @throws ValueError for coordinates outside */
export const ravel_multi_index = def(
  "numpy.ravel_multi_index",
  "multi_index dims mode order",
  (
    multi_index: readonly ArrayLike[] | ArrayLike,
    dims: readonly number[],
    mode: Mode | readonly Mode[] = "raise",
    order: "C" | "F" = "C",
  ): Item => {
    const coordinates = [...(multi_index as Iterable<ArrayLike>)].map(asArray);
    if (coordinates.length !== dims.length)
      throw new ValueError(`parameter multi_index must be a sequence of length ${dims.length}`);
    const steps = stepsOf(dims, order);
    const total = coordinates.reduce<ArrayLike>((sum, c, d) => {
      const how = typeof mode === "string" ? mode : mode[d]!;
      const n = dims[d]!;
      if (how === "raise" && (anyOf(c.lt(0)) || anyOf(c.ge(n))))
        throw new ValueError("invalid entry in coordinates array");
      const inside = how === "wrap" ? c.mod(n) : how === "clip" ? c.clip(0, n - 1) : c;
      return asArray(asArray(inside).mul(steps[d]!)).add(sum);
    }, 0);
    return itemOf(cast(strided(total), int64));
  },
);

/** Positions in order as coordinates. @throws ValueError for positions outside */
export const unravel_index = def(
  "numpy.unravel_index",
  "indices shape order",
  (indices: ArrayLike, shape: readonly number[] | number, order: "C" | "F" = "C"): Tuple<Item> => {
    const x = asArray(indices);
    const dims = [shape].flat() as number[];
    const size = dims.reduce((p, n) => p * n, 1);
    if (x._a.dtype.kind === "float" && x.size === 0)
      throw new TypeError(
        "indices must be integral: the provided empty sequence was inferred as float. Wrap it with 'np.array(indices, dtype=np.intp)'",
      );
    if (x._a.dtype.kind === "float") throw new TypeError("only int indices permitted");
    const ix = wrap(cast(x._a, int64));
    const outside = anyOf(ix.lt(0)) || anyOf(ix.ge(size));
    if (outside) {
      const bad = (asArray(ix).ravel().tolist() as number[]).find((i) => i < 0 || i >= size)!;
      throw new ValueError(`index ${bad} is out of bounds for array with size ${size}`);
    }
    const steps = stepsOf(dims, order);
    return Tuple.of_(dims.map((n, d) => itemOf(strided(asArray(ix.floordiv(steps[d]!)).mod(n)))));
  },
);

/** How many elements are not zero. */
export const count_nonzero = def(
  "numpy.count_nonzero",
  "a axis * keepdims",
  (a: ArrayLike, axis: number | readonly number[] | null = null, keepdims = false): Item => {
    const x = strided(a);
    const axes = axis === null ? undefined : reducedAxes(axis, x.rank);
    return itemOf(run(ops.countNonzero, { dims: axes, keepdim: keepdims }, x));
  },
);
