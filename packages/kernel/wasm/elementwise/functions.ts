import { madd, storeSome, sum4 } from "../lanes";

/*
 * Functions of float32 lines. The polynomials are weighted minimax fits of our own (Lawson's iteration on Chebyshev nodes in
 * float64), good to less than a rounding of float32 over the interval named beside them.
 *
 * Their constants lie in memory and are read before a loop: V8 builds a literal vector anew, with three instructions, wherever
 * registers are short, which took half of the time. So each function is a loop of its own with its constants before it.
 */

/** All bits but the sign; the largest number whose exponential and reciprocal are normal; ⅔; all bits of a fraction. */
const BITS = memory.data<i32>([0x7fffffff, 0x42adcccd, 0x3f2aaaab, 0x007fffff]);
/** The smallest normal number, and how far from its bits those of ∞ are. */
const NORMAL = memory.data<i32>([0x00800000, 0x7f000000]);
/** Ends of ranges and other numbers, each used by one function. */
const NUMBERS = memory.data<f32>([1, 2, 0.5, -87.3, -89, 87.3, -20, 20, 0.071354814, 1.5957691, 0.70710678, 3.93, 0.10703222, 0.79788456, 0.39894228, -87, 0.33333333, 12582912]);

/** A constant in all lanes. */
// @ts-ignore: decorator
@inline
function at(table: usize, i: i32): v128 {
  return v128.load32_splat(table + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(p, v);
  else storeSome(p, v, left);
}

/*
 * eˣ = 2ⁿ·e^r with n = round(x / ln 2), |r| ≤ ½ ln 2. Adding 1.5·2²³ rounds to a whole number, which then stands in the low bits;
 * with it, 126 or 127 is added, so that a shift makes the exponent of 2ⁿ⁻¹ or 2ⁿ. ln 2 comes in two parts, the first with so few
 * bits that n times it is exact. The polynomials are those of (e^r − 1 − r)/r².
 */

/** 1/ln 2, the shift, both parts of ln 2, the polynomial twice, 2. */
const EXP = memory.data<f32>([
  1.44269504, 12583038, -0.693359375, 0.000212194440, 0.0027628934, 0.016737562, 0.08333679, 0.3333304, 0.9999999, 2,
]);

/** The polynomial of what is left of x after n·ln 2: `last`·e^r, n being the whole number that was added to `shift`. */
// @ts-ignore: decorator
@inline
function leftOf(
  x: v128,
  shifted: v128,
  shift: v128,
  high: v128,
  low: v128,
  p6: v128,
  p5: v128,
  p4: v128,
  p3: v128,
  p2: v128,
  last: v128,
): v128 {
  const n = f32x4.sub(shifted, shift);
  const r = madd(n, low, madd(n, high, x));
  let p = madd(p6, r, p5);
  p = madd(p, r, p4);
  p = madd(p, r, p3);
  p = madd(p, r, p2);
  p = madd(p, r, last);
  return madd(p, r, last);
}

/** 2ⁿ⁻¹·2e^r for x from −87.3 (0) to 89 (∞): what would be less than 2⁻¹²⁵ is 0. */
// @ts-ignore: decorator
@inline
function power(
  x: v128,
  inverse: v128,
  shift: v128,
  high: v128,
  low: v128,
  p6: v128,
  p5: v128,
  p4: v128,
  p3: v128,
  p2: v128,
  two: v128,
): v128 {
  const shifted = madd(x, inverse, shift);
  return f32x4.mul(leftOf(x, shifted, shift, high, low, p6, p5, p4, p3, p2, two), i32x4.shl(shifted, 23));
}

/** eˣ of any x, with subnormal results: 2ⁿ in two factors. */
function expAll(x: usize, y: usize, n: i32): void {
  for (; n > 0; n -= 4, x += 16, y += 16) {
    // pmax and pmin are one instruction, and keep a NaN that comes first.
    const v = f32x4.pmin(f32x4.pmax(v128.load(x), f32x4.splat(-104)), f32x4.splat(89));
    const shifted = madd(v, at(EXP, 0), at(EXP, 1));
    const whole = f32x4.pmax(shifted, f32x4.splat(12582913));
    const rest = f32x4.add(f32x4.sub(shifted, whole), f32x4.splat(12583039));
    const count = f32x4.sub(shifted, at(EXP, 1));
    const r = madd(count, at(EXP, 3), madd(count, at(EXP, 2), v));
    let p = at(EXP, 4);
    for (let i = 5; i < 10; i++) p = madd(p, r, at(EXP, i));
    p = f32x4.mul(madd(p, r, at(EXP, 9)), i32x4.shl(whole, 23));
    put(y, f32x4.mul(p, i32x4.shl(rest, 23)), n);
  }
}

/** How many elements the quick way takes before it looks whether it was allowed. */
const BLOCK: i32 = 2048;

/** e^x for x from −86.9 to 86.9, by the polynomial of {@link EXPM1}: n is added to the exponent's bits. */
// @ts-ignore: decorator
@inline
function quick(
  x: v128,
  inverse: v128,
  shift: v128,
  high: v128,
  low: v128,
  p6: v128,
  p5: v128,
  p4: v128,
  p3: v128,
  p2: v128,
  one: v128,
): v128 {
  const shifted = madd(x, inverse, shift);
  return i32x4.add(leftOf(x, shifted, shift, high, low, p6, p5, p4, p3, p2, one), i32x4.shl(shifted, 23));
}

export function exp_f32(x: usize, y: usize, n: i32): void {
  // The long way needs the arguments, which the quick way has written over if the result is to stand in their place.
  if (y + (<usize>n << 2) > x && x + (<usize>n << 2) > y) {
    expAll(x, y, n);
    return;
  }
  const a = at(EXPM1, 0);
  const b = at(NUMBERS, 17);
  const c = at(EXPM1, 2);
  const d = at(EXPM1, 3);
  const e = at(EXPM1, 4);
  const f = at(EXPM1, 5);
  const g = at(EXPM1, 6);
  const h = at(EXPM1, 7);
  const i = at(EXPM1, 8);
  const one = at(NUMBERS, 0);
  const size = at(BITS, 0);
  const reach = at(BITS, 1);
  while (n > 0) {
    const count = min(n, BLOCK);
    let from = x;
    let to = y;
    let over = i32x4.splat(0);
    let left = count;
    // Sizes compare as whole numbers do, NaN as the largest: a difference below 0 leaves its sign.
    for (; left >= 8; left -= 8) {
      let v = v128.load(from);
      over = v128.or(over, i32x4.sub(reach, v128.and(v, size)));
      v128.store(to, quick(v, a, b, c, d, e, f, g, h, i, one));
      v = v128.load(from, 16);
      over = v128.or(over, i32x4.sub(reach, v128.and(v, size)));
      v128.store(to, quick(v, a, b, c, d, e, f, g, h, i, one), 16);
      from += 32;
      to += 32;
    }
    for (; left > 0; left -= 4) {
      const v = v128.load(from);
      over = v128.or(over, i32x4.sub(reach, v128.and(v, size)));
      put(to, quick(v, a, b, c, d, e, f, g, h, i, one), left);
      from += 16;
      to += 16;
    }
    if (i32x4.bitmask(over) != 0) expAll(x, y, count);
    x += BLOCK << 2;
    y += BLOCK << 2;
    n -= BLOCK;
  }
}

/**
 * y = e^(scale·x + shift) of n neighbours, 0 below e^−87, and their sum; with y = 0 the sum alone.
 */
export function exponentials(x: usize, n: i32, scale: f32, shift: f32, y: usize): f32 {
  const scales = f32x4.splat(scale);
  const shifts = f32x4.splat(shift);
  const a = at(EXP, 0);
  const b = at(EXP, 1);
  const c = at(EXP, 2);
  const d = at(EXP, 3);
  const e = at(EXP, 4);
  const f = at(EXP, 5);
  const g = at(EXP, 6);
  const h = at(EXP, 7);
  const i = at(EXP, 8);
  const j = at(EXP, 9);
  const least = at(NUMBERS, 3);
  let sums = f32x4.splat(0);
  for (; n > 0; n -= 4, x += 16) {
    let v = power(f32x4.pmax(madd(v128.load(x), scales, shifts), least), a, b, c, d, e, f, g, h, i, j);
    if (n < 4) v = v128.and(v, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n)));
    sums = f32x4.add(sums, v);
    if (y == 0) continue;
    put(y, v, n);
    y += 16;
  }
  return sum4(sums);
}

