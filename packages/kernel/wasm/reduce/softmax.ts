import { madd, storeSome, sum4 } from "../lanes";
import { exponentials, log_f32 } from "../elementwise/functions";
import { largest, total } from "./reduce";

/* Softmax and its kin over lines of n neighbours. */

/** y = x·scale of n neighbours. */
// @ts-ignore: decorator
@inline
function scaled(x: usize, n: i32, scale: v128, y: usize): void {
  for (; n >= 4; n -= 4, x += 16, y += 16) v128.store(y, f32x4.mul(v128.load(x), scale));
  if (n > 0) storeSome(y, f32x4.mul(v128.load(x), scale), n);
}

export function softmax_f32(x: usize, lines: i32, n: i32, y: usize): void {
  for (; lines > 0; lines--, x += <usize>n << 2, y += <usize>n << 2) {
    const sum = exponentials(x, n, 1, -largest(x, n), y);
    scaled(y, n, f32x4.splat(1 / sum), y);
  }
}

export function log_softmax_f32(x: usize, lines: i32, n: i32, y: usize): void {
  for (let k = 0; k < lines; k++) {
    const most = largest(x, n);
    store<f32>(y, exponentials(x, n, 1, -most, 0));
    log_f32(y, y, 1);
    const log = v128.load32_splat(y);
    const max = f32x4.splat(most);
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
  const step = <usize>n << 2;
  for (; lines > 0; lines--, g += step, y += step, out += step) {
    const v = f32x4.splat(<f32>total(g, n));
    exponentials(y, n, 1, 0, out);
    let i: usize = 0;
    let left = n;
    for (; left >= 4; left -= 4, i += 16)
      v128.store(out + i, f32x4.sub(v128.load(g + i), f32x4.mul(v128.load(out + i), v)));
    storeSome(out + i, f32x4.sub(v128.load(g + i), f32x4.mul(v128.load(out + i), v)), left);
  }
}
