/*
 * What all kernels share. Pointers are byte addresses; strides and lengths count elements. Kernels may read (never
 * write) up to 15 bytes beyond an array: the heap keeps that much room behind its last block.
 */

/** a·b + c, fused where the build has relaxed SIMD. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
export function madd64(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(a, b, c) : f64x2.add(f64x2.mul(a, b), c);
}

/** The sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sum4(v: v128): f32 {
  const s = f32x4.add(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1);
}

/** Writes the first `n` < 4 lanes. */
// @ts-ignore: decorator
@inline
export function storeSome(p: usize, v: v128, n: i32): void {
  if (n > 0) store<f32>(p, f32x4.extract_lane(v, 0));
  if (n > 1) store<f32>(p, f32x4.extract_lane(v, 1), 4);
  if (n > 2) store<f32>(p, f32x4.extract_lane(v, 2), 8);
}

/** The number `offset` bytes behind p in all lanes. */
// @ts-ignore: decorator
@inline
export function splatAt<T>(p: usize, offset: usize = 0): v128 {
  return sizeof<T>() == 8 ? v128.load64_splat(p + offset) : v128.load32_splat(p + offset);
}

/** Numbers in a vector. */
// @ts-ignore: decorator
@inline
export function lanesOf<T>(): i32 {
  return 16 / <i32>sizeof<T>();
}

/** {@link madd} or {@link madd64}. */
// @ts-ignore: decorator
@inline
export function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  return sizeof<T>() == 4 ? madd(a, b, c) : madd64(a, b, c);
}

/** The sum of all lanes. */
// @ts-ignore: decorator
@inline
export function sumOf<T>(v: v128): T {
  return <T>(sizeof<T>() == 4 ? sum4(v) : f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1));
}
