import { float32 } from "../../dtype/dtype.js";
import { heapF32 } from "../../memory/wasm-memory.js";
import {
  type ConvParams,
  channelsLast,
  type Geometry,
  geometryOf,
  kernelsLast,
} from "../../ops/conv/geometry.js";
import type { Operand } from "../../ops/row.js";
import { collapse } from "../../strided/iterate.js";
import { contiguousStrides, type Strided } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { split } from "../../threads/split.js";
import { abandon, begin, end, gather, giveSpan, rooms, scratch, take, takeRows } from "../call.js";
import { wasm } from "../instance.js";
import type { FastKernel } from "../registry.js";
import { positionStep, worthSharing, writeGeometry } from "./geometry.js";
import { fitsWinograd, winograd, winogradWeight } from "./winograd.js";

const LEAST = 4096;

const enough = (g: Geometry): boolean => g.batch * g.positions * g.groups * g.outChannels * g.patch >= LEAST;

/** Where the kernels of a convolution lie: w[o, k] at `at` + o·`out` + k·`tap`, k in the order of the taps. */
interface Kernels {
  readonly at: number;
  readonly out: number;
  readonly tap: number;
}

/**
 * The kernels w `[groups, out, channels, …taps]` as they lie, if out and taps (channels behind them if they come `last`,
 * before them otherwise) have one step each, else gathered. Kernels of channels `alone` that come last lie side by side.
 * `null` if there is no room.
 */
function kernelsOf(w: Strided, last: boolean, alone: boolean): Kernels | null {
  const axes = w.shape.map((_, i) => i);
  const inner = last ? [...axes.slice(3), 2] : axes.slice(2);
  const nest = [[0, 1], inner].map((list) =>
    collapse(
      list.map((i) => w.shape[i]!),
      [list.map((i) => w.strides[i]!)],
    ),
  );
  const [out, tap] = nest.map((n) => n.strides[0]![0] ?? 1) as [number, number];
  if (nest.every((n) => n.shape.length <= 1) && !(alone && last && out !== 1)) {
    const at = take(w);
    return at ? { at, out, tap } : null;
  }
  if (alone && last) {
    const order = [...inner, 0, 1];
    const at = gather(
      w,
      order.map((i) => w.shape[i]!),
      order.map((i) => w.strides[i]!),
    );
    return at ? { at, out: 1, tap: w.shape[0]! } : null;
  }
  const order = [0, 1, ...inner];
  const at = gather(
    w,
    order.map((i) => w.shape[i]!),
    order.map((i) => w.strides[i]!),
  );
  return at ? { at, out: w.size / (w.shape[0]! * w.shape[1]!), tap: 1 } : null;
}

/** Whether every channel has one kernel, and sees no other channel. */
const depthwise = (g: Geometry, last: boolean): boolean =>
  g.inChannels === 1 && g.outChannels === 1 && g.groups > 1 && (last || g.stride[2] <= 2);

/** The geometry that the kernels of {@link depthwise} take: all channels in one group. */
const together = (g: Geometry): Geometry => ({
  ...g,
  groups: 1,
  inChannels: g.groups,
  outChannels: g.groups,
});

/** w `[groups·out, channels, …taps]` with its groups apart. */
const grouped = (w: Strided, groups: number): Strided =>
  w.view(
    [groups, w.shape[0]! / groups, ...w.shape.slice(1)],
    [(w.shape[0]! / groups) * w.strides[0]!, ...w.strides],
  );

/** Kernels for the way back at stride 1: channels exchanged within each group, taps in opposite order. */
function turned(w: Strided, groups: number): Strided {
  const g = grouped(w, groups);
  const [taps, steps] = [g.shape.slice(3), g.strides.slice(3)];
  return g.view(
    [groups, g.shape[2]!, g.shape[1]!, ...taps],
    [g.strides[0]!, g.strides[2]!, g.strides[1]!, ...steps.map((s) => -s)],
    g.offset + taps.reduce((sum, n, i) => sum + (n - 1) * steps[i]!, 0),
  );
}

