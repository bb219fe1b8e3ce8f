import { exp4 } from "../elementwise/functions";
import { storeSome, sum4 } from "../lanes";
import { amax_f32 } from "../reduce/reduce";

/* Cross entropy of lines of n logits with a class each; a class below 0 takes no part. */

/** Σ e^(x − max); the exponentials go to y unless it is 0. */
function exponentials(x: usize, n: i32, max: v128, y: usize): f32 {
  let s = f32x4.splat(0);
  for (; n > 0; n -= 4, x += 16) {
    let e = exp4(f32x4.sub(v128.load(x), max));
    if (n < 4) e = v128.bitselect(e, f32x4.splat(0), i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n)));
    s = f32x4.add(s, e);
    if (y == 0) continue;
    if (n < 4) storeSome(y, e, n);
    else v128.store(y, e);
    y += 16;
  }
  return sum4(s);
}

/** The largest logit of each line and Σ e^(x − max), one pair a line. */
export function log_sums_f32(x: usize, lines: i32, n: i32, out: usize): void {
  for (; lines > 0; lines--, x += <usize>n << 2, out += 8) {
    amax_f32(x, 1, n, 1, out);
    store<f32>(out, exponentials(x, n, v128.load32_splat(out), 0), 4);
  }
}

/** gx = scale·(softmax(x) − the class's unit), with a scale a line. */
export function cross_entropy_grad_f32(x: usize, lines: i32, n: i32, classes: usize, scales: usize, gx: usize): void {
  const line = <usize>n << 2;
  for (; lines > 0; lines--, x += line, gx += line, classes += 4, scales += 4) {
    const class_ = load<i32>(classes);
    if (class_ < 0) {
      memory.fill(gx, 0, line);
      continue;
    }
    amax_f32(x, 1, n, 1, gx);
    const scale = load<f32>(scales);
    const share = f32x4.splat(scale / exponentials(x, n, v128.load32_splat(gx), gx));
    let y = gx;
    let left = n;
    for (; left >= 4; left -= 4, y += 16) v128.store(y, f32x4.mul(v128.load(y), share));
    storeSome(y, f32x4.mul(v128.load(y), share), left);
    const at = gx + (<usize>class_ << 2);
    store<f32>(at, load<f32>(at) - scale);
  }
}
