import { madd, sum4 } from "../lanes";

/*
 * c = a·b for float32. Both operands are packed into panels (four rows of a, eight columns of b, the summed axis running
 * between them), so that any strides cost the same, and a 4×8 block of c stays in registers while the summed axis goes by.
 */

const MR: i32 = 4;
const NR: i32 = 8;
const MC: i32 = 96;
const KC: i32 = 256;
const NC: i32 = 512;

/** Room in bytes that {@link gemm_f32} needs: packed a, packed b, and one block of c. */
export function gemm_f32_room(m: i32, n: i32, k: i32): i32 {
  const kc = min(k, KC);
  const mc = min((m + MR - 1) / MR * MR, MC);
  const nc = min((n + NR - 1) / NR * NR, NC);
  return (mc * kc + nc * kc + MR * NR) * 4 + 64 + (m < 4 || n < 4 ? (k + n + m) * 4 + 64 : 0);
}

/** Packs `cols` columns of b (k × cols) into panels of eight, missing columns as zeros. */
export function pack_b_f32(k: i32, cols: i32, b: usize, brs: i32, bcs: i32, out: usize): void {
  for (let j = 0; j < cols; j += NR) {
    const there = min(NR, cols - j);
    let src = b + ((j * bcs) << 2);
    if (there == NR && bcs == 1) {
      const step = <usize>brs << 2;
      for (let p = 0; p < k; p++) {
        v128.store(out, v128.load(src));
        v128.store(out, v128.load(src, 16), 16);
        src += step;
        out += 32;
      }
    } else if (there == NR && brs == 1) {
      const step = <usize>bcs << 2;
      let p = 0;
      for (; p + 4 <= k; p += 4) {
        transpose4(src, step, out, 32);
        transpose4(src + 4 * step, step, out + 16, 32);
        src += 16;
        out += 128;
      }
      for (; p < k; p++) {
        for (let c = 0; c < NR; c++) store<f32>(out + (c << 2), load<f32>(src + <usize>c * step));
        src += 4;
        out += 32;
      }
    } else {
      for (let p = 0; p < k; p++) {
        for (let c = 0; c < NR; c++)
          store<f32>(out + (c << 2), c < there ? load<f32>(src + ((c * bcs) << 2)) : 0);
        src += <usize>brs << 2;
        out += 32;
      }
    }
  }
}

/** Packs `rows` rows of a (rows × k) into panels of four, missing rows as zeros. */
export function pack_a_f32(rows: i32, k: i32, a: usize, ars: i32, acs: i32, out: usize): void {
  for (let i = 0; i < rows; i += MR) {
    const there = min(MR, rows - i);
    let src = a + ((i * ars) << 2);
    if (there == MR && acs == 1) {
      const step = <usize>ars << 2;
      let p = 0;
      for (; p + 4 <= k; p += 4) {
        transpose4(src, step, out, 16);
        src += 16;
        out += 64;
      }
      for (; p < k; p++) {
        store<f32>(out, load<f32>(src));
        store<f32>(out, load<f32>(src + step), 4);
        store<f32>(out, load<f32>(src + 2 * step), 8);
        store<f32>(out, load<f32>(src + 3 * step), 12);
        src += 4;
        out += 16;
      }
    } else if (there == MR && ars == 1) {
      const step = <usize>acs << 2;
      for (let p = 0; p < k; p++) {
        v128.store(out, v128.load(src));
        src += step;
        out += 16;
      }
    } else {
      for (let p = 0; p < k; p++) {
        for (let r = 0; r < MR; r++)
          store<f32>(out + (r << 2), r < there ? load<f32>(src + ((r * ars) << 2)) : 0);
        src += <usize>acs << 2;
        out += 16;
      }
    }
  }
}