/** y = x convolved with the kernels w `[groups, out, channels, …taps]`, image by image in as many parts as there are threads. */
function convolve(g: Geometry, x: Strided, w: Strided, b: Strided | null, y: Strided): boolean {
  const e = wasm();
  if (!e) return false;
  begin();
  const last = channelsLast(y);
  const alone = depthwise(g, last) && (last || positionStep(y) === 1);
  const px = take(x);
  const pb = b ? takeRows(b) : 0;
  const pw = px && take(w);
  const py = pw && giveSpan(y);
  if (!py || (b && !pb)) return abandon();
  if (fitsWinograd(g) && winograd(g, x, px, w, pb, y, py)) {
    end();
    return true;
  }
  const kernels = kernelsOf(w, last, alone);
  if (!kernels) return abandon();
  const [xb, yb] = [x.strides[0]! * 4, y.strides[0]! * 4];
  const threads = worthSharing(g) ? parts() : 1;
  const lists = split(g.batch, threads, 1, 1).map(([from, to]) => [
    ...[writeGeometry({ ...(alone ? together(g) : g), batch: to - from }, x, y), +last, px + from * xb],
    ...[kernels.at, kernels.out, kernels.tap, pb, py + from * yb],
  ]);
  const at = lists[0]![0]!;
  const own = rooms(threads, alone ? e.depthwise_f32_room(at, +last) : e.conv_f32_room(at, +last));
  if (!own) return abandon();
  runParts(alone ? "depthwise_f32" : "conv_f32", lists, own);
  end();
  return true;
}

const conv: FastKernel = ([image, kernel, bias]: readonly Operand[], y, params) => {
  const [x, w] = [image as Strided, kernel as Strided];
  const g = geometryOf("conv", x.shape, w.shape, params as ConvParams);
  if (!enough(g) || y.dtype !== float32 || positionStep(y) === 0) return false;
  return convolve(g, x, grouped(w, g.groups), bias as Strided | null, y);
};

const convWeight: FastKernel = ([image, grad]: readonly Operand[], gw, params) => {
  const [x, gy] = [image as Strided, grad as Strided];
  const g = geometryOf("convWeight", x.shape, gw.shape, params as ConvParams);
  if (!enough(g) || gw.dtype !== float32) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const last = kernelsLast(x, gy);
  const px = take(x);
  // Gradients that do not lie position by position are brought there.
  const straight = positionStep(gy) !== 0;
  const pg = px && (straight ? take(gy) : takeRows(gy));
  const to = pg && giveSpan(gw);
  if (!to) return abandon();
  const grads = straight ? gy : rowsLike(gy);
  const [out, tap] = last ? [1, gw.shape[0]!] : [g.patch, 1];
  if (g.inChannels % 4 === 0 && fitsWinograd(g) && winogradWeight(g, x, px, grads, pg, last, to, out, tap)) {
    end();
    return true;
  }
  if (depthwise(g, last) && (last || positionStep(grads) === 1)) {
    const at = writeGeometry(together(g), x, grads);
    const room = at && scratch(e.depthwise_f32_room(at, +last));
    if (!room) return abandon();
    e.depthwise_weight_f32(at, +last, px, pg, to, out, tap, room);
    end();
    return true;
  }
  // Threads take kernels or channels, not images, so that every sum runs in the same order for any number of them.
  const threads = worthSharing(g) && g.groups === 1 ? parts() : 1;
  const byChannels = !last && g.patch > g.outChannels && g.inChannels >= 8;
  const [count, unit, least] = byChannels ? [g.inChannels, 4, 4] : [g.outChannels, last ? 4 : 3, 12];
  const lists = split(count, threads, unit, least).map(([from, until]) => {
    const some = byChannels ? { inChannels: until - from } : { outChannels: until - from };
    const at = writeGeometry({ ...g, ...some }, x, grads);
    return byChannels
      ? [at, +last, px + from * x.strides[1]! * 4, pg, to + from * (g.patch / g.inChannels) * 4, out, tap]
      : [at, +last, px, pg + from * grads.strides[1]! * 4, to + from * out * 4, out, tap];
  });
  const own = rooms(threads, e.conv_weight_f32_room(writeGeometry(g, x, grads), +last));
  if (!own) return abandon();
  runParts("conv_weight_f32", lists, own);
  end();
  return true;
};

