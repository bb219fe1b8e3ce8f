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

/** By how many units in the last place 1/c differs from 1/middle: c was searched so that log c is nearly a short number. */
const SEARCHED = [
  -23142382, -57643754, -234334839, -124664804, 19045012, -123323398, -501163255, 342479926, -234593306,
  57421184, 513617488, -240891478, 85169741, 28659150, 284053799, 342563057, -68420459, -346144712, -90113766,
  -464022980, 285342708, -489548825, 376054848, 47397812, -423637851, -260988534, 336107021, 448241578,
  154177355, 447893384, 241227555, -420636714, -218426730, -96876684, -205835218, -368178198, -345128710,
  -510284502, 481763731, 209336112, 429336310, 15489329, 442353177, -417834330, 73183371, 515232680,
  507984536, 83787275, 330409952, 151596684, 377744204, 198302857, 214798271, -345957716, 356163107,
  215510022, -229897960, -131709726, 215213618, -464519207, -332821996, 385780520, -400344786, 256208139,
  478356527, 345720337, 128466877, 217515751, -162048343, 295127580, -235892775, -69369347, 93666841,
  -272860130, 91915174, 29018059, 258893229, 386009280, -241633007, 68399381, 386341370, 408940642, 65060217,
  -120872168, 189498853, -32395328, -49955913, 154042178, -346113480, 148348366, -396488327, -427431396,
  107119491, -500798201, 212184347, 305888811, -330297730, -91422864, 6707636, 273897542, -512931067,
  -500150233, 485589437, -280752730, 106848032, 30953893, -291342514, -408884927, 149302919, -107851081,
  225432558, 460497078, -452391632, -490679353, 508304210, 493208081, 336502878, 526975298, -457361038,
  -312310462, -365194252, -421357131, 362015322, 310793228, -441535439, -69145545, -528727990, 433364383,
];

let table: Float64Array | undefined;

/** Pairs: 1/c, and log c as a multiple of 2⁻⁴³. */
function makeTable(): Float64Array {
  const t = new Float64Array(2 * N);
  for (let i = 0; i < N; i++) {
    u32[0] = 0;
    u32[1] = OFFSET + ((i + 0.5) * (1 << 20)) / N;
    f64[0] = 1 / f64[0]!;
    u64[0]! += BigInt(SEARCHED[i]!);
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
