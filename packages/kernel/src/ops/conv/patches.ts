import type { Data, NumericData } from "../../dtype/dtype.js";
import type { Strided } from "../../strided/strided.js";
import { type Geometry, imageStrides } from "./geometry.js";

/** Positions under the kernel: how far each lies from the patch's first in memory, and along each spatial axis. */
interface Taps {
  readonly offset: Int32Array;
  readonly d: Int32Array;
  readonly h: Int32Array;
  readonly w: Int32Array;
}

/** Reads and writes the patches of images that lie in memory with certain strides. */
export interface PatchPlan {
  readonly geometry: Geometry;
  readonly taps: Taps;
  readonly strides: readonly [number, number, number];
}

export function planPatches(
  g: Geometry,
  channel: number,
  spatial: readonly [number, number, number],
): PatchPlan {
  const n = g.patch;
  const taps = {
    offset: new Int32Array(n),
    d: new Int32Array(n),
    h: new Int32Array(n),
    w: new Int32Array(n),
  };
  const [kd, kh, kw] = g.kernel;
  const [dd, dh, dw] = g.dilation;
  let k = 0;
  for (let c = 0; c < g.inChannels; c++)
    for (let d = 0; d < kd; d++)
      for (let h = 0; h < kh; h++)
        for (let w = 0; w < kw; w++, k++) {
          taps.d[k] = d * dd;
          taps.h[k] = h * dh;
          taps.w[k] = w * dw;
          taps.offset[k] = c * channel + d * dd * spatial[0] + h * dh * spatial[1] + w * dw * spatial[2];
        }
  return { geometry: g, taps, strides: spatial };
}

/** {@link planPatches} for images that lie as those of `x`. */
export function planFor(g: Geometry, x: Strided): PatchPlan {
  const { channel, spatial } = imageStrides(x);
  return planPatches(g, channel, spatial);
}

/**
 * Copies the patches of output positions `from` … `to` − 1 of the image that starts at `base` into rows of `out`;
 * where a patch reaches beyond the image it holds 0.
 */
export function gatherPatches(
  { geometry: g, taps, strides: [sd, sh, sw] }: PatchPlan,
  data: Data,
  base: number,
  from: number,
  to: number,
  out: Float64Array,
): void {
  const x = data as NumericData;
  const { patch: n, input, kernel, dilation, stride, before, output } = g;
  const [id, ih, iw] = input;
  const [rd, rh, rw] = [0, 1, 2].map((a) => input[a]! - dilation[a]! * (kernel[a]! - 1)) as [
    number,
    number,
    number,
  ];
  const { offset, d: td, h: th, w: tw } = taps;
  let q = 0;
  for (let p = from; p < to; p++) {
    const w = (p % output[2]) * stride[2] - before[2];
    const row = Math.floor(p / output[2]);
    const h = (row % output[1]) * stride[1] - before[1];
    const d = Math.floor(row / output[1]) * stride[0] - before[0];
    const at = base + d * sd + h * sh + w * sw;
    if (d >= 0 && h >= 0 && w >= 0 && d < rd && h < rh && w < rw)
      for (let k = 0; k < n; k++) out[q++] = x[at + offset[k]!]!;
    else
      for (let k = 0; k < n; k++) {
        const i = d + td[k]!;
        const j = h + th[k]!;
        const l = w + tw[k]!;
        out[q++] = i >= 0 && i < id && j >= 0 && j < ih && l >= 0 && l < iw ? x[at + offset[k]!]! : 0;
      }
  }
}

/** Adds rows of `patches` back to the places of the image at `base` that {@link gatherPatches} read them from. */
export function scatterPatches(
  { geometry: g, taps, strides: [sd, sh, sw] }: PatchPlan,
  patches: Float64Array,
  from: number,
  to: number,
  image: Float64Array,
  base: number,
): void {
  const { patch: n, input, kernel, dilation, stride, before, output } = g;
  const [id, ih, iw] = input;
  const [rd, rh, rw] = [0, 1, 2].map((a) => input[a]! - dilation[a]! * (kernel[a]! - 1)) as [
    number,
    number,
    number,
  ];
  const { offset, d: td, h: th, w: tw } = taps;
  let q = 0;
  for (let p = from; p < to; p++) {
    const w = (p % output[2]) * stride[2] - before[2];
    const row = Math.floor(p / output[2]);
    const h = (row % output[1]) * stride[1] - before[1];
    const d = Math.floor(row / output[1]) * stride[0] - before[0];
    const at = base + d * sd + h * sh + w * sw;
    if (d >= 0 && h >= 0 && w >= 0 && d < rd && h < rh && w < rw)
      for (let k = 0; k < n; k++) image[at + offset[k]!]! += patches[q++]!;
    else
      for (let k = 0; k < n; k++, q++) {
        const i = d + td[k]!;
        const j = h + th[k]!;
        const l = w + tw[k]!;
        if (i >= 0 && i < id && j >= 0 && j < ih && l >= 0 && l < iw) image[at + offset[k]!]! += patches[q]!;
      }
  }
}

/** How many rows of patches to hold at once so that they stay in cache. */
export const patchesAtOnce = (g: Geometry): number =>
  Math.max(8, Math.min(g.positions, Math.floor(32768 / Math.max(g.patch, 1))));
