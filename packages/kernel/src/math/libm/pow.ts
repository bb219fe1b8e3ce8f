import { BITS, log as logFixed, nearest, ratio } from "../precise/fixed-point.js";
import { expOfPair } from "./exp.js";
import { fma } from "./fma.js";

// xʸ = exp(y·log x) with the logarithm as a pair; 1/c has nine bits here, so that z/c − 1 is exact. Polynomial and order of operations:
// S. Nagy, "Optimized Routines" (Arm), which the C library of Linux (glibc) has from 2.28 on, as it runs on processors with
// fused multiply-add.
const N = 128;
const OFFSET = 0x3fe69555;
const LN2_HI = 0.6931471805598903;
const LN2_LO = 5.497923018708371e-14;
const A1 = -0.6666666666666679;
const A2 = 0.5000000000000007;
const A3 = 0.7999999995323976;
const A4 = -0.6666666663487739;
const A5 = -1.142909628459501;
const A6 = 1.0000415263675542;

let table: Float64Array | undefined;

/** Three entries an interval: 1/c, and log c as a multiple of 2⁻⁴³ and the rest. */
function makeTable(): Float64Array {
  const t = new Float64Array(3 * N);
  for (let i = 0; i < N; i++) {
    u32[0] = 0;
    u32[1] = OFFSET + ((i + 0.5) * (1 << 20)) / N;
    const middle = f64[0]!;
    const inverse = middle < 1 ? Math.round(N / middle) / N : Math.round((2 * N) / middle) / (2 * N);
    const logarithm = -logFixed(ratio(BigInt(inverse * 256), 256n));
    const half = 1n << BigInt(BITS - 44);
    const cut = ((logarithm + half) >> BigInt(BITS - 43)) << BigInt(BITS - 43);
    t.set([inverse, nearest(cut), nearest(logarithm - cut)], 3 * i);
  }
  table = t;
  return t;
}

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);

/** What log x lacks after {@link logHigh}. */
let logLow = 0;

/** log x for x > 0, its lesser part in {@link logLow}. */
function logHigh(x: number): number {
  const t = table ?? makeTable();
  f64[0] = x;
  let high = u32[1]!;
  let k = 0;
  if (high < 0x00100000) {
    f64[0] = x * 4503599627370496;
    high = u32[1]!;
    k = -52;
  }
  const offset = (high - OFFSET) | 0;
  k += offset >> 20;
  const i = 3 * ((offset >> 13) & (N - 1));
  u32[1] = high - (offset & 0xfff00000);
  const r = fma(f64[0]!, t[i]!, -1);
  const t1 = fma(k, LN2_HI, t[i + 1]!);
  const t2 = t1 + r;
  const low1 = fma(k, LN2_LO, t[i + 2]!);
  const low2 = t1 - t2 + r;
  const half = -0.5 * r;
  const square = r * half;
  const hi = t2 + square;
  const low3 = fma(half, r, -square);
  const low4 = t2 - hi + square;
  const p = fma(fma(fma(r, A6, A5), square, fma(A4, r, A3)), square, fma(A2, r, A1));
  const lo = fma(r * square, p, low1 + low2 + low3 + low4);
  const y = hi + lo;
  logLow = hi - y + lo;
  return y;
}

/**
 * x to the power y to the bit of the C library of Linux: within 0.52 units in the last place.
 *
 * Unlike JavaScript's `**`, 1 to any power and −1 to an infinite one are 1.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  const size = Math.abs(x);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY && Math.abs(y) < Number.POSITIVE_INFINITY))
    return x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY ? 1 : x ** y;
  let sign = 1;
  if (x < 0) {
    if (!Number.isInteger(y)) return Number.NaN;
    if (Math.abs(y % 2) === 1) sign = -1;
  }
  if (size === 1) return sign;
  if (Math.abs(y) >= 2 ** 63) return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  if (Math.abs(y) < 2 ** -65) return 1;
  const l = logHigh(size);
  const p = y * l;
  const low = fma(y, logLow, fma(l, y, -p));
  if (Math.abs(p) >= 1024) return sign * (p > 0 ? Number.POSITIVE_INFINITY : 0);
  if (Math.abs(p) < 2 ** -54) return sign;
  return sign * expOfPair(p, low);
}
