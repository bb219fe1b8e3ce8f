import { madd, storeSome, sum4 } from "../lanes";
import { exp4, log4 } from "../elementwise/functions";
import { amax_f32, total } from "./reduce";

/* Softmax and its kin over lines of n neighbours. */

// @ts-ignore: decorator
@inline
function pad(v: v128, there: i32, fill: f32): v128 {
  const lane = i32x4(0, 1, 2, 3);
  return v128.bitselect(v, f32x4.splat(fill), i32x4.lt_s(lane, i32x4.splat(there)));
}

/** The sum of e^(x − max); the exponentials go to y where `keep`. */
// @ts-ignore: decorator
@inline
function exponentials(x: usize, n: i32, max: v128, y: usize, keep: bool): f32 {
  let s = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const e = exp4(f32x4.sub(v128.load(x), max));
    if (keep) v128.store(y, e);
    s = f32x4.add(s, e);
    x += 16;
    y += 16;
  }
  if (i < n) {
    const e = pad(exp4(f32x4.sub(v128.load(x), max)), n - i, 0);
    if (keep) storeSome(y, e, n - i);
    s = f32x4.add(s, e);
  }
  return sum4(s);
}

export function softmax_f32(x: usize, lines: i32, n: i32, y: usize): void {
  for (let k = 0; k < lines; k++) {
    amax_f32(x, 1, n, 1, y);
    const max = v128.load32_splat(y);
    const scale = f32x4.splat(1 / exponentials(x, n, max, y, true));
    let i = 0;
    for (; i + 4 <= n; i += 4) {
      v128.store(y, f32x4.mul(v128.load(y), scale));
      y += 16;
    }
    if (i < n) storeSome(y, f32x4.mul(v128.load(y), scale), n - i);
    y += <usize>(n - i) << 2;
    x += <usize>n << 2;
  }
}

export function log_softmax_f32(x: usize, lines: i32, n: i32, y: usize): void {
  for (let k = 0; k < lines; k++) {
    amax_f32(x, 1, n, 1, y);
    const max = v128.load32_splat(y);
    const log = log4(f32x4.splat(exponentials(x, n, max, y, false)));
    let i = 0;
    for (; i + 4 <= n; i += 4) {
      v128.store(y, f32x4.sub(f32x4.sub(v128.load(x), max), log));
      x += 16;
      y += 16;
    }
    if (i < n) storeSome(y, f32x4.sub(f32x4.sub(v128.load(x), max), log), n - i);
    y += <usize>(n - i) << 2;
    x += <usize>(n - i) << 2;
  }
}

/** out = y·(g − Σ g·y). */
export function softmax_grad_f32(g: usize, y: usize, lines: i32, n: i32, out: usize): void {
  for (let k = 0; k < lines; k++) {
    let s = f32x4.splat(0);
    let i = 0;
    for (; i + 4 <= n; i += 4) s = madd(v128.load(g + (<usize>i << 2)), v128.load(y + (<usize>i << 2)), s);
    let sum = sum4(s);
    for (; i < n; i++) sum += load<f32>(g + (<usize>i << 2)) * load<f32>(y + (<usize>i << 2));
    const v = f32x4.splat(sum);
    i = 0;
    for (; i + 4 <= n; i += 4) {
      v128.store(out, f32x4.mul(v128.load(y), f32x4.sub(v128.load(g), v)));
      g += 16;
      y += 16;
      out += 16;
    }
    if (i < n) storeSome(out, f32x4.mul(v128.load(y), f32x4.sub(v128.load(g), v)), n - i);
    const rest = <usize>(n - i) << 2;
    g += rest;
    y += rest;
    out += rest;
  }
}

/** out = g − e^y·Σ g. */
export function log_softmax_grad_f32(g: usize, y: usize, lines: i32, n: i32, out: usize): void {
  for (let k = 0; k < lines; k++) {
    const v = f32x4.splat(<f32>total(g, n));
    let i = 0;
    for (; i + 4 <= n; i += 4) {
      v128.store(out, f32x4.sub(v128.load(g), f32x4.mul(exp4(v128.load(y)), v)));
      g += 16;
      y += 16;
      out += 16;
    }
    if (i < n) storeSome(out, f32x4.sub(v128.load(g), f32x4.mul(exp4(v128.load(y)), v)), n - i);
    const rest = <usize>(n - i) << 2;
    g += rest;
    y += rest;
    out += rest;
  }
}
