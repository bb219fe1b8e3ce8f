import type { Strided } from "../../strided/strided.js";
import { type Geometry, imageStrides } from "./geometry.js";

type Visit = (image: number, output: number, kernel: number) => void;

/** Calls `visit` with the memory positions of every product of a convolution (image, output and kernel element). */
function forEachProduct(g: Geometry, image: Strided, w: Strided, output: Strided, visit: Visit): void {
  const [xs, ys, ws] = [imageStrides(image), imageStrides(output), imageStrides(w)];
  const place = (p: readonly number[], s: readonly number[]): number =>
    p[0]! * s[0]! + p[1]! * s[1]! + p[2]! * s[2]!;
  const coordinates = (k: number, shape: readonly number[]): number[] => [
    Math.floor(k / (shape[1]! * shape[2]!)),
    Math.floor(k / shape[2]!) % shape[1]!,
    k % shape[2]!,
  ];
  const taps = g.patch / Math.max(g.inChannels, 1);
  for (let n = 0; n < g.batch; n++)
    for (let group = 0; group < g.groups; group++)
      for (let o = 0; o < g.outChannels; o++) {
        const out = group * g.outChannels + o;
        for (let p = 0; p < g.positions; p++) {
          const at = coordinates(p, g.output);
          const target = output.offset + n * ys.batch + out * ys.channel + place(at, ys.spatial);
          for (let k = 0; k < taps; k++) {
            const tap = coordinates(k, g.kernel);
            const from = at.map((c, a) => c * g.stride[a]! + tap[a]! * g.dilation[a]! - g.before[a]!);
            if (from.some((c, a) => c < 0 || c >= g.input[a]!)) continue;
            for (let c = 0; c < g.inChannels; c++)
              visit(
                image.offset +
                  n * xs.batch +
                  (group * g.inChannels + c) * xs.channel +
                  place(from, xs.spatial),
                target,
                w.offset + out * ws.batch + c * ws.channel + place(tap, ws.spatial),
              );
          }
        }
      }
}

/** The convolution of 64-bit integers, wrapping. */
export function convolveBig(g: Geometry, x: Strided, w: Strided, b: Strided | null, y: Strided): void {
  const [from, kernel, to] = [x.data, w.data, y.data].map((d) => d as BigInt64Array) as [
    BigInt64Array,
    BigInt64Array,
    BigInt64Array,
  ];
  if (b) addBias(b, y);
  forEachProduct(g, x, w, y, (i, o, k) => {
    to[o]! += from[i]! * kernel[k]!;
  });
}

/** The transposed convolution of 64-bit integers, wrapping. */
export function convolveBackBig(g: Geometry, gy: Strided, w: Strided, b: Strided | null, gx: Strided): void {
  const [from, kernel, to] = [gy.data, w.data, gx.data].map((d) => d as BigInt64Array) as [
    BigInt64Array,
    BigInt64Array,
    BigInt64Array,
  ];
  if (b) addBias(b, gx);
  forEachProduct(g, gx, w, gy, (i, o, k) => {
    to[i]! += from[o]! * kernel[k]!;
  });
}

function addBias(b: Strided, y: Strided): void {
  const { batch, channel } = imageStrides(y);
  const [bias, to] = [b.data as BigInt64Array, y.data as BigInt64Array];
  const step = y.rank === 2 ? 1 : y.strides[y.rank - 1]!;
  const positions = y.shape.slice(2).reduce((n, l) => n * l, 1);
  for (let n = 0; n < y.shape[0]!; n++)
    for (let c = 0; c < y.shape[1]!; c++)
      for (let p = 0; p < positions; p++)
        to[y.offset + n * batch + c * channel + p * step]! += bias[b.offset + c * b.strides[0]!]!;
}
