import { LOW, twoProduct, twoSum } from "./double-double.js";
import { BITS, LN2, log as logFixed, nearest, ratio } from "./fixed-point.js";

// x = 2ᵏ·z with z in [0.6875, 1.375); log z = −log(c) + log1p(r), r = z·c − 1, where c is 1/z rounded to nine bits (exactly
// 1 on either side of z = 1, so that nothing cancels there).
const N = 128;
const OFFSET = 0x3fe60000;

/** k·LN2_HI is exact for every exponent k. */
const LN2_HI = /* @__PURE__ */ nearest((LN2 >> BigInt(BITS - 41)) << BigInt(BITS - 41));
const LN2_LO = /* @__PURE__ */ nearest(LN2 & ((1n << BigInt(BITS - 41)) - 1n));

let table: Float64Array | undefined;

/** Three entries an interval: c, and −log(c) as a multiple of 2⁻⁴¹ and the rest. */
function makeTable(): Float64Array {
  const t = new Float64Array(3 * N);
  for (let i = 0; i < N; i++) {
    const high = OFFSET + ((i + 0.5) * (1 << 20)) / N;
    // Bits of the interval's middle; above 1 an interval is twice as wide.
    f64[0] = 0;
    u32[1] = high;
    const middle = f64[0]!;
    const c = Math.abs(middle - 1) < 1 / 128 ? 1 : Math.round(256 / middle) / 256;
    const minusLog = -logFixed(ratio(BigInt(c * 256), 256n));
    const cut = (minusLog >> BigInt(BITS - 41)) << BigInt(BITS - 41);
    t.set([c, nearest(cut), nearest(minusLog - cut)], 3 * i);
  }
  table = t;
  return t;
}

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);

const unusual = (x: number): number =>
  x === 0 ? Number.NEGATIVE_INFINITY : x > 0 || Number.isNaN(x) ? x : Number.NaN;

/**
 * Natural logarithm, within 0.51 units in the last place.
 */
export function log(x: number): number {
  const t = table ?? makeTable();
  f64[0] = x;
  let high = u32[1]!;
  let shift = 0;
  if (high < 0x00100000 || high >= 0x7ff00000) {
    if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return unusual(x);
    f64[0] = x * 18014398509481984;
    high = u32[1]!;
    shift = -54;
  }
  const offset = (high - OFFSET) | 0;
  const k = (offset >> 20) + shift;
  const i = 3 * ((offset >> 13) & (N - 1));
  u32[1] = high - (offset & 0xfff00000);
  const z = f64[0]!;
  u32[0] = 0;
  const zh = f64[0]!;
  const c = t[i]!;
  const rh = zh * c - 1;
  const rl = (z - zh) * c;
  const r = rh + rl;
  const square = r * r;
  const w = k * LN2_HI + t[i + 1]!;
  const hi = w + r;
  const bb = hi - w;
  const lo = w - (hi - bb) + (r - bb) + (rh - r + rl) + (k * LN2_LO + t[i + 2]!);
  const p =
    square *
    (-0.5 + r * (1 / 3 + r * (-0.25 + r * (0.2 + r * (-1 / 6 + r * (1 / 7 + r * (-0.125 + r * (1 / 9))))))));
  return hi + (lo + p);
}

/** log(x + xl) for finite normal x > 0, its lesser part in LOW: good to about 2⁻⁶⁷. */
export function logOfPair(x: number, xl: number): number {
  const t = table ?? makeTable();
  f64[0] = x;
  let high = u32[1]!;
  let shift = 0;
  if (high < 0x00100000) {
    f64[0] = x * 18014398509481984;
    xl *= 18014398509481984;
    high = u32[1]!;
    shift = -54;
  }
  const offset = (high - OFFSET) | 0;
  const k = (offset >> 20) + shift;
  const i = 3 * ((offset >> 13) & (N - 1));
  u32[1] = high - (offset & 0xfff00000);
  const z = f64[0]!;
  u32[0] = 0;
  const zh = f64[0]!;
  const c = t[i]!;
  const zl = xl === 0 ? 0 : xl * 2 ** (shift - k);
  const r = twoSum(zh * c - 1, (z - zh) * c);
  return logOfParts(k * LN2_HI + t[i + 1]!, k * LN2_LO + t[i + 2]!, r, LOW[0]! + zl * c);
}

/** w + wl + log1p(r + rl) for |r| < 1/64, its lesser part in LOW. */
function logOfParts(w: number, wl: number, r: number, rl: number): number {
  const square = twoProduct(r, r);
  const squareLow = LOW[0]!;
  const cubic =
    square *
    r *
    (1 / 3 +
      r *
        (-0.25 + r * (0.2 + r * (-1 / 6 + r * (1 / 7 + r * (-0.125 + r * (1 / 9 + r * (-0.1 + r / 11))))))));
  const a = twoSum(w, r);
  const al = LOW[0]!;
  const b = twoSum(a, -0.5 * square);
  const low = LOW[0]! + (al + (rl - r * rl - 0.5 * squareLow + cubic) + wl);
  const hi = b + low;
  LOW[0] = low - (hi - b);
  return hi;
}

/**
 * log(1 + x), within 0.51 units in the last place, without loss near 0.
 */
export function log1p(x: number): number {
  if (Math.abs(x) < 1e-17) return x;
  if (!(x > -1 && x < Number.POSITIVE_INFINITY))
    return x === -1 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  const hi = Math.abs(x) < 1 / 128 ? logOfParts(0, 0, x, 0) : logOfPair(twoSum(1, x), LOW[0]!);
  return hi + LOW[0]!;
}
