import { gemm_f32, gemm_f32_room } from "../gemm/f32";
import { ADD, FRESH, MR, panels, TILE, turn, up } from "../gemm/product";
import { madd, storeSome } from "../lanes";
import { Geometry } from "./geometry";
import { imageOf, imageRoom, stepC, stepH } from "./image";

/*
 * 3×3 kernels at stride 1 by Winograd's F(4×4, 3×3): tiles of 4×4 results from 6×6 elements, with 36 multiplications instead
 * of 144. The polynomials are interpolated at 0, ±√½, ±√2 and ∞, where rounding costs twice what it costs in plain sums; at
 * the usual 0, ±1, ±2, ∞ it costs ten times that. Geometries have one depth and a height and width of the result that are
 * multiples of 4; the true ones are told apart. The tiles of an image fill whole vectors, the last ones with zeros.
 */

const A: f32 = 0.7071067811865476;
const B: f32 = 1.4142135623730951;
/** Columns of a full panel. */
const COLUMNS: i32 = 12;
const POINTS: i32 = 36;
/** Bytes of the transformed tiles of one block, which has at least so many tiles if there are. */
const BLOCK: i32 = 640 << 10;
const LEAST: i32 = 48;

// @ts-ignore: decorator
@inline
function times(c: f32, v: v128): v128 {
  return f32x4.mul(f32x4.splat(c), v);
}

// @ts-ignore: decorator
@inline
function tilesOf(g: Geometry): i32 {
  return (g.oh * g.ow) >> 4;
}

/** How many tiles are transformed at once where each has `channels` channels before and after: whole panels. */
function tilesAtOnce(g: Geometry, channels: i32): i32 {
  const fit = max(LEAST, BLOCK / (channels * (POINTS * 4)) / COLUMNS * COLUMNS);
  return min(up(tilesOf(g), 4), fit);
}

/** How many images are, if all of their tiles are. */
// @ts-ignore: decorator
@inline
function imagesAtOnce(g: Geometry, channels: i32): i32 {
  const all = up(tilesOf(g), 4);
  return min(g.batch, max(1, max(LEAST, BLOCK / (channels * (POINTS * 4))) / all));
}

/** Bytes of what belongs to one point; so that no points' numbers share one place in the cache. */
// @ts-ignore: decorator
@inline
function apart(floats: i32): i32 {
  return up(floats << 2, 128) + 64;
}

/** Bytes of rows of tiles that were transformed in one direction. */
// @ts-ignore: decorator
@inline
function lineRoom(g: Geometry): i32 {
  return 6 * (((g.oh >> 2) * (g.ow + 4) << 2) + 32);
}

/** Bytes of the transformed kernels. */
export function winograd_kernels_size(outChannels: i32, inChannels: i32): i32 {
  return POINTS * apart(up(outChannels, MR) * inChannels);
}

// @ts-ignore: decorator
@inline
function kernelLine(x: f32, y: f32, z: f32, to: usize, step: usize): void {
  const p: f32 = (x + <f32>0.5 * z) * <f32>(-2.0 / 3.0);
  const q: f32 = A * y * <f32>(-2.0 / 3.0);
  const r: f32 = (x + <f32>2.0 * z) * <f32>(1.0 / 6.0);
  const s: f32 = B * y * <f32>(1.0 / 6.0);
  store<f32>(to, x);
  store<f32>(to + step, p + q);
  store<f32>(to + 2 * step, p - q);
  store<f32>(to + 3 * step, r + s);
  store<f32>(to + 4 * step, r - s);
  store<f32>(to + 5 * step, z);
}

/**
 * Transforms kernels `o` … `until` − 1 of m (tap t of channel c of kernel o at w + o·wo + c·wc + t·wt) into 36 left operands, packed;
 * `o` is a multiple of 3, and `until`, too, or m. `room` holds 96 bytes.
 */
export function winograd_kernels(
  o: i32,
  until: i32,
  m: i32,
  channels: i32,
  w: usize,
  wo: i32,
  wc: i32,
  wt: i32,
  out: usize,
  room: usize,
): void {
  const each = apart(up(m, MR) * channels);
  const right = <usize>(wt << 2);
  for (; o < up(until, MR); o++)
    for (let c = 0; c < channels; c++) {
      let at = w + ((min(o, m - 1) * wo + c * wc) << 2);
      for (let j: usize = 0; j < 12; j += 4) {
        kernelLine(load<f32>(at), load<f32>(at + 3 * right), load<f32>(at + 6 * right), room + j, 12);
        at += right;
      }
      let to = out + (((o / MR) * MR * channels + c * MR + (o % MR)) << 2);
      for (let from = room; from < room + 72; from += 12) {
        kernelLine(load<f32>(from), load<f32>(from, 4), load<f32>(from, 8), to, each);
        to += 6 * each;
      }
    }
}

