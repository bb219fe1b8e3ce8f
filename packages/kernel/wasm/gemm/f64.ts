import { axpy, dot, gemm, gemmPacked, gemmRoom, packSome } from "./product";

/** See {@link gemmRoom}. */
export function gemm_f64_room(m: i32, n: i32, k: i32): i32 {
  return gemmRoom<f64>(m, n, k);
}

/** See {@link gemm}. */
export function gemm_f64(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ars: i32,
  acs: i32,
  b: usize,
  brs: i32,
  bcs: i32,
  c: usize,
  crs: i32,
  ccs: i32,
  mode: i32,
  bias: usize,
  room: usize,
): void {
  gemm<f64>(m, n, k, a, ars, acs, b, brs, bcs, c, crs, ccs, mode, bias, room);
}

/** See {@link packSome}. */
export function pack_f64(n: i32, k: i32, b: usize, brs: i32, bcs: i32, out: usize, from: i32, to: i32): void {
  packSome<f64>(n, k, b, brs, bcs, out, from, to);
}

/** See {@link gemmPacked}. */
export function gemm_packed_f64(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ars: i32,
  acs: i32,
  pb: usize,
  c: usize,
  crs: i32,
  ccs: i32,
  mode: i32,
  bias: usize,
  room: usize,
): void {
  gemmPacked<f64>(m, n, k, a, ars, acs, pb, c, crs, ccs, mode, bias, room);
}

/** See {@link dot}. */
export function dot_f64(k: i32, x: usize, y: usize): f64 {
  return dot<f64>(k, x, y);
}

/** See {@link axpy}. */
export function axpy_f64(n: i32, s: f64, x: usize, y: usize): void {
  axpy<f64>(n, s, x, y);
}
