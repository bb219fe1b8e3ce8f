import { pow1 } from "../precise/scalar";
import { flag } from "./flag";
import { spread64 } from "./spread";

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
function apply64(op: i32, a: v128, b: v128): v128 {
  if (op == ADD) return f64x2.add(a, b);
  if (op == SUB) return f64x2.sub(a, b);
  if (op == MUL) return f64x2.mul(a, b);
  if (op == DIV) return f64x2.div(a, b);
  if (op == MAX) return f64x2.max(a, b);
  if (op == MIN) return f64x2.min(a, b);
  if (op == TANH_GRAD) return f64x2.mul(a, f64x2.mul(f64x2.sub(f64x2.splat(1), b), f64x2.add(f64x2.splat(1), b)));
  if (op == SIGMOID_GRAD) return f64x2.mul(a, f64x2.mul(b, f64x2.sub(f64x2.splat(1), b)));
  if (op == RELU_GRAD) return v128.and(a, f64x2.gt(b, f64x2.splat(0)));
  const d = f64x2.sub(a, b);
  return f64x2.mul(d, d);
}

/** As for float32, noting what is not finite on the way. */
// @ts-ignore: decorator
@inline
function each64(
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
  const pa = <usize>ai << 3;
  const pb = <usize>bi << 3;
  let bad = f64x2.splat(0);
  for (let o = 0; o < outer; o++) {
    let p = ai != 0 ? a : spread64(a, 0);
    let q = bi != 0 ? b : spread64(b, 1);
    let i = 0;
    for (; i + 4 <= n; i += 4) {
      const u = apply64(op, v128.load(p), v128.load(q));
      v128.store(y, u);
      const v = apply64(op, v128.load(p, 16), v128.load(q, 16));
      v128.store(y, v, 16);
      // x − x is 0 for what is finite and NaN for what is not.
      bad = v128.or(bad, v128.or(f64x2.sub(u, u), f64x2.sub(v, v)));
      p += pa << 2;
      q += pb << 2;
      y += 32;
    }
    for (; i < n; i++) {
      const u = apply64(op, v128.load64_splat(p), v128.load64_splat(q));
      store<f64>(y, f64x2.extract_lane(u, 0));
      bad = v128.or(bad, f64x2.sub(u, u));
      p += pa;
      q += pb;
      y += 8;
    }
    a += ao << 3;
    b += bo << 3;
  }
  flag(bad);
}

export function add_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(ADD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sub_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(SUB, a, ai, ao, b, bi, bo, y, n, outer);
}
export function mul_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(MUL, a, ai, ao, b, bi, bo, y, n, outer);
}
export function div_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(DIV, a, ai, ao, b, bi, bo, y, n, outer);
}
export function maximum_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(MAX, a, ai, ao, b, bi, bo, y, n, outer);
}
export function minimum_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(MIN, a, ai, ao, b, bi, bo, y, n, outer);
}
export function squared_error_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(SQUARED_ERROR, a, ai, ao, b, bi, bo, y, n, outer);
}
export function tanh_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(TANH_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sigmoid_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(SIGMOID_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function relu_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(RELU_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
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
