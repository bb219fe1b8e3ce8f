import { madd64 } from "../lanes";

/*
 * c = a·b for float64, as `f32.ts` does it: packed panels of four rows of a and four columns of b, a 4×4 block of c in
 * registers.
 */

const MR: i32 = 4;
const NR: i32 = 4;
const MC: i32 = 96;
const KC: i32 = 256;
const NC: i32 = 256;

/** How a block of c is begun: with zero, with what c holds, with a bias per column or per row. */
const ADD: i32 = 1;
const COLUMNS: i32 = 2;
const ROWS: i32 = 3;

/** Room in bytes that {@link gemm_f64} needs: packed a, packed b, and one block of c. */
export function gemm_f64_room(m: i32, n: i32, k: i32): i32 {
  const kc = min(k, KC);
  const mc = min((m + MR - 1) / MR * MR, MC);
  const nc = min((n + NR - 1) / NR * NR, NC);
  return (mc * kc + nc * kc + MR * NR) * 8 + 64 + (m < 4 || n < 4 ? (k + n + m) * 8 + 64 : 0);
}

/** Packs `count` lines of x (`step` apart, elements along the summed axis `along` apart) into panels of four, missing lines as zeros. */
function pack(count: i32, k: i32, x: usize, step: i32, along: i32, out: usize): void {
  for (let i = 0; i < count; i += 4) {
    const there = min(4, count - i);
    let src = x + ((i * step) << 3);
    if (there == 4 && step == 1) {
      const next = <usize>along << 3;
      for (let p = 0; p < k; p++) {
        v128.store(out, v128.load(src));
        v128.store(out, v128.load(src, 16), 16);
        src += next;
        out += 32;
      }
    } else if (there == 4 && along == 1) {
      const next = <usize>step << 3;
      let p = 0;
      for (; p + 2 <= k; p += 2) {
        turn(src, next, out);
        turn(src + 2 * next, next, out + 16);
        src += 16;
        out += 64;
      }
      if (p < k) {
        for (let r = 0; r < 4; r++) store<f64>(out + (r << 3), load<f64>(src + <usize>r * next));
        out += 32;
      }
    } else {
      for (let p = 0; p < k; p++) {
        for (let r = 0; r < 4; r++)
          store<f64>(out + (r << 3), r < there ? load<f64>(src + ((r * step) << 3)) : 0);
        src += <usize>along << 3;
        out += 32;
      }
    }
  }
}

/** Two runs of two elements, turned and written 32 bytes apart. */
// @ts-ignore: decorator
@inline
function turn(src: usize, step: usize, out: usize): void {
  const a = v128.load(src);
  const b = v128.load(src + step);
  v128.store(out, i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
  v128.store(out, i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31), 32);
}

// @ts-ignore: decorator
@inline
function row(c: usize, v: v128, w: v128, mode: i32, bias: usize, r: i32): void {
  if (mode == ADD) {
    v = f64x2.add(v, v128.load(c));
    w = f64x2.add(w, v128.load(c, 16));
  } else if (mode == COLUMNS) {
    v = f64x2.add(v, v128.load(bias));
    w = f64x2.add(w, v128.load(bias, 16));
  } else if (mode == ROWS) {
    const b = v128.load64_splat(bias + (r << 3));
    v = f64x2.add(v, b);
    w = f64x2.add(w, b);
  }
  v128.store(c, v);
  v128.store(c, w, 16);
}

