import { gemm, gemmPacked, gemmRoom, packedB, packSome } from "./product";

/** See {@link gemmRoom}. */
export function gemm_f32_room(m: i32, n: i32, k: i32): i32 {
  return gemmRoom<f32>(m, n, k);
}

/** See {@link gemm}. */
export function gemm_f32(
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
  gemm<f32>(m, n, k, a, ars, acs, b, brs, bcs, c, crs, ccs, mode, bias, room);
}

/** Bytes of all of b packed by {@link pack_f32}. */
export function packed_f32_size(n: i32, k: i32): i32 {
  return packedB<f32>(n, k);
}

/** See {@link packSome}. */
export function pack_f32(n: i32, k: i32, b: usize, brs: i32, bcs: i32, out: usize, from: i32, to: i32): void {
  packSome<f32>(n, k, b, brs, bcs, out, from, to);
}

/** See {@link gemmPacked}. */
export function gemm_packed_f32(
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
  gemmPacked<f32>(m, n, k, a, ars, acs, pb, c, crs, ccs, mode, bias, room);
}
