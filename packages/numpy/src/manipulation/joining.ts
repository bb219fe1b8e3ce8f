import { type DType, sameShape } from "@cognate/kernel";
import {
  type ArrayLike,
  axisOf,
  type Casting,
  canCast,
  type DTypeLike,
  deliverTo,
  givenKernel,
  indexOf,
  movesTexts,
  type ndarray,
  promoteAll,
  viewOf,
} from "@cognate/ndarray/core";
import { def, Tuple, TypeError, ValueError } from "@cognate/py";
import { asArray, cast, listOf, ops, reshaped, run, type Strided, strided, upTo, wrap } from "../internal.js";

/** Arrays in one type: the wanted one, or their common one. @throws TypeError */
function alike(xs: readonly Strided[], dtype: DTypeLike | null, casting: Casting): Strided[] {
  const type: DType = givenKernel(dtype) ?? promoteAll(xs.map((x) => x.dtype));
  return xs.map((x) => {
    if (!canCast(x.dtype, type, casting))
      throw new TypeError(
        `Cannot cast array data from dtype('${x.dtype.name}') to dtype('${type.name}') according to the rule '${casting}'`,
      );
    return cast(x, type);
  });
}

/** Arrays laid end to end on kernel arrays. @throws ValueError in NumPy's words */
export function joined(xs: readonly Strided[], axis: number): Strided {
  if (xs.length === 0) throw new ValueError("need at least one array to concatenate");
  const first = xs[0]!;
  if (first.rank === 0) throw new ValueError("zero-dimensional arrays cannot be concatenated");
  const dim = axisOf(axis, first.rank);
  xs.forEach((x, i) => {
    if (x.rank !== first.rank)
      throw new ValueError(
        `all the input arrays must have same number of dimensions, but the array at index 0 has ${first.rank} dimension(s) and the array at index ${i} has ${x.rank} dimension(s)`,
      );
    const d = x.shape.findIndex((n, k) => k !== dim && n !== first.shape[k]);
    if (d >= 0)
      throw new ValueError(
        `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${d}, the array at index 0 has size ${first.shape[d]} and the array at index ${i} has size ${x.shape[d]}`,
      );
  });
  return ops.cat.run(xs as Strided[], { dim }) as Strided;
}

type Arrays = ArrayLike | readonly ArrayLike[];

const concatenateImpl = (
  arrays: Arrays,
  axis: number | null = 0,
  out: ndarray | null = null,
  dtype: DTypeLike | null = null,
  casting: Casting = "same_kind",
): ndarray => {
  if (axis !== null) indexOf(axis);
  const xs = listOf(arrays).map((x) => strided(x));
  if (xs.length === 0) throw new ValueError("need at least one array to concatenate");
  const flat = axis === null ? xs.map((x) => reshaped(x, [x.size])) : xs;
  return deliverTo(joined(alike(flat, dtype, casting), axis ?? 0), out, "concatenate") as ndarray;
};

const concatenateSignature = "arrays axis out * dtype casting";

/**
 * Arrays laid end to end along an axis.
 *
 * @throws ValueError where the other axes differ
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.concatenate([[1, 2], [3]]), np.concatenate([[[1]], [[2]]], { axis: 1 })); // prints [1 2 3] [[1 2]]
 * ```
 */
export const concatenate = def("numpy.concatenate", concatenateSignature, movesTexts(concatenateImpl, 0));
/** Arrays laid end to end along an axis. */
export const concat = def("numpy.concat", concatenateSignature, movesTexts(concatenateImpl, 0));

/** Arrays of one shape side by side along a new axis. @throws ValueError */
export const stack = def(
  "numpy.stack",
  "arrays axis out * dtype casting",
  movesTexts(
    (
      arrays: Arrays,
      axis = 0,
      out: ndarray | null = null,
      dtype: DTypeLike | null = null,
      casting: Casting = "same_kind",
    ): ndarray => {
      const xs = listOf(arrays).map((x) => strided(x));
      if (xs.length === 0) throw new ValueError("need at least one array to stack");
      if (xs.some((x) => !sameShape(x.shape, xs[0]!.shape)))
        throw new ValueError("all input arrays must have the same shape");
      const dim = axisOf(axis, xs[0]!.rank + 1);
      return deliverTo(ops.stack.run(alike(xs, dtype, casting), { dim }) as Strided, out, "stack") as ndarray;
    },
    0,
  ),
);

/** At least so many axes, as NumPy adds them: in front, and for three also behind. */
function lifted(x: Strided, n: 1 | 2 | 3): Strided {
  const { shape } = x;
  if (shape.length >= n) return x;
  if (n === 1) return reshaped(x, [1]);
  if (n === 2) return reshaped(x, shape.length === 0 ? [1, 1] : [1, shape[0]!]);
  return reshaped(x, shape.length === 0 ? [1, 1, 1] : shape.length === 1 ? [1, shape[0]!, 1] : [...shape, 1]);
}

