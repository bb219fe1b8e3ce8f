import { lanesOf, madd, multiplyAdd, splatAt, sumOf } from "../lanes";

/*
 * c = a·b for float32 and float64. Both operands are packed into panels (three rows of a, three vectors of columns of b,
 * the summed axis running between them), so that any strides cost the same, and a block of nine vectors of c stays in
 * registers while the summed axis goes by. Nine running sums hide the latency of fused multiply-add, which eight do not,
 * and with three rows and three vectors of b they are all that V8 keeps in registers.
 */

/** Rows of a block. */
export const MR: i32 = 3;
/** Vectors of a full block's row; the last panel of b may have fewer. */
export const NV: i32 = 3;
export const MC: i32 = 96;
export const KC: i32 = 384;
/** Bytes of a row of b that are packed at once. */
const NC: i32 = 2064;
/** Bytes of one block of c. */
export const TILE: i32 = 144;

/** How a block of c is begun: with zero, with what c holds, with a bias per column or per row. */
export const FRESH: i32 = 0;
export const ADD: i32 = 1;
export const COLUMNS: i32 = 2;
export const ROWS: i32 = 3;

// @ts-ignore: decorator
@inline
export function up(n: i32, to: i32): i32 {
  return (n + to - 1) / to * to;
}

// @ts-ignore: decorator
@inline
function block<T>(): i32 {
  return NC / sizeof<T>();
}

/** Bytes of `rows` rows of a, packed. */
// @ts-ignore: decorator
@inline
export function packedA<T>(rows: i32, k: i32): i32 {
  return up(rows, MR) * k * sizeof<T>() + 16;
}

/** Bytes of `cols` columns of b, packed. */
// @ts-ignore: decorator
@inline
export function packedB<T>(cols: i32, k: i32): i32 {
  return up(cols, lanesOf<T>()) * k * sizeof<T>();
}

/** Room in bytes that {@link gemm} needs: packed a, packed b, and one block of c. */
export function gemmRoom<T>(m: i32, n: i32, k: i32): i32 {
  const kc = min(k, KC);
  const thin = m < 4 || n < 4 ? (k + n + m) * sizeof<T>() + 64 : 0;
  return up(packedA<T>(min(m, MC), kc), 16) + packedB<T>(min(n, block<T>()), kc) + TILE + thin + 64;
}

/** Four rows of four or two rows of two, turned and written `to` bytes apart. */
// @ts-ignore: decorator
@inline
export function turn<T>(p0: usize, p1: usize, p2: usize, p3: usize, out: usize, to: usize): void {
  const r0 = v128.load(p0);
  const r1 = v128.load(p1);
  if (sizeof<T>() == 8) {
    v128.store(out, v128.shuffle<f64>(r0, r1, 0, 2));
    v128.store(out + to, v128.shuffle<f64>(r0, r1, 1, 3));
  } else {
    const r2 = v128.load(p2);
    const r3 = v128.load(p3);
    const lo01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const hi01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const lo23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const hi23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f64>(lo01, lo23, 0, 2));
    v128.store(out + to, v128.shuffle<f64>(lo01, lo23, 1, 3));
    v128.store(out + 2 * to, v128.shuffle<f64>(hi01, hi23, 0, 2));
    v128.store(out + 3 * to, v128.shuffle<f64>(hi01, hi23, 1, 3));
  }
}

/**
 * Packs `cols` columns of b (k × cols) into panels of `wide` steps, of which k are filled from step `q` on; what lies
 * beyond the last column is undefined. Strides count elements.
 */
