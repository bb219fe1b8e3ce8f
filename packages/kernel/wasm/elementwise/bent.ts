import { storeSome } from "../lanes";

/* Functions of straight pieces. */

const LEAKY: i32 = 0;
const BETWEEN: i32 = 1;
const SIGMOID: i32 = 2;

/** x/6 + ½ between 0 and 1. */
// @ts-ignore: decorator
@inline
function hardsigmoid(x: v128): v128 {
  const six = f32x4.splat(6);
  const v = f32x4.add(x, f32x4.splat(3));
  // pmax and pmin keep a NaN that comes first.
  return f32x4.div(f32x4.pmin(f32x4.pmax(v, f32x4.splat(0)), six), six);
}

// @ts-ignore: decorator
@inline
function bent(kind: i32, x: v128, a: v128, b: v128): v128 {
  if (kind == LEAKY) return v128.bitselect(x, f32x4.mul(x, a), f32x4.gt(x, f32x4.splat(0)));
  if (kind == BETWEEN) return f32x4.pmin(f32x4.pmax(x, a), b);
  if (kind == SIGMOID) return hardsigmoid(x);
  return f32x4.mul(x, hardsigmoid(x));
}

/** x above 0 and a·x below (0), x from a to b (1), x/6 + ½ from 0 to 1 (2), x times that (3). */
export function bent_f32(kind: i32, x: usize, y: usize, n: i32, a: f32, b: f32): void {
  const p = f32x4.splat(a);
  const q = f32x4.splat(b);
  for (; n >= 4; n -= 4, x += 16, y += 16) v128.store(y, bent(kind, v128.load(x), p, q));
  storeSome(y, bent(kind, v128.load(x), p, q), n);
}
