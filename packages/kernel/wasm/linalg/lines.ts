import { madd64 } from "../lanes";
import { axpy_f64, dot_f64 } from "../gemm/f64";

/* Steps of reductions to simpler forms: reflections and rotations of float64 matrices, row-major. */

/** Rows of a (k columns, `lda` apart) less τ·v·(vᵀ·rows), v₀ = 1 and the others `step` apart; `w` has room for a row. */
export function reflect_rows_f64(
  n: i32,
  k: i32,
  v: usize,
  step: i32,
  tau: f64,
  a: usize,
  lda: i32,
  w: usize,
): void {
  const row = <usize>lda << 3;
  const gap = <usize>step << 3;
  memory.copy(w, a, <usize>k << 3);
  let i = 1;
  let x = v + gap;
  let p = a + row;
  for (; i + 4 <= n; i += 4) {
    const x0 = v128.load64_splat(x);
    const x1 = v128.load64_splat(x + gap);
    const x2 = v128.load64_splat(x + 2 * gap);
    const x3 = v128.load64_splat(x + 3 * gap);
    let q = p;
    let s = w;
    let j = 0;
    for (; j + 2 <= k; j += 2) {
      let y = madd64(x0, v128.load(q), v128.load(s));
      y = madd64(x1, v128.load(q + row), y);
      y = madd64(x2, v128.load(q + 2 * row), y);
      y = madd64(x3, v128.load(q + 3 * row), y);
      v128.store(s, y);
      q += 16;
      s += 16;
    }
    if (j < k)
      store<f64>(
        s,
        load<f64>(s) +
          load<f64>(x) * load<f64>(q) +
          load<f64>(x + gap) * load<f64>(q + row) +
          load<f64>(x + 2 * gap) * load<f64>(q + 2 * row) +
          load<f64>(x + 3 * gap) * load<f64>(q + 3 * row),
      );
    x += 4 * gap;
    p += 4 * row;
  }
  for (; i < n; i++) {
    axpy_f64(k, load<f64>(x), p, w);
    x += gap;
    p += row;
  }
  axpy_f64(k, -tau, w, a);
  x = v + gap;
  p = a + row;
  for (i = 1; i + 4 <= n; i += 4) {
    const t0 = -tau * load<f64>(x);
    const t1 = -tau * load<f64>(x + gap);
    const t2 = -tau * load<f64>(x + 2 * gap);
    const t3 = -tau * load<f64>(x + 3 * gap);
    const x0 = f64x2.splat(t0);
    const x1 = f64x2.splat(t1);
    const x2 = f64x2.splat(t2);
    const x3 = f64x2.splat(t3);
    let q = p;
    let s = w;
    let j = 0;
    for (; j + 2 <= k; j += 2) {
      const y = v128.load(s);
      v128.store(q, madd64(x0, y, v128.load(q)));
      v128.store(q + row, madd64(x1, y, v128.load(q + row)));
      v128.store(q + 2 * row, madd64(x2, y, v128.load(q + 2 * row)));
      v128.store(q + 3 * row, madd64(x3, y, v128.load(q + 3 * row)));
      q += 16;
      s += 16;
    }
    if (j < k) {
      const y = load<f64>(s);
      store<f64>(q, load<f64>(q) + t0 * y);
      store<f64>(q + row, load<f64>(q + row) + t1 * y);
      store<f64>(q + 2 * row, load<f64>(q + 2 * row) + t2 * y);
      store<f64>(q + 3 * row, load<f64>(q + 3 * row) + t3 * y);
    }
    x += 4 * gap;
    p += 4 * row;
  }
  for (; i < n; i++) {
    axpy_f64(k, -tau * load<f64>(x), w, p);
    x += gap;
    p += row;
  }
}

/** Columns of m rows of a less τ·(columns·v)·vᵀ, v of n neighbours with v₀ = 1. */
export function reflect_columns_f64(m: i32, n: i32, v: usize, tau: f64, a: usize, lda: i32): void {
  for (let i = 0; i < m; i++) {
    const s = tau * (load<f64>(a) + dot_f64(n - 1, a + 8, v + 8));
    store<f64>(a, load<f64>(a) - s);
    axpy_f64(n - 1, -s, v + 8, a + 8);
    a += <usize>lda << 3;
  }
}

/** A symmetric k×k matrix becomes H·A·H with H = 1 − τ·v·vᵀ; `w` has room for a row. */
export function reflect_both_f64(k: i32, v: usize, tau: f64, a: usize, lda: i32, w: usize): void {
  const row = <usize>lda << 3;
  for (let j = 0; j < k; j++) store<f64>(w + (j << 3), tau * dot_f64(k, a + <usize>j * row, v));
  axpy_f64(k, -0.5 * tau * dot_f64(k, w, v), v, w);
  for (let j = 0; j < k; j++) {
    const s = -load<f64>(v + (j << 3));
    const t = -load<f64>(w + (j << 3));
    const vs = f64x2.splat(s);
    const vt = f64x2.splat(t);
    let q = a + <usize>j * row;
    let c = 0;
    for (; c + 2 <= k; c += 2) {
      const at = <usize>c << 3;
      v128.store(q, madd64(vs, v128.load(w + at), madd64(vt, v128.load(v + at), v128.load(q))));
      q += 16;
    }
    if (c < k) store<f64>(q, load<f64>(q) + s * load<f64>(w + (c << 3)) + t * load<f64>(v + (c << 3)));
  }
}

// @ts-ignore: decorator
@inline
function turn(p: usize, at: usize, c: v128, s: v128, minus: v128): void {
  const x = v128.load(p + at);
  const y = v128.load(p + at + 128);
  v128.store(p + at, madd64(s, y, f64x2.mul(c, x)));
  v128.store(p + at + 128, madd64(minus, x, f64x2.mul(c, y)));
}

/**
 * Rotations of neighbouring rows of z one after the other: `list` holds row, cosine and sine of each. Sixteen columns at a time
 * are turned by all of them, in `room` for as many elements a row.
 */
export function rotate_rows_f64(list: usize, count: i32, z: usize, rows: i32, columns: i32, room: usize): void {
  const end = list + <usize>count * 24;
  for (let from = 0; from < columns; from += 16) {
    const bytes = <usize>min(16, columns - from) << 3;
    let p = z + (<usize>from << 3);
    let q = room;
    for (let i = 0; i < rows; i++) {
      memory.copy(q, p, bytes);
      p += <usize>columns << 3;
      q += 128;
    }
    for (let e = list; e < end; e += 24) {
      const at = room + (<usize>load<f64>(e) << 7);
      const c = v128.load64_splat(e, 8);
      const s = v128.load64_splat(e, 16);
      const minus = f64x2.neg(s);
      turn(at, 0, c, s, minus);
      turn(at, 16, c, s, minus);
      turn(at, 32, c, s, minus);
      turn(at, 48, c, s, minus);
      turn(at, 64, c, s, minus);
      turn(at, 80, c, s, minus);
      turn(at, 96, c, s, minus);
      turn(at, 112, c, s, minus);
    }
    p = z + (<usize>from << 3);
    q = room;
    for (let i = 0; i < rows; i++) {
      memory.copy(p, q, bytes);
      p += <usize>columns << 3;
      q += 128;
    }
  }
}
