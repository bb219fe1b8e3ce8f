import { storeSome } from "../lanes";
import { pow1 } from "../precise/scalar";

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
const POW: i32 = 10;

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
  if (op == POW)
    return f64x2.replace_lane(
      f64x2.splat(pow1(f64x2.extract_lane(a, 0), f64x2.extract_lane(b, 0))),
      1,
      pow1(f64x2.extract_lane(a, 1), f64x2.extract_lane(b, 1)),
    );
  const d = f64x2.sub(a, b);
  return f64x2.mul(d, d);
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
  for (let o = 0; o < outer; o++) {
    let p = a;
    let q = b;
    let i = 0;
    if (ai != 0 && bi != 0) {
      for (; i + 4 <= n; i += 4) {
        v128.store(y, apply(op, v128.load(p), v128.load(q)));
        p += 16;
        q += 16;
        y += 16;
      }
      if (i < n) storeSome(y, apply(op, v128.load(p), v128.load(q)), n - i);
    } else if (bi == 0) {
      const w = v128.load32_splat(q);
      if (ai == 0) {
        const v = apply(op, v128.load32_splat(p), w);
        for (; i + 4 <= n; i += 4) {
          v128.store(y, v);
          y += 16;
        }
        if (i < n) storeSome(y, v, n - i);
      } else {
        for (; i + 4 <= n; i += 4) {
          v128.store(y, apply(op, v128.load(p), w));
          p += 16;
          y += 16;
        }
        if (i < n) storeSome(y, apply(op, v128.load(p), w), n - i);
      }
    } else {
      const v = v128.load32_splat(p);
      for (; i + 4 <= n; i += 4) {
        v128.store(y, apply(op, v, v128.load(q)));
        q += 16;
        y += 16;
      }
      if (i < n) storeSome(y, apply(op, v, v128.load(q)), n - i);
    }
    y += <usize>(n - i) << 2;
    a += ao << 2;
    b += bo << 2;
  }
}

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
  for (let o = 0; o < outer; o++) {
    let p = a;
    let q = b;
    let i = 0;
    const pi = <usize>ai << 4;
    const qi = <usize>bi << 4;
    for (; i + 2 <= n; i += 2) {
      const v = ai != 0 ? v128.load(p) : v128.load64_splat(p);
      const w = bi != 0 ? v128.load(q) : v128.load64_splat(q);
      v128.store(y, apply64(op, v, w));
      p += pi;
      q += qi;
      y += 16;
    }
    if (i < n) {
      store<f64>(y, f64x2.extract_lane(apply64(op, v128.load64_splat(p), v128.load64_splat(q)), 0));
      y += 8;
    }
    a += ao << 3;
    b += bo << 3;
  }
}

export function add_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(ADD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function add_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(ADD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sub_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(SUB, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sub_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(SUB, a, ai, ao, b, bi, bo, y, n, outer);
}
export function mul_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(MUL, a, ai, ao, b, bi, bo, y, n, outer);
}
export function mul_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(MUL, a, ai, ao, b, bi, bo, y, n, outer);
}
export function div_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(DIV, a, ai, ao, b, bi, bo, y, n, outer);
}
export function div_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(DIV, a, ai, ao, b, bi, bo, y, n, outer);
}
export function maximum_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(MAX, a, ai, ao, b, bi, bo, y, n, outer);
}
export function maximum_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(MAX, a, ai, ao, b, bi, bo, y, n, outer);
}
export function minimum_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(MIN, a, ai, ao, b, bi, bo, y, n, outer);
}
export function minimum_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(MIN, a, ai, ao, b, bi, bo, y, n, outer);
}
export function squared_error_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(SQUARED_ERROR, a, ai, ao, b, bi, bo, y, n, outer);
}
export function squared_error_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(SQUARED_ERROR, a, ai, ao, b, bi, bo, y, n, outer);
}
export function tanh_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(TANH_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function tanh_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(TANH_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sigmoid_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(SIGMOID_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sigmoid_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(SIGMOID_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function relu_grad_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(RELU_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function relu_grad_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(RELU_GRAD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function pow_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each64(POW, a, ai, ao, b, bi, bo, y, n, outer);
}