/**
 * Six lines of numbers become six, `by` bytes apart: what an image's tile brings to each point. Gradients `back` have four, and
 * are brought the opposite way.
 */
// @ts-ignore: decorator
@inline
function six(back: bool, d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, by: usize): void {
  let first: v128, even: v128, odd: v128, wide: v128, far: v128, last: v128;
  if (back) {
    first = d0;
    even = f32x4.add(d0, times(0.5, d2));
    odd = f32x4.add(times(A, d1), times(0.5 * A, d3));
    wide = f32x4.add(d0, times(2, d2));
    far = f32x4.add(times(B, d1), times(2 * B, d3));
    last = d3;
  } else {
    first = f32x4.add(f32x4.sub(d4, times(2.5, d2)), d0);
    even = f32x4.sub(d4, times(2, d2));
    odd = f32x4.sub(times(A, d3), times(B, d1));
    wide = f32x4.sub(d4, times(0.5, d2));
    far = f32x4.sub(times(B, d3), times(A, d1));
    last = f32x4.add(f32x4.sub(d5, times(2.5, d3)), d1);
  }
  v128.store(to, first);
  v128.store(to + by, f32x4.add(even, odd));
  v128.store(to + 2 * by, f32x4.sub(even, odd));
  v128.store(to + 3 * by, f32x4.add(wide, far));
  v128.store(to + 4 * by, f32x4.sub(wide, far));
  v128.store(to + 5 * by, last);
}

/** Bytes of {@link writePlaces}. */
// @ts-ignore: decorator
@inline
function placesRoom(tiles: i32): i32 {
  return 6 * (tiles + 4);
}

/**
 * For every four tiles from p on where they begin in their lines (those that are not there where zeros stand), how far it is from
 * one channel of theirs to the next, and where the first begins: as columns from `q0` of `columns` in panels of `panel` columns.
 */
function writePlaces(
  g: Geometry,
  p: i32,
  count: i32,
  q0: i32,
  columns: i32,
  panel: i32,
  zeros: i32,
  out: usize,
): void {
  const wide = g.ow >> 2;
  const first = p / wide;
  for (let q = 0; q < count; q += 4) {
    for (let k = 0; k < 4; k++) {
      const t = p + q + k;
      store<i32>(out, q + k < count ? ((t / wide - first) * (g.ow + 4) + ((t % wide) << 2)) << 2 : zeros);
      out += 4;
    }
    const start = (q0 + q) / panel * panel;
    store<i32>(out, min(panel, columns - start) << 2);
    store<i32>(out, (start * g.inChannels + q0 + q - start) << 2, 4);
    out += 8;
  }
}

/**
 * Tiles p … p + count − 1 of all channels of an image as columns from `q0` of `columns` of 36 right operands, `each` bytes apart,
 * in panels of `panel` columns.
 */