/** The 4×4 block c (+)= packed a · packed b over `k`. `rows`, `cols` say how much of it there is. */
// @ts-ignore: decorator
@inline
function micro(
  k: i32,
  pa: usize,
  pb: usize,
  c: usize,
  crs: i32,
  ccs: i32,
  rows: i32,
  cols: i32,
  mode: i32,
  bias: usize,
  tile: usize,
): void {
  let c00 = f64x2.splat(0);
  let c01 = f64x2.splat(0);
  let c10 = f64x2.splat(0);
  let c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0);
  let c21 = f64x2.splat(0);
  let c30 = f64x2.splat(0);
  let c31 = f64x2.splat(0);
  const end = pa + (<usize>k << 5);
  for (; pa < end; pa += 32, pb += 32) {
    const b0 = v128.load(pb);
    const b1 = v128.load(pb, 16);
    let x = v128.load64_splat(pa);
    c00 = madd64(x, b0, c00);
    c01 = madd64(x, b1, c01);
    x = v128.load64_splat(pa, 8);
    c10 = madd64(x, b0, c10);
    c11 = madd64(x, b1, c11);
    x = v128.load64_splat(pa, 16);
    c20 = madd64(x, b0, c20);
    c21 = madd64(x, b1, c21);
    x = v128.load64_splat(pa, 24);
    c30 = madd64(x, b0, c30);
    c31 = madd64(x, b1, c31);
  }
  if (rows == MR && cols == NR && ccs == 1) {
    const step = <usize>crs << 3;
    row(c, c00, c01, mode, bias, 0);
    row(c + step, c10, c11, mode, bias, 1);
    row(c + 2 * step, c20, c21, mode, bias, 2);
    row(c + 3 * step, c30, c31, mode, bias, 3);
    return;
  }
  v128.store(tile, c00);
  v128.store(tile, c01, 16);
  v128.store(tile, c10, 32);
  v128.store(tile, c11, 48);
  v128.store(tile, c20, 64);
  v128.store(tile, c21, 80);
  v128.store(tile, c30, 96);
  v128.store(tile, c31, 112);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++)
      put(c + ((i * crs + j * ccs) << 3), load<f64>(tile + ((i * NR + j) << 3)), mode, bias, i, j);
}

// @ts-ignore: decorator
@inline
function put(at: usize, v: f64, mode: i32, bias: usize, i: i32, j: i32): void {
  if (mode == ADD) v += load<f64>(at);
  else if (mode == COLUMNS) v += load<f64>(bias + (j << 3));
  else if (mode == ROWS) v += load<f64>(bias + (i << 3));
  store<f64>(at, v);
}

/** c[i, j] = Σₚ a[i, p]·b[p, j], begun as `mode` says; see `gemm_f32`. */
export function gemm_f64(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ars: i32,
  acs: i32,
  b: usize,
  brs: i32,
  bcs: i32,
  c: usize,
  crs: i32,
  ccs: i32,
  mode: i32,
  bias: usize,
  room: usize,
): void {
  if (m < 4 && (brs == 1 || bcs == 1)) {
    thin(m, n, k, a, ars, acs, b, brs, bcs, c, crs, ccs, mode, bias, room);
    return;
  }
  if (n < 4 && (ars == 1 || acs == 1)) {
    const turned = mode == COLUMNS ? ROWS : mode == ROWS ? COLUMNS : mode;
    thin(n, m, k, b, bcs, brs, a, acs, ars, c, ccs, crs, turned, bias, room);
    return;
  }
  const tile = room;
  const pb = room + MR * NR * 8;
  const pa = pb + ((min((n + NR - 1) / NR * NR, NC) * min(k, KC)) << 3);
  for (let j = 0; j < n; j += NC) {
    const nc = min(NC, n - j);
    for (let p = 0; p < k; p += KC) {
      const kc = min(KC, k - p);
      pack(nc, kc, b + ((p * brs + j * bcs) << 3), bcs, brs, pb);
      const begin = p == 0 ? mode : ADD;
      for (let i = 0; i < m; i += MC) {
        const mc = min(MC, m - i);
        pack(mc, kc, a + ((i * ars + p * acs) << 3), ars, acs, pa);
        for (let jj = 0; jj < nc; jj += NR)
          for (let ii = 0; ii < mc; ii += MR)
            micro(
              kc,
              pa + ((ii * kc) << 3),
              pb + ((jj * kc) << 3),
              c + (((i + ii) * crs + (j + jj) * ccs) << 3),
              crs,
              ccs,
              min(MR, mc - ii),
              min(NR, nc - jj),
              begin,
              bias + ((begin == ROWS ? i + ii : j + jj) << 3),
              tile,
            );
      }
    }
  }
}

