import { f32 } from "../numeric/float32.js";

/**
 * A summary of weighted values: for each kept value its least and greatest rank and its own weight, all float32, values ascending.
 * `prune` and `combine` follow XGBoost's WQSummary.
 */
export class Summary {
  size = 0;
  rmin: Float32Array;
  rmax: Float32Array;
  wmin: Float32Array;
  value: Float32Array;

  constructor(capacity: number) {
    this.rmin = new Float32Array(capacity);
    this.rmax = new Float32Array(capacity);
    this.wmin = new Float32Array(capacity);
    this.value = new Float32Array(capacity);
  }
  reserve(capacity: number): void {
    if (capacity <= this.value.length) return;
    for (const key of ["rmin", "rmax", "wmin", "value"] as const) {
      const grown = new Float32Array(capacity);
      grown.set(this[key]);
      this[key] = grown;
    }
  }
  /** Rank of what comes next, at least. */
  next(i: number): number {
    return f32(this.rmin[i]! + this.wmin[i]!);
  }
  /** Rank of what came before, at most. */
  previous(i: number): number {
    return f32(this.rmax[i]! - this.wmin[i]!);
  }
  push(rmin: number, rmax: number, wmin: number, value: number): void {
    const i = this.size++;
    this.rmin[i] = rmin;
    this.rmax[i] = rmax;
    this.wmin[i] = wmin;
    this.value[i] = value;
  }
  take(source: Summary, i: number): void {
    this.push(source.rmin[i]!, source.rmax[i]!, source.wmin[i]!, source.value[i]!);
  }
  copyFrom(source: Summary): void {
    this.reserve(source.size);
    this.size = source.size;
    this.rmin.set(source.rmin.subarray(0, source.size));
    this.rmax.set(source.rmax.subarray(0, source.size));
    this.wmin.set(source.wmin.subarray(0, source.size));
    this.value.set(source.value.subarray(0, source.size));
  }

  /** Keeps at most `most` of a summary's values, at equal distances in rank. */
  prune(source: Summary, most: number): void {
    if (source.size <= most) {
      this.copyFrom(source);
      return;
    }
    this.reserve(most);
    const { rmin, rmax, wmin } = source;
    const end = source.size - 1;
    const begin = rmax[0]!;
    const range = f32(rmin[end]! - begin);
    const n = most - 1;
    this.size = 0;
    this.take(source, 0);
    let i = 1;
    let last = 0;
    for (let k = 1; k < n; k++) {
      const dx2 = f32(2 * f32(f32(f32(f32(k) * range) / f32(n)) + begin));
      while (i < end && dx2 >= f32(rmax[i + 1]! + rmin[i + 1]!)) i++;
      if (i === end) break;
      const next = f32(rmin[i]! + wmin[i]!);
      const previous = f32(rmax[i + 1]! - wmin[i + 1]!);
      const pick = dx2 < f32(next + previous) ? i : i + 1;
      if (pick !== last) {
        this.take(source, pick);
        last = pick;
      }
    }
    if (last !== end) this.take(source, end);
  }

  /** Both summaries' values. */
  combine(a: Summary, b: Summary): void {
    if (a.size === 0) {
      this.copyFrom(b);
      return;
    }
    if (b.size === 0) {
      this.copyFrom(a);
      return;
    }
    this.reserve(a.size + b.size);
    this.size = merge(this, a, b);
    this.restore();
  }

  /** Ranks that rounding put out of order are put in order. */
  private restore(): void {
    const { rmin, rmax, wmin, size } = this;
    let prevMin = 0;
    let prevMax = 0;
    for (let i = 0; i < size; i++) {
      if (rmin[i]! < prevMin) rmin[i] = prevMin;
      else prevMin = rmin[i]!;
      if (rmax[i]! < prevMax) rmax[i] = prevMax;
      const next = f32(rmin[i]! + wmin[i]!);
      if (rmax[i]! < next) rmax[i] = next;
      prevMax = rmax[i]!;
    }
  }

