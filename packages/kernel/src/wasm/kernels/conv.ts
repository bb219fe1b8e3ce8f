import { float32 } from "../../dtype/dtype.js";
import { heapI32 } from "../../memory/wasm-memory.js";
import { type ConvParams, type Geometry, geometryOf, imageStrides } from "../../ops/conv/geometry.js";
import type { Operand } from "../../ops/row.js";
import type { Strided } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { split } from "../../threads/split.js";
import { abandon, begin, end, giveSpan, scratch, take, takeRows } from "../call.js";
import { wasm } from "../instance.js";
import type { FastKernel } from "../registry.js";

const LEAST = 4096;

const enough = (g: Geometry): boolean => g.batch * g.positions * g.groups * g.outChannels * g.patch >= LEAST;

/** Writes the sizes where the kernels read them; see `packages/kernel/wasm/conv/geometry.ts`. */
function writeGeometry(g: Geometry, x: Strided, y: Strided): number {
  const [xs, ys] = [imageStrides(x), imageStrides(y)];
  const list = [
    g.batch,
    g.groups,
    g.inChannels,
    g.outChannels,
    ...g.input,
    ...g.kernel,
    ...g.output,
    ...g.stride,
    ...g.before,
    ...g.dilation,
    xs.batch,
    xs.channel,
    ...xs.spatial,
    ys.batch,
    ys.channel,
    positionStep(y),
  ];
  const at = scratch(list.length * 4);
  heapI32.set(list, at >>> 2);
  return at;
}

/** The distance between neighbouring positions if all of an image's lie at one step, else 0. */
function positionStep(y: Strided): number {
  let step = 0;
  let expected = 0;
  for (let i = y.rank - 1; i >= 2; i--) {
    if (y.shape[i] === 1) continue;
    if (step === 0) step = expected = y.strides[i]!;
    if (y.strides[i] !== expected) return 0;
    expected *= y.shape[i]!;
  }
  return step || 1;
}

/** From this many multiplications on a convolution is worth sharing between threads. */
const SHARED = 1 << 20;

const worthSharing = (g: Geometry): boolean =>
  g.batch * g.positions * g.groups * g.outChannels * g.patch >= SHARED;

/** Calls a convolution image by image in as many parts as there are threads. `false` if there is no room. */
function overImages(
  name: "conv_f32" | "conv_input_f32",
  g: Geometry,
  x: Strided,
  y: Strided,
  first: number,
  second: number,
  list: (geometry: number, from: number, room: number) => number[],
): boolean {
  const e = wasm()!;
  const lists: number[][] = [];
  for (const [from, to] of split(g.batch, worthSharing(g) ? parts() : 1, 1, 1)) {
    const at = writeGeometry({ ...g, batch: to - from }, x, y);
    const room = scratch(name === "conv_f32" ? e.conv_f32_room(at) : e.conv_back_f32_room(at));
    if (!room || !first || !second) return false;
    lists.push(list(at, from, room));
  }
  runParts(name, lists);
  return true;
}

const conv: FastKernel = ([image, kernel, bias]: readonly Operand[], y, params) => {
  const [x, w, b] = [image as Strided, kernel as Strided, bias as Strided | null];
  const g = geometryOf("conv", x.shape, w.shape, params as ConvParams);
  if (!enough(g) || y.dtype !== float32 || positionStep(y) === 0) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  // Patches are packed eight neighbours at a time: other layouts are turned first, which costs one walk over the image.
  const lines = sideBySide(x);
  const px = lines ? take(x) : takeRows(x);
  const from = lines ? x : rowsLike(x);
  const pw = px && takeRows(w);
  const pb = b ? takeRows(b) : 0;
  const py = pw && giveSpan(y);
  if (!py || (b && !pb)) return abandon();
  const [xb, yb] = [from.strides[0]! * 4, y.strides[0]! * 4];
  const done = overImages("conv_f32", g, from, y, px, py, (at, n, room) => [
    at,
    px + n * xb,
    pw,
    pb,
    py + n * yb,
    room,
  ]);
  if (!done) return abandon();
  end();
  return true;
};

