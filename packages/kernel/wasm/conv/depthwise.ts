import { madd, storeSome, sum4 } from "../lanes";
import { Geometry } from "./geometry";
import { imageOf, imageRoom, placeOf, stepC, stepD, stepH, stepW } from "./image";

/*
 * Convolutions whose channels do not see each other, one kernel a channel. The geometry says one group of all channels. Where
 * channels come last, four or eight of them run side by side, else neighbours of a row, which lie one or two apart.
 */

// @ts-ignore: decorator
@inline
function tapsOf(g: Geometry): i32 {
  return g.kd * g.kh * g.kw;
}

/** Room in bytes that the kernels need. */
export function depthwise_f32_room(geometry: usize, last: i32): i32 {
  const g = changetype<Geometry>(geometry);
  return ((tapsOf(g) << 2) + 15 & ~15) + imageRoom(g, last != 0) + 64;
}

function writeOffsets(g: Geometry, out: usize): void {
  for (let d = 0; d < g.kd; d++)
    for (let h = 0; h < g.kh; h++)
      for (let w = 0; w < g.kw; w++) {
        store<i32>(out, d * g.dd * stepD + h * g.dh * stepH + w * g.dw * stepW);
        out += 4;
      }
}

/** Four neighbours of a row, `two` says that they lie two apart. */
// @ts-ignore: decorator
@inline
function four(p: usize, two: bool): v128 {
  const v = v128.load(p);
  return two ? v128.shuffle<f32>(v, v128.load(p, 16), 0, 2, 4, 6) : v;
}

// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(p, v);
  else storeSome(p, v, left);
}

/** y[n, c] = bias[c] + Σ w[c]·patches of channel c; w[c, k] lies at c·wo + k·wk, wo is 1 where channels come last. */
export function depthwise_f32(
  geometry: usize,
  last: i32,
  x: usize,
  w: usize,
  wo: i32,
  wk: i32,
  bias: usize,
  y: usize,
  room: usize,
): void {
  const g = changetype<Geometry>(geometry);
  const taps = tapsOf(g);
  const copy = room + ((taps << 2) + 15 & ~15);
  for (let n = 0; n < g.batch; n++) {
    const image = imageOf(g, last != 0, x + ((n * g.xb) << 2), copy);
    if (n == 0) writeOffsets(g, room);
    const target = y + ((n * g.yb) << 2);
    if (last != 0) placesLast(g, taps, room, image, w, wk, bias, target);
    else
      for (let c = 0; c < g.inChannels; c++)
        plane(
          g,
          taps,
          room,
          image + c * stepC,
          w + ((c * wo) << 2),
          wk << 2,
          bias != 0 ? load<f32>(bias + (<usize>c << 2)) : 0,
          target + ((c * g.yc) << 2),
        );
  }
}

function placesLast(
  g: Geometry,
  taps: i32,
  offsets: usize,
  image: usize,
  w: usize,
  wk: i32,
  bias: usize,
  y: usize,
): void {
  const channels = g.inChannels;
  const step = <usize>(g.sw * stepW);
  const next = <usize>(g.yp << 2);
  const end = offsets + (<usize>taps << 2);
  const rows = g.od * g.oh;
  for (let r = 0; r < rows; r++) {
    let base = image + placeOf(g, r * g.ow);
    let out = y + ((r * g.ow * g.yp) << 2);
    for (let i = 0; i < g.ow; i += 4) {
      const there = g.ow - i;
      // Places that are not there are read as the last one.
      const p1 = there > 1 ? step : 0;
      const p2 = there > 2 ? p1 + step : p1;
      const p3 = there > 3 ? p2 + step : p2;
      for (let c = 0; c < channels; c += 4) {
        const at = <usize>c << 2;
        let a0 = bias != 0 ? v128.load(bias + at) : f32x4.splat(0);
        let a1 = a0;
        let a2 = a0;
        let a3 = a0;
        let k = w + at;
        for (let o = offsets; o < end; o += 4) {
          const p = base + load<i32>(o) + at;
          const v = v128.load(k);
          a0 = madd(v, v128.load(p), a0);
          a1 = madd(v, v128.load(p + p1), a1);
          a2 = madd(v, v128.load(p + p2), a2);
          a3 = madd(v, v128.load(p + p3), a3);
          k += wk << 2;
        }
        const left = channels - c;
        put(out + at, a0, left);
        if (there > 1) put(out + next + at, a1, left);
        if (there > 2) put(out + 2 * next + at, a2, left);
        if (there > 3) put(out + 3 * next + at, a3, left);
      }
      base += 4 * step;
      out += 4 * next;
    }
  }
}