export function packB<T>(k: i32, cols: i32, b: usize, brs: i32, bcs: i32, out: usize, wide: i32, q: i32): void {
  const L = lanesOf<T>();
  const down = <usize>(brs * sizeof<T>());
  const over = <usize>(bcs * sizeof<T>());
  for (let j = 0; j < cols; j += NV * L) {
    const vectors = min(NV, (cols - j + L - 1) / L);
    const src = b + <usize>j * over;
    const to = <usize>vectors << 4;
    if (bcs == 1 && vectors == NV) {
      let from = src;
      let at = out + <usize>q * to;
      for (let p = 0; p < k; p++) {
        v128.store(at, v128.load(from));
        v128.store(at, v128.load(from, 16), 16);
        v128.store(at, v128.load(from, 32), 32);
        from += down;
        at += 48;
      }
    } else
      for (let v = 0; v < vectors; v++) {
        const there = cols - j - v * L;
        let p0 = src + <usize>(v * L) * over;
        let at = out + (<usize>v << 4) + <usize>q * to;
        let p = 0;
        if (bcs == 1) {
          for (; p < k; p++) {
            v128.store(at, v128.load(p0));
            p0 += down;
            at += to;
          }
          continue;
        }
        // Columns that are not there are read as the last one.
        let p1 = there > 1 ? p0 + over : p0;
        let p2 = there > 2 ? p1 + over : p1;
        let p3 = there > 3 ? p2 + over : p2;
        if (brs == 1)
          for (; p + L <= k; p += L) {
            turn<T>(p0, p1, p2, p3, at, to);
            p0 += 16;
            p1 += 16;
            p2 += 16;
            p3 += 16;
            at += <usize>L * to;
          }
        for (; p < k; p++) {
          store<T>(at, load<T>(p0));
          store<T>(at, load<T>(p1), sizeof<T>());
          if (sizeof<T>() == 4) {
            store<T>(at, load<T>(p2), 2 * sizeof<T>());
            store<T>(at, load<T>(p3), 3 * sizeof<T>());
          }
          p0 += down;
          p1 += down;
          p2 += down;
          p3 += down;
          at += to;
        }
      }
    out += <usize>wide * to;
  }
}

/**
 * Packs `rows` rows of a (rows × k) into panels of `wide` steps, of which the first k are filled; rows beyond the last are
 * copies of it.
 */
export function packA<T>(rows: i32, k: i32, a: usize, ars: i32, acs: i32, to: usize, wide: i32): void {
  const L = lanesOf<T>();
  const down = <usize>(ars * sizeof<T>());
  const over = <usize>(acs * sizeof<T>());
  for (let i = 0; i < rows; i += MR) {
    const there = rows - i;
    let p0 = a + <usize>i * down;
    let out = to;
    to += <usize>wide * (MR * sizeof<T>());
    let p = 0;
    // The last step is left to scalars: behind it stands what another call may have packed already.
    if (ars == 1 && there >= MR)
      for (; p + 1 < k; p++) {
        v128.store(out, v128.load(p0));
        if (sizeof<T>() == 8) store<f64>(out, load<f64>(p0, 16), 16);
        p0 += over;
        out += MR * sizeof<T>();
      }
    let p1 = there > 1 ? p0 + down : p0;
    let p2 = there > 2 ? p1 + down : p1;
    if (acs == 1)
      for (; p + L <= k; p += L) {
        const r0 = v128.load(p0);
        const r1 = v128.load(p1);
        const r2 = v128.load(p2);
        if (sizeof<T>() == 8) {
          v128.store(out, v128.shuffle<f64>(r0, r1, 0, 2));
          v128.store(out, v128.shuffle<f64>(r2, r0, 0, 3), 16);
          v128.store(out, v128.shuffle<f64>(r1, r2, 1, 3), 32);
        } else {
          const t0 = v128.shuffle<f32>(r0, r1, 0, 2, 4, 6);
          const t1 = v128.shuffle<f32>(r1, r2, 1, 3, 5, 7);
          const t2 = v128.shuffle<f32>(r2, r0, 0, 2, 5, 7);
          v128.store(out, v128.shuffle<f32>(t0, t2, 0, 2, 4, 6));
          v128.store(out, v128.shuffle<f32>(t1, t0, 0, 2, 5, 7), 16);
          v128.store(out, v128.shuffle<f32>(t2, t1, 1, 3, 5, 7), 32);
        }
        p0 += 16;
        p1 += 16;
        p2 += 16;
        out += 48;
      }
    for (; p < k; p++) {
      store<T>(out, load<T>(p0));
      store<T>(out, load<T>(p1), sizeof<T>());
      store<T>(out, load<T>(p2), 2 * sizeof<T>());
      p0 += over;
      p1 += over;
      p2 += over;
      out += MR * sizeof<T>();
    }
  }
}

