import { madd } from "../lanes";

/*
 * Functions of four float32 lanes. The polynomials are weighted minimax fits of our own (Lawson's iteration on Chebyshev
 * nodes in float64), good to less than a rounding of float32 over the interval named beside them.
 */

// @ts-ignore: decorator
@inline
function c(x: f32): v128 {
  return f32x4.splat(x);
}

/** eˣ: x = n·ln 2 + r, e^r by polynomial for |r| ≤ ½ ln 2, scaled in two steps so that subnormal results come out. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  // pmax and pmin are one instruction, and keep a NaN that comes first.
  const v = f32x4.pmin(f32x4.pmax(x, c(-104)), c(89));
  // Adding 1.5·2²³ rounds to a whole number, which then stands in the low bits.
  const shifted = madd(v, c(1.44269504), c(12582912));
  const n = f32x4.sub(shifted, c(12582912));
  // ln 2 in two parts, the first with so few bits that n times it is exact.
  let r = f32x4.sub(v, f32x4.mul(n, c(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, c(-0.000212194440)));
  let p = madd(c(0.0013813142), r, c(0.008369419));
  p = madd(p, r, c(0.041668456));
  p = madd(p, r, c(0.16666515));
  p = madd(p, r, c(0.49999994));
  p = f32x4.add(madd(f32x4.mul(r, r), p, r), c(1));
  const whole = i32x4.sub(shifted, i32x4.splat(0x4b400000));
  const half = i32x4.shr_s(whole, 1);
  const bias = i32x4.splat(127);
  const first = i32x4.shl(i32x4.add(half, bias), 23);
  const second = i32x4.shl(i32x4.add(i32x4.sub(whole, half), bias), 23);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/** ln x: x = 2ᵉ·m with m in [√½, √2), ln m by polynomial. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, c(1.17549435e-38));
  // Subnormal numbers become normal by 2²³.
  const v = v128.bitselect(f32x4.mul(x, c(8388608)), x, tiny);
  let e = i32x4.sub(i32x4.shr_u(v, 23), i32x4.splat(127));
  e = i32x4.sub(e, v128.and(tiny, i32x4.splat(23)));
  let m = v128.or(v128.and(v, i32x4.splat(0x007fffff)), i32x4.splat(0x3f800000));
  const big = f32x4.ge(m, c(1.41421356));
  m = v128.bitselect(f32x4.mul(m, c(0.5)), m, big);
  const n = f32x4.convert_i32x4_s(i32x4.sub(e, big));
  const f = f32x4.sub(m, c(1));
  const z = f32x4.mul(f, f);
  let p = madd(c(-0.0763443), f, c(0.1276155));
  p = madd(p, f, c(-0.13160194));
  p = madd(p, f, c(0.14201762));
  p = madd(p, f, c(-0.16623357));
  p = madd(p, f, c(0.20001227));
  p = madd(p, f, c(-0.25000823));
  p = madd(p, f, c(0.3333333));
  p = f32x4.mul(p, f32x4.mul(z, f));
  p = f32x4.add(p, f32x4.mul(n, c(-0.000212194440)));
  p = f32x4.sub(p, f32x4.mul(z, c(0.5)));
  let y = f32x4.add(f, p);
  y = f32x4.add(y, f32x4.mul(n, c(0.693359375)));
  y = v128.bitselect(x, y, v128.or(f32x4.eq(x, c(Infinity)), f32x4.ne(x, x)));
  y = v128.bitselect(c(-Infinity), y, f32x4.eq(x, c(0)));
  return v128.bitselect(c(NaN), y, f32x4.lt(x, c(0)));
}

// @ts-ignore: decorator
@inline
function signOf(x: v128): v128 {
  return v128.and(x, i32x4.splat(0x80000000));
}

/** tanh x: a polynomial below 0.625, 1 − 2/(e^2x + 1) above. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const t = f32x4.abs(x);
  const s = f32x4.mul(x, x);
  let p = madd(c(-0.005681279), s, c(0.020618621));
  p = madd(p, s, c(-0.053733695));
  p = madd(p, s, c(0.13331373));
  p = madd(p, s, c(-0.3333328));
  const near = madd(f32x4.mul(s, x), p, x);
  const e = exp4(f32x4.add(t, t));
  const far = f32x4.sub(c(1), f32x4.div(c(2), f32x4.add(e, c(1))));
  return v128.bitselect(near, v128.or(far, signOf(x)), f32x4.lt(t, c(0.625)));
}

/** 1/(1 + e^−x). */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(c(1), f32x4.add(c(1), exp4(f32x4.neg(x))));
}

/** erf x: x·P(x²) below 0.92, 1 − e^−P(x) up to 4, ±1 beyond. */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const a = f32x4.abs(x);
  const s = f32x4.mul(x, x);
  let p = madd(c(-0.0005862077), s, c(0.0049675056));
  p = madd(p, s, c(-0.026748864));
  p = madd(p, s, c(0.112813205));
  p = madd(p, s, c(-0.37612447));
  p = madd(p, s, c(0.12837914));
  const near = madd(p, x, x);
  const t = f32x4.pmin(a, c(4));
  let q = madd(c(-0.00019718263), t, c(0.0030556156));
  q = madd(q, t, c(-0.022277117));
  q = madd(q, t, c(0.10403742));
  q = madd(q, t, c(0.6370597));
  q = madd(q, t, c(1.1277496));
  q = madd(q, t, c(0.00017748725));
  const far = f32x4.sub(c(1), exp4(f32x4.neg(q)));
  return v128.bitselect(near, v128.or(far, signOf(x)), f32x4.lt(a, c(0.92)));
}

/** x·Φ(x) with Φ by erf. */
// @ts-ignore: decorator
@inline
export function gelu4(x: v128): v128 {
  const half = f32x4.mul(x, c(0.5));
  return madd(half, erf4(f32x4.mul(x, c(0.70710678))), half);
}

/** ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
// @ts-ignore: decorator
@inline
export function geluTanh4(x: v128): v128 {
  const cube = f32x4.mul(f32x4.mul(x, x), x);
  const inner = f32x4.mul(madd(cube, c(0.044715), x), c(0.79788456));
  const half = f32x4.mul(x, c(0.5));
  return madd(half, tanh4(inner), half);
}