function plane(
  g: Geometry,
  taps: i32,
  offsets: usize,
  image: usize,
  w: usize,
  wk: usize,
  bias: f32,
  y: usize,
): void {
  const two = g.sw * stepW == 8;
  const wide = two ? 32 : 16;
  const end = offsets + (<usize>taps << 2);
  const rows = g.od * g.oh;
  for (let r = 0; r < rows; r++) {
    const base = image + placeOf(g, r * g.ow);
    const out = y + ((r * g.ow) << 2);
    let i = 0;
    for (; i + 12 <= g.ow; i += 12) {
      const from = base + (i >> 2) * wide;
      let a0 = f32x4.splat(bias);
      let a1 = a0;
      let a2 = a0;
      let k = w;
      for (let o = offsets; o < end; o += 4) {
        const p = from + load<i32>(o);
        const v = v128.load32_splat(k);
        a0 = madd(v, four(p, two), a0);
        a1 = madd(v, four(p + wide, two), a1);
        a2 = madd(v, four(p + 2 * wide, two), a2);
        k += wk;
      }
      v128.store(out + (<usize>i << 2), a0);
      v128.store(out + (<usize>i << 2), a1, 16);
      v128.store(out + (<usize>i << 2), a2, 32);
    }
    for (; i < g.ow; i += 4) {
      const from = base + (i >> 2) * wide;
      let a = f32x4.splat(bias);
      let k = w;
      for (let o = offsets; o < end; o += 4) {
        a = madd(v128.load32_splat(k), four(from + load<i32>(o), two), a);
        k += wk;
      }
      put(out + (<usize>i << 2), a, g.ow - i);
    }
  }
}

/** gw[c, k] = Σ over images and positions of gy·patches of channel c; everything lies as in {@link depthwise_f32}. */
export function depthwise_weight_f32(
  geometry: usize,
  last: i32,
  x: usize,
  gy: usize,
  gw: usize,
  wo: i32,
  wk: i32,
  room: usize,
): void {
  const g = changetype<Geometry>(geometry);
  const taps = tapsOf(g);
  const channels = g.inChannels;
  const copy = room + ((taps << 2) + 15 & ~15);
  memory.fill(gw, 0, <usize>(channels * taps) << 2);
  for (let n = 0; n < g.batch; n++) {
    const image = imageOf(g, last != 0, x + ((n * g.xb) << 2), copy);
    if (n == 0) writeOffsets(g, room);
    const grads = gy + ((n * g.yb) << 2);
    for (let k = 0; k < taps; k++) {
      const from = image + load<i32>(room + (<usize>k << 2));
      const to = gw + ((k * wk) << 2);
      if (last != 0) sumsLast(g, from, grads, to);
      else
        for (let c = 0; c < channels; c++) {
          const at = to + ((c * wo) << 2);
          store<f32>(at, load<f32>(at) + sumOfPlane(g, from + c * stepC, grads + ((c * g.yc) << 2)));
        }
    }
  }
}