/** One row of a block to c. */
// @ts-ignore: decorator
@inline
function finish<T>(nv: i32, c: usize, x: v128, y: v128, z: v128, mode: i32, bias: usize, r: usize): void {
  if (mode == ROWS) {
    const b = splatAt<T>(bias + r * sizeof<T>());
    x = v128.add<T>(x, b);
    if (nv > 1) y = v128.add<T>(y, b);
    if (nv > 2) z = v128.add<T>(z, b);
  } else if (mode != FRESH) {
    const from = mode == ADD ? c : bias;
    x = v128.add<T>(x, v128.load(from));
    if (nv > 1) y = v128.add<T>(y, v128.load(from, 16));
    if (nv > 2) z = v128.add<T>(z, v128.load(from, 32));
  }
  v128.store(c, x);
  if (nv > 1) v128.store(c, y, 16);
  if (nv > 2) v128.store(c, z, 32);
}

// @ts-ignore: decorator
@inline
function put<T>(at: usize, v: T, mode: i32, bias: usize, i: i32, j: i32): void {
  if (mode == ADD) v += load<T>(at);
  else if (mode != FRESH) v += load<T>(bias + (mode == COLUMNS ? j : i) * sizeof<T>());
  store<T>(at, v);
}

function scatter<T>(
  tile: usize,
  width: i32,
  c: usize,
  crs: i32,
  ccs: i32,
  rows: i32,
  cols: i32,
  mode: i32,
  bias: usize,
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++)
      put<T>(c + (i * crs + j * ccs) * sizeof<T>(), load<T>(tile + (i * width + j) * sizeof<T>()), mode, bias, i, j);
}

/**
 * `m` rows of c (+)= packed a · one packed panel of b of `nv` vectors, over k. `cols` says how many of its columns there
 * are.
 */
// @ts-ignore: decorator
@inline
function strip<T>(
  nv: i32,
  m: i32,
  cols: i32,
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
  const step = <usize>(MR * sizeof<T>());
  const whole = ccs == 1 && cols == nv * lanesOf<T>();
  const down = <usize>(crs * sizeof<T>());
  for (let i = 0; i < m; i += MR) {
    let c00 = v128.splat<T>(0);
    let c01 = c00;
    let c02 = c00;
    let c10 = c00;
    let c11 = c00;
    let c12 = c00;
    let c20 = c00;
    let c21 = c00;
    let c22 = c00;
    let b = pb;
    const end = pa + <usize>k * step;
    // The loop ends in its middle: so V8 neither peels it nor keeps addresses of what was peeled.
    for (;;) {
      const b0 = v128.load(b);
      const b1 = nv > 1 ? v128.load(b, 16) : b0;
      const b2 = nv > 2 ? v128.load(b, 32) : b0;
      let x = splatAt<T>(pa);
      c00 = multiplyAdd<T>(x, b0, c00);
      if (nv > 1) c01 = multiplyAdd<T>(x, b1, c01);
      if (nv > 2) c02 = multiplyAdd<T>(x, b2, c02);
      x = sizeof<T>() == 4 ? v128.load32_splat(pa, 4) : v128.load64_splat(pa, 8);
      c10 = multiplyAdd<T>(x, b0, c10);
      if (nv > 1) c11 = multiplyAdd<T>(x, b1, c11);
      if (nv > 2) c12 = multiplyAdd<T>(x, b2, c12);
      x = sizeof<T>() == 4 ? v128.load32_splat(pa, 8) : v128.load64_splat(pa, 16);
      c20 = multiplyAdd<T>(x, b0, c20);
      if (nv > 1) c21 = multiplyAdd<T>(x, b1, c21);
      if (nv > 2) c22 = multiplyAdd<T>(x, b2, c22);
      pa += step;
      if (pa >= end) break;
      b += <usize>nv << 4;
    }
    const rows = m - i;
    if (whole) {
      finish<T>(nv, c, c00, c01, c02, mode, bias, 0);
      if (rows > 1) finish<T>(nv, c + down, c10, c11, c12, mode, bias, 1);
      if (rows > 2) finish<T>(nv, c + 2 * down, c20, c21, c22, mode, bias, 2);
    } else {
      finish<T>(nv, tile, c00, c01, c02, FRESH, 0, 0);
      finish<T>(nv, tile + (<usize>nv << 4), c10, c11, c12, FRESH, 0, 0);
      finish<T>(nv, tile + (<usize>nv << 5), c20, c21, c22, FRESH, 0, 0);
      scatter<T>(tile, nv * lanesOf<T>(), c, crs, ccs, min(MR, rows), cols, mode, bias);
    }
    c += <usize>MR * down;
    if (mode == ROWS) bias += step;
  }
}

