import { fma } from "./fma.js";

// Sources: K. Ng's rational approximations of the Freely Distributable Math Library (fdlibm, s_expm1.c, s_log1p.c), with polynomials
// summed in pairs as the C library of Linux (glibc) does from 2.28 to 2.40 or so, on processors with fused multiply-add.
const LN2_HI = 0.6931471803691238;
const LN2_LO = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;
const Q1 = -3.333333333333313e-2;
const Q2 = 1.5873015872548146e-3;
const Q3 = -7.93650757867488e-5;
const Q4 = 4.008217827329362e-6;
const Q5 = -2.0109921818362437e-7;

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);

/** x·2ᵉ by adding to the exponent's bits. */
function times2(x: number, e: number): number {
  f64[0] = x;
  u32[1]! += e << 20;
  return f64[0]!;
}

/**
 * eˣ − 1 to the bit of the C library of Linux: within a unit in the last place, without loss near 0.
 */
export function expm1(x: number): number {
  f64[0] = x;
  const high = u32[1]! & 0x7fffffff;
  if (high >= 0x4043687a) {
    if (Number.isNaN(x)) return x;
    if (x < 0) return -1;
    if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  }
  if (high < 0x3c900000) return x;
  let k = 0;
  let c = 0;
  let r = x;
  if (high > 0x3fd62e42) {
    let hi: number;
    let lo: number;
    if (high < 0x3ff0a2b2) {
      k = x > 0 ? 1 : -1;
      hi = x - k * LN2_HI;
      lo = k * LN2_LO;
    } else {
      k = Math.trunc(INVERSE_LN2 * x + (x > 0 ? 0.5 : -0.5));
      hi = fma(-k, LN2_HI, x);
      lo = k * LN2_LO;
    }
    r = hi - lo;
    c = hi - r - lo;
  }
  const half = 0.5 * r;
  const s = r * half;
  const s2 = s * s;
  const p = fma(s2 * s2, fma(Q5, s, Q4), fma(s2, fma(Q3, s, Q2), fma(s, Q1, 1)));
  const t = fma(-p, half, 3);
  let e = s * ((p - t) / fma(-r, t, 6));
  if (k === 0) return r - fma(e, r, -s);
  e = fma(e - c, r, -c) - s;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) {
    const y = 1 - (e - r);
    return (k === 1024 ? y * 2 * 2 ** 1023 : times2(y, k)) - 1;
  }
  if (k < 20) return times2(1 - 2 ** -k - (e - r), k);
  return times2(r - (e + 2 ** -k) + 1, k);
}

const L1 = 6.666666666666735e-1;
const L2 = 3.999999999940942e-1;
const L3 = 2.857142874366239e-1;
const L4 = 2.2222198432149784e-1;
const L5 = 1.818357216161805e-1;
const L6 = 1.5313837699209373e-1;
const L7 = 1.4798198605116586e-1;

/**
 * log(1 + x) to the bit of the C library of Linux: within a unit in the last place, without loss near 0.
 */
export function log1p(x: number): number {
  if (!(x > -1 && x < Number.POSITIVE_INFINITY))
    return x === -1 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  f64[0] = x;
  const high = u32[1]! | 0;
  const size = high & 0x7fffffff;
  if (size < 0x3e200000) return size < 0x3c900000 ? x : x - 0.5 * (x * x);
  let k = 0;
  let f = x;
  // Fraction bits of 1 + x, or how far it is below a power of two; 0 says that f is tiny.
  let rest = 1;
  let c = 0;
  if (high >= 0x3fda827a || (high < 0 && high > (0xbfd2bec3 | 0))) {
    let u = x;
    if (high < 0x43400000) {
      u = 1 + x;
      f64[0] = u;
      k = (u32[1]! >>> 20) - 1023;
      c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    } else k = (high >> 20) - 1023;
    f64[0] = u;
    rest = u32[1]! & 0xfffff;
    if (rest < 0x6a09e) u32[1] = rest | 0x3ff00000;
    else {
      k += 1;
      u32[1] = rest | 0x3fe00000;
      rest = (0x100000 - rest) >> 2;
    }
    f = f64[0]! - 1;
  }
  const half = 0.5 * f * f;
  if (rest === 0) {
    if (f === 0) return k === 0 ? 0 : fma(k, LN2_HI, fma(k, LN2_LO, c));
    const r = fma(-2 / 3, f, 1) * half;
    return k === 0 ? f - r : fma(k, LN2_HI, -(r - fma(k, LN2_LO, c) - f));
  }
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const r = fma(z4 * z2, fma(L7, z, L6), fma(z4, fma(L5, z, L4), fma(z, L1, z2 * fma(L3, z, L2))));
  const t = s * (half + r);
  return k === 0 ? f - (half - t) : fma(k, LN2_HI, -(half - (t + fma(k, LN2_LO, c)) - f));
}