  /** As `prune`, but keeps every value that alone outweighs its share (XGBoost's WXQSummary). */
  pruneLarge(source: Summary, most: number): void {
    if (source.size <= most) {
      this.copyFrom(source);
      return;
    }
    this.reserve(Math.max(most, 2));
    const end = source.size - 1;
    let begin = source.rmax[0]!;
    let n = most - 2;
    let range = f32(source.rmin[end]! - begin);
    this.size = 0;
    this.take(source, 0);
    if (range === 0 || most <= 2) {
      this.take(source, end);
      return;
    }
    range = Math.max(range, f32(1e-3));
    const chunk = f32(f32(2 * range) / f32(n));
    const large = (i: number) => source.next(i) > f32(source.previous(i) + chunk);
    let [mrange, bid, big] = [0, 0, 0];
    for (let i = 1; i < end; i++) {
      if (!large(i)) continue;
      if (bid !== i - 1) mrange = f32(mrange + f32(source.previous(i) - source.next(bid)));
      bid = i;
      big++;
    }
    if (bid !== end - 1) mrange = f32(mrange + f32(source.previous(end) - source.next(bid)));
    n -= big;
    bid = 0;
    let [k, last] = [1, 0];
    for (let to = 1; to <= end; to++) {
      if (to !== end && !large(to)) continue;
      if (bid !== to - 1) {
        let i = bid;
        const max = f32(source.previous(to) * 2);
        for (; k < n; k++) {
          const dx2 = f32(2 * f32(f32(f32(f32(k) * mrange) / f32(n)) + begin));
          if (dx2 >= max) break;
          while (i < to && dx2 >= f32(source.rmax[i + 1]! + source.rmin[i + 1]!)) i++;
          if (i === to) break;
          const pick = dx2 < f32(source.next(i) + source.previous(i + 1)) ? i : i + 1;
          if (pick !== last) {
            this.take(source, pick);
            last = pick;
          }
        }
      }
      if (last !== to) {
        this.take(source, to);
        last = to;
      }
      bid = to;
      begin = f32(begin + f32(source.next(bid) - source.previous(bid)));
    }
  }
}

/** Merges two summaries; a value of one lies between its neighbours' ranks in the other. Gives the size. */
function merge(out: Summary, a: Summary, b: Summary): number {
  const { rmin, rmax, wmin, value } = out;
  const { rmin: aMin, rmax: aMax, wmin: aW, value: aV, size: m } = a;
  const { rmin: bMin, rmax: bMax, wmin: bW, value: bV, size: n } = b;
  let [i, j, k] = [0, 0, 0];
  // Ranks of what comes after the last value taken from a and from b.
  let [afterA, afterB] = [0, 0];
  while (i < m && j < n) {
    const x = aV[i]!;
    const y = bV[j]!;
    if (x === y) {
      rmin[k] = aMin[i]! + bMin[j]!;
      rmax[k] = aMax[i]! + bMax[j]!;
      wmin[k] = aW[i]! + bW[j]!;
      value[k] = x;
      afterA = f32(aMin[i]! + aW[i]!);
      afterB = f32(bMin[j]! + bW[j]!);
      i++;
      j++;
    } else if (x < y) {
      rmin[k] = aMin[i]! + afterB;
      rmax[k] = aMax[i]! + f32(bMax[j]! - bW[j]!);
      wmin[k] = aW[i]!;
      value[k] = x;
      afterA = f32(aMin[i]! + aW[i]!);
      i++;
    } else {
      rmin[k] = bMin[j]! + afterA;
      rmax[k] = bMax[j]! + f32(aMax[i]! - aW[i]!);
      wmin[k] = bW[j]!;
      value[k] = y;
      afterB = f32(bMin[j]! + bW[j]!);
      j++;
    }
    k++;
  }
  const endB = bMax[n - 1]!;
  for (; i < m; i++, k++) {
    rmin[k] = aMin[i]! + afterB;
    rmax[k] = aMax[i]! + endB;
    wmin[k] = aW[i]!;
    value[k] = aV[i]!;
  }
  const endA = aMax[m - 1]!;
  for (; j < n; j++, k++) {
    rmin[k] = bMin[j]! + afterA;
    rmax[k] = bMax[j]! + endA;
    wmin[k] = bW[j]!;
    value[k] = bV[j]!;
  }
  return k;
}
