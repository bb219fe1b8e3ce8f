import { type DType, float32, int64, type NumericData } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import { storeIntegers } from "../../strided/integers.js";
import type { Strided } from "../../strided/strided.js";
import { fastMaxPool } from "../../wasm/kernels/pool.js";
import { runFast } from "../../wasm/registry.js";
import type { Value } from "../value.js";
import { type Planes, planesLike, planesOf } from "./planes.js";
import { outputLengths, type Windows } from "./windows.js";

/** The largest element of every window and its position in the plane; the first of equal ones, and NaN before all. */
export function maxOverWindows(op: string, x: Strided, windows: Windows, axes: number): [Strided, Strided] {
  const type: DType = x.dtype;
  if (type.lanes === 2) throw new DTypeError(op, "x", type.name, "a type with an order");
  const from = planesOf(type.half ? castTo(x, float32) : x, axes);
  const lengths = outputLengths(windows, axes);
  const y = planesLike(from.array, from.array.dtype, lengths);
  const index = planesLike(from.array, int64, lengths);
  if (y.array.size > 0 && !runFast(() => fastMaxPool(from, windows, y, index)))
    search(from, windows, y, index);
  return [castTo(y.array, type), index.array];
}

function search(x: Planes, [wd, wh, ww]: Windows, y: Planes, index: Planes): void {
  // 64-bit integers only meet comparisons here, which JavaScript does between bigints too.
  const data = x.array.data as NumericData;
  const out = y.array.data as NumericData;
  const places = new Int32Array(y.length);
  const { step } = x;
  const [h, w] = [wh.length, ww.length];
  for (let n = 0; n < x.bases.length; n++) {
    const base = x.bases[n]!;
    let o = y.bases[n]!;
    let k = 0;
    for (let i = 0; i < wd.count; i++)
      for (let j = 0; j < wh.count; j++)
        for (let l = 0; l < ww.count; l++, o += y.step, k++) {
          const [a0, b0, c0] = [wd.start[i]!, wh.start[j]!, ww.start[l]!];
          let best =
            ((a0 + wd.lo[i]! * wd.step) * h + b0 + wh.lo[j]! * wh.step) * w + c0 + ww.lo[l]! * ww.step;
          let max = data[base + best * step]!;
          for (let a = wd.lo[i]!; a < wd.hi[i]!; a++)
            for (let b = wh.lo[j]!; b < wh.hi[j]!; b++) {
              const row = ((a0 + a * wd.step) * h + b0 + b * wh.step) * w + c0;
              for (let c = ww.lo[l]!; c < ww.hi[l]!; c++) {
                const at = row + c * ww.step;
                const v = data[base + at * step]!;
                if (v > max || Number.isNaN(v)) {
                  max = v;
                  best = at;
                }
              }
            }
          out[o] = max;
          places[k] = best;
        }
    storeIntegers(index.array, index.bases[n]!, index.step, places, places.length);
  }
}

/** The gradient of a maximum over windows: each to the element that was the largest. */
export const toPlaces = (gy: Value, index: Value, axes: number, shape: readonly number[]): Value =>
  gy.maxUnpool(index, { spatial: shape.slice(shape.length - axes), accumulate: true });
