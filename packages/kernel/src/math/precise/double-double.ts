// Pairs of float64 whose unevaluated sum carries about 106 bits (Dekker 1971; Knuth, TAOCP 2, 4.2.2). JavaScript has no
// fused multiply-add, so products are split. A function that gives a pair returns the greater part and leaves the
// lesser one in LOW[0]: allocating pairs would cost more than the arithmetic.

/** The lesser part of the pair that was computed last. */
export const LOW = new Float64Array(1);

const SPLITTER = 134217729; // 2²⁷ + 1

/** a + b, its rounding error in {@link LOW}. */
export function twoSum(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  LOW[0] = a - (s - t) + (b - t);
  return s;
}

/** a·b, its rounding error in {@link LOW}; neither factor may exceed 2⁹⁹⁶. */
export function twoProduct(a: number, b: number): number {
  const p = a * b;
  const ca = SPLITTER * a;
  const ah = ca - (ca - a);
  const al = a - ah;
  const cb = SPLITTER * b;
  const bh = cb - (cb - b);
  const bl = b - bh;
  LOW[0] = al * bl - (p - ah * bh - al * bh - ah * bl);
  return p;
}

/** (a + al) · (b + bl). */
export function multiply(a: number, al: number, b: number, bl: number): number {
  const p = twoProduct(a, b);
  const low = LOW[0]! + (a * bl + al * b);
  const hi = p + low;
  LOW[0] = low - (hi - p);
  return hi;
}

/** (a + al) + (b + bl). */
export function add(a: number, al: number, b: number, bl: number): number {
  const s = twoSum(a, b);
  const low = LOW[0]! + (al + bl);
  const hi = s + low;
  LOW[0] = low - (hi - s);
  return hi;
}

/** (a + al) / (b + bl). */
export function divide(a: number, al: number, b: number, bl: number): number {
  const q = a / b;
  const p = twoProduct(q, b);
  const low = (a - p - LOW[0]! + al - q * bl) / b;
  const hi = q + low;
  LOW[0] = low - (hi - q);
  return hi;
}

/** The square root of a + al > 0. */
export function squareRoot(a: number, al: number): number {
  const s = Math.sqrt(a);
  if (s === 0) {
    LOW[0] = 0;
    return 0;
  }
  const p = twoProduct(s, s);
  const low = (a - p - LOW[0]! + al) / (2 * s);
  const hi = s + low;
  LOW[0] = low - (hi - s);
  return hi;
}

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);

/** 2ᵉ for an exponent of a normal number, −1022 … 1023. */
export function powerOfTwo(e: number): number {
  u32[0] = 0;
  u32[1] = (e + 1023) << 20;
  return f64[0]!;
}

/** (hi + lo)·2ᵉ rounded once, also where the result is subnormal; hi + lo must lie in about [½, 4). */
export function scale(hi: number, lo: number, e: number): number {
  if (e > 1022) return (hi + lo) * 2 * powerOfTwo(Math.min(e - 1, 1023));
  if (e >= -1021) return (hi + lo) * powerOfTwo(e);
  if (e < -1080) return 0;
  // Adding a large power of two cuts the sum at the last bit that the subnormal result has.
  const cut = 3 * powerOfTwo(-1074 - e + 51);
  const s = cut + hi;
  const rounded = s + (hi - (s - cut) + lo) - cut;
  return rounded * powerOfTwo(-1021) * powerOfTwo(e + 1021);
}
