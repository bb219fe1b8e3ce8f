import { gemm_f32, gemm_f32_room } from "../gemm/f32";
import {
  ADD,
  COLUMNS,
  FRESH,
  KC,
  MC,
  MR,
  packA,
  packAll,
  packB,
  packedA,
  packedB,
  panels,
  ROWS,
  TILE,
  up,
} from "../gemm/product";
import { Geometry, patchOf, positionsOf } from "./geometry";
import { imageOf, imageRoom } from "./image";
import { patchColumns, patchPanel, patchRows, patchTriples } from "./patches";
import { add_patch_rows } from "./scatter";
import { tapsRoom, writeTaps } from "./taps";

/*
 * Convolutions as matrix products whose patches are packed straight from the image. Where channels come first, kernels are
 * the rows and positions the columns; where they come last, positions are the rows and kernels the columns: so the
 * results' neighbours are neighbours in memory, too.
 */

/** Positions of the patches that are packed at once where they are summed over. */
const SPAN: i32 = 384;
/** Columns of a full panel. */
const NR: i32 = 12;

/** Room in bytes that {@link conv_f32} needs. */
export function conv_f32_room(geometry: usize, last: i32): i32 {
  const g = changetype<Geometry>(geometry);
  const patch = patchOf(g);
  const kc = min(patch, KC);
  const kernels = last != 0 ? packedB<f32>(g.outChannels, patch) : packedA<f32>(g.outChannels, patch);
  const patches = last != 0 ? packedA<f32>(min(MC, positionsOf(g)), kc) : packedB<f32>(NR, kc);
  return TILE + up(tapsRoom(patch), 16) + up(kernels, 16) + up(patches, 16) + imageRoom(g, last != 0) + 64;
}

/**
 * y[n, o] = bias[o] + Σ w[o]·patches. `last` says that channels come last. w[o, k] lies at o·wo + k·wk with k in the order
 * of the taps, a group's kernels behind those of the one before; bias may be 0 (none).
 */
export function conv_f32(
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
  const patch = patchOf(g);
  const positions = positionsOf(g);
  const m = g.outChannels;
  const taps = room + TILE;
  const kernels = taps + up(tapsRoom(patch), 16);
  const packed = kernels + up(last != 0 ? packedB<f32>(m, patch) : packedA<f32>(m, patch), 16);
  const patches = last != 0 ? packedA<f32>(min(MC, positions), min(patch, KC)) : packedB<f32>(NR, min(patch, KC));
  const copy = packed + up(patches, 16);
  for (let group = 0; group < g.groups; group++) {
    const own = w + ((group * m * wo) << 2);
    if (last != 0) packAll<f32>(m, patch, own, wk, wo, kernels);
    else {
      let to = kernels;
      for (let k = 0; k < patch; k += KC) {
        const kc = min(KC, patch - k);
        packA<f32>(m, kc, own + ((k * wk) << 2), wo, wk, to, kc);
        to += (up(m, MR) * kc) << 2;
      }
    }
    const more = bias + ((group * m) << 2);
    for (let n = 0; n < g.batch; n++) {
      const image = imageOf(g, last != 0, x + ((n * g.xb + group * g.inChannels * g.xc) << 2), copy);
      if (n == 0) writeTaps(g, last != 0, taps);
      const target = y + ((n * g.yb + group * m * g.yc) << 2);
      const step = last != 0 ? MC : NR;
      for (let p = 0; p < positions; p += step) {
        const count = min(step, positions - p);
        const at = target + ((p * g.yp) << 2);
        let side = kernels;
        for (let k = 0; k < patch; k += KC) {
          const kc = min(KC, patch - k);
          if (last != 0) {
            patchRows(g, image, taps, k, kc, p, count, packed);
            const mode = k > 0 ? ADD : bias != 0 ? COLUMNS : FRESH;
            panels<f32>(count, m, kc, packed, side, at, g.yp, g.yc, mode, more, room);
            side += packedB<f32>(m, kc);
          } else {
            patchPanel(g, image, taps, k, kc, p, count, packed);
            const mode = k > 0 ? ADD : bias != 0 ? ROWS : FRESH;
            panels<f32>(m, count, kc, side, packed, at, g.yc, g.yp, mode, more, room);
            side += (up(m, MR) * kc) << 2;
          }
        }
      }
    }
  }
}

/** Room in bytes that {@link conv_weight_f32} needs. */
export function conv_weight_f32_room(geometry: usize, last: i32): i32 {
  const g = changetype<Geometry>(geometry);
  const patch = patchOf(g);
  const span = min(SPAN, g.batch * positionsOf(g));
  const rows = last != 0 ? patch : g.outChannels;
  const columns = last != 0 ? g.outChannels : patch;
  return (
    TILE +
    up(tapsRoom(patch), 16) +
    up(packedA<f32>(rows, span), 16) +
    up(packedB<f32>(columns, span), 16) +
    imageRoom(g, last != 0) +
    64
  );
}

