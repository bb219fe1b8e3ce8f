/* Arithmetic of 32- and 64-bit integers, which wraps. */

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
    let p = a;
    let q = b;
    for (let i = 0; i < n; i++) {
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
