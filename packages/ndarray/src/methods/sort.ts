import { castTo, copyInto, int64, ops, type Strided, sortedValues } from "@cognate/kernel";
import { def, TypeError, ValueError } from "@cognate/py";
import { asStrided } from "../array/create.js";
import { fromStrided, type ndarray } from "../array/ndarray.js";
import { itemOf } from "../array/scalars.js";
import { axisOf } from "../array/shape.js";
import { movesTexts, ordersTexts } from "../array/text-functions.js";
import type { ArrayLike, Item } from "../array/types.js";
import { promoteTypes } from "../dtype/promote.js";
import { AxisError } from "../errors/classes.js";
import { imagOf, realOf, run } from "../ufunc/compose.js";

/** How to sort; every kind here is stable. */
export type SortKind = "quicksort" | "mergesort" | "heapsort" | "stable" | null;

const KINDS: readonly unknown[] = ["quicksort", "mergesort", "heapsort", "stable", null];

function checkKind(kind: SortKind): void {
  if (!KINDS.includes(kind))
    throw new ValueError(`sort kind must be one of 'quick', 'heap', or 'stable' (got '${kind}')`);
}

/** Sorted lines along an axis and where their elements stood; NaN last, complex numbers by real, then imaginary part. */
export function sortedAlong(x: Strided, dim: number): readonly [Strided, Strided] {
  if (x.dtype.kind !== "complex") return ops.sort.run([x], { dim }) as [Strided, Strided];
  const [re, im] = [realOf(x), imagOf(x)];
  const nans = (v: Strided, weight: number): Strided =>
    run(ops.mul, undefined, castTo(run(ops.isnan, undefined, v), int64), weight);
  // Stable sorts by one key after the other: those with a NaN come last, first those whose real part is a number.
  const keys = [im, re, run(ops.add, undefined, nans(re, 2), nans(im, 1))];
  let index: Strided | undefined;
  for (const key of keys) {
    const [, next] = ops.sort.run([index ? run(ops.gather, { dim }, key, index) : key], {
      dim,
      stable: true,
    } as never) as [Strided, Strided];
    index = index ? run(ops.gather, { dim }, index, next) : next;
  }
  return [run(ops.gather, { dim }, x, index!), index!];
}

/** Sorted lines alone. */
export const valuesAlong = (x: Strided, dim: number): Strided =>
  x.dtype.kind === "complex" ? sortedAlong(x, dim)[0] : sortedValues(x, dim);

/** The array flattened where no axis is given, and the axis. */
function lined(a: ArrayLike, axis: number | null): { x: Strided; dim: number } {
  const x = asStrided(a);
  if (axis === null) return { x: run(ops.reshape, { shape: [x.size] }, x), dim: 0 };
  if (x.rank === 0) {
    if (axis !== -1 && axis !== 0) throw new AxisError(axis, 0);
    return { x: x.view([1], [1]), dim: 0 };
  }
  return { x, dim: axisOf(axis, x.rank) };
}

/** A sorted copy; NaN comes last. `axis: null` sorts all elements as one line. */
export const sort = def(
  "numpy.sort",
  "a axis kind order * stable",
  movesTexts(
    (
      a: ArrayLike,
      axis: number | null = -1,
      kind: SortKind = null,
      _order: null = null,
      _stable: boolean | null = null,
    ): ndarray => {
      checkKind(kind);
      if (asStrided(a).rank === 0 && axis !== null) throw new AxisError(axis, 0);
      const { x, dim } = lined(a, axis);
      return fromStrided(valuesAlong(x, dim));
    },
    0,
  ),
);

/**
 * Where the elements of the sorted array stand. Equal elements keep their order.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.array([3, 1, 2]);
 * print(np.argsort(a), a.at(a.argsort())); // prints [1 2 0] [1 2 3]
 * ```
 */
export const argsort = def(
  "numpy.argsort",
  "a axis kind order * stable",
  ordersTexts(
    (
      a: ArrayLike,
      axis: number | null = -1,
      kind: SortKind = null,
      _order: null = null,
      _stable: boolean | null = null,
    ): ndarray => {
      checkKind(kind);
      const { x, dim } = lined(a, axis);
      return fromStrided(sortedAlong(x, dim)[1]);
    },
    0,
  ),
);