/** {@link EXP} for −x. */
const EXP_MINUS = memory.data<f32>([
  -1.44269504, 12583038, 0.693359375, -0.000212194440, 0.0027628934, -0.016737562, 0.08333679, -0.3333304, 0.9999999, -2,
]);

/** 1/(1 + e^−x), or x times that. */
// @ts-ignore: decorator
@inline
function logistic(times: bool, x: usize, y: usize, n: i32): void {
  const a = at(EXP_MINUS, 0);
  const b = at(EXP_MINUS, 1);
  const c = at(EXP_MINUS, 2);
  const d = at(EXP_MINUS, 3);
  const e = at(EXP_MINUS, 4);
  const f = at(EXP_MINUS, 5);
  const g = at(EXP_MINUS, 6);
  const h = at(EXP_MINUS, 7);
  const i = at(EXP_MINUS, 8);
  const j = at(EXP_MINUS, 9);
  const two = at(EXP, 9);
  const one = at(NUMBERS, 0);
  const from = at(NUMBERS, 4);
  const to = at(NUMBERS, 5);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const v = v128.load(x);
    const u = f32x4.pmin(f32x4.pmax(v, from), to);
    const shifted = madd(u, a, b);
    const count = f32x4.sub(shifted, b);
    // The remainder keeps the sign of x, and the polynomial's odd terms are turned.
    const r = madd(count, d, madd(count, c, u));
    let p = madd(e, r, f);
    p = madd(p, r, g);
    p = madd(p, r, h);
    p = madd(p, r, i);
    p = madd(p, r, j);
    p = f32x4.mul(madd(p, r, two), i32x4.shl(shifted, 23));
    put(y, f32x4.div(times ? v : one, f32x4.add(p, one)), n);
  }
}

