/* Comparisons give bytes of 0 and 1. */

const EQ: i32 = 0;
const NE: i32 = 1;
const LT: i32 = 2;
const LE: i32 = 3;
const GT: i32 = 4;
const GE: i32 = 5;

// @ts-ignore: decorator
@inline
function apply(op: i32, a: v128, b: v128): v128 {
  if (op == EQ) return f32x4.eq(a, b);
  if (op == NE) return f32x4.ne(a, b);
  if (op == LT) return f32x4.lt(a, b);
  if (op == LE) return f32x4.le(a, b);
  if (op == GT) return f32x4.gt(a, b);
  return f32x4.ge(a, b);
}

// @ts-ignore: decorator
@inline
function side(p: usize, step: i32, at: i32): v128 {
  return step != 0 ? v128.load(p + (<usize>at << 2)) : v128.load32_splat(p);
}

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
  const one = i8x16.splat(1);
  for (let o = 0; o < outer; o++) {
    let i = 0;
    for (; i + 16 <= n; i += 16) {
      const m0 = apply(op, side(a, ai, i), side(b, bi, i));
      const m1 = apply(op, side(a, ai, i + 4), side(b, bi, i + 4));
      const m2 = apply(op, side(a, ai, i + 8), side(b, bi, i + 8));
      const m3 = apply(op, side(a, ai, i + 12), side(b, bi, i + 12));
      const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(m0, m1), i16x8.narrow_i32x4_s(m2, m3));
      v128.store(y, v128.and(bytes, one));
      y += 16;
    }
    for (; i < n; i += 4) {
      const bits = i32x4.bitmask(apply(op, side(a, ai, i), side(b, bi, i)));
      for (let k = 0; k < min(4, n - i); k++) store<u8>(y++, (bits >> k) & 1);
    }
    a += ao << 2;
    b += bo << 2;
  }
}

export function eq_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(EQ, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ne_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(NE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function lt_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(LT, a, ai, ao, b, bi, bo, y, n, outer);
}
export function le_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(LE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function gt_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(GT, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ge_f32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  each(GE, a, ai, ao, b, bi, bo, y, n, outer);
}

// @ts-ignore: decorator
@inline
function holds<T>(op: i32, a: T, b: T): bool {
  if (op == EQ) return a == b;
  if (op == NE) return a != b;
  if (op == LT) return a < b;
  if (op == LE) return a <= b;
  if (op == GT) return a > b;
  return a >= b;
}

// @ts-ignore: decorator
@inline
function eachOf<T>(
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
      store<u8>(y++, holds<T>(op, load<T>(p), load<T>(q)) ? 1 : 0);
      p += pa;
      q += pb;
    }
    a += ao * <i32>sizeof<T>();
    b += bo * <i32>sizeof<T>();
  }
}

export function eq_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<f64>(EQ, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ne_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<f64>(NE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function lt_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<f64>(LT, a, ai, ao, b, bi, bo, y, n, outer);
}
export function le_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<f64>(LE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function gt_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<f64>(GT, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ge_f64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<f64>(GE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function eq_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i64>(EQ, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ne_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i64>(NE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function lt_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i64>(LT, a, ai, ao, b, bi, bo, y, n, outer);
}
export function le_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i64>(LE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function gt_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i64>(GT, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ge_i64(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i64>(GE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function eq_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i32>(EQ, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ne_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i32>(NE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function lt_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i32>(LT, a, ai, ao, b, bi, bo, y, n, outer);
}
export function le_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i32>(LE, a, ai, ao, b, bi, bo, y, n, outer);
}
export function gt_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i32>(GT, a, ai, ao, b, bi, bo, y, n, outer);
}
export function ge_i32(a: usize, ai: i32, ao: i32, b: usize, bi: i32, bo: i32, y: usize, n: i32, outer: i32): void {
  eachOf<i32>(GE, a, ai, ao, b, bi, bo, y, n, outer);
}

/** a where the byte of cond is not 0, else b; steps of a and b are 0 or 1, cond has no gaps. */
// @ts-ignore: decorator
@inline
function choose<T>(a: usize, ai: i32, cond: usize, b: usize, bi: i32, y: usize, n: i32): void {
  const pa = <usize>ai * sizeof<T>();
  const pb = <usize>bi * sizeof<T>();
  for (let i = 0; i < n; i++) {
    store<T>(y, load<u8>(cond + i) ? load<T>(a) : load<T>(b));
    a += pa;
    b += pb;
    y += sizeof<T>();
  }
}

/** a where the byte of cond is not 0, else b; steps of a and b are 0 or 1, cond has no gaps. */
export function where_f32(a: usize, ai: i32, cond: usize, b: usize, bi: i32, y: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const bytes = v128.load32_zero(cond + i);
    const mask = i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)), i32x4.splat(0));
    v128.store(y, v128.bitselect(side(a, ai, i), side(b, bi, i), mask));
    y += 16;
  }
  for (; i < n; i++) {
    const v = load<u8>(cond + i) ? load<f32>(a + ((ai * i) << 2)) : load<f32>(b + ((bi * i) << 2));
    store<f32>(y, v);
    y += 4;
  }
}
export function where_f64(a: usize, ai: i32, cond: usize, b: usize, bi: i32, y: usize, n: i32): void {
  choose<u64>(a, ai, cond, b, bi, y, n);
}