function transform(
  g: Geometry,
  image: usize,
  back: bool,
  p: i32,
  count: i32,
  q0: i32,
  columns: i32,
  panel: i32,
  out: usize,
  each: usize,
  room: usize,
): void {
  const wide = g.ow >> 2;
  const first = p / wide;
  const rows = (p + count - 1) / wide - first + 1;
  const zeros = <usize>(rows * (g.ow + 4)) << 2;
  const by = zeros + 32;
  const width = <usize>(back ? g.ow : g.ow + 2) << 2;
  const places = room + lineRoom(g);
  writePlaces(g, p, count, q0, columns, panel, <i32>zeros, places);
  for (let i: usize = 0; i < 6; i++) memory.fill(room + i * by + zeros, 0, 32);
  for (let c = 0; c < g.inChannels; c++) {
    // Down the columns, for all elements of a row of tiles.
    let from = image + c * stepC + 4 * first * stepH;
    for (let r = 0; r < rows; r++) {
      let to = room + (<usize>(r * (g.ow + 4)) << 2);
      for (let at = from; at < from + width; at += 16) {
        const d4 = back ? at : at + 4 * stepH;
        six(
          back,
          v128.load(at),
          v128.load(at + stepH),
          v128.load(at + 2 * stepH),
          v128.load(at + 3 * stepH),
          v128.load(d4),
          v128.load(d4 + stepH),
          to,
          by,
        );
        to += 16;
      }
      from += 4 * stepH;
    }
    // Along the rows, four tiles at a time.
    for (let q = places; q < places + 6 * up(count, 4); q += 24) {
      const t0 = <usize>load<i32>(q);
      const t1 = <usize>load<i32>(q, 4);
      const t2 = <usize>load<i32>(q, 8);
      const t3 = <usize>load<i32>(q, 12);
      let to = out + c * load<i32>(q, 16) + load<i32>(q, 20);
      for (let at = room; at < room + 6 * by; at += by) {
        const a = v128.load(at + t0);
        const b = v128.load(at + t1);
        const d = v128.load(at + t2);
        const e = v128.load(at + t3);
        const lo0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
        const hi0 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const lo1 = v128.shuffle<f32>(d, e, 0, 4, 1, 5);
        const hi1 = v128.shuffle<f32>(d, e, 2, 6, 3, 7);
        const ab = v128.shuffle<f32>(v128.load64_zero(at + t0, 16), v128.load64_zero(at + t1, 16), 0, 4, 1, 5);
        const de = v128.shuffle<f32>(v128.load64_zero(at + t2, 16), v128.load64_zero(at + t3, 16), 0, 4, 1, 5);
        six(
          back,
          v128.shuffle<f64>(lo0, lo1, 0, 2),
          v128.shuffle<f64>(lo0, lo1, 1, 3),
          v128.shuffle<f64>(hi0, hi1, 0, 2),
          v128.shuffle<f64>(hi0, hi1, 1, 3),
          v128.shuffle<f64>(ab, de, 0, 2),
          v128.shuffle<f64>(ab, de, 1, 3),
          to,
          each,
        );
        to += 6 * each;
      }
    }
  }
}

/** Six numbers become four. */
// @ts-ignore: decorator
@inline
function four(from: usize, by: usize, bias: v128, to: usize): void {
  const m1 = v128.load(from + by);
  const m2 = v128.load(from + 2 * by);
  const m3 = v128.load(from + 3 * by);
  const m4 = v128.load(from + 4 * by);
  const even = f32x4.add(m1, m2);
  const odd = f32x4.sub(m1, m2);
  const wide = f32x4.add(m3, m4);
  const far = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(bias, f32x4.add(v128.load(from), f32x4.add(even, wide))));
  v128.store(to, f32x4.add(bias, f32x4.add(times(A, odd), times(B, far))), 16);
  v128.store(to, f32x4.add(bias, f32x4.add(times(0.5, even), times(2, wide))), 32);
  v128.store(
    to,
    f32x4.add(bias, f32x4.add(v128.load(from + 5 * by), f32x4.add(times(0.5 * A, odd), times(2 * B, far)))),
    48,
  );
}

/** Tiles p … p + count − 1 of one channel of y out of 36 rows of products, `each` bytes apart. */
function untransform(
  g: Geometry,
  oh: i32,
  ow: i32,
  products: usize,
  each: usize,
  p: i32,
  count: i32,
  bias: v128,
  y: usize,
  odd: v128,
  room: usize,
): v128 {
  const wide = g.ow >> 2;
  const zero = i32x4.splat(0);
  const step = g.yp << 2;
  let row = p / wide << 2;
  let column = p % wide << 2;
  for (let q = 0; q < count; q += 4) {
    const from = products + (<usize>q << 2);
    for (let j = 0; j < 6; j++) four(from + <usize>j * each, 6 * each, zero, room + (j << 6));
    const tiles = room + 448;
    for (let i = 0; i < 4; i++) {
      const line = room + 384;
      four(room + (i << 4), 64, bias, line);
      turn<f32>(line, line + 16, line + 32, line + 48, tiles + (i << 4), 64);
    }
    for (let k = 0; k < min(4, count - q); k++) {
      const there = min(4, ow - column);
      let to = y + (row * ow + column) * step;
      let at = tiles + (k << 6);
      for (let i = min(4, oh - row); i > 0; i--) {
        const v = v128.load(at);
        if (step == 4) {
          if (there == 4) v128.store(to, v);
          else storeSome(to, v, there);
        } else
          for (let j = 0; j < there; j++) store<f32>(to + j * step, load<f32>(at + (j << 2)));
        // What is not finite stays NaN.
        odd = madd(v, zero, odd);
        at += 16;
        to += ow * step;
      }
      column += 4;
      if (column == g.ow) {
        column = 0;
        row += 4;
      }
    }
  }
  return odd;
}

