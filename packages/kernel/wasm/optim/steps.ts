import { madd, storeSome } from "../lanes";

// @ts-ignore: decorator
@inline
function c(x: f32): v128 {
  return f32x4.splat(x);
}

/** Zero for numbers below the least normal one: means of gradients that stay away fade to those, on which processors are slow. */
// @ts-ignore: decorator
@inline
function normal(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), c(1.1754943508222875e-38)));
}

/**
 * Adam: m ← m + (g − m)·(1 − β₁), v ← β₂·v + (1 − β₂)·g², p ← shrink·p − size·m/(√v/correction + ε), g with the weight decay
 * `decay`·p in it, its sign turned where `sign` is −1. `most` (0 or an address) keeps the largest v for the root.
 */
export function adam_f32(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  most: usize,
  n: i32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  size: f32,
  correction: f32,
  eps: f32,
  decay: f32,
  shrink: f32,
  sign: f32,
): void {
  for (let i = 0; i < n; i += 4) {
    const at = <usize>i << 2;
    const w0 = v128.load(p + at);
    const grad = madd(w0, c(decay), f32x4.mul(v128.load(g + at), c(sign)));
    const w = f32x4.mul(w0, c(shrink));
    const m0 = v128.load(m + at);
    const mean = madd(f32x4.sub(grad, m0), c(rest1), m0);
    const square = madd(f32x4.mul(grad, c(rest2)), grad, f32x4.mul(v128.load(v + at), c(beta2)));
    let top = square;
    if (most != 0) top = f32x4.max(v128.load(most + at), square);
    const root = f32x4.add(f32x4.div(f32x4.sqrt(top), c(correction)), c(eps));
    const next = f32x4.sub(w, f32x4.div(f32x4.mul(mean, c(size)), root));
    if (i + 4 <= n) {
      v128.store(m + at, mean);
      v128.store(v + at, square);
      if (most != 0) v128.store(most + at, top);
      v128.store(p + at, next);
    } else {
      storeSome(m + at, mean, n - i);
      storeSome(v + at, square, n - i);
      if (most != 0) storeSome(most + at, top, n - i);
      storeSome(p + at, next, n - i);
    }
  }
}

/**
 * Gradient descent: g with decay·p in it, buffer ← momentum·buffer + rest·g (0: no buffer), p ← p − lr·(buffer, g, or with
 * nesterov g + momentum·buffer).
 */
export function sgd_f32(
  p: usize,
  g: usize,
  buffer: usize,
  n: i32,
  lr: f32,
  momentum: f32,
  rest: f32,
  decay: f32,
  nesterov: i32,
  sign: f32,
): void {
  for (let i = 0; i < n; i += 4) {
    const at = <usize>i << 2;
    const w = v128.load(p + at);
    let step = madd(w, c(decay), f32x4.mul(v128.load(g + at), c(sign)));
    let next = step;
    if (buffer != 0) {
      next = madd(step, c(rest), f32x4.mul(v128.load(buffer + at), c(momentum)));
      step = nesterov != 0 ? madd(next, c(momentum), step) : next;
    }
    const q = madd(step, c(-lr), w);
    if (i + 4 <= n) {
      if (buffer != 0) v128.store(buffer + at, next);
      v128.store(p + at, q);
    } else {
      if (buffer != 0) storeSome(buffer + at, next, n - i);
      storeSome(p + at, q, n - i);
    }
  }
}

/**
 * Adam with every operation rounded by itself, and results of their own: a ← m + (g − m)·share1, w ← v + (g² − v)·share2,
 * q ← p − a·rate/(√w + ε).
 */
export function adam_step_f32(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  q: usize,
  a: usize,
  w: usize,
  n: i32,
  share1: f32,
  share2: f32,
  rate: f32,
  eps: f32,
): void {
  for (let i = 0; i < n; i += 4) {
    const at = <usize>i << 2;
    const d = v128.load(g + at);
    const m0 = v128.load(m + at);
    const v0 = v128.load(v + at);
    const mean = normal(f32x4.add(m0, f32x4.mul(f32x4.sub(d, m0), c(share1))));
    const square = normal(f32x4.add(v0, f32x4.mul(f32x4.sub(f32x4.mul(d, d), v0), c(share2))));
    const root = f32x4.add(f32x4.sqrt(square), c(eps));
    const next = f32x4.sub(v128.load(p + at), f32x4.div(f32x4.mul(mean, c(rate)), root));
    if (i + 4 <= n) {
      v128.store(a + at, mean);
      v128.store(w + at, square);
      v128.store(q + at, next);
    } else {
      storeSome(a + at, mean, n - i);
      storeSome(w + at, square, n - i);
      storeSome(q + at, next, n - i);
    }
  }
}
