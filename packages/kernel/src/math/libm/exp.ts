import { exp as expFixed, fromNumber, LN2, nearest, ratio } from "../precise/fixed-point.js";
import { fma } from "./fma.js";

// exp(x) = 2^(k/128) · exp(r), |r| ≤ ln 2/256. Polynomial and order of operations: S. Nagy, "Optimized Routines" (Arm), which the
// C library of Linux (glibc) has from 2.28 on, as it runs on processors with fused multiply-add.
const N = 128;
const PER_STEP = Math.LOG2E * N;
const SHIFT = 6755399441055744; // 1.5·2⁵²
const STEP_HI = -0.005415212348111709;
const STEP_LO = -1.2864023111638346e-14;
const C2 = 0.49999999999996786;
const C3 = 0.16666666666665886;
const C4 = 0.0416666808410674;
const C5 = 0.008333335853059549;

/** Pairs: 2^(j/128) rounded, and what it lacks as a fraction of it. */
let powers: Float64Array | undefined;

function makePowers(): Float64Array {
  const table = new Float64Array(2 * N);
  for (let j = 0; j < N; j++) {
    const exact = expFixed((LN2 * BigInt(j)) / BigInt(N));
    const power = nearest(exact);
    const p = fromNumber(power);
    table[2 * j] = power;
    table[2 * j + 1] = nearest(ratio(exact - p, p));
  }
  powers = table;
  return table;
}

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);

/** (scale + scale·rest)·2ᵉ where that overflows or is subnormal; the sum is rounded to the bits that the result has. */
function extreme(scale: number, rest: number, e: number): number {
  if (e > 0) return fma(scale, rest, scale) * 2 ** (e - 1) * 2;
  f64[0] = scale;
  u32[1]! += (e + 1022) << 20;
  const s = f64[0]!;
  const product = s * rest;
  let y = s + product;
  if (y < 1) {
    const lo = s - y + product;
    const hi = 1 + y;
    y = hi + (1 - hi + y + lo) - 1;
  }
  return y * 2 ** -1022;
}

/** e^(x + xl) for 2⁻⁵⁴ ≤ |x| < 1024 and |xl| far below. */
export function expOfPair(x: number, xl: number): number {
  const table = powers ?? makePowers();
  const k = fma(x, PER_STEP, SHIFT) - SHIFT;
  const r = fma(k, STEP_LO, fma(k, STEP_HI, x)) + xl;
  const j = k & (N - 1);
  const e = (k - j) / N;
  const power = table[2 * j]!;
  const square = r * r;
  const low = fma(fma(C3, r, C2), square, r + table[2 * j + 1]!);
  const rest = fma(fma(r, C5, C4), square * square, low);
  if (Math.abs(x) >= 512) return extreme(power, rest, e);
  // What follows is scaled exactly.
  const y = fma(power, rest, power);
  f64[0] = y;
  u32[1]! += e << 20;
  return f64[0]!;
}

/**
 * eˣ to the bit of the C library of Linux: within 0.511 units in the last place.
 */
export function exp(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1024)) {
    if (Number.isNaN(x)) return x;
    return x > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  if (size < 2 ** -54) return 1 + x;
  return expOfPair(x, 0);
}