/** Up to three rows of a: b is read once and never packed. */
function thin(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ars: i32,
  acs: i32,
  b: usize,
  brs: i32,
  bcs: i32,
  c: usize,
  crs: i32,
  ccs: i32,
  mode: i32,
  bias: usize,
  room: usize,
): void {
  const line = room;
  const sums = room + ((<usize>k << 3) + 15 & ~15);
  for (let i = 0; i < m; i++) {
    const x = a + ((i * ars) << 3);
    let row = x;
    if (acs != 1) {
      for (let p = 0; p < k; p++) store<f64>(line + (p << 3), load<f64>(x + ((p * acs) << 3)));
      row = line;
    }
    const out = c + ((i * crs) << 3);
    if (brs == 1) {
      for (let j = 0; j < n; j++)
        put(out + ((j * ccs) << 3), dot_f64(k, row, b + ((j * bcs) << 3)), mode, bias, i, j);
      continue;
    }
    memory.fill(sums, 0, <usize>n << 3);
    let p = 0;
    for (; p + 4 <= k; p += 4) axpy4(n, row + (p << 3), b + ((p * brs) << 3), <usize>brs << 3, sums);
    for (; p < k; p++) axpy_f64(n, load<f64>(row + (p << 3)), b + ((p * brs) << 3), sums);
    for (let j = 0; j < n; j++)
      put(out + ((j * ccs) << 3), load<f64>(sums + (j << 3)), mode, bias, i, j);
  }
}

/** Σ xᵢ·yᵢ of neighbours. */
export function dot_f64(k: i32, x: usize, y: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let p = 0;
  for (; p + 8 <= k; p += 8) {
    s0 = madd64(v128.load(x), v128.load(y), s0);
    s1 = madd64(v128.load(x, 16), v128.load(y, 16), s1);
    s2 = madd64(v128.load(x, 32), v128.load(y, 32), s2);
    s3 = madd64(v128.load(x, 48), v128.load(y, 48), s3);
    x += 64;
    y += 64;
  }
  const v = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let s = f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
  for (; p < k; p++) {
    s += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return s;
}

/** y += v·x of neighbours. */
export function axpy_f64(n: i32, s: f64, x: usize, y: usize): void {
  const v = f64x2.splat(s);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    v128.store(y, madd64(v, v128.load(x), v128.load(y)));
    v128.store(y, madd64(v, v128.load(x, 16), v128.load(y, 16)), 16);
    y += 32;
    x += 32;
  }
  for (; j < n; j++) {
    store<f64>(y, load<f64>(y) + s * load<f64>(x));
    y += 8;
    x += 8;
  }
}

function axpy4(n: i32, x: usize, b: usize, step: usize, sums: usize): void {
  const x0 = v128.load64_splat(x);
  const x1 = v128.load64_splat(x, 8);
  const x2 = v128.load64_splat(x, 16);
  const x3 = v128.load64_splat(x, 24);
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    let s = madd64(x0, v128.load(b), v128.load(sums));
    s = madd64(x1, v128.load(b + step), s);
    s = madd64(x2, v128.load(b + 2 * step), s);
    s = madd64(x3, v128.load(b + 3 * step), s);
    v128.store(sums, s);
    sums += 16;
    b += 16;
  }
  if (j < n)
    store<f64>(
      sums,
      load<f64>(sums) +
        load<f64>(x) * load<f64>(b) +
        load<f64>(x, 8) * load<f64>(b + step) +
        load<f64>(x, 16) * load<f64>(b + 2 * step) +
        load<f64>(x, 24) * load<f64>(b + 3 * step),
    );
}