export function sigmoid_f32(x: usize, y: usize, n: i32): void {
  logistic(false, x, y, n);
}
export function silu_f32(x: usize, y: usize, n: i32): void {
  logistic(true, x, y, n);
}

/** What {@link beyond} takes: 1/ln 2, the shift, both parts of ln 2, and the polynomial. */
const EXPM1 = memory.data<f32>([
  1.44269504, 12583039, -0.693359375, 0.000212194440, 0.0013882510, 0.0083665801, 0.0416672006, 0.166665435, 0.49999997,
]);

/** eˣ − 1 for x from −87 to 88, to the last places of small x. */
// @ts-ignore: decorator
@inline
function beyond(
  x: v128,
  inverse: v128,
  shift: v128,
  high: v128,
  low: v128,
  p6: v128,
  p5: v128,
  p4: v128,
  p3: v128,
  p2: v128,
  one: v128,
): v128 {
  const shifted = madd(x, inverse, shift);
  const n = f32x4.sub(shifted, shift);
  const r = madd(n, low, madd(n, high, x));
  let p = madd(p6, r, p5);
  p = madd(p, r, p4);
  p = madd(p, r, p3);
  p = madd(p, r, p2);
  p = madd(f32x4.mul(r, r), p, r);
  const k = i32x4.shl(shifted, 23);
  return madd(k, p, f32x4.sub(k, one));
}

/** What {@link tangent} takes: 2/ln 2, the shift, −½ ln 2, the polynomial; then its range, and 0.044715·√(2/π). */
const TANH = memory.data<f32>([2.88539004, 12583039, -0.34657359, 0.13110231, -0.33331266, -9.02, 9.02, 0.035677407]);

