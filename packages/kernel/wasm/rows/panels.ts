import { exp2x } from "../precise/lanes";
import { exp1 } from "../precise/scalar";

/*
 * Inner products of one row with many, which lie in panels of eight side by side. Every product is summed over features in
 * their order, without fused multiply-add, so that it does not depend on who asks, on the build or on the number of threads.
 */

// @ts-ignore: decorator
@inline
function gaussian(dot: v128, own: v128, others: v128, gamma: v128): v128 {
  return exp2x(
    f64x2.mul(gamma, f64x2.sub(f64x2.add(own, others), f64x2.add(dot, dot))),
  );
}

/** e^(−γ·(own + othersⱼ − 2·xⱼ)) in place of n products xⱼ; `gamma` is −γ. */
export function rbf_line(x: usize, n: i32, own: f64, others: usize, gamma: f64): void {
  const g = f64x2.splat(gamma);
  const o = f64x2.splat(own);
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    v128.store(x, gaussian(v128.load(x), o, v128.load(others), g));
    x += 16;
    others += 16;
  }
  if (j < n) {
    const dot = load<f64>(x);
    store<f64>(x, exp1(gamma * (own + load<f64>(others) - (dot + dot))));
  }
}

/** {@link rbf_line} for rows of n, whose own squares stand at `own`. */
export function rbf_rows(x: usize, rows: i32, n: i32, own: usize, others: usize, gamma: f64): void {
  for (let r = 0; r < rows; r++) rbf_line(x + ((r * n) << 3), n, load<f64>(own + (<usize>r << 3)), others, gamma);
}

/** out[j − from] = ⟨row i, row j⟩ for from ≤ j < to. */
export function panel_dots(data: usize, width: i32, i: i32, from: i32, to: i32, out: usize): void {
  const own = data + (((i & ~7) * width + (i & 7)) << 3);
  let j = from & ~7;
  while (j < to) {
    const p = data + ((j * width) << 3);
    if (j >= from && j + 16 <= to) {
      const q = p + (<usize>width << 6);
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let a2 = f64x2.splat(0);
      let a3 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let b2 = f64x2.splat(0);
      let b3 = f64x2.splat(0);
      for (let k: usize = 0; k < <usize>width << 6; k += 64) {
        const v = v128.load64_splat(own + k);
        a0 = f64x2.add(a0, f64x2.mul(v, v128.load(p + k)));
        a1 = f64x2.add(a1, f64x2.mul(v, v128.load(p + k, 16)));
        a2 = f64x2.add(a2, f64x2.mul(v, v128.load(p + k, 32)));
        a3 = f64x2.add(a3, f64x2.mul(v, v128.load(p + k, 48)));
        b0 = f64x2.add(b0, f64x2.mul(v, v128.load(q + k)));
        b1 = f64x2.add(b1, f64x2.mul(v, v128.load(q + k, 16)));
        b2 = f64x2.add(b2, f64x2.mul(v, v128.load(q + k, 32)));
        b3 = f64x2.add(b3, f64x2.mul(v, v128.load(q + k, 48)));
      }
      const o = out + ((j - from) << 3);
      v128.store(o, a0);
      v128.store(o, a1, 16);
      v128.store(o, a2, 32);
      v128.store(o, a3, 48);
      v128.store(o, b0, 64);
      v128.store(o, b1, 80);
      v128.store(o, b2, 96);
      v128.store(o, b3, 112);
      j += 16;
      continue;
    }
    const last = min(j + 8, to);
    for (let t = max(j, from); t < last; t++) {
      const at = p + (<usize>(t & 7) << 3);
      let s: f64 = 0;
      for (let k: usize = 0; k < <usize>width << 6; k += 64) s += load<f64>(own + k) * load<f64>(at + k);
      store<f64>(out + ((t - from) << 3), s);
    }
    j += 8;
  }
}

/** Values of a Gaussian kernel, of which `gamma` is −γ and `squares` holds ⟨row j, row j⟩. */
export function panel_rbf(
  data: usize,
  width: i32,
  i: i32,
  from: i32,
  to: i32,
  out: usize,
  squares: usize,
  gamma: f64,
): void {
  // Piece by piece, so that products are still in the cache when they are needed.
  const own = load<f64>(squares + (<usize>i << 3));
  for (let j = from; j < to; ) {
    const end = min((j & ~7) + 256, to);
    const o = out + ((j - from) << 3);
    panel_dots(data, width, i, j, end, o);
    rbf_line(o, end - j, own, squares + (<usize>j << 3), gamma);
    j = end;
  }
}
