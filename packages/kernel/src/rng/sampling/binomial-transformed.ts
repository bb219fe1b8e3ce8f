import { log, log1p } from "../../math/precise/log.js";

// Logarithms are only compared, or rounded up to whole numbers: the last bit of the C library's own is not needed.

/** Where the uniform numbers of (0, 1) come from. */
export type Uniform = () => number;

/** What Stirling's formula lacks of log k!, for small k. */
const TAIL = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
  0.0138761288230707, 0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
] as const;

function stirlingTail(k: number): number {
  if (k <= 9) return TAIL[k]!;
  const square = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

/** Sums of geometric waiting times, for few expected successes. */
export function binomialByWaiting(uniform: Uniform, count: number, p: number): number {
  const scale = log1p(-p);
  let sum = 0;
  let successes = 0;
  for (;;) {
    sum += Math.ceil(log(uniform()) / scale);
    if (!(sum <= count)) return successes;
    successes++;
  }
}

/** Transformed rejection (W. Hörmann, "The generation of binomial random variates", 1993, BTRS). */
export function binomialByRejection(uniform: Uniform, count: number, p: number): number {
  const deviation = Math.sqrt(count * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = count * p + 0.5;
  const vr = 0.92 - 4.2 / b;
  const r = p / (1 - p);
  const alpha = (2.83 + 5.1 / b) * deviation;
  const m = Math.floor((count + 1) * p);
  for (;;) {
    const u = uniform() - 0.5;
    let v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || k > count) continue;
    v = log((v * alpha) / (a / (us * us) + b));
    const bound =
      (m + 0.5) * log((m + 1) / (r * (count - m + 1))) +
      (count + 1) * log((count - m + 1) / (count - k + 1)) +
      (k + 0.5) * log((r * (count - k + 1)) / (k + 1)) +
      stirlingTail(m) +
      stirlingTail(count - m) -
      stirlingTail(k) -
      stirlingTail(count - k);
    if (v <= bound) return k;
  }
}

/** How many of `count` tries with probability `p` succeed. */
export function binomialTransformed(uniform: Uniform, count: number, p: number): number {
  if (count <= 0 || p <= 0) return 0;
  if (p >= 1) return count;
  const draw = (q: number): number =>
    (count * q >= 10 ? binomialByRejection : binomialByWaiting)(uniform, count, q);
  if (p <= 0.5) return draw(p);
  return p > 0.5 ? count - draw(1 - p) : Number.NaN;
}
