/* Arithmetic of 32- and 64-bit integers, which wraps. */

import { spread } from "./spread";

const ADD: i32 = 0;
const SUB: i32 = 1;
const MUL: i32 = 2;
const MAX: i32 = 3;
const MIN: i32 = 4;

// @ts-ignore: decorator
@inline
function apply<T>(op: i32, a: T, b: T): T {
  if (op == ADD) return (a + b) as T;
  if (op == SUB) return (a - b) as T;
  if (op == MUL) return (a * b) as T;
  if (op == MAX) return a > b ? a : b;
  return a < b ? a : b;
}

// @ts-ignore: decorator
@inline
function vector<T>(op: i32, a: v128, b: v128): v128 {
  if (op == ADD) return v128.add<T>(a, b);
  if (op == SUB) return v128.sub<T>(a, b);
  if (sizeof<T>() == 8) return a;
  if (op == MUL) return i32x4.mul(a, b);
  return op == MAX ? i32x4.max_s(a, b) : i32x4.min_s(a, b);
}

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
  for (let o = 0; o < outer; o++) {
    let p = ai != 0 ? a : spread<T>(a, 0);
    let q = bi != 0 ? b : spread<T>(b, 1);
    let i = 0;
    // There are no vectors of 64-bit products and extremes.
    if (sizeof<T>() == 4 || op == ADD || op == SUB) {
      const wide = <i32>(32 / sizeof<T>());
      for (; i + wide <= n; i += wide) {
        v128.store(y, vector<T>(op, v128.load(p), v128.load(q)));
        v128.store(y, vector<T>(op, v128.load(p, 16), v128.load(q, 16)), 16);
        p += ai << 5;
        q += bi << 5;
        y += 32;
      }
    }
    for (; i < n; i++) {
      store<T>(y, apply<T>(op, load<T>(p), load<T>(q)));
      p += pa;
      q += pb;
      y += sizeof<T>();
    }
    a += ao * <i32>sizeof<T>();
    b += bo * <i32>sizeof<T>();
  }
}

export function add_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i32>(ADD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sub_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i32>(SUB, a, ai, ao, b, bi, bo, y, n, outer);
}
export function mul_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i32>(MUL, a, ai, ao, b, bi, bo, y, n, outer);
}
export function maximum_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i32>(MAX, a, ai, ao, b, bi, bo, y, n, outer);
}
export function minimum_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i32>(MIN, a, ai, ao, b, bi, bo, y, n, outer);
}
export function add_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i64>(ADD, a, ai, ao, b, bi, bo, y, n, outer);
}
export function sub_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i64>(SUB, a, ai, ao, b, bi, bo, y, n, outer);
}
export function mul_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i64>(MUL, a, ai, ao, b, bi, bo, y, n, outer);
}
export function maximum_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i64>(MAX, a, ai, ao, b, bi, bo, y, n, outer);
}
export function minimum_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i64>(MIN, a, ai, ao, b, bi, bo, y, n, outer);
}
