import { TORTURE } from "../../memory/torture.js";
import { cloneContiguous, copyInto } from "../../strided/copy.js";
import { lineReader } from "../../strided/lines.js";
import { Strided } from "../../strided/strided.js";
import { sortValueLines } from "../../wasm/kernels/sort.js";
import { sortFloats } from "./radix.js";
import { sort } from "./sort.js";

/**
 * The elements of each line along an axis sorted, NaN last and equal ones in their old order: the first result of
 * {@link sort} without the second.
 */
export function sortedValues(x: Strided, dim: number): Strided {
  if (x.rank === 0 || x.size === 0 || x.dtype.half || x.dtype.lanes === 2)
    return (sort.run([x], { dim }) as readonly Strided[])[0]!;
  const last = x.rank - 1;
  const turned = turn(x, dim, last);
  const sorted = sortedLines(turned);
  if (dim === last) return sorted;
  return copyInto(Strided.zeros(x.dtype, x.shape), turn(sorted, last, dim));
}

/** Smaller arrays go to no kernel; lines up to this length are sorted by insertion. */
const FEW = 24;

function sortedLines(turned: Strided): Strided {
  const n = turned.shape[turned.rank - 1]!;
  if (turned.size >= FEW || TORTURE) {
    const fast = Strided.zeros(turned.dtype, turned.shape);
    if (sortValueLines(turned, fast)) return fast;
  }
  const y = cloneContiguous(turned);
  const all = y.peekFlat() as Float64Array;
  if (n <= FEW) {
    for (let at = 0; at < all.length; at += n) insert(all, at, n);
    return y;
  }
  for (let at = 0; at < all.length; at += n) {
    const line = all.subarray(at, at + n);
    if (line instanceof Float64Array) sortFloats(line);
    else (line as Float64Array).sort();
  }
  if (turned.dtype.kind === "float") orderZeros(turned, all, n);
  return y;
}

/** Sorts elements where they are, NaN last and equal ones in their old order. */
function insert(all: Float64Array, at: number, n: number): void {
  for (let i = at + 1; i < at + n; i++) {
    const v = all[i]!;
    let j = i - 1;
    for (; j >= at; j--) {
      const other = all[j]!;
      if (!(other > v || (Number.isNaN(other) && !Number.isNaN(v)))) break;
      all[j + 1] = other;
    }
    all[j + 1] = v;
  }
}

/** x with axis `from` moved to `to`. */
function turn(x: Strided, from: number, to: number): Strided {
  if (from === to) return x;
  const moved = <T>(list: readonly T[]): T[] => {
    const rest = list.filter((_, i) => i !== from);
    rest.splice(to, 0, list[from]!);
    return rest;
  };
  return x.view(moved(x.shape), moved(x.strides));
}

/** −0 equals 0, yet a typed array sorts it before: gives zeros back their old order where a line has both. */
function orderZeros(x: Strided, all: Float64Array, n: number): void {
  const isNegative = (v: number): boolean => Object.is(v, -0);
  for (let start = 0, line = 0; start < all.length; start += n, line++) {
    let [low, high] = [start, start + n];
    while (low < high) {
      const mid = (low + high) >> 1;
      if (all[mid]! < 0) low = mid + 1;
      else high = mid;
    }
    if (!isNegative(all[low]!)) continue;
    let end = low;
    while (end < start + n && all[end] === 0) end++;
    if (isNegative(all[end - 1]!)) continue;
    for (const v of lineAt(x, line)) if (v === 0) all[low++] = v;
  }
}

/** The elements of line `k` along the last axis. */
function lineAt(x: Strided, k: number): Float64Array {
  let base = x.offset;
  for (let axis = x.rank - 2; axis >= 0; axis--) {
    base += (k % x.shape[axis]!) * x.strides[axis]!;
    k = Math.floor(k / x.shape[axis]!);
  }
  return lineReader(x, [x.rank - 1])(base) as Float64Array;
}
