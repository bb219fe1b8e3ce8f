import { spread32 } from "./spread";

const ADD: i32 = 0;
const SUB: i32 = 1;
const MUL: i32 = 2;
const DIV: i32 = 3;
const MAX: i32 = 4;
const MIN: i32 = 5;
const SQUARED_ERROR: i32 = 6;
const TANH_GRAD: i32 = 7;
const SIGMOID_GRAD: i32 = 8;
const RELU_GRAD: i32 = 9;

// @ts-ignore: decorator
@inline
function apply(op: i32, a: v128, b: v128): v128 {
  if (op == ADD) return f32x4.add(a, b);
  if (op == SUB) return f32x4.sub(a, b);
  if (op == MUL) return f32x4.mul(a, b);
  if (op == DIV) return f32x4.div(a, b);
  if (op == MAX) return f32x4.max(a, b);
  if (op == MIN) return f32x4.min(a, b);
  // Gradient a at result b.
  if (op == TANH_GRAD) return f32x4.mul(a, f32x4.mul(f32x4.sub(f32x4.splat(1), b), f32x4.add(f32x4.splat(1), b)));
  if (op == SIGMOID_GRAD) return f32x4.mul(a, f32x4.mul(b, f32x4.sub(f32x4.splat(1), b)));
  if (op == RELU_GRAD) return v128.and(a, f32x4.gt(b, f32x4.splat(0)));
  const d = f32x4.sub(a, b);
  return f32x4.mul(d, d);
}

/**
 * `outer` lines of `n`: an operand's elements lie `ai` (0 or 1) apart in a line and `ao` from line to line; results lie
 * without gaps.
 */
// @ts-ignore: decorator
@inline
function each(
  op: i32,
  a: usize,
  ai: i32,
  ao: i32,
  b: usize,
  bi: i32,
  bo: i32,
  y: usize,
  n: i32,
  outer: i32,
): void {
  const pa = <usize>ai << 2;
  const pb = <usize>bi << 2;
  for (let o = 0; o < outer; o++) {
    let p = ai != 0 ? a : spread32(a, 0);
    let q = bi != 0 ? b : spread32(b, 1);
    let i = 0;
    for (; i + 8 <= n; i += 8) {
      const u = apply(op, v128.load(p), v128.load(q));
      v128.store(y, u);
      const v = apply(op, v128.load(p, 16), v128.load(q, 16));
      v128.store(y, v, 16);
      p += pa << 3;
      q += pb << 3;
      y += 32;
    }
    for (; i < n; i++) {
      store<f32>(y, f32x4.extract_lane(apply(op, v128.load32_splat(p), v128.load32_splat(q)), 0));
      p += pa;
      q += pb;
      y += 4;
    }
    a += ao << 2;
    b += bo << 2;
  }
}

export function add_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(ADD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sub_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(SUB, a, ai, ao, b, bi, bo, y, n, outer);
}
export function mul_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(MUL, a, ai, ao, b, bi, bo, y, n, outer);
}
export function div_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(DIV, a, ai, ao, b, bi, bo, y, n, outer);
}
export function maximum_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(MAX, a, ai, ao, b, bi, bo, y, n, outer);
}
export function minimum_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(MIN, a, ai, ao, b, bi, bo, y, n, outer);
}
export function squared_error_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(SQUARED_ERROR, a, ai, ao, b, bi, bo, y, n, outer);
}
export function tanh_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(TANH_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sigmoid_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(SIGMOID_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function relu_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(RELU_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
