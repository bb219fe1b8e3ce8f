import { BITS, exp as expFixed, fromNumber, LN2, log as logFixed, nearest } from "../precise/fixed-point.js";
import { fma } from "./fma.js";

// Float32 functions as the C library of Linux (glibc) has them from 2.28 to 2.40 or so. Polynomials of expf and powf: S. Nagy, "Optimized
// Routines" (Arm), on processors with fused multiply-add; log1pf: fdlibm (s_log1pf.c).
const { fround } = Math;
const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

const N = 32;
const SHIFT = 6755399441055744; // 1.5·2⁵²
const PER_STEP = Math.LOG2E * N;
const C0 = 0.05550361559341535;
const C1 = 0.2402284522445722;
const C2 = 0.6931471806916203;

let powers: Float64Array | undefined;

/** 2^(j/32). */
function makePowers(): Float64Array {
  const t = new Float64Array(N);
  for (let j = 0; j < N; j++) t[j] = nearest(expFixed((LN2 * BigInt(j)) / BigInt(N)));
  powers = t;
  return t;
}

/** 2^(k/32)·y rounded to float32. */
function scaled(k: number, y: number): number {
  const t = powers ?? makePowers();
  const j = k & (N - 1);
  return fround(y * (t[j]! * 2 ** ((k - j) / N)));
}

/** eˣ of a float32. */
export function expf(x: number): number {
  if (!(Math.abs(x) < 104)) return Number.isNaN(x) ? x : x > 0 ? Number.POSITIVE_INFINITY : 0;
  const k = fma(PER_STEP, x, SHIFT) - SHIFT;
  const r = fma(PER_STEP, x, -k);
  const z = fma(C0 / N / N / N, r, C1 / N / N);
  return scaled(k, fma(z, r * r, fma(r, C2 / N, 1)));
}

/** 1/c of sixteen intervals. */
const INVERSES = [
  1.398907162146528, 1.3403141896637998, 1.286432210124115, 1.2367150214269895, 1.1906977166711752,
  1.1479821020556429, 1.1082251448272158, 1.0711297413057381, 1.036437278977283, 1, 0.9492859795739057,
  0.8951049428609004, 0.8476821620351103, 0.8050314851692001, 0.7664671008843108, 0.731428603316328,
] as const;
const OFFSET = 0x3f330000;
let logarithms: Float64Array | undefined;

/** log₂ c of the intervals. */
function makeLogarithms(): Float64Array {
  logarithms = Float64Array.from(INVERSES, (v) => nearest((-logFixed(fromNumber(v)) << BigInt(BITS)) / LN2));
  return logarithms;
}

/** Natural logarithms of c of the intervals. */
let naturals: Float64Array | undefined;

function makeNaturals(): Float64Array {
  naturals = Float64Array.from(INVERSES, (v) => nearest(-logFixed(fromNumber(v))));
  return naturals;
}

/** log x of a positive normal float32. */
export function logf(x: number): number {
  const t = naturals ?? makeNaturals();
  f32[0] = x;
  const bits = u32[0]!;
  const offset = (bits - OFFSET) | 0;
  const i = (offset >>> 19) & 15;
  u32[0] = bits - (offset & 0xff800000);
  const r = fma(f32[0]!, INVERSES[i]!, -1);
  const square = r * r;
  const rest = fma(-0.25089342214237154, square, fma(0.333456765744066, r, -0.4999997485802103));
  return fround(fma(rest, square, r + fma(offset >> 23, Math.LN2, t[i]!)));
}

/** x to the power y of float32, for x ≥ 0. */
export function powf(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (!(x > 0 && x < Number.POSITIVE_INFINITY && Math.abs(y) < Number.POSITIVE_INFINITY))
    return fround(x ** y);
  const t = logarithms ?? makeLogarithms();
  f32[0] = x;
  let bits = u32[0]!;
  let k = 0;
  if (bits < 0x00800000) {
    f32[0] = x * 8388608;
    bits = u32[0]!;
    k = -23;
  }
  const offset = (bits - OFFSET) | 0;
  const i = (offset >>> 19) & 15;
  k += offset >> 23;
  u32[0] = bits - (offset & 0xff800000);
  const r = fma(f32[0]!, INVERSES[i]!, -1);
  const square = r * r;
  const p = fma(0.480898481472577, r, -0.7213474675006291);
  const q = fma(p, square, fma(1.4426950408774342, r, t[i]! + k));
  const logarithm = fma(fma(0.288457581109214, r, -0.36092606229713164), square * square, q);
  const e = y * logarithm;
  if (e >= 128) return Number.POSITIVE_INFINITY;
  if (e <= -150) return 0;
  const n = e + SHIFT / N - SHIFT / N;
  const s = e - n;
  return scaled(n * N, fma(fma(C0, s, C1), s * s, fma(C2, s, 1)));
}

const LN2_HI = fround(6.9313812256e-1);
const LN2_LO = fround(9.0580006145e-6);
const L = [
  6.6666668653e-1, 4.0000000596e-1, 2.8571429849e-1, 2.2222198546e-1, 1.818357259e-1, 1.5313838422e-1,
  1.479819864e-1,
].map(fround) as readonly number[];

/** log(1 + x) of a float32. */
export function log1pf(x: number): number {
  if (!(x > -1 && x < Number.POSITIVE_INFINITY))
    return x === -1 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  f32[0] = x;
  const bits = u32[0]! | 0;
  const size = bits & 0x7fffffff;
  if (size < 0x31000000) return size < 0x24800000 ? x : fround(x - fround(fround(x * x) * 0.5));
  let k = 0;
  let f = x;
  let rest = 1;
  let c = 0;
  if (bits >= 0x3ed413d7 || (bits < 0 && bits > (0xbe95f61f | 0))) {
    let u = x;
    if (bits < 0x5a000000) {
      u = fround(1 + x);
      f32[0] = u;
      k = (u32[0]! >>> 23) - 127;
      c = fround(k > 0 ? fround(1 - fround(u - x)) : fround(x - fround(u - 1)));
      c = fround(c / u);
    } else k = (bits >> 23) - 127;
    f32[0] = u;
    rest = u32[0]! & 0x7fffff;
    if (rest < 0x3504f7) u32[0] = rest | 0x3f800000;
    else {
      k += 1;
      u32[0] = rest | 0x3f000000;
      rest = (0x800000 - rest) >> 2;
    }
    f = fround(f32[0]! - 1);
  }
  const half = fround(fround(0.5 * f) * f);
  const low = fround(c + fround(k * LN2_LO));
  const high = fround(k * LN2_HI);
  if (rest === 0) {
    if (f === 0) return fround(high + low);
    const r = fround(half * fround(1 - fround(fround(2 / 3) * f)));
    return k === 0 ? fround(f - r) : fround(high - fround(fround(r - low) - f));
  }
  const s = fround(f / fround(2 + f));
  const z = fround(s * s);
  let p = L[6]!;
  for (let i = 5; i >= 0; i--) p = fround(L[i]! + fround(z * p));
  const r = fround(z * p);
  const t = fround(s * fround(half + r));
  return k === 0 ? fround(f - fround(half - t)) : fround(high - fround(fround(half - fround(t + low)) - f));
}
