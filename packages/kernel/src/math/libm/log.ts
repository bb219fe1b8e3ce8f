import { BITS, fromNumber, log as logFixed, nearest } from "../precise/fixed-point.js";
import { fma } from "./fma.js";

// x = 2ᵏ·z with z in [0.6875, 1.375); log z = log c + log1p(z/c − 1) with c near the middle of one of 128 intervals. Polynomials,
// the values 1/c and the order of operations: S. Nagy, "Optimized Routines" (Arm), which the C library of Linux (glibc) has from
// 2.28 on, as it runs on processors with fused multiply-add.
const N = 128;
const OFFSET = 0x3fe60000;
const LN2_HI = 0.6931471805598903;
const LN2_LO = 5.497923018708371e-14;
const A0 = -0.5000000000000001;
const A1 = 0.33333333331825593;
const A2 = -0.2499999999622955;
const A3 = 0.20000304511814496;
const A4 = -0.16667054827627667;

// The polynomial near 1.
const B1 = 0.3333333333333352;
const B2 = -0.24999999999998432;
const B3 = 0.19999999999320328;
const B4 = -0.16666666669929706;
const B5 = 0.14285715076560868;
const B6 = -0.12499997863982555;
const B7 = 0.11110712032936046;
const B8 = -0.10000486757818193;
const B9 = 0.09181994006195467;
const B10 = -0.08328363062289341;

/**
 * By how many units in the last place 1/c differs from 1/middle, plus 2²⁹, in six digits of base 36 each: c was searched so that
 * log c is nearly a short number.
 */
const SEARCHED =
  "8huzgy7xbi1i504ebt6tf09o96z7h06u7ray0l9c7dejjjg64zyuw69ttqpshdfm1c4w7v6yaachn19cp9sedkr9k7ejlbld" +
  "7qwiol35jxa07dzk0q17ddtodliw380s69yff3j60w9nuwms1vez6t4k947eefqy31gaidnubffk97gaawzscv9cmb1x7avq" +
  "59ld3q79ylpw5h38ry2sfo4q365p8a0ftu7egugvircc9t0wfz969i94uzw1g706551yvd7qa37kwbhee8bsha2vmga9iux7" +
  "eccu74bdw8zwf4jdjgc5pbplcfivnj35nxkcerotgjcfy4ue52rhug6p80decfrs4y172qxl3dhh5gf9bmeg29a88ed46fpn" +
  "gsfui7elgzrlb04hx9ch54h3675qy1drcm584z707t7qc6ilafem1l4d6o0uaed2g69cwyq3d5rzjhf9giww4vrz0xa0d1jp" +
  "f9nn5mfn40v69ydh156voaooc0gmhx8ccnuo81wa0nbfcnya35kldkbbymku2bkvw91t5o2kaney6b0lh5vrcdyuqjdxr9kb" +
  "3ezkvy7d7hww8zmrw4depkxy0e943p0lv1uvgwqvgd48hi1yan94ps9e2gf9426ixa2476m9bcj34773fdtjclut4eght22e" +
  "1eaomo0ri1mvha9qaah1a61defzfj2hldwzm1bc67m3pp3ya2u7mk41wrv05ev6922e0odu41krdbl7qgz7b04uj4ag1nicf";

let table: Float64Array | undefined;

/** Pairs: 1/c, and log c as a multiple of 2⁻⁴³. */
function makeTable(): Float64Array {
  const t = new Float64Array(2 * N);
  for (let i = 0; i < N; i++) {
    u32[0] = 0;
    u32[1] = OFFSET + ((i + 0.5) * (1 << 20)) / N;
    f64[0] = 1 / f64[0]!;
    u64[0]! += BigInt(Number.parseInt(SEARCHED.slice(6 * i, 6 * i + 6), 36) - 2 ** 29);
    const inverse = f64[0]!;
    const half = 1n << BigInt(BITS - 44);
    const logarithm = -logFixed(fromNumber(inverse));
    t[2 * i] = inverse;
    t[2 * i + 1] = nearest(((logarithm + half) >> BigInt(BITS - 43)) << BigInt(BITS - 43));
  }
  table = t;
  return t;
}

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);
const u64 = new BigInt64Array(f64.buffer);

/** log(1 + r) for −1/16 ≤ r < 0.0647. */
function near1(r: number): number {
  const square = r * r;
  const cube = r * square;
  const p1 = fma(square, B3, fma(B2, r, B1));
  const p2 = fma(square, B6, fma(B5, r, B4));
  const p3 = fma(cube, B10, fma(square, B9, fma(B8, r, B7)));
  const p = fma(fma(p3, cube, p2), cube, p1);
  // r − r²/2 with the upper half of r squared exactly.
  const rh = fma(-134217728, r, fma(r, 134217728, r));
  const squareHigh = rh * rh;
  const hi = fma(squareHigh, -0.5, r);
  const lo = fma(-0.5 * (r - rh), r + rh, fma(squareHigh, -0.5, r - hi));
  return hi + fma(p, cube, lo);
}

/**
 * Natural logarithm to the bit of the C library of Linux: within 0.52 units in the last place.
 */
export function log(x: number): number {
  if (x >= 0.9375 && x < 1.064697265625) return x === 1 ? 0 : near1(x - 1);
  const t = table ?? makeTable();
  f64[0] = x;
  let high = u32[1]!;
  let k = 0;
  if (high < 0x00100000 || high >= 0x7ff00000) {
    if (!(x > 0 && x < Number.POSITIVE_INFINITY))
      return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
    f64[0] = x * 4503599627370496;
    high = u32[1]!;
    k = -52;
  }
  const offset = (high - OFFSET) | 0;
  k += offset >> 20;
  const i = 2 * ((offset >> 13) & (N - 1));
  u32[1] = high - (offset & 0xfff00000);
  const r = fma(f64[0]!, t[i]!, -1);
  const w = fma(k, LN2_HI, t[i + 1]!);
  const hi = w + r;
  const square = r * r;
  const lo = fma(square, A0, fma(k, LN2_LO, w - hi + r));
  const p = fma(fma(r, A4, A3), square, fma(A2, r, A1));
  return fma(r * square, p, lo) + hi;
}
