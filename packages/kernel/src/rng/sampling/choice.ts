import type { BitEngine } from "../engines/engine.js";
import { multiplied32 } from "./bounded.js";
import { PolarSampler } from "./polar.js";
import type { Sampler } from "./sampler.js";

/** Running sums divided by the last. */
function cumulative(p: Float64Array): Float64Array {
  const sums = new Float64Array(p.length);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    sum += p[i]!;
    sums[i] = sum;
  }
  for (let i = 0; i < p.length; i++) sums[i]! /= sum;
  return sums;
}

/** How many of the sorted values are at most x. */
function upperBound(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `count` indices drawn with replacement with the probabilities `p`. */
export function chooseWeighted(engine: BitEngine, p: Float64Array, count: number): Float64Array {
  const sums = cumulative(p);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = upperBound(sums, engine.nextDouble());
  return out;
}

/** `count` different indices drawn with the probabilities `p`, which must have as many entries above 0. */
export function chooseDistinctWeighted(engine: BitEngine, p: Float64Array, count: number): Float64Array {
  const out = new Float64Array(count);
  const left = p.slice();
  for (let found = 0; found < count; ) {
    for (let i = 0; i < found; i++) left[out[i]!] = 0;
    const fresh = chooseWeighted(engine, left, count - found);
    const seen = new Set<number>();
    for (const index of fresh)
      if (!seen.has(index)) {
        seen.add(index);
        out[found++] = index;
      }
  }
  return out;
}

/** Orders 64-bit indices as NumPy's Generator does inside `choice`: from the top down to `first`. */
function shuffleMultiplied(engine: BitEngine, order: Float64Array, first: number): void {
  for (let i = order.length - 1; i >= first; i--) {
    const j = multiplied32(engine, i);
    const v = order[j]!;
    order[j] = order[i]!;
    order[i] = v;
  }
}

/**
 * `count` different indices below `size`.
 *
 * The polar sampler takes the beginning of a permutation; the ziggurat sampler shuffles the tail of all indices where
 * many of them are wanted, and otherwise uses R. Floyd's algorithm ("A Sample of Brilliance", 1987) and shuffles its
 * result unless `ordered` is enough.
 */
export function chooseDistinct(sampler: Sampler, size: number, count: number, shuffled = true): Float64Array {
  const { engine } = sampler;
  if (sampler instanceof PolarSampler) return Float64Array.from(sampler.permutation(size).subarray(0, count));
  if (size > 10000 && count > Math.floor(size / (shuffled ? 50 : 20))) {
    const all = new Float64Array(size);
    for (let i = 0; i < size; i++) all[i] = i;
    shuffleMultiplied(engine, all, Math.max(size - count, 1));
    return all.slice(size - count);
  }
  const out = new Float64Array(count);
  const taken = new Set<number>();
  for (let j = size - count; j < size; j++) {
    const v = multiplied32(engine, j);
    const index = taken.has(v) ? j : v;
    taken.add(index);
    out[j - size + count] = index;
  }
  if (shuffled) shuffleMultiplied(engine, out, 1);
  return out;
}
