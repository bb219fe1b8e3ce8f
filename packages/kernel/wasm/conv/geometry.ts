/*
 * Sizes of one convolution, as 32-bit integers one behind the other; three spatial axes, the first ones 1 where there
 * are fewer. The order is that of `packages/kernel/src/wasm/kernels/conv.ts`.
 */

@unmanaged
export class Geometry {
  batch: i32;
  groups: i32;
  /** Channels of one group. */
  inChannels: i32;
  outChannels: i32;
  id: i32;
  ih: i32;
  iw: i32;
  kd: i32;
  kh: i32;
  kw: i32;
  od: i32;
  oh: i32;
  ow: i32;
  sd: i32;
  sh: i32;
  sw: i32;
  pd: i32;
  ph: i32;
  pw: i32;
  dd: i32;
  dh: i32;
  dw: i32;
  /** Strides of x in elements. */
  xb: i32;
  xc: i32;
  xd: i32;
  xh: i32;
  xw: i32;
  /** Strides of y: batch, channel, position. */
  yb: i32;
  yc: i32;
  yp: i32;
}

// @ts-ignore: decorator
@inline
export function patchOf(g: Geometry): i32 {
  return g.inChannels * g.kd * g.kh * g.kw;
}
// @ts-ignore: decorator
@inline
export function positionsOf(g: Geometry): i32 {
  return g.od * g.oh * g.ow;
}