/** Four runs of four elements, `step` bytes apart, turned and written `to` bytes apart. */
// @ts-ignore: decorator
@inline
function transpose4(src: usize, step: usize, out: usize, to: usize): void {
  const r0 = v128.load(src);
  const r1 = v128.load(src + step);
  const r2 = v128.load(src + 2 * step);
  const r3 = v128.load(src + 3 * step);
  const lo01 = i8x16.shuffle(r0, r1, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const hi01 = i8x16.shuffle(r0, r1, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  const lo23 = i8x16.shuffle(r2, r3, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const hi23 = i8x16.shuffle(r2, r3, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  v128.store(out, i8x16.shuffle(lo01, lo23, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
  v128.store(out + to, i8x16.shuffle(lo01, lo23, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
  v128.store(out + 2 * to, i8x16.shuffle(hi01, hi23, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
  v128.store(out + 3 * to, i8x16.shuffle(hi01, hi23, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
}

/** How a block of c is begun: with zero, with what c holds, with a bias per column or per row. */
const FRESH: i32 = 0;
const ADD: i32 = 1;
const COLUMNS: i32 = 2;
const ROWS: i32 = 3;

/** The 4×8 block c (+)= packed a · packed b over `k`. `rows`, `cols` say how much of it there is. */
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
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  const end = pa + (<usize>k << 4);
  for (; pa < end; pa += 16, pb += 32) {
    const b0 = v128.load(pb);
    const b1 = v128.load(pb, 16);
    let x = v128.load32_splat(pa);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load32_splat(pa, 4);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(pa, 8);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(pa, 12);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
  }
  if (rows == MR && cols == NR && ccs == 1) {
    const step = <usize>crs << 2;
    if (mode == ADD) {
      c00 = f32x4.add(c00, v128.load(c));
      c01 = f32x4.add(c01, v128.load(c, 16));
      c10 = f32x4.add(c10, v128.load(c + step));
      c11 = f32x4.add(c11, v128.load(c + step, 16));
      c20 = f32x4.add(c20, v128.load(c + 2 * step));
      c21 = f32x4.add(c21, v128.load(c + 2 * step, 16));
      c30 = f32x4.add(c30, v128.load(c + 3 * step));
      c31 = f32x4.add(c31, v128.load(c + 3 * step, 16));
    } else if (mode == COLUMNS) {
      const b0 = v128.load(bias);
      const b1 = v128.load(bias, 16);
      c00 = f32x4.add(c00, b0);
      c01 = f32x4.add(c01, b1);
      c10 = f32x4.add(c10, b0);
      c11 = f32x4.add(c11, b1);
      c20 = f32x4.add(c20, b0);
      c21 = f32x4.add(c21, b1);
      c30 = f32x4.add(c30, b0);
      c31 = f32x4.add(c31, b1);
    } else if (mode == ROWS) {
      let b0 = v128.load32_splat(bias);
      c00 = f32x4.add(c00, b0);
      c01 = f32x4.add(c01, b0);
      b0 = v128.load32_splat(bias, 4);
      c10 = f32x4.add(c10, b0);
      c11 = f32x4.add(c11, b0);
      b0 = v128.load32_splat(bias, 8);
      c20 = f32x4.add(c20, b0);
      c21 = f32x4.add(c21, b0);
      b0 = v128.load32_splat(bias, 12);
      c30 = f32x4.add(c30, b0);
      c31 = f32x4.add(c31, b0);
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    c += step;
    v128.store(c, c10);
    v128.store(c, c11, 16);
    c += step;
    v128.store(c, c20);
    v128.store(c, c21, 16);
    c += step;
    v128.store(c, c30);
    v128.store(c, c31, 16);
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
  scatter(tile, c, crs, ccs, rows, cols, mode, bias);
}

function scatter(tile: usize, c: usize, crs: i32, ccs: i32, rows: i32, cols: i32, mode: i32, bias: usize): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const at = c + ((i * crs + j * ccs) << 2);
      let v = load<f32>(tile + ((i * NR + j) << 2));
      if (mode == ADD) v += load<f32>(at);
      else if (mode == COLUMNS) v += load<f32>(bias + (j << 2));
      else if (mode == ROWS) v += load<f32>(bias + (i << 2));
      store<f32>(at, v);
    }
}

/** c (m × n) from packed panels; k is at most {@link KC}. */
export function panels_f32(
  m: i32,
  n: i32,
  k: i32,
  pa: usize,
  pb: usize,
  c: usize,
  crs: i32,
  ccs: i32,
  mode: i32,
  bias: usize,
  tile: usize,
): void {
  for (let j = 0; j < n; j += NR) {
    const b = pb + ((j * k) << 2);
    for (let i = 0; i < m; i += MR)
      micro(
        k,
        pa + ((i * k) << 2),
        b,
        c + ((i * crs + j * ccs) << 2),
        crs,
        ccs,
        min(MR, m - i),
        min(NR, n - j),
        mode,
        mode == ROWS ? bias + (i << 2) : bias + (j << 2),
        tile,
      );
  }
}

/**
 * c[i, j] = Σₚ a[i, p]·b[p, j], begun as `mode` says: 0 with zero, 1 with c, 2 with bias[j], 3 with bias[i].
 * All operands may have any strides.
 */
export function gemm_f32(
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
  const pb = room + MR * NR * 4;
  const pa = pb + ((min((n + NR - 1) / NR * NR, NC) * min(k, KC)) << 2);
  for (let j = 0; j < n; j += NC) {
    const nc = min(NC, n - j);
    for (let p = 0; p < k; p += KC) {
      const kc = min(KC, k - p);
      pack_b_f32(kc, nc, b + ((p * brs + j * bcs) << 2), brs, bcs, pb);
      const begin = p == 0 ? mode : ADD;
      for (let i = 0; i < m; i += MC) {
        const mc = min(MC, m - i);
        pack_a_f32(mc, kc, a + ((i * ars + p * acs) << 2), ars, acs, pa);
        panels_f32(
          mc,
          nc,
          kc,
          pa,
          pb,
          c + ((i * crs + j * ccs) << 2),
          crs,
          ccs,
          begin,
          begin == ROWS ? bias + (i << 2) : bias + (j << 2),
          tile,
        );
      }
    }
  }
}

/** Bytes of all of b packed by {@link pack_all_f32}. */
export function packed_f32_size(n: i32, k: i32): i32 {
  return ((n + NR - 1) / NR * NR * k) << 2;
}

/** Packs all of b for {@link gemm_packed_f32}. */
export function pack_all_f32(n: i32, k: i32, b: usize, brs: i32, bcs: i32, out: usize): void {
  const wide = (n + NR - 1) / NR * NR;
  for (let p = 0; p < k; p += KC) {
    pack_b_f32(min(KC, k - p), n, b + ((p * brs) << 2), brs, bcs, out);
    out += (wide * min(KC, k - p)) << 2;
  }
}

/** {@link gemm_f32} with a b that {@link pack_all_f32} packed. */
export function gemm_packed_f32(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ars: i32,
  acs: i32,
  pb: usize,
  c: usize,
  crs: i32,
  ccs: i32,
  mode: i32,
  bias: usize,
  room: usize,
): void {
  const wide = (n + NR - 1) / NR * NR;
  const pa = room + MR * NR * 4;
  for (let p = 0; p < k; p += KC) {
    const kc = min(KC, k - p);
    const begin = p == 0 ? mode : ADD;
    for (let i = 0; i < m; i += MC) {
      const mc = min(MC, m - i);
      pack_a_f32(mc, kc, a + ((i * ars + p * acs) << 2), ars, acs, pa);
      panels_f32(mc, n, kc, pa, pb, c + ((i * crs) << 2), crs, ccs, begin, begin == ROWS ? bias + (i << 2) : bias, room);
    }
    pb += (wide * kc) << 2;
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
  const sums = room + ((<usize>k << 2) + 15 & ~15);
  for (let i = 0; i < m; i++) {
    const x = a + ((i * ars) << 2);
    let row = x;
    if (acs != 1) {
      for (let p = 0; p < k; p++) store<f32>(line + (p << 2), load<f32>(x + ((p * acs) << 2)));
      row = line;
    }
    const out = c + ((i * crs) << 2);
    const add: f32 = mode == ROWS ? load<f32>(bias + (i << 2)) : 0;
    if (brs == 1) {
      for (let j = 0; j < n; j++) {
        const at = out + ((j * ccs) << 2);
        let v = dot(k, row, b + ((j * bcs) << 2)) + add;
        if (mode == ADD) v += load<f32>(at);
        else if (mode == COLUMNS) v += load<f32>(bias + (j << 2));
        store<f32>(at, v);
      }
      continue;
    }
    memory.fill(sums, 0, <usize>n << 2);
    let p = 0;
    for (; p + 4 <= k; p += 4) axpy4(n, row + (p << 2), b + ((p * brs) << 2), <usize>brs << 2, sums);
    for (; p < k; p++) axpy(n, row + (p << 2), b + ((p * brs) << 2), sums);
    for (let j = 0; j < n; j++) {
      const at = out + ((j * ccs) << 2);
      let v = load<f32>(sums + (j << 2)) + add;
      if (mode == ADD) v += load<f32>(at);
      else if (mode == COLUMNS) v += load<f32>(bias + (j << 2));
      store<f32>(at, v);
    }
  }
}

function dot(k: i32, x: usize, y: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let p = 0;
  for (; p + 16 <= k; p += 16) {
    s0 = madd(v128.load(x), v128.load(y), s0);
    s1 = madd(v128.load(x, 16), v128.load(y, 16), s1);
    s2 = madd(v128.load(x, 32), v128.load(y, 32), s2);
    s3 = madd(v128.load(x, 48), v128.load(y, 48), s3);
    x += 64;
    y += 64;
  }
  for (; p + 4 <= k; p += 4) {
    s0 = madd(v128.load(x), v128.load(y), s0);
    x += 16;
    y += 16;
  }
  let s = sum4(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  for (; p < k; p++) {
    s += load<f32>(x) * load<f32>(y);
    x += 4;
    y += 4;
  }
  return s;
}

function axpy(n: i32, x: usize, b: usize, sums: usize): void {
  const v = v128.load32_splat(x);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    v128.store(sums, madd(v, v128.load(b), v128.load(sums)));
    sums += 16;
    b += 16;
  }
  const s = load<f32>(x);
  for (; j < n; j++) {
    store<f32>(sums, load<f32>(sums) + s * load<f32>(b));
    sums += 4;
    b += 4;
  }
}

function axpy4(n: i32, x: usize, b: usize, step: usize, sums: usize): void {
  const x0 = v128.load32_splat(x);
  const x1 = v128.load32_splat(x, 4);
  const x2 = v128.load32_splat(x, 8);
  const x3 = v128.load32_splat(x, 12);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    let s = madd(x0, v128.load(b), v128.load(sums));
    s = madd(x1, v128.load(b + step), s);
    s = madd(x2, v128.load(b + 2 * step), s);
    s = madd(x3, v128.load(b + 3 * step), s);
    v128.store(sums, s);
    sums += 16;
    b += 16;
  }
  for (; j < n; j++) {
    store<f32>(
      sums,
      load<f32>(sums) +
        load<f32>(x) * load<f32>(b) +
        load<f32>(x, 4) * load<f32>(b + step) +
        load<f32>(x, 8) * load<f32>(b + 2 * step) +
        load<f32>(x, 12) * load<f32>(b + 3 * step),
    );
    sums += 4;
    b += 4;
  }
}
