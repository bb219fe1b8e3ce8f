import { spread } from "./spread";

/* Comparisons give bytes of 0 and 1; those that are not here are these with the operands exchanged. */

const EQ: i32 = 0;
const LT: i32 = 1;
const LE: i32 = 2;

// @ts-ignore: decorator
@inline
function apply<T>(op: i32, a: v128, b: v128): v128 {
  if (op == EQ) return v128.eq<T>(a, b);
  if (op == LT) return v128.lt<T>(a, b);
  return v128.le<T>(a, b);
}

/** Four lanes of 0 and −1 from place `at` of a block on. */
// @ts-ignore: decorator
@inline
function four<T>(op: i32, p: usize, q: usize, at: usize): v128 {
  const from = at * sizeof<T>();
  const m = apply<T>(op, v128.load(p + from), v128.load(q + from));
  if (sizeof<T>() == 4) return m;
  const w = apply<T>(op, v128.load(p + from + 16), v128.load(q + from + 16));
  return i8x16.shuffle(m, w, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}

// @ts-ignore: decorator
@inline
function holds<T>(op: i32, a: T, b: T): bool {
  if (op == EQ) return a == b;
  if (op == LT) return a < b;
  return a <= b;
}

/** With `not` 1 the opposite. */
// @ts-ignore: decorator
@inline
function each<T>(
  op: i32,
  not: i32,
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
  const one = i8x16.splat(1);
  const turn = i8x16.splat(<i8>not);
  for (let o = 0; o < outer; o++) {
    let p = ai != 0 ? a : spread<T>(a, 0);
    let q = bi != 0 ? b : spread<T>(b, 1);
    let i = 0;
    for (; i + 16 <= n; i += 16) {
      const bytes = i8x16.narrow_i16x8_s(
        i16x8.narrow_i32x4_s(four<T>(op, p, q, 0), four<T>(op, p, q, 4)),
        i16x8.narrow_i32x4_s(four<T>(op, p, q, 8), four<T>(op, p, q, 12)),
      );
      v128.store(y, v128.xor(v128.and(bytes, one), turn));
      p += pa << 4;
      q += pb << 4;
      y += 16;
    }
    for (; i < n; i++) {
      store<u8>(y++, (holds<T>(op, load<T>(p), load<T>(q)) ? 1 : 0) ^ not);
      p += pa;
      q += pb;
    }
    a += ao * <i32>sizeof<T>();
    b += bo * <i32>sizeof<T>();
  }
}

/** Kept apart from the kernels, so that `==` and `!=` are one loop. */
function equal<T>(
  not: i32,
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
  each<T>(EQ, not, a, ai, ao, b, bi, bo, y, n, outer);
}

export function eq_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  equal<f32>(0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ne_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  equal<f32>(1, a, ai, ao, b, bi, bo, y, n, outer);
}
export function lt_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(LT, 0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function le_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f32>(LE, 0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function eq_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  equal<f64>(0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ne_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  equal<f64>(1, a, ai, ao, b, bi, bo, y, n, outer);
}
export function lt_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(LT, 0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function le_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<f64>(LE, 0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function eq_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  equal<i32>(0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ne_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  equal<i32>(1, a, ai, ao, b, bi, bo, y, n, outer);
}
export function lt_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i32>(LT, 0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function le_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i32>(LE, 0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function eq_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  equal<i64>(0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ne_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  equal<i64>(1, a, ai, ao, b, bi, bo, y, n, outer);
}
export function lt_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i64>(LT, 0, a, ai, ao, b, bi, bo, y, n, outer);
}
export function le_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each<i64>(LE, 0, a, ai, ao, b, bi, bo, y, n, outer);
}

/** a where the byte of cond is not 0, else b; steps of a and b are 0 or 1, cond has no gaps. */
// @ts-ignore: decorator
@inline
function choose<T>(a: usize, ai: i32, cond: usize, b: usize, bi: i32, y: usize, n: i32): void {
  const pa = <usize>ai * sizeof<T>();
  const pb = <usize>bi * sizeof<T>();
  if (ai == 0) a = spread<T>(a, 0);
  if (bi == 0) b = spread<T>(b, 1);
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    const m = i16x8.extend_low_i8x16_s(i8x16.ne(v128.load64_zero(cond), i8x16.splat(0)));
    const low = i32x4.extend_low_i16x8_s(m);
    const high = i32x4.extend_high_i16x8_s(m);
    if (sizeof<T>() == 4) {
      v128.store(y, v128.bitselect(v128.load(a), v128.load(b), low));
      v128.store(y, v128.bitselect(v128.load(a, 16), v128.load(b, 16), high), 16);
    } else {
      v128.store(y, v128.bitselect(v128.load(a), v128.load(b), i64x2.extend_low_i32x4_s(low)));
      v128.store(y, v128.bitselect(v128.load(a, 16), v128.load(b, 16), i64x2.extend_high_i32x4_s(low)), 16);
      v128.store(y, v128.bitselect(v128.load(a, 32), v128.load(b, 32), i64x2.extend_low_i32x4_s(high)), 32);
      v128.store(y, v128.bitselect(v128.load(a, 48), v128.load(b, 48), i64x2.extend_high_i32x4_s(high)), 48);
    }
    cond += 8;
    y += 8 * sizeof<T>();
    a += pa << 3;
    b += pb << 3;
  }
  for (; i < n; i++) {
    store<T>(y, load<u8>(cond++) ? load<T>(a) : load<T>(b));
    y += sizeof<T>();
    a += pa;
    b += pb;
  }
}

export function where_f32(a: usize, ai: i32, cond: usize, b: usize, bi: i32, y: usize, n: i32): void {
  choose<u32>(a, ai, cond, b, bi, y, n);
}
export function where_f64(a: usize, ai: i32, cond: usize, b: usize, bi: i32, y: usize, n: i32): void {
  choose<u64>(a, ai, cond, b, bi, y, n);
}
