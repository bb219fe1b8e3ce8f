import { sigmoid_f32, tanh_f32 } from "../elementwise/functions";
import { madd, storeSome } from "../lanes";

/*
 * What recurrent kernels do to the lines of a step: pass by pass, as one loop over all of a cell's functions has more
 * values alive than there are registers and was seen to run four times as long.
 */

/** Functions of gates and candidates; their numbers are those of `KINDS` in `src/wasm/kernels/recurrent.ts`. */
const SIGMOID: i32 = 0;
const TANH: i32 = 1;
const RELU: i32 = 2;
const LINEAR: i32 = 3;
const HARD_SIXTH: i32 = 4;

// @ts-ignore: decorator
@inline
function c(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
export function put(p: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(p, v);
  else storeSome(p, v, left);
}

// @ts-ignore: decorator
@inline
function valueOf(kind: i32, slope: v128, x: v128): v128 {
  if (kind == RELU) return f32x4.max(x, c(0));
  return f32x4.max(f32x4.min(madd(x, slope, c(0.5)), c(1)), c(0));
}

/** The derivative where the function has the value y. */
// @ts-ignore: decorator
@inline
function slopeOf(kind: i32, slope: v128, y: v128): v128 {
  if (kind == SIGMOID) return f32x4.mul(y, f32x4.sub(c(1), y));
  if (kind == TANH) return f32x4.sub(c(1), f32x4.mul(y, y));
  const up = f32x4.gt(y, c(0));
  if (kind == RELU) return v128.and(up, c(1));
  return v128.and(v128.and(up, f32x4.lt(y, c(1))), slope);
}

// @ts-ignore: decorator
@inline
function hardSlope(kind: i32): v128 {
  return c(kind == HARD_SIXTH ? 1 / <f32>6 : <f32>0.2);
}

// @ts-ignore: decorator
@inline
function eachOf(kind: i32, x: usize, y: usize, n: i32): void {
  const slope = hardSlope(kind);
  for (; n > 0; n -= 4, x += 16, y += 16) put(y, valueOf(kind, slope, v128.load(x)), n);
}

/** y = f(x). */
export function activate(kind: i32, x: usize, y: usize, n: i32): void {
  if (kind == SIGMOID) sigmoid_f32(x, y, n);
  else if (kind == TANH) tanh_f32(x, y, n);
  else if (kind == RELU) eachOf(RELU, x, y, n);
  else if (kind != LINEAR) eachOf(kind, x, y, n);
  else if (x != y) copyLine(x, y, n);
}

// @ts-ignore: decorator
@inline
function eachSlope(kind: i32, y: usize, d: usize, out: usize, n: i32): void {
  const slope = hardSlope(kind);
  for (; n > 0; n -= 4, y += 16, d += 16, out += 16)
    put(out, f32x4.mul(v128.load(d), slopeOf(kind, slope, v128.load(y))), n);
}

/** out = d·f′ where f has the value y. */
export function slopes(kind: i32, y: usize, d: usize, out: usize, n: i32): void {
  if (kind == SIGMOID) eachSlope(SIGMOID, y, d, out, n);
  else if (kind == TANH) eachSlope(TANH, y, d, out, n);
  else if (kind == RELU) eachSlope(RELU, y, d, out, n);
  else if (kind != LINEAR) eachSlope(kind, y, d, out, n);
  else if (d != out) copyLine(d, out, n);
}

export function copyLine(x: usize, y: usize, n: i32): void {
  for (; n > 0; n -= 4, x += 16, y += 16) put(y, v128.load(x), n);
}

export function clearLine(y: usize, n: i32): void {
  for (; n > 0; n -= 4, y += 16) put(y, c(0), n);
}

/** y += x. */
export function addLine(x: usize, y: usize, n: i32): void {
  for (; n > 0; n -= 4, x += 16, y += 16) put(y, f32x4.add(v128.load(x), v128.load(y)), n);
}

/** out = a·b. */
export function mulLine(a: usize, b: usize, out: usize, n: i32): void {
  for (; n > 0; n -= 4, a += 16, b += 16, out += 16) put(out, f32x4.mul(v128.load(a), v128.load(b)), n);
}

/** y += a·b. */
export function maddLine(a: usize, b: usize, y: usize, n: i32): void {
  for (; n > 0; n -= 4, a += 16, b += 16, y += 16) put(y, madd(v128.load(a), v128.load(b), v128.load(y)), n);
}

/** Whether row `row` runs; without a mask all do. */
// @ts-ignore: decorator
@inline
export function on(runs: usize, row: i32): bool {
  return runs == 0 || load<u8>(runs + row) != 0;
}

/** The output of a masked row: zeros, or what the row put out a step before. */
export function repeatOutput(y: usize, before: usize, n: i32): void {
  if (before != 0) copyLine(before, y, n);
  else clearLine(y, n);
}

/**
 * Brings the gradient of a row's output to that of its state. What masked rows put out again waits in `carried` (0 if
 * masked rows put out zeros) for the step that made it.
 */
export function arrive(runs: bool, gy: usize, carried: usize, g: usize, n: i32): void {
  if (gy == 0) return;
  if (!runs) {
    if (carried != 0) addLine(gy, carried, n);
    return;
  }
  addLine(gy, g, n);
  if (carried != 0) {
    addLine(carried, g, n);
    clearLine(carried, n);
  }
}
