import { gemm_f32, gemm_packed_f32 } from "../gemm/f32";

/*
 * The product that every step takes with the same weights: packed before the walk, or, where packing would not pay (few rows,
 * one step), as they lie; `packed` is 0 then.
 */

/** c = a·b (mode 0), with a bias (2), or added to c (1), for n rows. */
export function multiply(
  n: i32,
  width: i32,
  k: i32,
  a: usize,
  ars: i32,
  b: usize,
  brs: i32,
  bcs: i32,
  packed: usize,
  c: usize,
  crs: i32,
  mode: i32,
  bias: usize,
  room: usize,
): void {
  if (packed != 0) gemm_packed_f32(n, width, k, a, ars, 1, packed, c, crs, 1, mode, bias, room);
  else gemm_f32(n, width, k, a, ars, 1, b, brs, bcs, c, crs, 1, mode, bias, room);
}
