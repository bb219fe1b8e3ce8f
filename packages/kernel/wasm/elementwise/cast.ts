/* Conversions of neighbours from type to type. Floats become integers as x86 makes them: truncated, the smallest for what does not fit. */

// @ts-ignore: decorator
@inline
function to64(x: f64): i64 {
  return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? <i64>x : i64.MIN_VALUE;
}
// @ts-ignore: decorator
@inline
function to32(x: f64): i32 {
  return x > -2147483649.0 && x < 2147483648.0 ? <i32>x : i32.MIN_VALUE;
}

export function cast_f32_f64(x: usize, y: usize, n: i32): void {
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    v128.store(y, f64x2.promote_low_f32x4(v128.load64_zero(x)));
    x += 8;
    y += 16;
  }
  if (i < n) store<f64>(y, load<f32>(x));
}
export function cast_f64_f32(x: usize, y: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const low = f32x4.demote_f64x2_zero(v128.load(x));
    const high = f32x4.demote_f64x2_zero(v128.load(x, 16));
    v128.store(y, i8x16.shuffle(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
    x += 32;
    y += 16;
  }
  for (; i < n; i++) {
    store<f32>(y, <f32>load<f64>(x));
    x += 8;
    y += 4;
  }
}
export function cast_f64_i64(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<i64>(y + (<usize>i << 3), to64(load<f64>(x + (<usize>i << 3))));
}
export function cast_f64_i32(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<i32>(y + (<usize>i << 2), to32(load<f64>(x + (<usize>i << 3))));
}
export function cast_f32_i64(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<i64>(y + (<usize>i << 3), to64(load<f32>(x + (<usize>i << 2))));
}
export function cast_f32_i32(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<i32>(y + (<usize>i << 2), to32(load<f32>(x + (<usize>i << 2))));
}
export function cast_i64_f64(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f64>(y + (<usize>i << 3), <f64>load<i64>(x + (<usize>i << 3)));
}
export function cast_i64_f32(x: usize, y: usize, n: i32): void {
  // Through float64, as the reference rounds.
  for (let i = 0; i < n; i++) store<f32>(y + (<usize>i << 2), <f32><f64>load<i64>(x + (<usize>i << 3)));
}
export function cast_i64_i32(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<i32>(y + (<usize>i << 2), <i32>load<i64>(x + (<usize>i << 3)));
}
export function cast_i32_f64(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f64>(y + (<usize>i << 3), <f64>load<i32>(x + (<usize>i << 2)));
}
export function cast_i32_f32(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(y + (<usize>i << 2), <f32>load<i32>(x + (<usize>i << 2)));
}
export function cast_i32_i64(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<i64>(y + (<usize>i << 3), <i64>load<i32>(x + (<usize>i << 2)));
}
export function cast_u8_f64(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f64>(y + (<usize>i << 3), <f64>load<u8>(x + i));
}
export function cast_u8_f32(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(y + (<usize>i << 2), <f32>load<u8>(x + i));
}
export function cast_u8_i64(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<i64>(y + (<usize>i << 3), <i64>load<u8>(x + i));
}
