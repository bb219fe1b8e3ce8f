import { splatAt } from "../lanes";

/*
 * Complex numbers in lanes: one float64 or two float32 ones a vector, real part first. Transforms run on rows of such
 * numbers (one a line), so `bytes` is the length of a row, a multiple of 16.
 */

/** What {@link turn} flips the signs of, so that it multiplies by −i forward and by i backward. */
// @ts-ignore: decorator
@inline
export function turnMask<T extends number>(forward: bool): v128 {
  if (sizeof<T>() == 8) return forward ? f64x2(0.0, -0.0) : f64x2(-0.0, 0.0);
  return forward ? f32x4(0.0, -0.0, 0.0, -0.0) : f32x4(-0.0, 0.0, -0.0, 0.0);
}

/** What flips the sign of imaginary parts. */
// @ts-ignore: decorator
@inline
export function conjMask<T extends number>(): v128 {
  return turnMask<T>(true);
}

// @ts-ignore: decorator
@inline
function swapped<T extends number>(x: v128): v128 {
  return sizeof<T>() == 8
    ? i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)
    : i8x16.shuffle(x, x, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
}

/** x times ∓i. */
// @ts-ignore: decorator
@inline
export function turn<T extends number>(x: v128, mask: v128): v128 {
  return v128.xor(swapped<T>(x), mask);
}

/** A sine of the table as {@link twiddled} takes it. */
// @ts-ignore: decorator
@inline
export function sineAt<T extends number>(p: usize, offset: usize, mask: v128): v128 {
  return v128.xor(splatAt<T>(p, offset), mask);
}

/** x·(c ∓ i·s) */
// @ts-ignore: decorator
@inline
export function twiddled<T extends number>(x: v128, c: v128, s: v128): v128 {
  return v128.add<T>(v128.mul<T>(x, c), v128.mul<T>(swapped<T>(x), s));
}
