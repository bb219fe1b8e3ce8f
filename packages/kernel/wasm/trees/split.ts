/* The best split of one node on one numeric feature, in float32 where XGBoost rounds. */

// @ts-ignore: decorator
@inline
function shrink(g: f64, alpha: f64): f64 {
  return g > alpha ? g - alpha : g < -alpha ? g + alpha : 0;
}

// @ts-ignore: decorator
@inline
function gainOf(g: f64, h: f64, lambda: f64, alpha: f64): f32 {
  const t = alpha == 0 ? g : shrink(g, alpha);
  return h <= 0 ? 0 : <f32>(t * t) / <f32>(h + lambda);
}

/** The low halves of two vectors of float32 as one. */
// @ts-ignore: decorator
@inline
function join(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 0, 2);
}

/** T(G, α)² / (H + λ) of four nodes: square and sum rounded to float32, then divided; 0 where H is not positive. */
// @ts-ignore: decorator
@inline
function gains(g0: v128, g1: v128, h0: v128, h1: v128, lambda: v128, alpha: v128, l1: bool): v128 {
  const zero = f64x2.splat(0);
  let t0 = g0;
  let t1 = g1;
  if (l1) {
    t0 = f64x2.add(f64x2.max(f64x2.sub(g0, alpha), zero), f64x2.min(f64x2.add(g0, alpha), zero));
    t1 = f64x2.add(f64x2.max(f64x2.sub(g1, alpha), zero), f64x2.min(f64x2.add(g1, alpha), zero));
  }
  const top = join(
    f32x4.demote_f64x2_zero(f64x2.mul(t0, t0)),
    f32x4.demote_f64x2_zero(f64x2.mul(t1, t1)),
  );
  const bottom = join(
    f32x4.demote_f64x2_zero(f64x2.add(h0, lambda)),
    f32x4.demote_f64x2_zero(f64x2.add(h1, lambda)),
  );
  return v128.and(f32x4.div(top, bottom), narrow(f64x2.gt(h0, zero), f64x2.gt(h1, zero)));
}

/** Two masks of two 64-bit lanes as one of four 32-bit lanes. */
// @ts-ignore: decorator
@inline
function narrow(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 2, 4, 6);
}

let most: f32 = 0;

// @ts-ignore: decorator
@inline
function offer(loss: f32, bin: i32, g: f64, h: f64, out: usize): void {
  if (loss > most && loss != Infinity) {
    most = loss;
    store<f64>(out, loss);
    store<f64>(out, bin, 8);
    store<f64>(out, g, 16);
    store<f64>(out, h, 24);
  }
}

/** One direction: `bins` bins from `at` on, `step` bytes apart; sums of the bins passed are the near side's. */
// @ts-ignore: decorator
@inline
function scan(
  at: usize,
  bin: i32,
  bins: i32,
  step: i32,
  grad: f64,
  hess: f64,
  gain: f32,
  lambda: f64,
  alpha: f64,
  least: f64,
  out: usize,
): v128 {
  const byte = step << 4;
  const total = f64x2.splat(0);
  let sum = total;
  const grads = f64x2.splat(grad);
  const hessians = f64x2.splat(hess);
  const lambdas = f64x2.splat(lambda);
  const alphas = f64x2.splat(alpha);
  const leasts = f64x2.splat(least);
  const gain4 = f32x4.splat(gain);
  const infinity = f32x4.splat(Infinity);
  const l1 = alpha != 0;
  most = 0;
  let left = bins;
  for (; left >= 4; left -= 4) {
    const s0 = f64x2.add(sum, v128.load(at));
    const s1 = f64x2.add(s0, v128.load(at + byte));
    const s2 = f64x2.add(s1, v128.load(at + 2 * byte));
    const s3 = f64x2.add(s2, v128.load(at + 3 * byte));
    sum = s3;
    const g0 = v128.shuffle<i64>(s0, s1, 0, 2);
    const g1 = v128.shuffle<i64>(s2, s3, 0, 2);
    const h0 = v128.shuffle<i64>(s0, s1, 1, 3);
    const h1 = v128.shuffle<i64>(s2, s3, 1, 3);
    const r0 = f64x2.sub(hessians, h0);
    const r1 = f64x2.sub(hessians, h1);
    const valid = v128.and(
      narrow(f64x2.ge(h0, leasts), f64x2.ge(h1, leasts)),
      narrow(f64x2.ge(r0, leasts), f64x2.ge(r1, leasts)),
    );
    if (v128.any_true(valid)) {
      const near = gains(g0, g1, h0, h1, lambdas, alphas, l1);
      const far = gains(f64x2.sub(grads, g0), f64x2.sub(grads, g1), r0, r1, lambdas, alphas, l1);
      const loss = f32x4.sub(f32x4.add(near, far), gain4);
      const better = v128.and(
        v128.and(valid, f32x4.gt(loss, f32x4.splat(most))),
        f32x4.ne(loss, infinity),
      );
      if (v128.any_true(better)) {
        if (i32x4.extract_lane(better, 0))
          offer(f32x4.extract_lane(loss, 0), bin, f64x2.extract_lane(s0, 0), f64x2.extract_lane(s0, 1), out);
        if (i32x4.extract_lane(better, 1))
          offer(f32x4.extract_lane(loss, 1), bin + step, f64x2.extract_lane(s1, 0), f64x2.extract_lane(s1, 1), out);
        if (i32x4.extract_lane(better, 2))
          offer(f32x4.extract_lane(loss, 2), bin + 2 * step, f64x2.extract_lane(s2, 0), f64x2.extract_lane(s2, 1), out);
        if (i32x4.extract_lane(better, 3))
          offer(f32x4.extract_lane(loss, 3), bin + 3 * step, f64x2.extract_lane(s3, 0), f64x2.extract_lane(s3, 1), out);
      }
    }
    at += 4 * byte;
    bin += 4 * step;
  }
  for (; left > 0; left--) {
    sum = f64x2.add(sum, v128.load(at));
    const g = f64x2.extract_lane(sum, 0);
    const h = f64x2.extract_lane(sum, 1);
    const rest = hess - h;
    if (h >= least && rest >= least)
      offer(gainOf(g, h, lambda, alpha) + gainOf(grad - g, rest, lambda, alpha) - gain, bin, g, h, out);
    at += byte;
    bin += step;
  }
  return sum;
}

/**
 * Scans bins `begin … end` upwards and, where some of the node's rows lack the feature, downwards. At `out` stand, for each direction,
 * the float64 loss change (0: none), bin, gradient and hessian sum of the bins passed.
 */
export function scan_bins(
  hist: usize,
  begin: i32,
  end: i32,
  grad: f64,
  hess: f64,
  gain: f32,
  lambda: f64,
  alpha: f64,
  least: f64,
  out: usize,
): void {
  store<f64>(out, 0);
  store<f64>(out, 0, 32);
  const first = hist + ((<usize>begin) << 4);
  const last = hist + ((<usize>(end - 1)) << 4);
  const sum = scan(first, begin, end - begin, 1, grad, hess, gain, lambda, alpha, least, out);
  if (f64x2.extract_lane(sum, 0) == grad && f64x2.extract_lane(sum, 1) == hess) return;
  scan(last, end - 1, end - begin, -1, grad, hess, gain, lambda, alpha, least, out + 32);
}
