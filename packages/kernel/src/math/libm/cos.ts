import { pair, ratio, sinCos } from "../precise/fixed-point.js";
import { cos as cosPrecise, sin as sinPrecise } from "../precise/trig.js";
import { fma } from "./fma.js";

// sin and cos from a table at multiples of 1/128 and short polynomials, in the order of operations of the C library of Linux (glibc)
// from 2.28 on, on processors with fused multiply-add. The table is computed here.
const S1 = -0.16666666666666666;
const S2 = 0.008333333333332329;
const S3 = -1.9841269834414642e-4;
const S4 = 2.755729806860771e-6;
const S5 = -2.5022014848318398e-8;
const SN3 = -1.6666666666666488e-1;
const SN5 = 8.333332142857223e-3;
const CS4 = -4.166666666666644e-2;
const CS6 = 1.388888740079376e-3;
const HALF_PI_HI = 1.5707963267948966;
const HALF_PI_LO = 6.123233995736766e-17;
/** ½π in four parts for the reduction of larger angles. */
const PART_1 = 1.5707963407039642;
const PART_2 = -1.3909067564377153e-8;
const PART_3 = -4.97899623147991e-17;
const PART_4 = -1.9034889620193266e-25;
const TWO_OVER_PI = 0.6366197723675814;
const SHIFT = 6755399441055744; // 1.5·2⁵²
/** Adding and subtracting it rounds to a multiple of 1/128. */
const NEAREST = 52776558133248;
const POINTS = 128 + 2;

let table: Float64Array | undefined;

/** For n/128: sine, what it lacks, cosine, what it lacks. */
function makeTable(): Float64Array {
  const t = new Float64Array(4 * POINTS);
  for (let n = 0; n < POINTS; n++) {
    const [s, c] = sinCos(ratio(BigInt(n), 128n));
    t.set([...pair(s), ...pair(c)], 4 * n);
  }
  table = t;
  return t;
}

/** cos(x + dx) for |x| up to about 1. */
function cosNear(x: number, dx: number): number {
  const t = table ?? makeTable();
  const size = Math.abs(x);
  const point = size + NEAREST - NEAREST;
  const n = 512 * point;
  const r = size - point + (x < 0 ? -dx : dx);
  const square = r * r;
  const s = fma(r * square, fma(SN5, square, SN3), r);
  const c = square * fma(fma(CS6, square, CS4), square, 0.5);
  const cosine = t[n + 2]!;
  return cosine + fma(-t[n]!, s, fma(-cosine, c, fma(-s, t[n + 1]!, t[n + 3]!)));
}

/** sin(x + dx) for |x| up to about 1. */
function sinNear(x: number, dx: number): number {
  const size = Math.abs(x);
  if (size < 0.126) {
    const square = x * x;
    const p = fma(fma(fma(fma(S5, square, S4), square, S3), square, S2), square, S1);
    return x + fma(fma(p, x, -0.5 * dx), square, dx);
  }
  const t = table ?? makeTable();
  const d = x <= 0 ? -dx : dx;
  const point = size + NEAREST - NEAREST;
  const n = 512 * point;
  const r = size - point;
  const square = r * r;
  const s = r + fma(r * square, fma(SN5, square, SN3), d);
  const c = fma(r, d, square * fma(fma(CS6, square, CS4), square, 0.5));
  const sine = t[n]!;
  const y = sine + fma(t[n + 2]!, s, fma(-sine, c, fma(s, t[n + 3]!, t[n + 1]!)));
  return x < 0 ? -y : y;
}

/** sin of x turned by `turns` quarters, for 2.42 < |x| < 10⁸. */
function turned(x: number, turns: number): number {
  const n = fma(x, TWO_OVER_PI, SHIFT) - SHIFT;
  const y = fma(-n, PART_2, fma(-n, PART_1, x));
  const t = fma(-n, PART_3, y);
  const a = fma(-n, PART_4, t);
  const da = fma(-n, PART_3, y - t) + fma(-n, PART_4, t - a);
  const quarter = (n + turns) & 3;
  const v = quarter & 1 ? cosNear(a, da) : sinNear(a, da);
  return quarter & 2 ? -v : v;
}

/** Below these, the first two terms of the reduction do. */
const FIRST = 0.85546875;
const SECOND = 2.4262638092041016;
const LARGE = 105414336;

/**
 * Cosine of an angle in radians to the bit of the C library of Linux below 10⁸, within 0.52 units in the last place.
 */
export function cos(x: number): number {
  const size = Math.abs(x);
  if (size < FIRST) return size < 2 ** -27 ? 1 : cosNear(x, 0);
  if (size < SECOND) {
    const y = HALF_PI_HI - size;
    const a = y + HALF_PI_LO;
    return sinNear(a, y - a + HALF_PI_LO);
  }
  return size < LARGE ? turned(x, 1) : cosPrecise(x);
}

/**
 * Sine of an angle in radians to the bit of the C library of Linux below 10⁸, within 0.55 units in the last place.
 */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size < FIRST) return size < 2 ** -26 ? x : sinNear(x, 0);
  if (size < SECOND) {
    const y = cosNear(HALF_PI_HI - size, HALF_PI_LO);
    return x < 0 ? -y : y;
  }
  return size < LARGE ? turned(x, 0) : sinPrecise(x);
}