/**
 * tanh x for x from −9.02 to 9.02. With k = 2ⁿ, n = round(2x/ln 2) and t = tanh r of what is left over, it is that of a sum:
 * (k − 1 + (k + 1)·t)/(k + 1 + (k − 1)·t).
 */
// @ts-ignore: decorator
@inline
function tangent(x: v128, inverse: v128, shift: v128, half: v128, p2: v128, p1: v128, one: v128): v128 {
  const shifted = madd(x, inverse, shift);
  const r = madd(f32x4.sub(shifted, shift), half, x);
  const square = f32x4.mul(r, r);
  const t = f32x4.mul(r, madd(madd(p2, square, p1), square, one));
  const k = i32x4.shl(shifted, 23);
  const less = f32x4.sub(k, one);
  const more = f32x4.add(k, one);
  return f32x4.div(madd(more, t, less), madd(less, t, more));
}

export function tanh_f32(x: usize, y: usize, n: i32): void {
  const a = at(TANH, 0);
  const b = at(TANH, 1);
  const c = at(TANH, 2);
  const d = at(TANH, 3);
  const e = at(TANH, 4);
  const from = at(TANH, 5);
  const to = at(TANH, 6);
  const one = at(NUMBERS, 0);
  for (; n >= 8; n -= 8) {
    v128.store(y, tangent(f32x4.pmin(f32x4.pmax(v128.load(x), from), to), a, b, c, d, e, one));
    v128.store(y, tangent(f32x4.pmin(f32x4.pmax(v128.load(x, 16), from), to), a, b, c, d, e, one), 16);
    x += 32;
    y += 32;
  }
  for (; n > 0; n -= 4, x += 16, y += 16)
    put(y, tangent(f32x4.pmin(f32x4.pmax(v128.load(x), from), to), a, b, c, d, e, one), n);
}

/** ½x·(1 + tanh u), u = √(2/π)·(x + 0.044715·x³). */
export function gelu_tanh_f32(x: usize, y: usize, n: i32): void {
  const a = at(TANH, 0);
  const b = at(TANH, 1);
  const c = at(TANH, 2);
  const d = at(TANH, 3);
  const e = at(TANH, 4);
  const from = at(TANH, 5);
  const to = at(TANH, 6);
  const cube = at(TANH, 7);
  const line = at(NUMBERS, 13);
  const one = at(NUMBERS, 0);
  const half = at(NUMBERS, 2);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const v = v128.load(x);
    const u = f32x4.mul(v, madd(f32x4.mul(v, v), cube, line));
    const h = f32x4.mul(v, half);
    put(y, madd(h, tangent(f32x4.pmin(f32x4.pmax(u, from), to), a, b, c, d, e, one), h), n);
  }
}

/** ½·(1 + tanh u + x·u′·(1 − tanh² u)) with u = √(2/π)·(x + 0.044715·x³): tanh by E = e^−2|u|, of which 1 − tanh² = 4E/(1 + E)². */
export function gelu_tanh_slope_f32(x: usize, y: usize, n: i32): void {
  const a = at(EXP, 0);
  const b = at(EXP, 1);
  const c = at(EXP, 2);
  const d = at(EXP, 3);
  const e = at(EXP, 4);
  const f = at(EXP, 5);
  const g = at(EXP, 6);
  const h = at(EXP, 7);
  const i = at(EXP, 8);
  const two = at(EXP, 9);
  const one = at(NUMBERS, 0);
  const half = at(NUMBERS, 2);
  const least = at(NUMBERS, 3);
  const from = at(NUMBERS, 6);
  const to = at(NUMBERS, 7);
  const cube = at(NUMBERS, 8);
  const line = at(NUMBERS, 9);
  const steep = at(NUMBERS, 12);
  const flat = at(NUMBERS, 13);
  const size = at(BITS, 0);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const v = v128.load(x);
    // Beyond 20 it is 1 or 0, and its terms must not become infinite.
    const near = f32x4.pmin(f32x4.pmax(v, from), to);
    const square = f32x4.mul(near, near);
    const u = f32x4.mul(v128.and(near, size), madd(square, cube, line));
    const w = power(f32x4.pmax(f32x4.neg(u), least), a, b, c, d, e, f, g, h, i, two);
    const q = f32x4.div(one, f32x4.add(one, w));
    const t = v128.bitselect(f32x4.mul(f32x4.sub(one, w), q), near, size);
    const s = f32x4.mul(f32x4.mul(w, q), f32x4.mul(q, madd(square, steep, flat)));
    // ∞ has none.
    const none = f32x4.sub(v, v);
    put(y, f32x4.add(madd(f32x4.mul(two, near), s, madd(half, t, half)), none), n);
  }
}

