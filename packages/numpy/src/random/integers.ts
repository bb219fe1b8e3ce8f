import { bool, integerRange, isInteger, rng, Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  type DTypeLike,
  type Item,
  itemOf,
  type ndarray,
  toKernel,
} from "@cognate/ndarray/core";
import { TypeError, ValueError } from "@cognate/py";
import { strided, wrap } from "../internal.js";
import { broadcast_arrays } from "../manipulation/arranging.js";
import { type Size, type Source, sizeShape } from "./source.js";

/** A bound of a range as whole numbers: bigints, as 64-bit bounds are. */
function bigints(x: ArrayLike): { values: bigint[]; array: Strided } {
  if (typeof x === "bigint") return { values: [x], array: Strided.zeros(bool, []) };
  const a = strided(x);
  const flat = wrap(a).ravel();
  const values =
    a.dtype.big || isInteger(a.dtype) || a.dtype === bool
      ? (flat.tolist() as (number | bigint | boolean)[]).map((v) => BigInt(v))
      : (flat.tolist() as number[]).map((v) => BigInt(Math.trunc(v)));
  return { values, array: a };
}

/** Whole numbers of a range, `high` excluded unless `endpoint`. @throws ValueError, TypeError */
export function randomIntegers(
  source: Source,
  name: string,
  low: ArrayLike,
  high: ArrayLike | null,
  size: Size,
  dtype: DTypeLike,
  endpoint: boolean,
): Item {
  const type = toKernel(dtype);
  if (!isInteger(type) && type !== bool)
    throw new TypeError(`Unsupported dtype dtype('${type.name}') for ${name}`);
  const [from, to]: [ArrayLike, ArrayLike] = high === null ? [0, low] : [low, high];
  const [a, b] = [bigints(from), bigints(to)];
  const [least, most] = integerRange(type);
  const below = endpoint ? 0n : 1n;
  for (const v of a.values) if (v < least) throw new ValueError(`low is out of bounds for ${type.name}`);
  for (const v of b.values)
    if (v - below > most) throw new ValueError(`high is out of bounds for ${type.name}`);
  const words = (): string => {
    if (high === null && a.values.every((v) => v === 0n)) return endpoint ? "high < 0" : "high <= 0";
    return endpoint ? "low > high" : "low >= high";
  };
  const pairs = Math.max(a.values.length, b.values.length);
  const at = (v: readonly bigint[], i: number): bigint => (v.length === 1 ? v[0]! : v[i]!);
  const scalars = a.array.rank === 0 && b.array.rank === 0;
  if (scalars && at(a.values, 0) > at(b.values, 0) - below) throw new ValueError(words());
  const { sampler } = source;
  if (scalars) {
    const out = Strided.zeros(type, size === null ? [] : sizeShape(size));
    rng.fillIntegers(
      sampler.engine,
      sampler.bounded,
      type,
      rng.placeOf(out),
      a.values[0]!,
      b.values[0]! - below,
    );
    return size === null ? itemOf(out) : (wrap(out) as Item);
  }
  const [p, q] = broadcast_arrays(wrap(a.array), wrap(b.array));
  if (pairs > 0) {
    const [lows, highs] = [bigints(p!).values, bigints(q!).values];
    if (lows.some((v, i) => v > highs[i]! - below)) throw new ValueError(words());
  }
  const shape = size === null ? [...p!.shape] : sizeShape(size);
  const stretched = (v: ndarray): bigint[] =>
    bigints(broadcast_arrays(v, wrap(Strided.zeros(bool, shape)))[0]!).values;
  const [lows, highs] = [stretched(p!), stretched(q!)];
  const out = Strided.zeros(type, shape);
  rng.fillIntegers(
    sampler.engine,
    sampler.bounded,
    type,
    out.flat(),
    (i) => lows[i]!,
    (i) => highs[i]! - below,
  );
  return wrap(out) as Item;
}
