import { heapI32 } from "../../memory/wasm-memory.js";
import { type Geometry, imageStrides } from "../../ops/conv/geometry.js";
import type { Strided } from "../../strided/strided.js";
import { scratch } from "../call.js";

/** Writes the sizes where the kernels read them; see `packages/kernel/wasm/conv/geometry.ts`. */
export function writeGeometry(g: Geometry, x: Strided, y: Strided): number {
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
export function positionStep(y: Strided): number {
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

export const worthSharing = (g: Geometry): boolean =>
  g.batch * g.positions * g.groups * g.outChannels * g.patch >= SHARED;
