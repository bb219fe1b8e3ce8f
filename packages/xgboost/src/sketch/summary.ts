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
    const end = source.size - 1;
    const begin = source.rmax[0]!;
    const range = f32(source.rmin[end]! - begin);
    const n = most - 1;
    this.size = 0;
    this.take(source, 0);
    let i = 1;
    let last = 0;
    for (let k = 1; k < n; k++) {
      const dx2 = f32(2 * f32(f32(f32(f32(k) * range) / f32(n)) + begin));
      while (i < end && dx2 >= f32(source.rmax[i + 1]! + source.rmin[i + 1]!)) i++;
      if (i === end) break;
      const pick = dx2 < f32(source.next(i) + source.previous(i + 1)) ? i : i + 1;
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
    this.size = 0;
    let [i, j] = [0, 0];
    let [before, beforeB] = [0, 0];
    while (i < a.size && j < b.size) {
      if (a.value[i] === b.value[j]) {
        this.push(
          f32(a.rmin[i]! + b.rmin[j]!),
          f32(a.rmax[i]! + b.rmax[j]!),
          f32(a.wmin[i]! + b.wmin[j]!),
          a.value[i]!,
        );
        before = a.next(i++);
        beforeB = b.next(j++);
      } else if (a.value[i]! < b.value[j]!) {
        this.push(f32(a.rmin[i]! + beforeB), f32(a.rmax[i]! + b.previous(j)), a.wmin[i]!, a.value[i]!);
        before = a.next(i++);
      } else {
        this.push(f32(b.rmin[j]! + before), f32(b.rmax[j]! + a.previous(i)), b.wmin[j]!, b.value[j]!);
        beforeB = b.next(j++);
      }
    }
    const restA = b.rmax[b.size - 1]!;
    for (; i < a.size; i++)
      this.push(f32(a.rmin[i]! + beforeB), f32(a.rmax[i]! + restA), a.wmin[i]!, a.value[i]!);
    const restB = a.rmax[a.size - 1]!;
    for (; j < b.size; j++)
      this.push(f32(b.rmin[j]! + before), f32(b.rmax[j]! + restB), b.wmin[j]!, b.value[j]!);
    this.restore();
  }

  /** Ranks that rounding put out of order are put in order. */
  private restore(): void {
    let [prevMin, prevMax] = [0, 0];
    for (let i = 0; i < this.size; i++) {
      if (this.rmin[i]! < prevMin) this.rmin[i] = prevMin;
      else prevMin = this.rmin[i]!;
      if (this.rmax[i]! < prevMax) this.rmax[i] = prevMax;
      const next = this.next(i);
      if (this.rmax[i]! < next) this.rmax[i] = next;
      prevMax = this.rmax[i]!;
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