function strip3<T>(
  m: i32,
  cols: i32,
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
  strip<T>(3, m, cols, k, pa, pb, c, crs, ccs, mode, bias, tile);
}
function strip2<T>(
  m: i32,
  cols: i32,
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
  strip<T>(2, m, cols, k, pa, pb, c, crs, ccs, mode, bias, tile);
}
function strip1<T>(
  m: i32,
  cols: i32,
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
  strip<T>(1, m, cols, k, pa, pb, c, crs, ccs, mode, bias, tile);
}

/** c (m × n) from packed panels. `tile` holds {@link TILE} bytes. */
export function panels<T>(
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
  const L = lanesOf<T>();
  const pair = 2 * NV * L;
  const alone = sizeof<T>() == 4 && ccs == 1 && m % MR == 1 ? n / pair * pair : 0;
  for (let j = 0; j < n; j += NV * L) {
    const cols = min(NV * L, n - j);
    const b = pb + j * k * sizeof<T>();
    const at = c + j * ccs * sizeof<T>();
    const own = mode == COLUMNS ? bias + j * sizeof<T>() : bias;
    if (cols > 2 * L) strip3<T>(j < alone ? m - 1 : m, cols, k, pa, b, at, crs, ccs, mode, own, tile);
    else if (cols > L) strip2<T>(m, cols, k, pa, b, at, crs, ccs, mode, own, tile);
    else strip1<T>(m, cols, k, pa, b, at, crs, ccs, mode, own, tile);
  }
  if (alone == 0) return;
  const row = m - 1;
  const last = mode == ROWS ? bias + row * sizeof<T>() : bias;
  for (let j = 0; j < alone; j += pair) {
    const own = mode == COLUMNS ? bias + j * sizeof<T>() : last;
    lone(k, pa + row * k * sizeof<T>(), pb + j * k * sizeof<T>(), c + (row * crs + j) * sizeof<T>(), mode, own);
  }
}

/** A last row without neighbours, over two panels of b at once: the three sums of one would wait for themselves. */
function lone(k: i32, pa: usize, pb: usize, c: usize, mode: i32, bias: usize): void {
  const end = pa + <usize>k * (MR << 2);
  let other = pb + <usize>k * (NV << 4);
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let c4 = c0;
  let c5 = c0;
  for (;;) {
    const x = v128.load32_splat(pa);
    c0 = madd(x, v128.load(pb), c0);
    c1 = madd(x, v128.load(pb, 16), c1);
    c2 = madd(x, v128.load(pb, 32), c2);
    c3 = madd(x, v128.load(other), c3);
    c4 = madd(x, v128.load(other, 16), c4);
    c5 = madd(x, v128.load(other, 32), c5);
    pa += MR << 2;
    if (pa >= end) break;
    pb += NV << 4;
    other += NV << 4;
  }
  finish<f32>(NV, c, c0, c1, c2, mode, bias, 0);
  finish<f32>(NV, c + (NV << 4), c3, c4, c5, mode, mode == ROWS ? bias : bias + (NV << 4), 0);
}

