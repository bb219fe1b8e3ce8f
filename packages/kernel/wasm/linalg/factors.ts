import { axpy_f64, dot_f64, gemm_f64, gemm_f64_room } from "../gemm/f64";

/* LU factors and triangular systems of float64 matrices, row-major, block by block: what is large is a product of matrices. */

const BLOCK = 32;
const ADD = 1;

/** How much room the functions below need to work in. */
export function factors_f64_room(m: i32, n: i32): i32 {
  return max(m, n) * BLOCK * 8 + gemm_f64_room(m, n, BLOCK) + gemm_f64_room(BLOCK, n, m) + 64;
}

/** c −= a·b of m×k and k×n. */
function subtract(m: i32, n: i32, k: i32, a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, room: usize): void {
  if (m <= 0 || n <= 0 || k <= 0) return;
  let p = room;
  for (let i = 0; i < m; i++) {
    const from = a + ((i * lda) << 3);
    for (let j: usize = 0; j < <usize>k << 3; j += 8) store<f64>(p + j, -load<f64>(from + j));
    p += <usize>k << 3;
  }
  gemm_f64(m, n, k, room, k, 1, b, ldb, 1, c, ldc, 1, ADD, 0, (p + 15) & ~15);
}

function swapRows(n: i32, x: usize, y: usize): void {
  for (let j: usize = 0; j < <usize>n << 3; j += 8) {
    const t = load<f64>(x + j);
    store<f64>(x + j, load<f64>(y + j));
    store<f64>(y + j, t);
  }
}

/** PA = LU in place; see `factorLu` in `src/linalg/lu.ts`. Pivots count from 0. */
export function lu_f64(m: i32, n: i32, a: usize, pivots: usize, room: usize): i32 {
  const row = <usize>n << 3;
  const count = min(m, n);
  let info = 0;
  for (let from = 0; from < count; from += BLOCK) {
    const to = min(from + BLOCK, count);
    for (let c = from; c < to; c++) {
      const top = a + <usize>c * row;
      let pivot = c;
      let best: f64 = -1;
      for (let r = c; r < m; r++) {
        const v = Math.abs(load<f64>(a + <usize>r * row + (c << 3)));
        if (v > best) {
          best = v;
          pivot = r;
        }
      }
      store<i32>(pivots + (c << 2), pivot);
      if (pivot != c) swapRows(n, top, a + <usize>pivot * row);
      const diagonal = load<f64>(top + (c << 3));
      if (diagonal == 0) {
        if (info == 0) info = c + 1;
        continue;
      }
      const inverse = 1.0 / diagonal;
      const width = to - c - 1;
      for (let r = c + 1; r < m; r++) {
        const at = a + <usize>r * row + (c << 3);
        const l = load<f64>(at) * inverse;
        store<f64>(at, l);
        axpy_f64(width, -l, top + ((c + 1) << 3), at + 8);
      }
    }
    if (to >= n) break;
    const beside = <usize>to << 3;
    for (let i = from + 1; i < to; i++)
      for (let j = from; j < i; j++)
        axpy_f64(n - to, -load<f64>(a + <usize>i * row + (j << 3)), a + <usize>j * row + beside, a + <usize>i * row + beside);
    const below = a + <usize>to * row;
    subtract(m - to, n - to, to - from, below + (from << 3), n, a + <usize>from * row + beside, n, below + beside, n, room);
  }
  return info;
}

/** A·X = B in place of B (n×k) with a triangle of A. */
export function solve_triangle_f64(
  n: i32,
  k: i32,
  a: usize,
  lda: i32,
  b: usize,
  upper: i32,
  unit: i32,
  room: usize,
): void {
  const row = <usize>lda << 3;
  if (k == 1) {
    for (let step = 0; step < n; step++) {
      const i = upper != 0 ? n - 1 - step : step;
      const j = upper != 0 ? i + 1 : 0;
      const at = a + <usize>i * row;
      const v = load<f64>(b + (i << 3)) - dot_f64(step, at + (j << 3), b + (j << 3));
      store<f64>(b + (i << 3), unit != 0 ? v : v / load<f64>(at + (i << 3)));
    }
    return;
  }
  const wide = <usize>k << 3;
  for (let done = 0; done < n; done += BLOCK) {
    const low = upper != 0 ? max(n - done - BLOCK, 0) : done;
    const high = upper != 0 ? n - done : min(done + BLOCK, n);
    const from = upper != 0 ? high : 0;
    subtract(high - low, k, done, a + <usize>low * row + (from << 3), lda, b + <usize>from * wide, k, b + <usize>low * wide, k, room);
    for (let step = 0; step < high - low; step++) {
      const i = upper != 0 ? high - 1 - step : low + step;
      const out = b + <usize>i * wide;
      const first = upper != 0 ? i + 1 : low;
      for (let j = first; j < first + step; j++)
        axpy_f64(k, -load<f64>(a + <usize>i * row + (j << 3)), b + <usize>j * wide, out);
      if (unit != 0) continue;
      const diagonal = load<f64>(a + <usize>i * row + (i << 3));
      for (let c: usize = 0; c < wide; c += 8) store<f64>(out + c, load<f64>(out + c) / diagonal);
    }
  }
}
