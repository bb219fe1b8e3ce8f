import { heapI32 } from "../../memory/wasm-memory.js";
import type { Geometry } from "../../ops/conv/geometry.js";
import type { Strided } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { cut, SLOPE, split } from "../../threads/split.js";
import { flag, gather, rooms, scratch, take } from "../call.js";
import { wasm } from "../instance.js";
import { worthSharing, writeGeometry } from "./geometry.js";

/*
 * 3×3 kernels at stride 1 with a quarter of the multiplications; see `packages/kernel/wasm/conv/winograd.ts`. All of it runs
 * inside a call that was begun. What overflows on the way, or was not finite, spreads further than it should: then the plain
 * sums have to be taken instead.
 */

/** Fewer channels on either side do not pay for what comes before and after the products. */
const CHANNELS = 16;
/** Fewer tiles do not pay for bringing the kernels there. */
const TILES = 32;
/** Lists that products for kernels are summed in, for any number of threads, and the most bytes for them. */
const PARTS = 8;
const MOST = 1 << 25;

let calls = 0;

/** How many convolutions and gradients of kernels were computed so: tests assert by it that they were. */
export const winogradCalls = (): number => calls;

/** Whether all numbers were finite. */
function finite(flag: number): boolean {
  if (heapI32[flag >>> 2] !== 0) return false;
  calls++;
  return true;
}

const up4 = (n: number): number => (n + 3) & ~3;

export function fitsWinograd(g: Geometry): boolean {
  const [od, oh, ow] = g.output;
  const tiles = (up4(oh) * up4(ow)) / 16;
  return (
    g.groups === 1 &&
    g.inChannels >= CHANNELS &&
    g.outChannels >= CHANNELS &&
    od === 1 &&
    g.input[0] === 1 &&
    g.before[0] === 0 &&
    `${g.kernel},${g.stride},${g.dilation}` === "1,3,3,1,1,1,1,1,1" &&
    g.batch * tiles >= TILES &&
    2 * oh * ow >= 16 * tiles
  );
}

/** The geometry whose results fill whole tiles. */
const whole = (g: Geometry): Geometry => ({ ...g, output: [1, up4(g.output[1]), up4(g.output[2])] });

/** Kernels `[1, out, channels, 3, 3]`, gathered if their rows do not follow each other. */
function taps(w: Strided): readonly [at: number, out: number, channel: number, tap: number] {
  const [, out, channel, row, tap] = w.strides as readonly [number, number, number, number, number];
  if (row === 3 * tap) return [take(w), out, channel, tap];
  return [gather(w, w.shape, w.strides), 9 * w.shape[2]!, 9, 1];
}

/** y = x convolved with w `[1, out, channels, 3, 3]`; `false` if there is no room or a number is not finite. */
export function winograd(
  g: Geometry,
  x: Strided,
  px: number,
  w: Strided,
  pb: number,
  y: Strided,
  py: number,
): boolean {
  const e = wasm()!;
  const [m, channels] = [g.outChannels, g.inChannels];
  const [pw, ...steps] = taps(w);
  const packed = pw && scratch(e.winograd_kernels_size(m, channels));
  const odd = packed && flag();
  if (!odd) return false;
  const tiled = whole(g);
  const threads = worthSharing(g) ? parts() : 1;
  const [xb, yb] = [x.strides[0]! * 4, y.strides[0]! * 4];
  const lists = split(g.batch, threads, 1, 1).map(([from, to]) => [
    ...[writeGeometry({ ...tiled, batch: to - from }, x, y), g.output[1], g.output[2]],
    ...[px + from * xb, packed, pb, py + from * yb, odd],
  ]);
  // Lists of more images want more room.
  const own = rooms(threads, Math.max(...lists.map((list) => e.winograd_f32_room(list[0]!))));
  if (!own) return false;
  runParts(
    "winograd_kernels",
    split(m, threads, 3, 12).map(([from, to]) => [from, to, m, channels, pw, ...steps, packed]),
    own,
  );
  runParts("winograd_f32", lists, own);
  return finite(odd);
}

/**
 * gw[o, k] at `to` + o·`out` + k·`tap`, channels outermost in k or, if they come `last`, innermost; `false` as in {@link winograd}.
 */
export function winogradWeight(
  g: Geometry,
  x: Strided,
  px: number,
  gy: Strided,
  pg: number,
  last: boolean,
  to: number,
  out: number,
  tap: number,
): boolean {
  const e = wasm()!;
  const [m, channels] = [g.outChannels, g.inChannels];
  const size = e.winograd_products_size(m, channels);
  const lists = cut(g.batch, Math.max(1, Math.min(PARTS, Math.floor(MOST / size))), 1, SLOPE);
  const products = scratch(size * lists.length);
  const odd = products && flag();
  if (!odd) return false;
  const tiled = whole(g);
  const grads: Geometry = {
    ...tiled,
    inChannels: m,
    input: g.output,
    kernel: [1, 1, 1],
    before: [0, 0, 0],
  };
  const args = lists.map(([from, until], i) => [
    writeGeometry({ ...tiled, batch: until - from }, x, gy),
    writeGeometry({ ...grads, batch: until - from }, gy, gy),
    px + from * x.strides[0]! * 4,
    pg + from * gy.strides[0]! * 4,
    products + i * size,
  ]);
  const threads = worthSharing(g) ? parts() : 1;
  const own = rooms(
    threads,
    Math.max(1024, ...args.map((list) => e.winograd_weight_f32_room(list[0]!, list[1]!))),
  );
  if (!own) return false;
  runParts("winograd_weight_f32", args, own);
  const [wc, wt] = last ? [tap, channels * tap] : [9 * tap, tap];
  runParts(
    "winograd_weights",
    split(m, threads, 1, 4).map(([from, until]) => [
      ...[from, until, m, channels, lists.length, products, to, out, wc, wt, odd],
    ]),
    own,
  );
  return finite(odd);
}