/** What a loop gives: the function itself, gelu by it, or gelu's derivative. */
const PLAIN: i32 = 0;
const GELU: i32 = 1;
const SLOPE: i32 = 2;

/** a·(e^(c·x) − 1) up to 0, b·x above; c > 0. */
export function elu_f32(x: usize, y: usize, n: i32, a: f32, b: f32, c: f32): void {
  const k0 = at(EXPM1, 0);
  const k1 = at(EXPM1, 1);
  const k2 = at(EXPM1, 2);
  const k3 = at(EXPM1, 3);
  const k4 = at(EXPM1, 4);
  const k5 = at(EXPM1, 5);
  const k6 = at(EXPM1, 6);
  const k7 = at(EXPM1, 7);
  const k8 = at(EXPM1, 8);
  const one = at(NUMBERS, 0);
  // What lies above 0 is taken from the other side.
  const zero = f32x4.splat(0);
  const least = at(NUMBERS, 15);
  const low = f32x4.splat(a);
  const high = f32x4.splat(b);
  const scale = f32x4.splat(c);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const v = v128.load(x);
    const u = f32x4.pmin(f32x4.pmax(f32x4.mul(v, scale), least), zero);
    const d = f32x4.mul(beyond(u, k0, k1, k2, k3, k4, k5, k6, k7, k8, one), low);
    put(y, v128.bitselect(f32x4.mul(v, high), d, f32x4.gt(v, zero)), n);
  }
}

/** −ln(1 − erf t)/t for t up to 3.93, where erf becomes 1. */
const ERF = memory.data<f32>([
  -0.000040708699, 0.00038100648, -0.0012517637, -0.00020569166, 0.019321699, -0.10281441, -0.63661647, -1.1283792,
]);

/** erf x = 1 − e^−q(|x|) with the sign of x; or gelu's x·Φ(x) = ½x·(1 + erf(x/√2)), or Φ(x) + x·φ(x). */
// @ts-ignore: decorator
@inline
function error(what: i32, x: usize, y: usize, n: i32): void {
  const a = at(EXPM1, 0);
  const b = at(EXPM1, 1);
  const c = at(EXPM1, 2);
  const d = at(EXPM1, 3);
  const e = at(EXPM1, 4);
  const f = at(EXPM1, 5);
  const g = at(EXPM1, 6);
  const j = at(EXPM1, 7);
  const i = at(EXPM1, 8);
  const q8 = at(ERF, 0);
  const q7 = at(ERF, 1);
  const q6 = at(ERF, 2);
  const q5 = at(ERF, 3);
  const q4 = at(ERF, 4);
  const q3 = at(ERF, 5);
  const q2 = at(ERF, 6);
  const q1 = at(ERF, 7);
  const one = at(NUMBERS, 0);
  const half = at(NUMBERS, 2);
  const root = at(NUMBERS, 10);
  const end = at(NUMBERS, 11);
  const least = at(NUMBERS, 3);
  const height = at(NUMBERS, 14);
  const two = at(NUMBERS, 1);
  const e0 = at(EXP, 0);
  const e1 = at(EXP, 1);
  const e2 = at(EXP, 2);
  const e3 = at(EXP, 3);
  const e4 = at(EXP, 4);
  const e5 = at(EXP, 5);
  const e6 = at(EXP, 6);
  const e7 = at(EXP, 7);
  const e8 = at(EXP, 8);
  const size = at(BITS, 0);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const v = v128.load(x);
    const s = what != PLAIN ? f32x4.mul(v, root) : v;
    const t = f32x4.pmin(v128.and(s, size), end);
    let q = madd(q8, t, q7);
    q = madd(q, t, q6);
    q = madd(q, t, q5);
    q = madd(q, t, q4);
    q = madd(q, t, q3);
    q = madd(q, t, q2);
    q = f32x4.mul(madd(q, t, q1), t);
    let u = v128.bitselect(beyond(q, a, b, c, d, e, f, g, j, i, one), s, size);
    if (what == SLOPE) {
      const w = f32x4.pmax(f32x4.neg(f32x4.mul(s, s)), least);
      const bell = f32x4.mul(height, power(w, e0, e1, e2, e3, e4, e5, e6, e7, e8, two));
      u = madd(v, bell, madd(half, u, half));
    } else if (what == GELU) {
      const h = f32x4.mul(v, half);
      u = madd(h, u, h);
    }
    put(y, u, n);
  }
}

