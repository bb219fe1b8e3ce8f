import { castTo, contiguous, copyInto, float64, rng, type Strided } from "@cognate/kernel";
import {
  ArrayBase,
  type ArrayLike,
  axisOf,
  type Item,
  indexOf,
  movesTexts,
  type ndarray,
} from "@cognate/ndarray/core";
import { IndexError, NotImplementedError, TypeError, ValueError } from "@cognate/py";
import { item, ops, reshaped, run, strided, wrap } from "../internal.js";
import { randomIntegers } from "./integers.js";
import { type Size, type Source, sizeShape } from "./source.js";

/** An index array from numbers that a sampler gave. */
const indexArray = (numbers: ArrayLike): Strided => castTo(strided(numbers), strided(0).dtype);

const isCount = (x: unknown): x is number | bigint =>
  (typeof x === "number" && Number.isInteger(x)) ||
  typeof x === "bigint" ||
  (x instanceof ArrayBase && x.ndim === 0);

/** The slices along an axis in another order. */
const reordered = (x: Strided, order: Strided, axis: number): Strided =>
  run(ops.index, { indices: [...x.shape.slice(0, axis).map(() => null), order] }, x);

/** 0 … n − 1, or the slices of an array along an axis, in random order. @throws IndexError */
export const permuted = movesTexts((source: Source, x: ArrayLike, axis: number): ndarray => {
  if (isCount(x)) return wrap(indexArray(source.sampler.permutation(Math.max(indexOf(x), 0))));
  const a = strided(x);
  if (a.rank === 0) throw new IndexError("x must be an integer or at least 1-dimensional");
  const dim = axisOf(axis, a.rank);
  return wrap(reordered(a, indexArray(source.sampler.permutation(a.shape[dim]!)), dim));
}, 1);

/** Puts the slices of an array along an axis, or the items of a list, in random order in place. @throws TypeError */
export function shuffled(source: Source, x: unknown, axis: number): null {
  if (x instanceof ArrayBase) {
    const a = x as ndarray;
    if (a._readonly) throw new ValueError("array is read-only");
    const dim = axisOf(axis, a.ndim);
    const order = indexArray(source.sampler.permutation(a._a.shape[dim]!));
    copyInto(a._a, reordered(a._a, order, dim));
    a._a.storage.version++;
    return null;
  }
  if (Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView))) {
    if (axis !== 0) throw new NotImplementedError("Axis argument is only supported on ndarray objects");
    const list = x as unknown[];
    const before = [...list];
    source.sampler.permutation(list.length).forEach((from, to) => {
      list[to] = before[from];
    });
    return null;
  }
  throw new TypeError(`object of type '${typeof x === "number" ? "int" : typeof x}' has no len()`);
}

interface Words {
  readonly count: string;
  readonly empty: string;
  readonly sizes: string;
  readonly large: string;
  readonly sum: string;
  readonly negative: string;
  readonly nan: string;
  readonly few: string;
}

const OLD: Words = {
  count: "a must be greater than 0 unless no samples are taken",
  empty: "'a' cannot be empty unless no samples are taken",
  sizes: "'a' and 'p' must have same size",
  large: "Cannot take a larger sample than population when 'replace=False'",
  sum: "probabilities do not sum to 1",
  negative: "probabilities are not non-negative",
  nan: "probabilities contain NaN",
  few: "Fewer non-zero entries in p than size",
};

const NEW: Words = {
  count: "a must be a positive integer unless no samples are taken",
  empty: "a cannot be empty unless no samples are taken",
  sizes: "a and p must have same size",
  large: "Cannot take a larger sample than population when replace is False",
  sum: "Probabilities do not sum to 1. See Notes section of docstring for more information.",
  negative: "Probabilities are not non-negative",
  nan: "Probabilities contain NaN",
  few: "Fewer non-zero entries in p than size",
};

/** Random elements of an array (slices along an axis), or of 0 … a − 1. @throws ValueError */
export const chosen = movesTexts(
  (
    source: Source,
    a: ArrayLike,
    size: Size,
    replace: boolean,
    p: ArrayLike | null,
    axis: number,
    shuffle: boolean,
  ): Item => {
    const words = source.legacy ? OLD : NEW;
    const shape = size === null ? null : sizeShape(size);
    const count = shape === null ? 1 : shape.reduce((n, m) => n * m, 1);
    const number = isCount(a);
    const x = number ? null : strided(a);
    if (x && x.rank === 0) throw new ValueError("a must be 1-dimensional or an integer");
    if (x && source.legacy && x.rank !== 1) throw new ValueError("a must be 1-dimensional");
    const dim = x ? axisOf(axis, x.rank) : 0;
    const n = x ? x.shape[dim]! : indexOf(a);
    if (n <= 0 && count > 0) throw new ValueError(number ? words.count : words.empty);
    const chances = p === null ? null : probabilities(p, n, words);
    const { sampler } = source;
    let order: Strided;
    if (replace)
      order = chances
        ? indexArray(rng.chooseWeighted(sampler.engine, chances, count))
        : strided(randomIntegers(source, "integers", 0, n, [count], "int", false) as ArrayLike);
    else {
      if (count > n) throw new ValueError(words.large);
      if (chances && chances.filter((v) => v > 0).length < count) throw new ValueError(words.few);
      order = indexArray(
        chances
          ? rng.chooseDistinctWeighted(sampler.engine, chances, count)
          : rng.chooseDistinct(sampler, n, count, shuffle),
      );
    }
    const places = reshaped(order, shape ?? []);
    const y = wrap(x ? reordered(x, places, dim) : run(ops.cast, { dtype: places.dtype }, places));
    return y.ndim === 0 && shape === null ? item(y.at()) : (y as Item);
  },
  1,
);

const TOLERANCE = Math.sqrt(2 ** -52);

function probabilities(p: ArrayLike, n: number, words: Words): Float64Array {
  const given = strided(p);
  const values = contiguous(castTo(given, float64)).flat() as Float64Array;
  if (given.rank !== 1) throw new ValueError("p must be 1-dimensional");
  if (values.length !== n) throw new ValueError(words.sizes);
  let [sum, rest] = [0, 0];
  for (const v of values) {
    if (Number.isNaN(v)) throw new ValueError(words.nan);
    if (v < 0) throw new ValueError(words.negative);
    const y = v - rest;
    const next = sum + y;
    rest = next - sum - y;
    sum = next;
  }
  const loose =
    given.dtype.kind === "float" && given.dtype.itemsize < 8
      ? Math.sqrt(given.dtype.itemsize === 4 ? 2 ** -23 : 2 ** -10)
      : TOLERANCE;
  if (!(Math.abs(sum - 1) <= Math.max(TOLERANCE, loose))) throw new ValueError(words.sum);
  return values;
}