/** Room in bytes that {@link winograd_f32} needs. */
export function winograd_f32_room(geometry: usize): i32 {
  const g = changetype<Geometry>(geometry);
  const both = g.inChannels + g.outChannels;
  const columns = tilesAtOnce(g, both) * imagesAtOnce(g, both);
  return (
    TILE +
    704 +
    POINTS * (apart(g.inChannels * columns) + apart(g.outChannels * columns)) +
    lineRoom(g) +
    placesRoom(tilesOf(g)) +
    imageRoom(g, false) +
    128
  );
}

/**
 * y = x convolved with kernels that {@link winograd_kernels} transformed; one group, images and channels as the geometry says,
 * oh × ow results. Writes 1 to `flag` where a result is not finite: then others of its tile may be wrong, too.
 */
export function winograd_f32(
  geometry: usize,
  oh: i32,
  ow: i32,
  x: usize,
  kernels: usize,
  bias: usize,
  y: usize,
  flag: usize,
  room: usize,
): void {
  const g = changetype<Geometry>(geometry);
  const channels = g.inChannels;
  const m = g.outChannels;
  const all = tilesOf(g);
  const step = tilesAtOnce(g, channels + m);
  const images = imagesAtOnce(g, channels + m);
  const each = apart(channels * step * images);
  const square = apart(m * step * images);
  const left = apart(up(m, MR) * channels);
  const right = room + (TILE + 704);
  const products = right + POINTS * each;
  const lines = products + POINTS * square;
  const copy = lines + up(lineRoom(g) + placesRoom(all), 16);
  let image: usize = 0;
  let odd = i32x4.splat(0);
  for (let n = 0; n < g.batch; n += images) {
    const some = min(images, g.batch - n);
    for (let p = 0; p < all; p += step) {
      const count = min(step, all - p);
      const own = up(count, 4);
      const columns = own * some;
      for (let i = 0; i < some; i++) {
        // Where an image has several blocks it lies there still.
        if (p == 0) image = imageOf(g, false, x + (((n + i) * g.xb) << 2), copy);
        transform(g, image, false, p, count, i * own, columns, COLUMNS, right, each, lines);
      }
      for (let i = 0; i < POINTS; i++)
        panels<f32>(
          m,
          columns,
          channels,
          kernels + i * left,
          right + i * each,
          products + i * square,
          columns,
          1,
          FRESH,
          0,
          room,
        );
      for (let o = 0; o < m; o++) {
        const more = bias != 0 ? v128.load32_splat(bias + (<usize>o << 2)) : i32x4.splat(0);
        for (let i = 0; i < some; i++)
          odd = untransform(
            g,
            oh,
            ow,
            products + ((o * columns + i * own) << 2),
            square,
            p,
            count,
            more,
            y + (((n + i) * g.yb + o * g.yc) << 2),
            odd,
            room + TILE,
          );
      }
    }
  }
  if (v128.any_true(f32x4.ne(odd, odd))) store<i32>(flag, 1);
}

/** Bytes of one part of {@link winograd_weight_f32}. */
export function winograd_products_size(outChannels: i32, inChannels: i32): i32 {
  return POINTS * apart(outChannels * inChannels);
}

/** Room in bytes that {@link winograd_weight_f32} needs. */
export function winograd_weight_f32_room(geometry: usize, gradients: usize): i32 {
  const g = changetype<Geometry>(geometry);
  const h = changetype<Geometry>(gradients);
  const both = g.inChannels + h.inChannels;
  const columns = tilesAtOnce(g, both) * imagesAtOnce(g, both);
  return (
    POINTS * (apart(g.inChannels * columns) + apart(h.inChannels * columns)) +
    lineRoom(g) +
    placesRoom(tilesOf(g)) +
    imageRoom(g, false) +
    imageRoom(h, false) +
    gemm_f32_room(h.inChannels, g.inChannels, columns) +
    256
  );
}

/**
 * For each point the product of gradients and images over all tiles, `[out, channels]`, for {@link winograd_weights}. `gradients`
 * are told as an image of their own under 1×1 kernels, with as many results.
 */
