import type { WordStream } from "./word-stream.js";

const { fround } = Math;

/** A distribution over the integers of [0, range), for losses that look at a sample of the classes. */
export interface RangeSampler {
  readonly range: number;
  sample(words: WordStream): number;
  /** How probable a value is, in single precision. */
  probability(value: number): number;
}

/** Each value as probable as any other. */
export const uniformRange = (range: number): RangeSampler => ({
  range,
  sample: (words) => words.belowWide(range),
  probability: () => fround(1 / range),
});

/** Values of which the probability falls as that of words by rank: log(1 + 1/(v + 1)) / log(1 + range). */
export const logUniformRange = (range: number): RangeSampler => {
  const log = Math.log1p(range);
  return {
    range,
    sample: (words) => (Math.trunc(Math.exp(words.double() * log)) - 1) % range,
    probability: (v) => fround(Math.log((v + 2) / (v + 1)) / log),
  };
};

/** Values by given weights, by the alias method of A. Walker (1977). */
export function weightedRange(weights: readonly number[]): RangeSampler {
  const n = weights.length;
  const total = fround(weights.reduce((s, w) => fround(s + w), 0));
  const share = weights.map((w) => (w * n) / total);
  const other = new Array<number>(n).fill(-1);
  const low: number[] = [];
  const high: number[] = [];
  share.forEach((p, i) => {
    (p < 1 ? low : high).push(i);
  });
  while (low.length > 0 && high.length > 0) {
    const [l, h] = [low.pop()!, high.pop()!];
    other[l] = h;
    share[h]! -= 1 - share[l]!;
    (share[h]! < 1 ? low : high).push(h);
  }
  const kept = share.map(fround);
  for (const i of [...low, ...high]) {
    kept[i] = 1;
    other[i] = i;
  }
  return {
    range: n,
    sample: (words) => {
      const u = words.single();
      const i = words.below(n);
      return u < kept[i]! ? i : other[i]!;
    },
    probability: (v) => fround(weights[v]! / total),
  };
}

/** Values by how often they were seen, each once before the first was. */
export class CountedRange implements RangeSampler {
  private readonly counts: number[];
  private total: number;
  constructor(readonly range: number) {
    this.counts = new Array<number>(range).fill(1);
    this.total = range;
  }
  sample(words: WordStream): number {
    let rest = words.below(this.total);
    let v = 0;
    while (rest >= this.counts[v]!) rest -= this.counts[v++]!;
    return v;
  }
  probability(value: number): number {
    return fround(this.counts[value]! / this.total);
  }
  /** Counts values that were seen. */
  see(values: Iterable<number>): void {
    for (const v of values) {
      if (v < 0 || v >= this.range) continue;
      this.counts[v]!++;
      this.total++;
    }
  }
}

/** So many values, all different if wanted, and how many draws that took. */
export function drawCandidates(
  sampler: RangeSampler,
  words: WordStream,
  count: number,
  unique: boolean,
): { values: number[]; tries: number } {
  if (!unique) return { values: Array.from({ length: count }, () => sampler.sample(words)), tries: count };
  const seen = new Set<number>();
  let tries = 0;
  for (; seen.size < count; tries++) seen.add(sampler.sample(words));
  return { values: [...seen], tries };
}

/** How often a value of that probability is expected among so many candidates that took so many draws. */
export const expectedCount = (p: number, count: number, tries: number): number =>
  count === tries ? fround(p * count) : fround(-Math.expm1(fround(tries * fround(Math.log1p(-p)))));
