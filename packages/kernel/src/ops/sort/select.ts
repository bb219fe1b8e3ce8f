import type { Line } from "../../strided/lines.js";
import { sortedOrder } from "./order.js";

const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
/** A level looks at eleven bits of a number. */
const BUCKETS = 2048;
/** So many candidates are sorted. */
const FEW = 512;
/** For more ranks than this everything is sorted. */
const RANKS = 16;

/**
 * Where the elements of some ranks (from 0) stand: `sortedOrder(x)[rank]` for each of them, found without sorting the rest.
 */
export function orderAt(x: Line, ranks: readonly number[]): Int32Array {
  if (!(x instanceof Float64Array) || x.length <= FEW || ranks.length > RANKS) {
    const order = sortedOrder(x);
    return Int32Array.from(ranks, (r) => order[r]!);
  }
  const out = new Int32Array(ranks.length);
  const wanted = ranks.map((rank, slot) => ({ rank, slot }));
  narrow(x, null, wanted, 0, out);
  return out;
}

interface Wanted {
  readonly rank: number;
  readonly slot: number;
}

/** The upper half of a number as an integer in the numbers' order: both zeros alike, NaN as the largest. */
function keyOf(words: Int32Array, i: number): number {
  const high = words[2 * i + HIGH]!;
  const size = high & 0x7fffffff;
  if (size >= 0x7ff00000) {
    if (size > 0x7ff00000 || words[2 * i + 1 - HIGH] !== 0) return 0x7fffffff;
  } else if (size === 0 && words[2 * i + 1 - HIGH] === 0) return 0;
  return high ^ ((high >> 31) & 0x7fffffff);
}

/** Finds ranks among candidates, in the order in which they stand, by the next eleven bits. */
function narrow(
  x: Float64Array,
  candidates: Int32Array | null,
  wanted: readonly Wanted[],
  level: number,
  out: Int32Array,
): void {
  const n = candidates ? candidates.length : x.length;
  if (candidates && (n <= FEW || level > 1)) {
    finish(x, candidates, wanted, out);
    return;
  }
  const words = new Int32Array(x.buffer, x.byteOffset, 2 * x.length);
  const shift = level === 0 ? 21 : 10;
  const digits = new Uint16Array(n);
  const counts = new Int32Array(BUCKETS);
  for (let t = 0; t < n; t++) {
    // Turns the order of signed numbers into that of unsigned ones.
    const key = keyOf(words, candidates ? candidates[t]! : t) ^ 0x80000000;
    const digit = (key >>> shift) & (BUCKETS - 1);
    digits[t] = digit;
    counts[digit]!++;
  }
  const groups = new Map<number, Wanted[]>();
  for (const { rank, slot } of wanted) {
    let [bucket, before] = [0, 0];
    while (before + counts[bucket]! <= rank) before += counts[bucket++]!;
    const group = groups.get(bucket);
    if (group) group.push({ rank: rank - before, slot });
    else groups.set(bucket, [{ rank: rank - before, slot }]);
  }
  for (const [bucket, group] of groups) {
    const inside = new Int32Array(counts[bucket]!);
    for (let t = 0, at = 0; t < n; t++)
      if (digits[t] === bucket) inside[at++] = candidates ? candidates[t]! : t;
    narrow(x, inside, group, level + 1, out);
  }
}

function finish(x: Float64Array, candidates: Int32Array, wanted: readonly Wanted[], out: Int32Array): void {
  const values = Float64Array.from(candidates, (i) => x[i]!);
  // Numbers that are all alike, of which there may be many, stand in order.
  const same = values.every((v) => v === values[0]);
  const order = same ? null : sortedOrder(values);
  for (const { rank, slot } of wanted) out[slot] = candidates[order ? order[rank]! : rank]!;
}

/** The order of the `k` largest (or smallest) elements, sorted, of equal ones those that stand first: by finding the last of them. */
export function selectTop(x: Float64Array, k: number, largest: boolean): Int32Array {
  const n = x.length;
  const last = x[orderAt(x, [largest ? n - k : k - 1])[0]!]!;
  let ties = k;
  for (let i = 0; i < n; i++) if (precedes(x[i]!, last, largest)) ties--;
  const found = new Int32Array(k);
  for (let i = 0, at = 0; at < k; i++) {
    const v = x[i]!;
    if (precedes(v, last, largest) || (!precedes(last, v, largest) && ties-- > 0)) found[at++] = i;
  }
  const order = sortedOrder(
    Float64Array.from(found, (i) => x[i]!),
    largest,
  );
  return order.map((t) => found[t]!);
}

/** Whether a stands strictly before b; NaN counts as larger than everything. */
export const precedes = (a: number, b: number, largest: boolean): boolean =>
  largest ? a > b || (Number.isNaN(a) && !Number.isNaN(b)) : a < b || (Number.isNaN(b) && !Number.isNaN(a));