/**
 * Whether kernels may be multiplied with the zeros around gradients, which make NaN of what is not finite: that reaches
 * elements of the image that these taps never saw. Where all are NaN, so are all elements.
 */
function meetsZeros(w: Strided, p: ConvParams): boolean {
  const e = wasm();
  if (!e) return false;
  begin();
  const from = takeRows(w);
  const to = from && scratch(16);
  if (!to) return abandon();
  e.sum_f32(from, 1, w.size, 1, 1, to, to);
  const sum = heapF32[to >>> 2]!;
  let finite = Number.isFinite(sum);
  if (Number.isNaN(sum) && p.padding.every(([before, after]) => before >= 0 && after >= 0))
    finite = heapF32.subarray(from >>> 2, (from >>> 2) + w.size).every(Number.isNaN);
  abandon();
  return finite;
}

const convInput: FastKernel = ([grad, kernel, bias]: readonly Operand[], gx, params) => {
  const [gy, w, b] = [grad as Strided, kernel as Strided, bias as Strided | null];
  const p = params as ConvParams;
  const g = geometryOf("convInput", gx.shape, w.shape, p);
  if (!enough(g) || gx.dtype !== float32 || positionStep(gx) === 0) return false;
  // Without strides the way back is a convolution, too: with channels exchanged and taps in opposite order.
  if (p.stride.every((s) => s === 1)) {
    if (!meetsZeros(w, p)) return false;
    return convolve(
      {
        ...g,
        inChannels: g.outChannels,
        outChannels: g.inChannels,
        input: g.output,
        output: g.input,
        before: [0, 1, 2].map(
          (i) => g.dilation[i]! * (g.kernel[i]! - 1) - g.before[i]!,
        ) as unknown as Geometry["before"],
      },
      gy,
      turned(w, g.groups),
      b,
      gx,
    );
  }
  const e = wasm();
  if (!e) return false;
  begin();
  const straight = positionStep(gy) !== 0;
  const pg = straight ? take(gy) : takeRows(gy);
  const grads = straight ? gy : rowsLike(gy);
  const last = channelsLast(gx) && channelsLast(grads);
  const alone = depthwise(g, true);
  const kernels = pg && alone ? kernelsOf(grouped(w, g.groups), last, true) : null;
  const pw = kernels ? kernels.at : pg && !alone ? takeRows(w) : 0;
  const pb = b ? takeRows(b) : 0;
  const to = pw && giveSpan(gx);
  if (!to || (b && !pb)) return abandon();
  e.fill_channels_f32(writeGeometry(g, gx, grads), pb, to);
  const [from, step] = [grads.strides[0]! * 4, gx.strides[0]! * 4];
  const threads = worthSharing(g) ? parts() : 1;
  const lists = split(g.batch, threads, 1, 1).map(([n, until]) => {
    const at = writeGeometry({ ...(alone ? together(g) : g), batch: until - n }, gx, grads);
    const [source, target] = [pg + n * from, to + n * step];
    return kernels ? [at, +last, source, pw, kernels.out, kernels.tap, target] : [at, source, pw, target];
  });
  const own = kernels ? [] : rooms(threads, e.conv_input_f32_room(lists[0]![0]!));
  if (!own) return abandon();
  runParts(kernels ? "depthwise_input_f32" : "conv_input_f32", lists, own);
  end();
  return true;
};

/** How an array lies once its elements were brought in order. */
const rowsLike = (x: Strided): Strided => x.view(x.shape, contiguousStrides(x.shape), 0);

export const CONVOLUTIONS: Readonly<Record<string, FastKernel>> = {
  conv_f32: conv,
  conv_input_f32: convInput,
  conv_weight_f32: convWeight,
};
