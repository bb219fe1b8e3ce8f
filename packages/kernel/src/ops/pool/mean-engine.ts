import { float32, float64, type NumericData } from "../../dtype/dtype.js";
import { castTo } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { fastMeans } from "../../wasm/kernels/mean-pool.js";
import { runFast } from "../../wasm/registry.js";
import { linearByParts } from "../engines/complex-parts.js";
import { type Planes, planesLike, planesOf } from "./planes.js";
import { outputLengths, type Windows } from "./windows.js";

/** What the sum of a window is divided by. */
export interface MeanParams {
  /** Padding counts as zeros that take part; else only elements of the array do. */
  readonly countPadding?: boolean;
  /** Divide by this number instead of a count. */
  readonly divisor?: number;
}

type Transfer = (a: Planes, b: Planes, windows: Windows, p: MeanParams) => void;

/** Runs `transfer` from x to a fresh array in a type that it computes: float as it is, complex by parts, integers in float64. */
function linear(
  x: Strided,
  lengths: readonly number[],
  transfer: (from: Planes, to: Planes) => void,
): Strided {
  const { dtype } = x;
  if (dtype.lanes === 2) return linearByParts((part) => linear(part, lengths, transfer), x);
  const wide = dtype.kind !== "float" ? castTo(x, float64) : dtype.half ? castTo(x, float32) : x;
  const from = planesOf(wide, lengths.length);
  const to = planesLike(from.array, wide.dtype, lengths);
  transfer(from, to);
  return castTo(to.array, dtype);
}

/** The mean of every window. */
export const meanOverWindows = (x: Strided, windows: Windows, axes: number, p: MeanParams): Strided =>
  linear(x, outputLengths(windows, axes), (from, to) => {
    if (!runFast(() => fastMeans(from, to, windows, p, false))) reduce(from, to, windows, p);
  });

/** The transpose of {@link meanOverWindows}: every element spread evenly over its window. */
export const spreadOverWindows = (
  gy: Strided,
  windows: Windows,
  spatial: readonly number[],
  p: MeanParams,
): Strided =>
  linear(gy, spatial, (from, to) => {
    if (!runFast(() => fastMeans(to, from, windows, p, true))) spread(to, from, windows, p);
  });

function scale([wd, wh, ww]: Windows, i: number, j: number, l: number, p: MeanParams): number {
  if (p.divisor !== undefined) return 1 / p.divisor;
  const count = p.countPadding
    ? wd.padded[i]! * wh.padded[j]! * ww.padded[l]!
    : (wd.hi[i]! - wd.lo[i]!) * (wh.hi[j]! - wh.lo[j]!) * (ww.hi[l]! - ww.lo[l]!);
  return count > 0 ? 1 / count : 0;
}

const reduce: Transfer = (x, y, windows, p) => {
  const [wd, wh, ww] = windows;
  const [data, out] = [x.array.data as NumericData, y.array.data as NumericData];
  for (let n = 0; n < x.bases.length; n++) {
    const base = x.bases[n]!;
    let o = y.bases[n]!;
    for (let i = 0; i < wd.count; i++)
      for (let j = 0; j < wh.count; j++)
        for (let l = 0; l < ww.count; l++, o += y.step) {
          let sum = 0;
          for (let a = wd.lo[i]!; a < wd.hi[i]!; a++)
            for (let b = wh.lo[j]!; b < wh.hi[j]!; b++) {
              const row = (wd.start[i]! + a * wd.step) * wh.length + wh.start[j]! + b * wh.step;
              const at = row * ww.length + ww.start[l]!;
              for (let c = ww.lo[l]!; c < ww.hi[l]!; c++) sum += data[base + (at + c * ww.step) * x.step]!;
            }
          out[o] = sum * scale(windows, i, j, l, p);
        }
  }
};

const spread: Transfer = (x, y, windows, p) => {
  const [wd, wh, ww] = windows;
  const [out, data] = [x.array.data as NumericData, y.array.data as NumericData];
  // Overlapping windows add up in float64, so that the result does not depend on how many there are.
  const plane = new Float64Array(x.length);
  for (let n = 0; n < x.bases.length; n++) {
    const base = x.bases[n]!;
    let o = y.bases[n]!;
    plane.fill(0);
    for (let i = 0; i < wd.count; i++)
      for (let j = 0; j < wh.count; j++)
        for (let l = 0; l < ww.count; l++, o += y.step) {
          const v = data[o]! * scale(windows, i, j, l, p);
          for (let a = wd.lo[i]!; a < wd.hi[i]!; a++)
            for (let b = wh.lo[j]!; b < wh.hi[j]!; b++) {
              const row = (wd.start[i]! + a * wd.step) * wh.length + wh.start[j]! + b * wh.step;
              const at = row * ww.length + ww.start[l]!;
              for (let c = ww.lo[l]!; c < ww.hi[l]!; c++) plane[at + c * ww.step]! += v;
            }
        }
    for (let k = 0; k < x.length; k++) out[base + k * x.step] = plane[k]!;
  }
};
