import { exponentials } from "../elementwise/functions";
import { storeSome } from "../lanes";
import { largest } from "../reduce/reduce";

/* Cross entropy of lines of n logits with a class each; a class below 0 takes no part. */

/** The largest logit of each line and Σ e^(x − max), one pair a line. */
export function log_sums_f32(x: usize, lines: i32, n: i32, out: usize): void {
  for (; lines > 0; lines--, x += <usize>n << 2, out += 8) {
    const most = largest(x, n);
    store<f32>(out, most);
    store<f32>(out, exponentials(x, n, 1, -most, 0), 4);
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
    const scale = load<f32>(scales);
    const share = f32x4.splat(scale / exponentials(x, n, 1, -largest(x, n), gx));
    let y = gx;
    let left = n;
    for (; left >= 4; left -= 4, y += 16) v128.store(y, f32x4.mul(v128.load(y), share));
    storeSome(y, f32x4.mul(v128.load(y), share), left);
    const at = gx + (<usize>class_ << 2);
    store<f32>(at, load<f32>(at) - scale);
  }
}