function sumsLast(g: Geometry, image: usize, gy: usize, out: usize): void {
  const channels = g.inChannels;
  const step = <usize>(g.sw * stepW);
  const next = <usize>(g.yp << 2);
  const rows = g.od * g.oh;
  for (let r = 0; r < rows; r++) {
    const base = image + placeOf(g, r * g.ow);
    const grads = gy + ((r * g.ow * g.yp) << 2);
    for (let c = 0; c < channels; c += 4) {
      const at = <usize>c << 2;
      let a = base + at;
      let b = grads + at;
      let s = v128.load(out + at);
      for (let i = 0; i < g.ow; i++) {
        s = madd(v128.load(a), v128.load(b), s);
        a += step;
        b += next;
      }
      put(out + at, s, channels - c);
    }
  }
}

function sumOfPlane(g: Geometry, image: usize, gy: usize): f32 {
  const two = g.sw * stepW == 8;
  const wide = two ? 32 : 16;
  const rows = g.od * g.oh;
  const there = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(g.ow & 3));
  let s = f32x4.splat(0);
  let b = gy;
  for (let r = 0; r < rows; r++) {
    let a = image + placeOf(g, r * g.ow);
    let i = 0;
    for (; i + 4 <= g.ow; i += 4) {
      s = madd(four(a, two), v128.load(b), s);
      a += wide;
      b += 16;
    }
    if (i < g.ow) {
      s = madd(v128.and(four(a, two), there), v128.and(v128.load(b), there), s);
      b += (g.ow - i) << 2;
    }
  }
  return sum4(s);
}

/** Adds to gx what every element of gy lays there; everything lies as in {@link depthwise_f32}, gx as x. */
export function depthwise_input_f32(
  geometry: usize,
  last: i32,
  gy: usize,
  w: usize,
  wo: i32,
  wk: i32,
  gx: usize,
): void {
  const g = changetype<Geometry>(geometry);
  for (let n = 0; n < g.batch; n++) {
    let k = w;
    for (let kd = 0; kd < g.kd; kd++)
      for (let kh = 0; kh < g.kh; kh++)
        for (let kw = 0; kw < g.kw; kw++) {
          // Results whose patch has this element inside of the image: lo … hi − 1 of each row.
          const left = kw * g.dw - g.pw;
          const lo = left < 0 ? (g.sw - 1 - left) / g.sw : 0;
          const hi = min(g.ow, g.iw > left ? (g.iw - 1 - left) / g.sw + 1 : 0);
          for (let r = 0; r < g.od * g.oh && lo < hi; r++) {
            const z = (r / g.oh) * g.sd - g.pd + kd * g.dd;
            const y = (r % g.oh) * g.sh - g.ph + kh * g.dh;
            if (<u32>z >= <u32>g.id || <u32>y >= <u32>g.ih) continue;
            const from = gy + ((n * g.yb + (r * g.ow + lo) * g.yp) << 2);
            const to = gx + ((n * g.xb + z * g.xd + y * g.xh + (lo * g.sw + left) * g.xw) << 2);
            if (last != 0) addLast(g, hi - lo, from, k, to);
            else
              for (let c = 0; c < g.inChannels; c++)
                addLine(g, hi - lo, from + ((c * g.yc) << 2), load<f32>(k + ((c * wo) << 2)), to + ((c * g.xc) << 2));
          }
          k += wk << 2;
        }
  }
}

function addLast(g: Geometry, count: i32, from: usize, w: usize, to: usize): void {
  const channels = g.inChannels;
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < channels; c += 4) {
      const at = <usize>c << 2;
      put(to + at, madd(v128.load(w + at), v128.load(from + at), v128.load(to + at)), channels - c);
    }
    from += g.yp << 2;
    to += (g.sw * g.xw) << 2;
  }
}

function addLine(g: Geometry, count: i32, from: usize, w: f32, to: usize): void {
  const step = (g.sw * g.xw) << 2;
  for (let i = 0; i < count; i++) {
    store<f32>(to, load<f32>(to) + w * load<f32>(from));
    from += g.yp << 2;
    to += step;
  }
}
