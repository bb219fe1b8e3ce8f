import { copyInto } from "./copy.js";
import { contiguousStrides, type Shape, Strided, sizeOf } from "./strided.js";

/**
 * The storage behind `x`, from its first element on, row-major under another shape. Where that needs more elements than
 * there are, new memory begins with them and ends with zeros.
 */
export function resized(x: Strided, shape: Shape): Strided {
  const there = Math.floor(x.storage.byteLength / x.dtype.itemsize) - x.offset;
  if (sizeOf(shape) <= there) return x.view(shape, contiguousStrides(shape));
  const y = Strided.zeros(x.dtype, shape);
  copyInto(y.view([there], [1]), x.view([there], [1]));
  return y;
}
