/** Pieces for each thread: one core is often faster than another, and nobody knows which. */
const PIECES = 4;
/** How much longer than the mean the first piece is, and how much shorter the last one. */
export const SLOPE = 0.75;

/** Cuts 0 … n − 1 into `count` ranges whose bounds are multiples of `unit`; with a slope the first ones are the longest. */
export function cut(n: number, count: number, unit: number, slope: number): [from: number, to: number][] {
  const out: [number, number][] = [];
  let from = 0;
  for (let i = 1; i <= count; i++) {
    const part = i / count;
    const to = i === count ? n : Math.round((n * part * (1 + slope - slope * part)) / unit) * unit;
    if (to > from) out.push([from, to]);
    from = to;
  }
  return out;
}

/**
 * Cuts 0 … n − 1 for so many threads into ranges whose bounds are multiples of `unit`, none much shorter than `least`. Where each
 * thread takes several, the last ones are short, so that all threads end at about the same time.
 */
export function split(n: number, threads: number, unit: number, least: number): [from: number, to: number][] {
  const most = threads === 1 ? 1 : Math.min(threads * PIECES, Math.floor(n / least));
  const count = most < 2 * threads ? Math.max(1, Math.min(most, threads)) : most;
  return cut(n, count, unit, count > threads ? Math.min(SLOPE, 1 - (least * count) / n) : 0);
}
