import { f32 } from "../numeric/float32.js";
import { sortPairs } from "../numeric/introsort.js";
import { radixSort } from "../numeric/radix.js";
import { Summary } from "./summary.js";

/** XGBoost keeps eight times as many values as it will cut at. */
const FACTOR = 8;

/** A stream of weighted values of one column, summarised in levels that double. */
export class QuantileSketch {
  readonly limit: number;
  private levels: Summary[] = [];
  readonly temp = new Summary(0);
  private queueValue: Float32Array;
  private queueWeight: Float32Array;
  private tail = 0;

  constructor(
    count: number,
    eps: number,
    private readonly large: boolean,
    /** Weights are whole numbers, whose sums do not depend on their order. */
    private readonly whole = false,
  ) {
    this.limit = limitSize(count, eps);
    this.queueValue = new Float32Array(large ? 1 : this.limit * 2);
    this.queueWeight = new Float32Array(this.queueValue.length);
  }

  private prune(to: Summary, source: Summary, most: number): void {
    if (this.large) to.pruneLarge(source, most);
    else to.prune(source, most);
  }

  push(value: number, weight: number): void {
    if (weight === 0) return;
    const t = this.tail;
    if (t > 0 && this.queueValue[t - 1] === value) {
      this.queueWeight[t - 1] = f32(this.queueWeight[t - 1]! + weight);
      return;
    }
    if (t === this.queueValue.length) {
      if (t === 1) {
        const [v, w] = [this.queueValue[0]!, this.queueWeight[0]!];
        this.queueValue = new Float32Array(Math.max(2, this.limit * 2));
        this.queueWeight = new Float32Array(this.queueValue.length);
        this.queueValue[0] = v;
        this.queueWeight[0] = w;
      } else {
        this.summariseQueue(this.temp);
        this.tail = 0;
        this.pushTemp();
      }
    }
    this.queueValue[this.tail] = value;
    this.queueWeight[this.tail++] = weight;
  }

  private summariseQueue(to: Summary): void {
    const { queueValue: v, queueWeight: w, tail } = this;
    if (this.whole) radixSort(v, w, tail);
    else sortPairs(v, w, 0, tail);
    to.reserve(tail);
    to.size = 0;
    let sum = 0;
    for (let i = 0; i < tail; ) {
      let weight = w[i]!;
      let j = i + 1;
      for (; j < tail && v[j] === v[i]; j++) weight = f32(weight + w[j]!);
      const next = f32(sum + weight);
      to.push(sum, next, weight, v[i]!);
      sum = next;
      i = j;
    }
  }

  private level(l: number): Summary {
    while (this.levels.length <= l) this.levels.push(new Summary(this.limit));
    return this.levels[l]!;
  }

  /** Sends `temp` up the levels. */
  pushTemp(): void {
    const { temp, limit } = this;
    for (let l = 1; ; l++) {
      const level = this.level(l);
      if (level.size === 0) {
        this.prune(level, temp, limit);
        return;
      }
      const ground = this.level(0);
      this.prune(ground, temp, limit);
      temp.combine(ground, level);
      if (temp.size <= limit) {
        level.copyFrom(temp);
        return;
      }
      level.size = 0;
    }
  }

  /** Everything that was pushed. */
  summary(): Summary {
    const out = new Summary(this.limit * 2);
    this.summariseQueue(out);
    if (this.levels.length > 0) {
      const ground = this.levels[0]!;
      this.prune(ground, out, this.limit);
      for (const level of this.levels.slice(1)) {
        if (level.size === 0) continue;
        if (ground.size === 0) ground.copyFrom(level);
        else {
          out.combine(ground, level);
          this.prune(ground, out, this.limit);
        }
      }
      out.copyFrom(ground);
    } else if (out.size > this.limit) {
      this.prune(this.temp, out, this.limit);
      out.copyFrom(this.temp);
    }
    return out;
  }
}

function limitSize(count: number, eps: number): number {
  for (let levels = 1; ; levels++) {
    const limit = Math.min(count, Math.ceil(levels / eps) + 1);
    if (2 ** levels * limit >= count) return limit;
  }
}

/** The sketch of a column whose values come in any order. */
export function streamSketch(count: number, maxBin: number, whole: boolean): QuantileSketch {
  const bins = Math.max(1, Math.min(maxBin, count));
  return new QuantileSketch(count, 1 / f32(f32(bins) * FACTOR), false, whole);
}

/** The summary of a column whose values come ascending, with the weights of their rows. */
export function sortedSummary(
  values: Float32Array,
  rows: Uint32Array,
  from: number,
  to: number,
  weights: Float32Array,
  maxBin: number,
): Summary {
  const sketch = new QuantileSketch(to - from, 2 / maxBin, true);
  if (to === from) return sketch.summary();
  const temp = sketch.temp;
  temp.reserve(maxBin + 1);
  let total = 0;
  for (let i = from; i < to; i++) total += weights[rows[i]!]!;
  let rmin = 0;
  let wmin = weights[rows[from]!]!;
  let last = values[from]!;
  let goal = 0;
  const put = (rmax: number) => {
    if (temp.size === 0 || last > temp.value[temp.size - 1]!)
      temp.push(f32(rmin), f32(rmax), f32(wmin), last);
  };
  for (let i = from + 1; i < to; i++) {
    const v = values[i]!;
    const w = weights[rows[i]!]!;
    if (v === last) {
      wmin += w;
      continue;
    }
    const rmax = rmin + wmin;
    if (rmax >= goal && temp.size !== maxBin) {
      put(rmax);
      goal = temp.size === maxBin ? total * 2 + f32(1e-5) : f32((temp.size * total) / maxBin);
    }
    rmin = rmax;
    wmin = w;
    last = v;
  }
  put(rmin + wmin);
  sketch.pushTemp();
  return sketch.summary();
}

/** How many values survive the first pruning. */
export const intermediateCuts = (count: number, maxBin: number): number => Math.min(count, maxBin * FACTOR);