const convWeight: FastKernel = ([image, grad]: readonly Operand[], gw, params) => {
  const [x, gy] = [image as Strided, grad as Strided];
  const g = geometryOf("convWeight", x.shape, gw.shape, params as ConvParams);
  if (!enough(g) || gw.dtype !== float32 || !gw.contiguous) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const lines = sideBySide(x);
  const px = lines ? take(x) : takeRows(x);
  const rows = lines ? x : rowsLike(x);
  // Gradients that do not lie position by position are brought there.
  const straight = positionStep(gy) !== 0;
  const pg = px && (straight ? take(gy) : takeRows(gy));
  const to = pg && giveSpan(gw);
  if (!to) return abandon();
  const grads = straight ? gy : rowsLike(gy);
  // Threads take kernels, not images, so that every sum runs in the same order for any number of them.
  const share = worthSharing(g) && g.groups === 1 && g.outChannels >= 16;
  const lists: number[][] = [];
  for (const [from, until] of split(g.outChannels, share ? parts() : 1, 4, 8)) {
    const at = writeGeometry({ ...g, outChannels: until - from }, rows, grads);
    const room = scratch(e.conv_back_f32_room(at));
    if (!room) return abandon();
    lists.push([at, px, pg + from * grads.strides[1]! * 4, to + from * g.patch * 4, room]);
  }
  runParts("conv_weight_f32", lists);
  end();
  return true;
};

const convInput: FastKernel = ([grad, kernel, bias]: readonly Operand[], gx, params) => {
  const [gy, w, b] = [grad as Strided, kernel as Strided, bias as Strided | null];
  const p = params as ConvParams;
  const g = geometryOf("convInput", gx.shape, w.shape, p);
  if (!enough(g) || gx.dtype !== float32 || positionStep(gx) === 0) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const unit = p.stride.every((s) => s === 1);
  const straight = unit ? sideBySide(gy) : positionStep(gy) !== 0;
  const pg = straight ? take(gy) : takeRows(gy);
  const grads = straight ? gy : rowsLike(gy);
  const pw = pg && takeRows(w);
  const pb = b ? takeRows(b) : 0;
  const to = pw && giveSpan(gx);
  if (!to || (b && !pb)) return abandon();
  if (unit) {
    // Without strides the way back is a convolution, too: with channels exchanged and taps in opposite order.
    const turned = scratch(w.size * 4);
    if (!turned) return abandon();
    const back: Geometry = {
      ...g,
      inChannels: g.outChannels,
      outChannels: g.inChannels,
      input: g.output,
      output: g.input,
      before: [0, 1, 2].map(
        (i) => g.dilation[i]! * (g.kernel[i]! - 1) - g.before[i]!,
      ) as unknown as Geometry["before"],
    };
    e.turn_kernels_f32(
      g.groups,
      g.outChannels,
      g.inChannels,
      g.kernel[0] * g.kernel[1] * g.kernel[2],
      pw,
      turned,
    );
    const [from, step] = [grads.strides[0]! * 4, gx.strides[0]! * 4];
    const done = overImages("conv_f32", back, grads, gx, pg, to, (at, n, room) => [
      at,
      pg + n * from,
      turned,
      pb,
      to + n * step,
      room,
    ]);
    if (!done) return abandon();
  } else {
    e.fill_channels_f32(writeGeometry(g, gx, grads), pb, to);
    const [from, step] = [grads.strides[0]! * 4, gx.strides[0]! * 4];
    const done = overImages("conv_input_f32", g, gx, grads, pg, to, (at, n, room) => [
      at,
      pg + n * from,
      pw,
      to + n * step,
      room,
    ]);
    if (!done) return abandon();
  }
  end();
  return true;
};

/** Whether neighbours along the last axis lie next to each other. */
const sideBySide = (x: Strided): boolean => x.shape[x.rank - 1] === 1 || x.strides[x.rank - 1] === 1;

/** How an array lies once its elements were brought in order. */
const rowsLike = (x: Strided): Strided => {
  const strides = new Array<number>(x.rank);
  for (let i = x.rank - 1, step = 1; i >= 0; i--) {
    strides[i] = step;
    step *= x.shape[i]!;
  }
  return x.view(x.shape, strides, 0);
};

export const CONVOLUTIONS: Readonly<Record<string, FastKernel>> = {
  conv_f32: conv,
  conv_input_f32: convInput,
  conv_weight_f32: convWeight,
};
