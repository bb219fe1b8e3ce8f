import { exp2x, log2x, sigmoid2x, sin2x } from "../precise/lanes";
import { expm11, log1p1 } from "../precise/scalar";
import { flag } from "./flag";

const EXP: i32 = 0;
const LOG: i32 = 1;
const SIN: i32 = 2;
const COS: i32 = 3;
const EXPM1: i32 = 4;
const LOG1P: i32 = 5;
const SIGMOID: i32 = 6;
const SQRT: i32 = 7;
const NEG: i32 = 8;
const ABS: i32 = 9;
const SQUARE: i32 = 10;
const RELU: i32 = 11;
const RECIPROCAL: i32 = 12;
const RSQRT: i32 = 13;
const FLOOR: i32 = 14;
const CEIL: i32 = 15;
const TRUNC: i32 = 16;

// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128): v128 {
  if (op == EXP) return exp2x(x);
  if (op == LOG) return log2x(x);
  if (op == SIN) return sin2x(x, 0);
  if (op == COS) return sin2x(x, 64);
  if (op == EXPM1)
    return f64x2.replace_lane(f64x2.splat(expm11(f64x2.extract_lane(x, 0))), 1, expm11(f64x2.extract_lane(x, 1)));
  if (op == LOG1P)
    return f64x2.replace_lane(f64x2.splat(log1p1(f64x2.extract_lane(x, 0))), 1, log1p1(f64x2.extract_lane(x, 1)));
  if (op == SIGMOID) return sigmoid2x(x);
  if (op == SQRT) return f64x2.sqrt(x);
  if (op == NEG) return f64x2.neg(x);
  if (op == ABS) return f64x2.abs(x);
  if (op == SQUARE) return f64x2.mul(x, x);
  if (op == RELU) return f64x2.max(x, f64x2.splat(0));
  if (op == RECIPROCAL) return f64x2.div(f64x2.splat(1), x);
  if (op == RSQRT) return f64x2.div(f64x2.splat(1), f64x2.sqrt(x));
  if (op == FLOOR) return f64x2.floor(x);
  if (op == CEIL) return f64x2.ceil(x);
  if (op == TRUNC) return f64x2.trunc(x);
  return f64x2.nearest(x);
}

// @ts-ignore: decorator
@inline
function each(op: i32, x: usize, y: usize, n: i32): void {
  let bad = f64x2.splat(0);
  let i = 0;
  // x − x is 0 for what is finite and NaN for what is not.
  for (; i + 2 <= n; i += 2) {
    const u = apply(op, v128.load(x));
    v128.store(y, u);
    bad = v128.or(bad, f64x2.sub(u, u));
    x += 16;
    y += 16;
  }
  if (i < n) {
    const u = apply(op, v128.load64_splat(x));
    store<f64>(y, f64x2.extract_lane(u, 0));
    bad = v128.or(bad, f64x2.sub(u, u));
  }
  flag(bad);
}

/** A function of float64 by its number, in the order of `UNARY64` (`src/wasm/exports.ts`). */
export function unary_f64(op: i32, x: usize, y: usize, n: i32): void {
  if (op == EXP) each(EXP, x, y, n);
  else if (op == LOG) each(LOG, x, y, n);
  else if (op == SIN) each(SIN, x, y, n);
  else if (op == COS) each(COS, x, y, n);
  else if (op == EXPM1) each(EXPM1, x, y, n);
  else if (op == LOG1P) each(LOG1P, x, y, n);
  else if (op == SIGMOID) each(SIGMOID, x, y, n);
  else if (op == SQRT) each(SQRT, x, y, n);
  else if (op == NEG) each(NEG, x, y, n);
  else if (op == ABS) each(ABS, x, y, n);
  else if (op == SQUARE) each(SQUARE, x, y, n);
  else if (op == RELU) each(RELU, x, y, n);
  else if (op == RECIPROCAL) each(RECIPROCAL, x, y, n);
  else if (op == RSQRT) each(RSQRT, x, y, n);
  else if (op == FLOOR) each(FLOOR, x, y, n);
  else if (op == CEIL) each(CEIL, x, y, n);
  else if (op == TRUNC) each(TRUNC, x, y, n);
  else each(17, x, y, n);
}
