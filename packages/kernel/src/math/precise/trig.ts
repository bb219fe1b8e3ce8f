import { divide, LOW, twoProduct, twoSum } from "./double-double.js";
import { BITS, nearest, pair, pi, sinCos } from "./fixed-point.js";

// x = n·π/128 + r: sine and cosine of n·π/128 from a table of pairs, those of r by Taylor's series.
const N = 128;
const PI = /* @__PURE__ */ pi();
const PER_STEP = /* @__PURE__ */ N / nearest(PI);
const ROUND = 6755399441055744;

/** π/128 in three parts; multiples of the first two up to 2²⁰ are exact. */
const [STEP_1, STEP_2, STEP_3] = /* @__PURE__ */ (() => {
  const step = PI / BigInt(N);
  const cut = (v: bigint, bits: number): bigint => (v >> BigInt(BITS - bits)) << BigInt(BITS - bits);
  const first = cut(step, 37);
  const second = cut(step - first, 70);
  return [nearest(first), nearest(second), nearest(step - first - second)];
})();

let circle: Float64Array | undefined;

/** Pairs for sin(n·π/128), n = 0 … 319; the cosine stands 64 steps on. */
function makeCircle(): Float64Array {
  const quarter: (readonly [number, number])[] = [];
  for (let n = 0; n <= N / 2; n++) {
    // Both from angles up to π/4, where the series is short.
    const eighth = n <= N / 4;
    const [s, c] = sinCos((PI * BigInt(eighth ? n : N / 2 - n)) / BigInt(N));
    quarter.push(pair(eighth ? s : c));
  }
  const t = new Float64Array(2 * (2 * N + N / 2));
  for (let n = 0; n < t.length / 2; n++) {
    const m = n % (2 * N);
    const half = m % N;
    const [hi, lo] = quarter[half <= N / 2 ? half : N - half]!;
    const sign = m < N ? 1 : -1;
    t[2 * n] = sign * hi;
    t[2 * n + 1] = sign * lo;
  }
  circle = t;
  return t;
}

/** Which step the last reduction fell on, modulo 256. */
let step = 0;

/** r of the reduction, its lesser part in LOW. */
function reduce(x: number): number {
  if (Math.abs(x) > 25000) return reduceLarge(x);
  const n = x * PER_STEP + ROUND - ROUND;
  step = n & (2 * N - 1);
  const t = x - n * STEP_1; // exact
  const r = twoSum(t, -n * STEP_2);
  const s = r + (LOW[0]! - n * STEP_3);
  // So near a multiple of the step three parts of π are not enough.
  if (n !== 0 && Math.abs(s) < 1e-9) return reduceLarge(x);
  LOW[0] = r - s + (LOW[0]! - n * STEP_3);
  return s;
}

let wideTurn: bigint | undefined;
const WIDE = 1200;

/** {@link reduce} for arguments of any size, in integers. */
function reduceLarge(x: number): number {
  wideTurn ??= pi(WIDE) / BigInt(N);
  const bits = BigInt(WIDE);
  let m = Math.abs(x);
  let shift = 0n;
  while (!Number.isInteger(m)) {
    m *= 2;
    shift++;
  }
  const v = (BigInt(m) << bits) >> shift;
  const n = (v + wideTurn / 2n) / wideTurn;
  const rest = (v - n * wideTurn) >> BigInt(WIDE - BITS);
  const [hi, lo] = pair(x < 0 ? -rest : rest);
  const turns = Number(n & BigInt(2 * N - 1));
  step = (x < 0 ? -turns : turns) & (2 * N - 1);
  LOW[0] = lo;
  return hi;
}

/** sin(n·π/128 + r + rl), its lesser part in LOW. */
function sinAt(n: number, r: number, rl: number): number {
  const t = circle ?? makeCircle();
  const s = t[2 * n]!;
  const sl = t[2 * n + 1]!;
  const c = t[2 * n + N]!;
  const cl = t[2 * n + N + 1]!;
  const square = r * r;
  const sinRest = r * square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040 + square / 362880)));
  const cosRest = square * (-0.5 + square * (1 / 24 + square * (-1 / 720 + square / 40320)));
  const p = twoProduct(c, r);
  const pl = LOW[0]!;
  const hi = twoSum(s, p);
  const low = LOW[0]! + (pl + sl + cl * r + (c - s * r) * rl + (s * cosRest + c * sinRest));
  const sum = hi + low;
  LOW[0] = low - (sum - hi);
  return sum;
}

/** Sine of an angle in radians, within 0.51 units in the last place for every argument. */
export function sin(x: number): number {
  if (!(Math.abs(x) < Number.POSITIVE_INFINITY)) return Number.NaN;
  if (Math.abs(x) < 1e-9) return x;
  const r = reduce(x);
  return sinAt(step, r, LOW[0]!);
}

/** Cosine of an angle in radians, within 0.51 units in the last place for every argument. */
export function cos(x: number): number {
  if (!(Math.abs(x) < Number.POSITIVE_INFINITY)) return Number.NaN;
  const r = reduce(x);
  return sinAt((step + N / 2) & (2 * N - 1), r, LOW[0]!);
}

/** Tangent of an angle in radians, within 0.52 units in the last place for every argument. */
export function tan(x: number): number {
  if (!(Math.abs(x) < Number.POSITIVE_INFINITY)) return Number.NaN;
  if (Math.abs(x) < 1e-9) return x;
  const r = reduce(x);
  const rl = LOW[0]!;
  const s = sinAt(step, r, rl);
  const sl = LOW[0]!;
  const c = sinAt((step + N / 2) & (2 * N - 1), r, rl);
  const q = divide(s, sl, c, LOW[0]!);
  return q + LOW[0]!;
}

/** Angle between 0 and π whose cosine is x, within 0.51 units in the last place; NaN beyond ±1. */
export function acos(x: number): number {
  if (!(x >= -1 && x <= 1)) return Number.NaN;
  if (x < -0.5) {
    // π − acos(−x), with π as a pair.
    const a = acosPair(-x);
    const low = LOW[0]!;
    const s = twoSum(PI_HI, -a);
    return s + (LOW[0]! + (PI_LO - low));
  }
  return acosPair(x) + LOW[0]!;
}

const [PI_HI, PI_LO] = /* @__PURE__ */ pair(PI);

/** acos(x) for −½ ≤ x < 1 by one step of Newton's method on 1 − cos a = 2 sin²(a/2). */
function acosPair(x: number): number {
  if (x === 1) {
    LOW[0] = 0;
    return 0;
  }
  const half = Math.acos(x) / 2;
  const r = reduce(half);
  const rl = LOW[0]!;
  const n = step;
  const s = sinAt(n, r, rl);
  const sl = LOW[0]!;
  const c = sinAt((n + N / 2) & (2 * N - 1), r, rl);
  // sin²(half) − (1 − x)/2 over its derivative 2 sin cos; twice that is the correction of the whole angle.
  const square = twoProduct(s, s);
  const difference = square - (1 - x) / 2 + (LOW[0]! + 2 * s * sl);
  const rounding = x < 0.5 ? (1 - (1 - x) - x) / 2 : 0; // 1 − x is exact from ½ on
  const correction = -(difference - rounding) / (s * c);
  const a = 2 * half;
  const sum = a + correction;
  LOW[0] = correction - (sum - a);
  return sum;
}
