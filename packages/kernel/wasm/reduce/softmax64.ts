import { exp2x, log2x } from "../precise/lanes";
import { exp1 } from "../precise/scalar";
import { amax_f64 } from "./reduce64";

/* Softmax and its kin for float64, over lines of n neighbours. */

// @ts-ignore: decorator
@inline
function exponentials(x: usize, n: i32, max: f64, y: usize, keep: bool): f64 {
  const m = f64x2.splat(max);
  let s = f64x2.splat(0);
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const e = exp2x(f64x2.sub(v128.load(x), m));
    if (keep) v128.store(y, e);
    s = f64x2.add(s, e);
    x += 16;
    y += 16;
  }
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  if (i < n) {
    const e = exp1(load<f64>(x) - max);
    if (keep) store<f64>(y, e);
    sum += e;
  }
  return sum;
}

export function softmax_f64(x: usize, lines: i32, n: i32, y: usize): void {
  for (let k = 0; k < lines; k++) {
    amax_f64(x, 1, n, 1, y);
    const scale = 1 / exponentials(x, n, load<f64>(y), y, true);
    for (let i = 0; i < n; i++) {
      store<f64>(y, load<f64>(y) * scale);
      y += 8;
    }
    x += <usize>n << 3;
  }
}

export function log_softmax_f64(x: usize, lines: i32, n: i32, y: usize): void {
  for (let k = 0; k < lines; k++) {
    amax_f64(x, 1, n, 1, y);
    const max = load<f64>(y);
    const log = f64x2.extract_lane(log2x(f64x2.splat(exponentials(x, n, max, y, false))), 0);
    for (let i = 0; i < n; i++) {
      store<f64>(y, load<f64>(x) - max - log);
      x += 8;
      y += 8;
    }
  }
}

/** out = y·(g − Σ g·y). */
export function softmax_grad_f64(g: usize, y: usize, lines: i32, n: i32, out: usize): void {
  for (let k = 0; k < lines; k++) {
    let sum: f64 = 0;
    for (let i = 0; i < n; i++) sum += load<f64>(g + (<usize>i << 3)) * load<f64>(y + (<usize>i << 3));
    for (let i = 0; i < n; i++) {
      store<f64>(out, load<f64>(y) * (load<f64>(g) - sum));
      g += 8;
      y += 8;
      out += 8;
    }
  }
}

/** out = g − e^y·Σ g. */
export function log_softmax_grad_f64(g: usize, y: usize, lines: i32, n: i32, out: usize): void {
  for (let k = 0; k < lines; k++) {
    let sum: f64 = 0;
    for (let i = 0; i < n; i++) sum += load<f64>(g + (<usize>i << 3));
    const v = f64x2.splat(sum);
    let i = 0;
    for (; i + 2 <= n; i += 2) {
      v128.store(out, f64x2.sub(v128.load(g), f64x2.mul(exp2x(v128.load(y)), v)));
      g += 16;
      y += 16;
      out += 16;
    }
    if (i < n) {
      store<f64>(out, load<f64>(g) - exp1(load<f64>(y)) * sum);
      g += 8;
      y += 8;
      out += 8;
    }
  }
}
