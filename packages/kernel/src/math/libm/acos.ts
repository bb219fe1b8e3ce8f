import { BITS, fromNumber, nearest, ratio, sinCos } from "../precise/fixed-point.js";
import { fma } from "./fma.js";

// asin from polynomials around the middles of intervals of 1/256 (where it is steeper, of higher degree), in the order of operations
// of the C library of Linux (glibc) from 2.28 on, on processors with fused multiply-add. The polynomials are computed here.
const HALF_PI_HI = 1.5707963267948966;
const HALF_PI_LO = 6.123233995736766e-17;
const F1 = 1.666666666666641e-1;
const F2 = 7.500000000261227e-2;
const F3 = 4.4642856142105974e-2;
const F4 = 3.038212685821193e-2;
const F5 = 2.2355121102652562e-2;
const F6 = 1.8138290340456505e-2;
// 1/√(1 − r) for small r.
const R0 = 9.999999998599908e-1;
const R1 = 4.999999994959554e-1;
const R2 = 3.750175008673452e-1;
const R3 = 3.1252362655451865e-1;

const mul = (a: bigint, b: bigint): bigint => (a * b) >> BigInt(BITS);
const div = (a: bigint, b: bigint): bigint => (a << BigInt(BITS)) / b;

/** The coefficients of asin's Taylor series at x0, the first of them exact in fixed point. */
function taylor(x0: number, terms: number): bigint[] {
  const x = fromNumber(x0);
  const one = ratio(1n, 1n);
  let value = fromNumber(Math.asin(x0));
  for (let i = 0; i < 2; i++) {
    const [s, c] = sinCos(value);
    value += div(x - s, c);
  }
  const rest = one - mul(x, x);
  // The derivative g satisfies (1 − x²)·g' = x·g.
  const [, cosine] = sinCos(value);
  const g = [div(one, cosine)];
  for (let k = 0n; k < terms; k++) {
    const n = Number(k);
    const before = n > 0 ? k * g[n - 1]! : 0n;
    g.push(div((mul(x, g[n]!) * (2n * k + 1n) + before) / (k + 1n), rest));
  }
  return [value, ...g.map((v, k) => v / BigInt(k + 1))];
}

/** Coefficients of Chebyshev's polynomial Tₙ. */
function chebyshev(n: number): bigint[] {
  let [a, b]: [bigint[], bigint[]] = [[1n], [0n, 1n]];
  for (let k = 0; k < n; k++) [a, b] = [b, [0n, ...b.map((v) => 2n * v)].map((v, i) => v - (a[i] ?? 0n))];
  return a;
}

/**
 * Lowers the degree of the polynomial c with the least loss for arguments up to 1: a term Tₙ beyond degree d goes, and what its error
 * still lacks to be even everywhere is, to first order, T₂ₔ₊₂₋ₙ.
 */
function economize(c: bigint[], degree: number): void {
  for (let n = c.length - 1; n > degree; n--) {
    const lead = c[n]! >> BigInt(n - 1);
    const subtract = (k: number, by: bigint): void =>
      chebyshev(k).forEach((v, i) => {
        c[i]! -= by * v;
      });
    subtract(n, lead);
    if (n > degree + 1) subtract(2 * degree + 2 - n, -lead);
  }
}

/** asin near the middle of an interval: its value as a multiple of 2⁻⁵¹ and the rest, and coefficients from the first power on. */
interface Piece {
  readonly middle: number;
  readonly value: number;
  readonly tail: number;
  readonly slopes: readonly number[];
}
const pieces = new Map<number, Piece>();

const degreeAt = (x: number): number =>
  x < 0.5 ? 6 : x < 0.75 ? 7 : x < 0.921875 ? 8 : x < 0.953125 ? 9 : 10;

function makePiece(n: number): Piece {
  const middle = (n + 0.5) / 256;
  const degree = degreeAt(n / 256);
  const exact = taylor(middle, degree + 6);
  const half = 1n << BigInt(BITS - 52);
  const cut = ((exact[0]! + half) >> BigInt(BITS - 51)) << BigInt(BITS - 51);
  // In units of half an interval, 2⁻⁹.
  const c = exact.map((v, k) => v >> BigInt(9 * k));
  economize(c, degree);
  const slopes = c.slice(1, degree + 1).map((v, k) => nearest(v) * 512 ** (k + 1));
  const piece = { middle, value: nearest(cut), tail: nearest(c[0]! - cut), slopes };
  pieces.set(n, piece);
  return piece;
}

let roots: Float64Array | undefined;

/** 1/√m in the middles of 64 intervals from ½ and of 64 from 1, to 14 decimals. */
function makeRoots(): Float64Array {
  const t = new Float64Array(128);
  for (let i = 0; i < 128; i++)
    t[i] = Number((1 / Math.sqrt(i < 64 ? 0.5 + (i + 0.5) / 128 : 1 + (i - 63.5) / 64)).toFixed(14));
  t[61] = 1.00991104495649;
  roots = t;
  return t;
}

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);

/** acos(±(1 − 2z)) for z < 1/64. */
function nearOne(z: number, negative: boolean): number {
  const table = roots ?? makeRoots();
  f64[0] = z;
  const high = u32[1]!;
  const guess = table[(high & 0x1fffff) >> 14]! * 2 ** (511 - (high >> 21));
  const r = fma(-(guess * guess), z, 1);
  const t = guess * fma(fma(fma(R3, r, R2), r, R1), r, R0);
  const c = t * z;
  const w = fma(-c, 0.5 * t, 1.5);
  const y = fma(-134217728, c, fma(c, 134217728, c));
  const rest = fma(-y, y, z) / fma(w, c, y);
  const p = series(z) * z * (y + rest);
  const half = negative ? HALF_PI_HI - y + (HALF_PI_LO - rest - p) : y + (rest + p);
  return half + half;
}

/** (asin(√z)/√z − 1)/z. */
const series = (z: number): number => fma(fma(fma(fma(fma(F6, z, F5), z, F4), z, F3), z, F2), z, F1);

/**
 * Angle between 0 and π whose cosine is x, to the bit of the C library of Linux (but for about one of 10⁸ arguments): within 0.523
 * units in the last place; NaN beyond ±1.
 */
export function acos(x: number): number {
  const size = Math.abs(x);
  if (size < 0.125) {
    if (size < 2 ** -55) return HALF_PI_HI;
    const square = x * x;
    const r = HALF_PI_HI - x;
    return r + fma(-series(square), square * x, HALF_PI_HI - r - x + HALF_PI_LO);
  }
  if (size < 0.96875) {
    const n = Math.floor(size * 256);
    const { middle, value, tail, slopes } = pieces.get(n) ?? makePiece(n);
    const d = size - middle;
    let p = slopes[slopes.length - 1]!;
    for (let k = slopes.length - 2; k > 0; k--) p = fma(p, d, slopes[k]!);
    const t = fma(slopes[0]!, d, fma(p, d * d, tail));
    return x > 0 ? HALF_PI_HI - value + (HALF_PI_LO - t) : HALF_PI_HI + value + (HALF_PI_LO + t);
  }
  if (size < 1) return nearOne(0.5 * (1 - size), x < 0);
  return x === 1 ? 0 : x === -1 ? Math.PI : Number.NaN;
}