export function winograd_weight_f32(
  geometry: usize,
  gradients: usize,
  x: usize,
  gy: usize,
  products: usize,
  room: usize,
): void {
  const g = changetype<Geometry>(geometry);
  const h = changetype<Geometry>(gradients);
  const channels = g.inChannels;
  const m = h.inChannels;
  const all = tilesOf(g);
  const step = tilesAtOnce(g, channels + m);
  const images = imagesAtOnce(g, channels + m);
  const each = apart(channels * step * images);
  const left = apart(m * step * images);
  const square = apart(m * channels);
  const grads = room + POINTS * each;
  const lines = grads + POINTS * left;
  const copy = lines + up(lineRoom(g) + placesRoom(all), 16);
  const other = copy + up(imageRoom(g, false), 16);
  const rest = other + up(imageRoom(h, false), 16);
  for (let n = 0; n < g.batch; n += images) {
    const some = min(images, g.batch - n);
    for (let p = 0; p < all; p += step) {
      const count = min(step, all - p);
      const own = up(count, 4);
      const columns = own * some;
      for (let i = 0; i < some; i++) {
        let image = imageOf(g, false, x + (((n + i) * g.xb) << 2), copy);
        transform(g, image, false, p, count, i * own, columns, columns, room, each, lines);
        image = imageOf(h, false, gy + (((n + i) * h.xb) << 2), other);
        transform(h, image, true, p, count, i * own, columns, columns, grads, left, lines);
      }
      for (let i = 0; i < POINTS; i++)
        gemm_f32(
          m,
          channels,
          columns,
          grads + i * left,
          columns,
          1,
          room + i * each,
          1,
          columns,
          products + i * square,
          channels,
          1,
          (n | p) == 0 ? FRESH : ADD,
          0,
          rest,
        );
    }
  }
}

/** Six numbers become three. */
// @ts-ignore: decorator
@inline
function three(from: usize, by: usize, to: usize): void {
  const m1 = v128.load(from + by);
  const m2 = v128.load(from + 2 * by);
  const m3 = v128.load(from + 3 * by);
  const m4 = v128.load(from + 4 * by);
  const even = times(-2.0 / 3.0, f32x4.add(m1, m2));
  const odd = times(<f32>(-2.0 / 3.0) * A, f32x4.sub(m1, m2));
  const wide = times(1.0 / 6.0, f32x4.add(m3, m4));
  const far = times(<f32>(1.0 / 6.0) * B, f32x4.sub(m3, m4));
  v128.store(to, f32x4.add(v128.load(from), f32x4.add(even, wide)));
  v128.store(to, f32x4.add(odd, far), 16);
  v128.store(to, f32x4.add(v128.load(from + 5 * by), f32x4.add(times(0.5, even), times(2, wide))), 32);
}

/**
 * Gradients of kernels `o` … `until` − 1 of m, each of `channels` channels, a multiple of 4, out of `parts` lists of products, which
 * are added up; they lie as in {@link winograd_kernels}. Writes 1 to `flag` where one is not finite. `room` holds 1024 bytes.
 */
export function winograd_weights(
  o: i32,
  until: i32,
  m: i32,
  channels: i32,
  parts: i32,
  products: usize,
  gw: usize,
  wo: i32,
  wc: i32,
  wt: i32,
  flag: usize,
  room: usize,
): void {
  const square = apart(m * channels);
  const size = POINTS * square;
  let odd = i32x4.splat(0);
  for (; o < until; o++)
    for (let c = 0; c < channels; c += 4) {
      let from = products + ((o * channels + c) << 2);
      for (let i = room; i < room + 576; i += 16) {
        let v = v128.load(from);
        for (let k = 1; k < parts; k++) v = f32x4.add(v, v128.load(from + k * size));
        v128.store(i, v);
        from += square;
      }
      const half = room + 576;
      for (let j = 0; j < 6; j++) three(room + (j << 4), 96, half + j * 48);
      for (let i = 0; i < 3; i++) three(half + (i << 4), 48, room + i * 48);
      let to = gw + ((o * wo + c * wc) << 2);
      for (let i = room; i < room + 144; i += 16) {
        odd = madd(v128.load(i), i32x4.splat(0), odd);
        for (let j = 0; j < 4; j++) store<f32>(to + ((j * wc) << 2), load<f32>(i + (j << 2)));
        to += wt << 2;
      }
    }
  if (v128.any_true(f32x4.ne(odd, odd))) store<i32>(flag, 1);
}
