import { ROOM } from "./spread";

/* What bits and bytes do by themselves, whatever they belong to. */

const AND: i32 = 0;
const OR: i32 = 1;
const XOR: i32 = 2;
const ADD: i32 = 3;
const SUB: i32 = 4;
const BOTH: i32 = 5;
const EITHER: i32 = 6;

/** 1 in bytes that are not 0. */
// @ts-ignore: decorator
@inline
function truth(x: v128): v128 {
  return v128.and(i8x16.ne(x, i8x16.splat(0)), i8x16.splat(1));
}

// @ts-ignore: decorator
@inline
function apply(op: i32, a: v128, b: v128): v128 {
  if (op == AND) return v128.and(a, b);
  if (op == OR) return v128.or(a, b);
  if (op == XOR) return v128.xor(a, b);
  if (op == ADD) return i8x16.add(a, b);
  if (op == SUB) return i8x16.sub(a, b);
  if (op == BOTH) return v128.and(truth(a), truth(b));
  if (op == EITHER) return truth(v128.or(a, b));
  return v128.xor(truth(a), truth(b));
}

// @ts-ignore: decorator
@inline
function each(op: i32, a: usize, b: usize, bi: i32, y: usize, n: i32): void {
  if (bi == 0) {
    memory.fill(ROOM, load<u8>(b), 16);
    b = ROOM;
  }
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    v128.store(y, apply(op, v128.load(a), v128.load(b)));
    a += 16;
    b += bi << 4;
    y += 16;
  }
  for (; i < n; i++) {
    store<u8>(y++, <u8>i8x16.extract_lane_u(apply(op, v128.load8_splat(a++), v128.load8_splat(b)), 0));
    b += bi;
  }
}

/** n bytes of a and b, which stays on its first byte where bi is 0: 0 and, 1 or, 2 exclusive or, 3 sum, 4 difference; of truths: 5 and, 6 or, 7 exclusive or. */
export function bytes(op: i32, a: usize, b: usize, bi: i32, y: usize, n: i32): void {
  if (op == AND) each(AND, a, b, bi, y, n);
  else if (op == OR) each(OR, a, b, bi, y, n);
  else if (op == XOR) each(XOR, a, b, bi, y, n);
  else if (op == ADD) each(ADD, a, b, bi, y, n);
  else if (op == SUB) each(SUB, a, b, bi, y, n);
  else if (op == BOTH) each(BOTH, a, b, bi, y, n);
  else if (op == EITHER) each(EITHER, a, b, bi, y, n);
  else each(7, a, b, bi, y, n);
}

/** Quotients rounded down (or the remainders that they leave) of n integers; steps are 0 or 1. 0 where a divisor is 0. */
export function divide_i64(rest: i32, a: usize, ai: i32, b: usize, bi: i32, y: usize, n: i32): i32 {
  for (let i = 0; i < n; i++) {
    const u = load<i64>(a);
    const v = load<i64>(b);
    if (v == 0) return 0;
    let q: i64 = 0 - u;
    let r: i64 = 0;
    // The smallest number has no quotient by −1.
    if (v != -1) {
      q = u / v;
      r = u - q * v;
      if (r != 0 && r < 0 != v < 0) {
        q -= 1;
        r += v;
      }
    }
    store<i64>(y, rest ? r : q);
    a += ai << 3;
    b += bi << 3;
    y += 8;
  }
  return 1;
}