const atLeast = (n: 1 | 2 | 3) =>
  def(`numpy.atleast_${n}d`, "...arys", (arys: readonly ArrayLike[] = []): ndarray => {
    const out = arys.map((a) => {
      const x = asArray(a);
      return x.ndim >= n ? x : viewOf(x, lifted(x._a, n));
    });
    return out.length === 1 ? out[0]! : (Tuple.of_(out) as unknown as ndarray);
  });

/** The arguments with at least one axis; several give a tuple. */
export const atleast_1d = atLeast(1);
/** The arguments with at least two axes; several give a tuple. */
export const atleast_2d = atLeast(2);
/** The arguments with at least three axes; several give a tuple. */
export const atleast_3d = atLeast(3);

const sideBySide =
  (lift: 1 | 2 | 3, axisFor: (first: Strided) => number) =>
  (tup: Arrays, dtype: DTypeLike | null = null, casting: Casting = "same_kind"): ndarray => {
    const xs = listOf(tup).map((x) => lifted(strided(x), lift));
    if (xs.length === 0) throw new ValueError("need at least one array to concatenate");
    return wrap(joined(alike(xs, dtype, casting), axisFor(xs[0]!)));
  };

/** Arrays side by side: along columns, vectors end to end. */
export const hstack = def(
  "numpy.hstack",
  "tup * dtype casting",
  movesTexts(
    sideBySide(1, (x) => (x.rank === 1 ? 0 : 1)),
    0,
  ),
);
/** Arrays one below the other; vectors are rows. */
export const vstack = def(
  "numpy.vstack",
  "tup * dtype casting",
  movesTexts(
    sideBySide(2, () => 0),
    0,
  ),
);
/** Arrays one below the other; vectors are rows. */
export const row_stack = def(
  "numpy.row_stack",
  "tup * dtype casting",
  movesTexts(
    sideBySide(2, () => 0),
    0,
  ),
);
/** Arrays one behind the other along the third axis. */
export const dstack = def(
  "numpy.dstack",
  "tup",
  movesTexts((tup: Arrays): ndarray => sideBySide(3, () => 2)(tup), 0),
);

/** Vectors as the columns of a matrix. */
export const column_stack = def(
  "numpy.column_stack",
  "tup",
  movesTexts((tup: Arrays): ndarray => {
    const xs = listOf(tup).map((a) => {
      const x = strided(a);
      return x.rank < 2 ? reshaped(x, [x.size, 1]) : x;
    });
    return wrap(joined(alike(xs, null, "same_kind"), 1));
  }, 0),
);

/** Values put behind an array along an axis (all flattened by default). */
export const append = def(
  "numpy.append",
  "arr values axis",
  movesTexts(
    (arr: ArrayLike, values: ArrayLike, axis: number | null = null): ndarray =>
      concatenate.impl([arr, values], axis),
    0,
    1,
  ),
);

type Nested = ArrayLike | readonly Nested[];

/** An array from nested lists of blocks: the innermost lists along the last axis, the next along the one before. */
export function block(arrays: Nested): ndarray {
  const depth = (x: Nested): number =>
    Array.isArray(x) && !asLeaf(x) ? 1 + Math.max(0, ...x.map(depth)) : 0;
  const rankOf = (x: Nested): number =>
    Array.isArray(x) && !asLeaf(x) ? Math.max(0, ...x.map(rankOf)) : strided(x as ArrayLike).rank;
  if (arrays instanceof Tuple)
    throw new TypeError(
      "arrays is a tuple. Only lists can be used to arrange blocks, and np.block does not allow implicit conversion from tuple to ndarray.",
    );
  const levels = depth(arrays);
  checkDepths(arrays, firstDepth(arrays), 0, "arrays");
  const rank = Math.max(levels, rankOf(arrays));
  const build = (x: Nested, level: number): Strided => {
    if (Array.isArray(x) && !asLeaf(x)) {
      if (x.length === 0) throw new ValueError("List at arrays cannot be empty");
      const parts = x.map((y: Nested) => build(y, level + 1));
      return joined(alike(parts, null, "same_kind"), rank - levels + level);
    }
    const a = strided(x as ArrayLike);
    return reshaped(a, [...upTo(rank - a.rank).map(() => 1), ...a.shape]);
  };
  return wrap(run(ops.cast, { dtype: build(arrays, 0).dtype }, build(arrays, 0)));
}

const isList = (x: Nested): x is readonly Nested[] => Array.isArray(x) && !asLeaf(x);

const firstDepth = (x: Nested): number => (isList(x) && x.length > 0 ? 1 + firstDepth(x[0]!) : 0);

/** @throws ValueError where blocks lie at different depths of the lists */
function checkDepths(x: Nested, first: number, depth: number, path: string): void {
  if (isList(x)) {
    if (x.length === 0) throw new ValueError(`List at ${path} cannot be empty`);
    x.forEach((y, i) => {
      checkDepths(y, first, depth + 1, `${path}[${i}]`);
    });
  } else if (depth !== first)
    throw new ValueError(
      `List depths are mismatched. First element was at depth ${first}, but there is an element at depth ${depth} (${path})`,
    );
}

/** A tuple is an array here, a list a list of blocks. */
const asLeaf = (x: readonly unknown[]): boolean => x instanceof Tuple;