/**
 * c[i, j] = Σₚ a[i, p]·b[p, j], begun as `mode` says: 0 with zero, 1 with c, 2 with bias[j], 3 with bias[i].
 * All operands may have any strides.
 */
export function gemm<T>(
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
    thin<T>(m, n, k, a, ars, acs, b, brs, bcs, c, crs, ccs, mode, bias, room);
    return;
  }
  if (n < 4 && (ars == 1 || acs == 1)) {
    const turned = mode == COLUMNS ? ROWS : mode == ROWS ? COLUMNS : mode;
    thin<T>(n, m, k, b, bcs, brs, a, acs, ars, c, ccs, crs, turned, bias, room);
    return;
  }
  const pb = room + TILE;
  const pa = pb + packedB<T>(min(n, block<T>()), min(k, KC));
  for (let j = 0; j < n; j += block<T>()) {
    const nc = min(block<T>(), n - j);
    for (let p = 0; p < k; p += KC) {
      const kc = min(KC, k - p);
      packB<T>(kc, nc, b + (p * brs + j * bcs) * sizeof<T>(), brs, bcs, pb, kc, 0);
      const begin = p == 0 ? mode : ADD;
      for (let i = 0; i < m; i += MC) {
        const mc = min(MC, m - i);
        packA<T>(mc, kc, a + (i * ars + p * acs) * sizeof<T>(), ars, acs, pa, kc);
        const own = bias + (begin == ROWS ? i : j) * sizeof<T>();
        panels<T>(mc, nc, kc, pa, pb, c + (i * crs + j * ccs) * sizeof<T>(), crs, ccs, begin, own, room);
      }
    }
  }
}

/** Packs all of b for {@link gemmPacked}. */
export function packAll<T>(n: i32, k: i32, b: usize, brs: i32, bcs: i32, out: usize): void {
  packSome<T>(n, k, b, brs, bcs, out, 0, n);
}

/** Columns `from` … `to` − 1 of {@link packAll}; they begin and, but for the last ones, end at whole panels. */
export function packSome<T>(
  n: i32,
  k: i32,
  b: usize,
  brs: i32,
  bcs: i32,
  out: usize,
  from: i32,
  to: i32,
): void {
  for (let p = 0; p < k; p += KC) {
    const kc = min(KC, k - p);
    packB<T>(
      kc,
      to - from,
      b + (p * brs + from * bcs) * sizeof<T>(),
      brs,
      bcs,
      out + from * kc * sizeof<T>(),
      kc,
      0,
    );
    out += packedB<T>(n, kc);
  }
}

/** {@link gemm} with a b that {@link packAll} packed. */
export function gemmPacked<T>(
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
  const pa = room + TILE;
  for (let p = 0; p < k; p += KC) {
    const kc = min(KC, k - p);
    const begin = p == 0 ? mode : ADD;
    for (let i = 0; i < m; i += MC) {
      const mc = min(MC, m - i);
      packA<T>(mc, kc, a + (i * ars + p * acs) * sizeof<T>(), ars, acs, pa, kc);
      const own = begin == ROWS ? bias + i * sizeof<T>() : bias;
      panels<T>(mc, n, kc, pa, pb, c + i * crs * sizeof<T>(), crs, ccs, begin, own, room);
    }
    pb += packedB<T>(n, kc);
  }
}