/** @throws TypeError, ValueError for a position that a line of n elements does not have (null: there is no line) */
export function checkKth(kth: ArrayLike, n: number | null): void {
  const k = asStrided(kth);
  if (k.dtype.kind !== "int" && k.dtype.kind !== "uint")
    throw new TypeError("Partition index must be integer");
  if (n === null) return;
  for (const i of castTo(k, int64).peekFlat() as BigInt64Array)
    if (i < -n || i >= n) throw new ValueError(`kth(=${i < 0 ? Number(i) + n : i}) out of bounds (${n})`);
}

/** The lines that partitioning goes along. @throws AxisError for an array without axes */
function partitioned(a: ArrayLike, kth: ArrayLike, axis: number | null): { x: Strided; dim: number } {
  if (asStrided(a).rank === 0 && axis !== null) throw new AxisError(axis, 0);
  const { x, dim } = lined(a, axis);
  checkKth(kth, x.size > 0 ? x.shape[dim]! : null);
  return { x, dim };
}

/** A copy in which element `kth` stands where sorting puts it, smaller ones before, larger ones after. */
export const partition = def(
  "numpy.partition",
  "a kth axis kind order",
  movesTexts(
    (
      a: ArrayLike,
      kth: ArrayLike,
      axis: number | null = -1,
      _kind = "introselect",
      _order: null = null,
    ): ndarray => {
      const { x, dim } = partitioned(a, kth, axis);
      return fromStrided(valuesAlong(x, dim));
    },
    0,
  ),
);

/** The indices that would partition an array. */
export const argpartition = def(
  "numpy.argpartition",
  "a kth axis kind order",
  ordersTexts(
    (
      a: ArrayLike,
      kth: ArrayLike,
      axis: number | null = -1,
      _kind = "introselect",
      _order: null = null,
    ): ndarray => {
      const { x, dim } = partitioned(a, kth, axis);
      return fromStrided(sortedAlong(x, dim)[1]);
    },
    0,
  ),
);

/** {@link searchsorted} by real, then imaginary part: through the places of all numbers in their common order. */
function searchedComplex(line: Strided, keys: Strided, side: "left" | "right"): Strided {
  const n = keys.size;
  const flat = run(ops.reshape, { shape: [n] }, keys);
  const all = run(ops.cat as never, { dim: 0 } as never, line, flat);
  const [, inverse] = ops.unique.run([all], { equalNan: true }) as readonly Strided[];
  const at = (start: number, length: number): Strided =>
    run(ops.slice, { dim: 0, start, step: 1, length }, inverse!);
  const found = run(ops.searchsorted, { right: side === "right" }, at(0, line.size), at(line.size, n));
  return run(ops.reshape, { shape: keys.shape }, found);
}

/** Where values would be inserted into a sorted array to keep it sorted, before equal elements or after them. */
export const searchsorted = def(
  "numpy.searchsorted",
  "a v side sorter",
  ordersTexts(
    (a: ArrayLike, v: ArrayLike, side: "left" | "right" = "left", sorter: ArrayLike | null = null): Item => {
      if (side !== "left" && side !== "right")
        throw new ValueError(`search side must be 'left' or 'right' (got '${String(side)}')`);
      const [x, keys] = [asStrided(a), asStrided(v)];
      if (x.rank !== 1)
        throw new ValueError(`object ${x.rank === 0 ? "of too small depth" : "too deep"} for desired array`);
      const type = promoteTypes(x.dtype, keys.dtype);
      const line = sorter === null ? x : run(ops.index, { indices: [asStrided(sorter)] }, x);
      if (type.kind === "complex")
        return itemOf(searchedComplex(castTo(line, type), castTo(keys, type), side));
      return itemOf(
        run(ops.searchsorted, { right: side === "right" }, castTo(line, type), castTo(keys, type)),
      );
    },
    0,
    1,
  ),
);

/** Sorts lines of an array in place. */
export function sortInPlace(a: ndarray, axis: number | null, kind: SortKind): void {
  checkKind(kind);
  if (axis === null) throw new TypeError("'NoneType' object cannot be interpreted as an integer");
  const dim = axisOf(axis, a.ndim);
  copyInto(a._a, valuesAlong(a._a, dim));
  a._a.storage.version++;
}
