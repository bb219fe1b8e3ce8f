import { storeSome } from "../lanes";
import { erf4, exp4, gelu4, geluTanh4, log4, sigmoid4, tanh4 } from "./functions";

const EXP: i32 = 0;
const LOG: i32 = 1;
const TANH: i32 = 2;
const SIGMOID: i32 = 3;
const SQRT: i32 = 4;
const NEG: i32 = 5;
const ABS: i32 = 6;
const SQUARE: i32 = 7;
const RELU: i32 = 8;
const RECIPROCAL: i32 = 9;
const RSQRT: i32 = 10;
const ERF: i32 = 11;
const GELU: i32 = 12;
const GELU_TANH: i32 = 13;
const SILU: i32 = 14;
const FLOOR: i32 = 15;
const CEIL: i32 = 16;
const TRUNC: i32 = 17;

// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128): v128 {
  if (op == EXP) return exp4(x);
  if (op == LOG) return log4(x);
  if (op == TANH) return tanh4(x);
  if (op == SIGMOID) return sigmoid4(x);
  if (op == SQRT) return f32x4.sqrt(x);
  if (op == NEG) return f32x4.neg(x);
  if (op == ABS) return f32x4.abs(x);
  if (op == SQUARE) return f32x4.mul(x, x);
  // Negative zero becomes zero and NaN stays, as max says.
  if (op == RELU) return f32x4.max(x, f32x4.splat(0));
  if (op == RECIPROCAL) return f32x4.div(f32x4.splat(1), x);
  if (op == RSQRT) return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  if (op == ERF) return erf4(x);
  if (op == GELU) return gelu4(x);
  if (op == GELU_TANH) return geluTanh4(x);
  if (op == SILU) return f32x4.mul(x, sigmoid4(x));
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

export function exp_f32(x: usize, y: usize, n: i32): void {
  each(EXP, x, y, n);
}
export function log_f32(x: usize, y: usize, n: i32): void {
  each(LOG, x, y, n);
}
export function tanh_f32(x: usize, y: usize, n: i32): void {
  each(TANH, x, y, n);
}
export function sigmoid_f32(x: usize, y: usize, n: i32): void {
  each(SIGMOID, x, y, n);
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
export function erf_f32(x: usize, y: usize, n: i32): void {
  each(ERF, x, y, n);
}
export function gelu_f32(x: usize, y: usize, n: i32): void {
  each(GELU, x, y, n);
}
export function gelu_tanh_f32(x: usize, y: usize, n: i32): void {
  each(GELU_TANH, x, y, n);
}
export function silu_f32(x: usize, y: usize, n: i32): void {
  each(SILU, x, y, n);
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