export function erf_f32(x: usize, y: usize, n: i32): void {
  error(PLAIN, x, y, n);
}
export function gelu_f32(x: usize, y: usize, n: i32): void {
  error(GELU, x, y, n);
}
export function gelu_slope_f32(x: usize, y: usize, n: i32): void {
  error(SLOPE, x, y, n);
}

/** ln(1 + f) = f − ½f² + f³·P(f) for |f| ≤ ⅓. */
const LOG = memory.data<f32>([
  -0.12891683, 0.13984439, -0.12184262, 0.14005869, -0.16680487, 0.20010406, -0.24999797, 0.33333215, -0.5, 0.693359375,
  -0.000212194440,
]);

/** ln x: x = 2ᵉ·(1 + f) with 1 + f from ⅔ to 4⁄3. With `all` for any x, without for normal numbers above 0. */
// @ts-ignore: decorator
@inline
function logarithm(all: bool, x: usize, y: usize, n: i32): v128 {
  const a = at(LOG, 0);
  const b = at(LOG, 1);
  const c = at(LOG, 2);
  const d = at(LOG, 3);
  const e = at(LOG, 4);
  const f = at(LOG, 5);
  const g = at(LOG, 6);
  const h = at(LOG, 7);
  const i = at(LOG, 8);
  const high = at(LOG, 9);
  const low = at(LOG, 10);
  const base = at(BITS, 2);
  const fraction = at(BITS, 3);
  const least = at(NORMAL, 0);
  const one = at(NUMBERS, 0);
  let most = i32x4.splat(0);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const v = v128.load(x);
    let u = v;
    let tiny = i32x4.splat(0);
    if (all) {
      tiny = f32x4.lt(v, f32x4.splat(1.17549435e-38));
      // Subnormal numbers become normal by 2²³.
      u = v128.bitselect(f32x4.mul(v, f32x4.splat(8388608)), v, tiny);
    } else most = i32x4.max_u(most, i32x4.sub(v, least));
    const bits = i32x4.sub(u, base);
    let whole = i32x4.shr_s(bits, 23);
    if (all) whole = i32x4.sub(whole, v128.and(tiny, i32x4.splat(23)));
    const count = f32x4.convert_i32x4_s(whole);
    const z = f32x4.sub(i32x4.add(v128.and(bits, fraction), base), one);
    let p = madd(a, z, b);
    p = madd(p, z, c);
    p = madd(p, z, d);
    p = madd(p, z, e);
    p = madd(p, z, f);
    p = madd(p, z, g);
    p = madd(p, z, h);
    p = madd(p, z, i);
    p = madd(count, high, madd(count, low, madd(f32x4.mul(z, z), p, z)));
    if (all) {
      p = v128.bitselect(v, p, v128.or(f32x4.eq(v, f32x4.splat(Infinity)), f32x4.ne(v, v)));
      p = v128.bitselect(f32x4.splat(-Infinity), p, f32x4.eq(v, f32x4.splat(0)));
      p = v128.bitselect(f32x4.splat(NaN), p, f32x4.lt(v, f32x4.splat(0)));
    }
    put(y, p, n);
  }
  return most;
}