/** gw[o, k] = Σ over images and positions of gy·patches; everything lies as in {@link conv_f32}. */
export function conv_weight_f32(
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
  const patch = patchOf(g);
  const positions = positionsOf(g);
  const m = g.outChannels;
  const all = g.batch * positions;
  const taps = room + TILE;
  const left = taps + up(tapsRoom(patch), 16);
  const right = left + up(packedA<f32>(last != 0 ? patch : m, min(SPAN, all)), 16);
  const copy = right + up(packedB<f32>(last != 0 ? m : patch, min(SPAN, all)), 16);
  for (let group = 0; group < g.groups; group++) {
    const out = gw + ((group * m * wo) << 2);
    let held = -1;
    let image: usize = 0;
    for (let from = 0; from < all; from += SPAN) {
      const span = min(SPAN, all - from);
      for (let q = 0; q < span; ) {
        const n = (from + q) / positions;
        const p = (from + q) % positions;
        const count = min(span - q, positions - p);
        if (n != held) {
          image = imageOf(g, last != 0, x + ((n * g.xb + group * g.inChannels * g.xc) << 2), copy);
          if (held < 0) writeTaps(g, last != 0, taps);
          held = n;
        }
        const grads = gy + ((n * g.yb + group * m * g.yc + p * g.yp) << 2);
        if (last != 0) {
          patchTriples(g, image, taps, patch, p, count, left + <usize>(q * 12), span);
          packB<f32>(count, m, grads, g.yp, g.yc, right, span, q);
        } else {
          packA<f32>(m, count, grads, g.yc, g.yp, left + <usize>(q * 12), span);
          patchColumns(g, image, taps, patch, p, count, right, span, q);
        }
        q += count;
      }
      const mode = from == 0 ? FRESH : ADD;
      if (last != 0) panels<f32>(patch, m, span, left, right, out, wk, wo, mode, 0, room);
      else panels<f32>(m, patch, span, left, right, out, wo, wk, mode, 0, room);
    }
  }
}

/** Room in bytes that {@link conv_input_f32} needs. */
export function conv_input_f32_room(geometry: usize): i32 {
  const g = changetype<Geometry>(geometry);
  const patch = patchOf(g);
  const chunk = chunkOf(g, patch);
  return ((patch * chunk) << 2) + 64 + gemm_f32_room(patch, chunk, g.outChannels);
}

// @ts-ignore: decorator
@inline
function chunkOf(g: Geometry, patch: i32): i32 {
  return max(64, min(up(positionsOf(g), 8), up((1 << 18) / patch, 8)));
}

/** Adds to gx what every element of gy lays there: patches wᵀ·gy, a few hundred positions at a time. */
export function conv_input_f32(geometry: usize, gy: usize, w: usize, gx: usize, room: usize): void {
  const g = changetype<Geometry>(geometry);
  const patch = patchOf(g);
  const positions = positionsOf(g);
  const m = g.outChannels;
  const chunk = chunkOf(g, patch);
  const rows = room;
  const rest = room + ((patch * chunk) << 2) + 64;
  for (let n = 0; n < g.batch; n++)
    for (let group = 0; group < g.groups; group++) {
      const image = gx + ((n * g.xb + group * g.inChannels * g.xc) << 2);
      const grads = gy + ((n * g.yb + group * m * g.yc) << 2);
      for (let p = 0; p < positions; p += chunk) {
        const count = min(chunk, positions - p);
        gemm_f32(
          patch,
          count,
          m,
          w + ((group * m * patch) << 2),
          1,
          patch,
          grads + ((p * g.yp) << 2),
          g.yc,
          g.yp,
          rows,
          count,
          1,
          FRESH,
          0,
          rest,
        );
        add_patch_rows(g, image, p, count, rows);
      }
    }
}

/** Sets all elements of image n's channel c to bias[c] (0 without one); images and channels lie as those of x. */
export function fill_channels_f32(geometry: usize, bias: usize, x: usize): void {
  const g = changetype<Geometry>(geometry);
  const channels = g.groups * g.inChannels;
  for (let n = 0; n < g.batch; n++)
    for (let c = 0; c < channels; c++) {
      const v: f32 = bias != 0 ? load<f32>(bias + (<usize>c << 2)) : 0;
      for (let d = 0; d < g.id; d++)
        for (let h = 0; h < g.ih; h++) {
          let at = x + ((n * g.xb + c * g.xc + d * g.xd + h * g.xh) << 2);
          for (let i = 0; i < g.iw; i++) {
            store<f32>(at, v);
            at += g.xw << 2;
          }
        }
    }
}
