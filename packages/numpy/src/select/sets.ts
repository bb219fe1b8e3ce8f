import { bool, castTo, isInteger } from "@cognate/kernel";
import {
  type ArrayLike,
  axisOf,
  type Flag,
  itemOf,
  logic,
  movesTexts,
  movesTextsFirst,
  type ndarray,
  ordersTexts,
  promoteTypes,
  sorting,
} from "@cognate/ndarray/core";
import { def, namedTuple, Tuple, ValueError } from "@cognate/py";
import { asArray, cast, flattened, ops, reshaped, run, type Strided, strided, wrap } from "../internal.js";
import { joined } from "../manipulation/joining.js";

interface Found {
  readonly values: Strided;
  readonly index: Strided;
  readonly inverse: Strided;
  readonly counts: Strided;
}

/** The different elements sorted, or slices along an axis. */
function found(x: Strided, axis: number | null, equalNan: boolean): Found {
  const dim = axis === null ? undefined : axisOf(axis, x.rank);
  const whole = dim === undefined ? flattened(x) : x;
  const params = { equalNan, ...(dim === undefined ? {} : { dim }) };
  const [values, inverse, counts, index] = ops.unique.run([whole], params) as readonly Strided[];
  return {
    values: values!,
    index: index!,
    inverse: dim === undefined ? reshaped(inverse!, x.shape) : inverse!,
    counts: counts!,
  };
}

/**
 * The different elements, sorted; with what else is asked for as a tuple.
 *
 * @param return_index - where each first stands
 * @param return_inverse - for each element of `ar` which of them it is
 * @param return_counts - how often each occurs
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.unique([3, 1, 3]), np.unique([3, 1, 3], { return_counts: true })); // prints [1 3] (array([1, 3]), array([1, 2]))
 * ```
 */
export const unique = def(
  "numpy.unique",
  "ar return_index return_inverse return_counts axis * equal_nan sorted",
  movesTextsFirst(
    (
      ar: ArrayLike,
      return_index = false,
      return_inverse = false,
      return_counts = false,
      axis: number | null = null,
      equal_nan = true,
      _sorted = true,
    ): ndarray => {
      const { values, index, inverse, counts } = found(strided(ar), axis, equal_nan);
      const more = [return_index && index, return_inverse && inverse, return_counts && counts];
      const given = [values, ...more.filter((x): x is Strided => x !== false)].map(wrap);
      return (given.length === 1 ? given[0]! : Tuple.of_(given)) as ndarray;
    },
    0,
  ),
);

/** The different elements, sorted. Each NaN is its own. */
export const unique_values = def(
  "numpy.unique_values",
  "x",
  movesTexts((x: ArrayLike): ndarray => wrap(found(strided(x), null, false).values), 0),
);

const Counts = namedTuple<{ values: ndarray; counts: ndarray }>("UniqueCountsResult", ["values", "counts"]);
const Inverse = namedTuple<{ values: ndarray; inverse_indices: ndarray }>("UniqueInverseResult", [
  "values",
  "inverse_indices",
]);
const All = namedTuple<{ values: ndarray; indices: ndarray; inverse_indices: ndarray; counts: ndarray }>(
  "UniqueAllResult",
  ["values", "indices", "inverse_indices", "counts"],
);

/** The different elements and how often each occurs. */
export const unique_counts = def(
  "numpy.unique_counts",
  "x",
  movesTextsFirst((x: ArrayLike) => {
    const { values, counts } = found(strided(x), null, false);
    return Counts(wrap(values), wrap(counts));
  }, 0),
);

/** The different elements, and for each element of x which of them it is. */
export const unique_inverse = def(
  "numpy.unique_inverse",
  "x",
  movesTextsFirst((x: ArrayLike) => {
    const { values, inverse } = found(strided(x), null, false);
    return Inverse(wrap(values), wrap(inverse));
  }, 0),
);

/** Everything that {@link unique} can tell. */
export const unique_all = def(
  "numpy.unique_all",
  "x",
  movesTextsFirst((x: ArrayLike) => {
    const { values, index, inverse, counts } = found(strided(x), null, false);
    return All(wrap(values), wrap(index), wrap(inverse), wrap(counts));
  }, 0),
);

/** Two arrays flattened, in one type. */
function flatPair(a: ArrayLike, b: ArrayLike): [ndarray, ndarray] {
  const [x, y] = [strided(a), strided(b)];
  const type = promoteTypes(x.dtype, y.dtype);
  return [wrap(cast(flattened(x), type)), wrap(cast(flattened(y), type))];
}