/** ln(1 + e^(b·x))/b, x itself where b·x is above `most`: max(b·x, 0) + ln(1 + E) with E = e^−|b·x|, by the polynomial of ln. */
export function softplus_f32(x: usize, y: usize, n: i32, b: f32, most: f32): void {
  const k0 = at(EXP, 0);
  const k1 = at(EXP, 1);
  const k2 = at(EXP, 2);
  const k3 = at(EXP, 3);
  const k4 = at(EXP, 4);
  const k5 = at(EXP, 5);
  const k6 = at(EXP, 6);
  const k7 = at(EXP, 7);
  const k8 = at(EXP, 8);
  const k9 = at(EXP, 9);
  const one = at(NUMBERS, 0);
  const half = at(NUMBERS, 2);
  const least = at(NUMBERS, 3);
  const third = at(NUMBERS, 16);
  const high = at(LOG, 9);
  const low = at(LOG, 10);
  const size = at(BITS, 0);
  const beta = f32x4.splat(b);
  const limit = f32x4.splat(most);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const v = v128.load(x);
    const u = f32x4.mul(v, beta);
    const w = power(f32x4.pmax(f32x4.neg(v128.and(u, size)), least), k0, k1, k2, k3, k4, k5, k6, k7, k8, k9);
    // 1 + E above 4⁄3 is twice 1 + ½·(E − 1).
    const big = f32x4.gt(w, third);
    const z = v128.bitselect(f32x4.mul(f32x4.sub(w, one), half), w, big);
    const count = v128.and(big, one);
    let p = at(LOG, 0);
    p = madd(p, z, at(LOG, 1));
    p = madd(p, z, at(LOG, 2));
    p = madd(p, z, at(LOG, 3));
    p = madd(p, z, at(LOG, 4));
    p = madd(p, z, at(LOG, 5));
    p = madd(p, z, at(LOG, 6));
    p = madd(p, z, at(LOG, 7));
    p = madd(p, z, at(LOG, 8));
    p = madd(count, high, madd(count, low, madd(f32x4.mul(z, z), p, z)));
    p = f32x4.div(f32x4.add(f32x4.pmax(u, f32x4.splat(0)), p), beta);
    put(y, v128.bitselect(v, p, f32x4.gt(u, limit)), n);
  }
}

/** x·tanh(ln(1 + e^x)) = x·w/(w + 2) with w = e^x·(e^x + 2). */
export function mish_f32(x: usize, y: usize, n: i32): void {
  const k0 = at(EXP, 0);
  const k1 = at(EXP, 1);
  const k2 = at(EXP, 2);
  const k3 = at(EXP, 3);
  const k4 = at(EXP, 4);
  const k5 = at(EXP, 5);
  const k6 = at(EXP, 6);
  const k7 = at(EXP, 7);
  const k8 = at(EXP, 8);
  const two = at(EXP, 9);
  const from = at(NUMBERS, 3);
  const to = at(NUMBERS, 7);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const v = v128.load(x);
    const e = power(f32x4.pmin(f32x4.pmax(v, from), to), k0, k1, k2, k3, k4, k5, k6, k7, k8, two);
    const w = f32x4.mul(e, f32x4.add(e, two));
    put(y, f32x4.mul(v, f32x4.div(w, f32x4.add(w, two))), n);
  }
}

function logAll(x: usize, y: usize, n: i32): void {
  logarithm(true, x, y, n);
}

export function log_f32(x: usize, y: usize, n: i32): void {
  if (y + (<usize>n << 2) > x && x + (<usize>n << 2) > y) {
    logAll(x, y, n);
    return;
  }
  for (; n > 0; n -= BLOCK, x += BLOCK << 2, y += BLOCK << 2) {
    const count = min(n, BLOCK);
    if (v128.any_true(i32x4.ge_u(logarithm(false, x, y, count), at(NORMAL, 1)))) logAll(x, y, count);
  }
}
