import { gemm_f32, gemm_f32_room } from "../gemm/f32";
import { MR, packA, pairs, TILE, up } from "../gemm/product";
import { Geometry, patchOf, positionsOf } from "./geometry";
import { add_patch_rows, pack_patches, patch_offsets, patch_rows } from "./patches";

const KC: i32 = 256;
/** Positions whose patches are packed at once. */
const NC: i32 = 512;

const FRESH: i32 = 0;
const ADD: i32 = 1;
const ROWS: i32 = 3;

/** Room in bytes that {@link conv_f32} needs. */
export function conv_f32_room(geometry: usize): i32 {
  const g = changetype<Geometry>(geometry);
  const patch = patchOf(g);
  return (up(g.outChannels, MR) * patch + min(up(positionsOf(g), 8), NC) * min(patch, KC) + up(patch, 4)) * 4 + TILE + 128;
}

/**
 * y[n, o] = bias[o] + Σ w[o]·patches: the matrix product of the kernels of a group, packed once, and patches that are
 * packed straight from the image a few hundred at a time. w is row-major; bias may be 0 (none).
 */
export function conv_f32(geometry: usize, x: usize, w: usize, bias: usize, y: usize, room: usize): void {
  const g = changetype<Geometry>(geometry);
  const patch = patchOf(g);
  const positions = positionsOf(g);
  const m = g.outChannels;
  const tile = room;
  const pa = room + TILE;
  const offsets = pa + up((up(m, MR) * patch) << 2, 16) + 16;
  const pb = offsets + ((up(patch, 4)) << 2);
  patch_offsets(g, offsets);
  for (let group = 0; group < g.groups; group++) {
    let to = pa;
    for (let k = 0; k < patch; k += KC) {
      const kc = min(KC, patch - k);
      packA<f32>(m, kc, w + ((group * m * patch + k) << 2), patch, 1, to);
      to += (up(m, MR) * kc) << 2;
    }
    for (let n = 0; n < g.batch; n++) {
      const image = x + ((n * g.xb + group * g.inChannels * g.xc) << 2);
      const target = y + ((n * g.yb + group * m * g.yc) << 2);
      for (let p = 0; p < positions; p += NC) {
        const count = min(NC, positions - p);
        let a = pa;
        for (let k = 0; k < patch; k += KC) {
          const kc = min(KC, patch - k);
          pack_patches(g, image, k, kc, p, count, offsets, pb);
          const mode = k > 0 ? ADD : bias != 0 ? ROWS : FRESH;
          pairs<f32>(m, count, kc, a, pb, target + ((p * g.yp) << 2), g.yc, g.yp, mode, bias + ((group * m) << 2), tile);
          a += (up(m, MR) * kc) << 2;
        }
      }
    }
  }
}

/** Kernels for the way back at stride 1: channels exchanged within each group, taps in opposite order. */
export function turn_kernels_f32(groups: i32, out: i32, channels: i32, volume: i32, w: usize, turned: usize): void {
  for (let g = 0; g < groups; g++)
    for (let c = 0; c < channels; c++)
      for (let o = 0; o < out; o++) {
        const from = w + ((((g * out + o) * channels + c) * volume) << 2);
        for (let k = 0; k < volume; k++) {
          store<f32>(turned, load<f32>(from + ((volume - 1 - k) << 2)));
          turned += 4;
        }
      }
}

// @ts-ignore: decorator
@inline
function chunkOf(g: Geometry, patch: i32): i32 {
  return max(64, min(up(positionsOf(g), 8), up((1 << 18) / patch, 8)));
}

/** Room in bytes that {@link conv_weight_f32} and {@link conv_input_f32} need. */
export function conv_back_f32_room(geometry: usize): i32 {
  const g = changetype<Geometry>(geometry);
  const patch = patchOf(g);
  const chunk = chunkOf(g, patch);
  const product = max(
    gemm_f32_room(g.outChannels, patch, chunk),
    gemm_f32_room(patch, chunk, g.outChannels),
  );
  return ((patch * chunk) << 2) + 64 + product;
}

/** gw[o, k] = Σ over images and positions of gy·patches; x and gy as in {@link conv_f32}, gw row-major. */
export function conv_weight_f32(geometry: usize, x: usize, gy: usize, gw: usize, room: usize): void {
  const g = changetype<Geometry>(geometry);
  const patch = patchOf(g);
  const positions = positionsOf(g);
  const m = g.outChannels;
  const chunk = chunkOf(g, patch);
  const rows = room;
  const rest = room + ((patch * chunk) << 2) + 64;
  for (let group = 0; group < g.groups; group++) {
    const out = gw + ((group * m * patch) << 2);
    let mode = FRESH;
    for (let n = 0; n < g.batch; n++) {
      const image = x + ((n * g.xb + group * g.inChannels * g.xc) << 2);
      const grads = gy + ((n * g.yb + group * m * g.yc) << 2);
      for (let p = 0; p < positions; p += chunk) {
        const count = min(chunk, positions - p);
        patch_rows(g, image, p, count, rows);
        gemm_f32(
          m,
          patch,
          count,
          grads + ((p * g.yp) << 2),
          g.yc,
          g.yp,
          rows,
          1,
          count,
          out,
          patch,
          1,
          mode,
          0,
          rest,
        );
        mode = ADD;
      }
    }
  }
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
