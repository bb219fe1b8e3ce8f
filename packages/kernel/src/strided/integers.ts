import { IndexRangeError } from "../errors/errors.js";
import { collapse, forEachRun } from "./iterate.js";
import { contiguousStrides, type Strided } from "./strided.js";

/** The elements of an integer array, row-major, as JavaScript numbers. */
export function integersOf(x: Strided): Int32Array | Float64Array {
  const out =
    x.dtype.itemsize < 4 || x.dtype.name === "int32" ? new Int32Array(x.size) : new Float64Array(x.size);
  if (x.size === 0) return out;
  const nest = collapse(x.shape, [x.strides, contiguousStrides(x.shape)]);
  const last = nest.shape.length - 1;
  const n = nest.shape[last]!;
  const [sx, so] = nest.strides.map((s) => s[last]!) as [number, number];
  const data = x.data;
  forEachRun(nest, [x.offset, 0], ([i, o]) => {
    for (let k = 0; k < n; k++) out[o! + k * so] = Number(data[i! + k * sx]);
  });
  return out;
}

/** Index `i` counted from the front of an axis of length `size`. @throws IndexRangeError */
export function wrapIndex(op: string, i: number, axis: number, size: number): number {
  if (i < -size || i >= size) throw new IndexRangeError(op, i, axis, size);
  return i < 0 ? i + size : i;
}