/** For each element whether it is among the test elements. */
export const isin = def(
  "numpy.isin",
  "element test_elements assume_unique invert * kind",
  ordersTexts(
    (
      element: ArrayLike,
      test_elements: ArrayLike,
      _assume_unique = false,
      invert = false,
      kind: string | null = null,
    ): Flag => {
      const [x, test] = [strided(element), strided(test_elements)];
      if (kind !== null && kind !== "sort" && kind !== "table")
        throw new ValueError(`Invalid kind: '${kind}'. Please use None, 'sort' or 'table'.`);
      if (kind === "table" && [x, test].some((a) => a.dtype.kind !== "bool" && !isInteger(a.dtype)))
        throw new ValueError(
          "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind.",
        );
      const type = promoteTypes(x.dtype, test.dtype);
      const [a, b] = [castTo(x, type), castTo(flattened(test), type)];
      if (type.kind !== "complex") return itemOf(run(ops.isin, { invert }, a, b)) as unknown as Flag;
      // Complex numbers by their numbers among all that occur.
      const all = joined([flattened(a), b], 0);
      const { inverse } = found(all, null, false);
      const own = inverse.view([a.size], [1], 0);
      const others = inverse.view([b.size], [1], a.size);
      return itemOf(reshaped(run(ops.isin, { invert }, own, others), x.shape)) as unknown as Flag;
    },
    0,
    1,
  ),
);

/** The different elements of both, sorted. */
export const union1d = def(
  "numpy.union1d",
  "ar1 ar2",
  movesTexts(
    (ar1: ArrayLike, ar2: ArrayLike): ndarray =>
      unique.impl(
        wrap(
          joined(
            flatPair(ar1, ar2).map((x) => x._a),
            0,
          ),
        ),
      ),
    0,
    1,
  ),
);

/** The elements of `ar1` that are not in `ar2`, sorted. */
export const setdiff1d = def(
  "numpy.setdiff1d",
  "ar1 ar2 assume_unique",
  movesTexts(
    (ar1: ArrayLike, ar2: ArrayLike, assume_unique = false): ndarray => {
      const x = assume_unique ? asArray(ar1).ravel() : unique.impl(ar1);
      return x.at(isin.impl(x, assume_unique ? ar2 : unique.impl(ar2), true, true)) as ndarray;
    },
    0,
    1,
  ),
);

/** The elements of both arrays, sorted; with `return_indices` also where they first stand in each. */
export const intersect1d = def(
  "numpy.intersect1d",
  "ar1 ar2 assume_unique return_indices",
  movesTextsFirst(
    (ar1: ArrayLike, ar2: ArrayLike, assume_unique = false, return_indices = false): ndarray => {
      const [x, y] = flatPair(ar1, ar2);
      const [u, v] = [x, y].map((a) =>
        assume_unique ? { values: a._a, index: null } : found(a._a, null, true),
      ) as [Found, Found];
      const [p, q] = [wrap(u.values), wrap(v.values)];
      const all = wrap(joined([p._a, q._a], 0));
      const order = sorting.argsort.impl(all);
      const sorted = all.at(order) as ndarray;
      const twice = logic.equal(sorted.at(":-1"), sorted.at("1:"));
      const common = (sorted.at(":-1") as ndarray).at(twice) as ndarray;
      if (!return_indices) return common;
      const first = (order.at(":-1") as ndarray).at(twice) as ndarray;
      const second = asArray((order.at("1:") as ndarray).at(twice)).sub(p.size) as ndarray;
      const [i, j] = assume_unique ? [first, second] : [wrap(u.index).at(first), wrap(v.index).at(second)];
      return Tuple.of_([common, i, j]) as unknown as ndarray;
    },
    0,
    1,
  ),
);

/** The elements of exactly one of both arrays, sorted. */
export const setxor1d = def(
  "numpy.setxor1d",
  "ar1 ar2 assume_unique",
  movesTexts(
    (ar1: ArrayLike, ar2: ArrayLike, assume_unique = false): ndarray => {
      const [x, y] = assume_unique ? flatPair(ar1, ar2) : flatPair(unique.impl(ar1), unique.impl(ar2));
      const all = wrap(joined([x._a, y._a], 0));
      if (all.size === 0) return all;
      const sorted = sorting.sort.impl(all);
      const changes = logic.not_equal(sorted.at("1:"), sorted.at(":-1"));
      const flag = wrap(joined([strided([true], bool), strided(changes), strided([true], bool)], 0));
      return sorted.at(logic.logical_and(flag.at("1:"), flag.at(":-1"))) as ndarray;
    },
    0,
    1,
  ),
);