/** Up to three rows of a: b is read once a row and never packed. */
function thin<T>(
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
  const sums = room + up(k * sizeof<T>(), 16);
  for (let i = 0; i < m; i++) {
    const x = a + i * ars * sizeof<T>();
    let row = x;
    if (acs != 1) {
      for (let p = 0; p < k; p++) store<T>(line + p * sizeof<T>(), load<T>(x + p * acs * sizeof<T>()));
      row = line;
    }
    const out = c + i * crs * sizeof<T>();
    if (brs == 1) {
      for (let j = 0; j < n; j++)
        put<T>(out + j * ccs * sizeof<T>(), dot<T>(k, row, b + j * bcs * sizeof<T>()), mode, bias, i, j);
      continue;
    }
    memory.fill(sums, 0, n * sizeof<T>());
    let p = 0;
    const down = <usize>(brs * sizeof<T>());
    for (; p + 4 <= k; p += 4) axpy4<T>(n, row + p * sizeof<T>(), b + <usize>p * down, down, sums);
    for (; p < k; p++) axpy<T>(n, load<T>(row + p * sizeof<T>()), b + <usize>p * down, sums);
    for (let j = 0; j < n; j++)
      put<T>(out + j * ccs * sizeof<T>(), load<T>(sums + j * sizeof<T>()), mode, bias, i, j);
  }
}

/** Σ xᵢ·yᵢ of neighbours. */
export function dot<T>(k: i32, x: usize, y: usize): T {
  const L = lanesOf<T>();
  let s0 = v128.splat<T>(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let p = 0;
  for (; p + 4 * L <= k; p += 4 * L) {
    s0 = multiplyAdd<T>(v128.load(x), v128.load(y), s0);
    s1 = multiplyAdd<T>(v128.load(x, 16), v128.load(y, 16), s1);
    s2 = multiplyAdd<T>(v128.load(x, 32), v128.load(y, 32), s2);
    s3 = multiplyAdd<T>(v128.load(x, 48), v128.load(y, 48), s3);
    x += 64;
    y += 64;
  }
  for (; p + L <= k; p += L) {
    s0 = multiplyAdd<T>(v128.load(x), v128.load(y), s0);
    x += 16;
    y += 16;
  }
  let s = sumOf<T>(v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)));
  for (; p < k; p++) {
    s += load<T>(x) * load<T>(y);
    x += sizeof<T>();
    y += sizeof<T>();
  }
  return s;
}

/** y += s·x of neighbours. */
export function axpy<T>(n: i32, s: T, x: usize, y: usize): void {
  const v = v128.splat<T>(s);
  let j = 0;
  for (; j + lanesOf<T>() <= n; j += lanesOf<T>()) {
    v128.store(y, multiplyAdd<T>(v, v128.load(x), v128.load(y)));
    y += 16;
    x += 16;
  }
  for (; j < n; j++) {
    store<T>(y, load<T>(y) + s * load<T>(x));
    y += sizeof<T>();
    x += sizeof<T>();
  }
}

/** sums += four elements of x times four rows. */
function axpy4<T>(n: i32, x: usize, b: usize, step: usize, sums: usize): void {
  const s = <usize>sizeof<T>();
  const x0 = splatAt<T>(x);
  const x1 = splatAt<T>(x + s);
  const x2 = splatAt<T>(x + 2 * s);
  const x3 = splatAt<T>(x + 3 * s);
  let j = 0;
  for (; j + lanesOf<T>() <= n; j += lanesOf<T>()) {
    let v = multiplyAdd<T>(x0, v128.load(b), v128.load(sums));
    v = multiplyAdd<T>(x1, v128.load(b + step), v);
    v = multiplyAdd<T>(x2, v128.load(b + 2 * step), v);
    v = multiplyAdd<T>(x3, v128.load(b + 3 * step), v);
    v128.store(sums, v);
    sums += 16;
    b += 16;
  }
  for (; j < n; j++) {
    store<T>(
      sums,
      load<T>(sums) +
        load<T>(x) * load<T>(b) +
        load<T>(x + s) * load<T>(b + step) +
        load<T>(x + 2 * s) * load<T>(b + 2 * step) +
        load<T>(x + 3 * s) * load<T>(b + 3 * step),
    );
    sums += s;
    b += s;
  }
}
