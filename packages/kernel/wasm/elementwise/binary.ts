import { splatAt } from "../lanes";
import { pow1 } from "../precise/scalar";
import { flag } from "./flag";
import { spread } from "./spread";

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
function apply<T>(op: i32, a: v128, b: v128): v128 {
  if (op == ADD) return v128.add<T>(a, b);
  if (op == SUB) return v128.sub<T>(a, b);
  if (op == MUL) return v128.mul<T>(a, b);
  if (op == DIV) return v128.div<T>(a, b);
  if (op == MAX) return v128.max<T>(a, b);
  if (op == MIN) return v128.min<T>(a, b);
  const one = v128.splat<T>(<T>1);
  // Gradient a at result b.
  if (op == TANH_GRAD) return v128.mul<T>(a, v128.mul<T>(v128.sub<T>(one, b), v128.add<T>(one, b)));
  if (op == SIGMOID_GRAD) return v128.mul<T>(a, v128.mul<T>(b, v128.sub<T>(one, b)));
  if (op == RELU_GRAD) return v128.and(a, v128.gt<T>(b, v128.splat<T>(<T>0)));
  const d = v128.sub<T>(a, b);
  return v128.mul<T>(d, d);
}

/**
 * `outer` lines of `n`: an operand's elements lie `ai` (0 or 1) apart in a line and `ao` from line to line; results lie
 * without gaps. Notes what is not finite on the way.
 */
// @ts-ignore: decorator
@inline
function each<T>(
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
  const pa = <usize>ai * sizeof<T>();
  const pb = <usize>bi * sizeof<T>();
  const block = 32 / <i32>sizeof<T>();
  let bad = v128.splat<T>(<T>0);
  for (let o = 0; o < outer; o++) {
    let p = ai != 0 ? a : spread<T>(a, 0);
    let q = bi != 0 ? b : spread<T>(b, 1);
    let i = 0;
    for (; i + block <= n; i += block) {
      const u = apply<T>(op, v128.load(p), v128.load(q));
      v128.store(y, u);
      const v = apply<T>(op, v128.load(p, 16), v128.load(q, 16));
      v128.store(y, v, 16);
      // x − x is 0 for what is finite and NaN for what is not.
      bad = v128.or(bad, v128.or(v128.sub<T>(u, u), v128.sub<T>(v, v)));
      p += <usize>ai << 5;
      q += <usize>bi << 5;
      y += 32;
    }
    for (; i < n; i++) {
      const u = apply<T>(op, splatAt<T>(p), splatAt<T>(q));
      store<T>(y, v128.extract_lane<T>(u, 0));
      bad = v128.or(bad, v128.sub<T>(u, u));
      p += pa;
      q += pb;
      y += sizeof<T>();
    }
    a += ao * <i32>sizeof<T>();
    b += bo * <i32>sizeof<T>();
  }
  flag(bad);
}

export function add_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(ADD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sub_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(SUB, a, ai, ao, b, bi, bo, y, n, outer);
}
export function mul_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(MUL, a, ai, ao, b, bi, bo, y, n, outer);
}
export function div_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(DIV, a, ai, ao, b, bi, bo, y, n, outer);
}
export function maximum_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(MAX, a, ai, ao, b, bi, bo, y, n, outer);
}
export function minimum_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(MIN, a, ai, ao, b, bi, bo, y, n, outer);
}
export function squared_error_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(SQUARED_ERROR, a, ai, ao, b, bi, bo, y, n, outer);
}
export function tanh_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(TANH_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sigmoid_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(SIGMOID_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function relu_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(RELU_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function add_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(ADD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sub_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(SUB, a, ai, ao, b, bi, bo, y, n, outer);
}
export function mul_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(MUL, a, ai, ao, b, bi, bo, y, n, outer);
}
export function div_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(DIV, a, ai, ao, b, bi, bo, y, n, outer);
}
export function maximum_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(MAX, a, ai, ao, b, bi, bo, y, n, outer);
}
export function minimum_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(MIN, a, ai, ao, b, bi, bo, y, n, outer);
}
export function squared_error_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(SQUARED_ERROR, a, ai, ao, b, bi, bo, y, n, outer);
}
export function tanh_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(TANH_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sigmoid_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(SIGMOID_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function relu_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(RELU_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function pow_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  let bad: f64 = 0;
  for (let o = 0; o < outer; o++) {
    let p = a;
    let q = b;
    for (let i = 0; i < n; i++) {
      const u = pow1(load<f64>(p), load<f64>(q));
      store<f64>(y, u);
      bad += u - u;
      p += ai << 3;
      q += bi << 3;
      y += 8;
    }
    a += ao << 3;
    b += bo << 3;
  }
  flag(f64x2.splat(bad));
}
