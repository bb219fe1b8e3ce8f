import { storeSome } from "../lanes";

const SQRT: i32 = 0;
const NEG: i32 = 1;
const ABS: i32 = 2;
const SQUARE: i32 = 3;
const RELU: i32 = 4;
const RECIPROCAL: i32 = 5;
const RSQRT: i32 = 6;
const FLOOR: i32 = 7;
const CEIL: i32 = 8;
const TRUNC: i32 = 9;

// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128): v128 {
  if (op == SQRT) return f32x4.sqrt(x);
  if (op == NEG) return f32x4.neg(x);
  if (op == ABS) return f32x4.abs(x);
  if (op == SQUARE) return f32x4.mul(x, x);
  // Negative zero becomes zero and NaN stays, as max says.
  if (op == RELU) return f32x4.max(x, f32x4.splat(0));
  if (op == RECIPROCAL) return f32x4.div(f32x4.splat(1), x);
  if (op == RSQRT) return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  if (op == FLOOR) return f32x4.floor(x);
  if (op == CEIL) return f32x4.ceil(x);
  return f32x4.trunc(x);
}

// @ts-ignore: decorator
@inline
function each(op: i32, x: usize, y: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(y, apply(op, v128.load(x)));
    x += 16;
    y += 16;
  }
  if (i < n) storeSome(y, apply(op, v128.load(x)), n - i);
}

export function sqrt_f32(x: usize, y: usize, n: i32): void {
  each(SQRT, x, y, n);
}
export function neg_f32(x: usize, y: usize, n: i32): void {
  each(NEG, x, y, n);
}
export function abs_f32(x: usize, y: usize, n: i32): void {
  each(ABS, x, y, n);
}
export function square_f32(x: usize, y: usize, n: i32): void {
  each(SQUARE, x, y, n);
}
export function relu_f32(x: usize, y: usize, n: i32): void {
  each(RELU, x, y, n);
}
export function reciprocal_f32(x: usize, y: usize, n: i32): void {
  each(RECIPROCAL, x, y, n);
}
export function rsqrt_f32(x: usize, y: usize, n: i32): void {
  each(RSQRT, x, y, n);
}
export function floor_f32(x: usize, y: usize, n: i32): void {
  each(FLOOR, x, y, n);
}
export function ceil_f32(x: usize, y: usize, n: i32): void {
  each(CEIL, x, y, n);
}
export function trunc_f32(x: usize, y: usize, n: i32): void {
  each(TRUNC, x, y, n);
}
