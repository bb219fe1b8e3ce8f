import { float64 } from "../../dtype/dtype.js";
import { copyInto } from "../../strided/copy.js";
import { contiguousStrides, Strided } from "../../strided/strided.js";

/** The elements of a real array, row-major, in float64; always a copy. */
export function packed(x: Strided): Float64Array {
  const out = new Float64Array(x.size);
  if (x.size > 0) copyInto(Strided.over(out, float64, x.shape), x);
  return out;
}

/** Writes row-major float64 numbers over `y`, converting to its type. */
export function unpack(data: Float64Array, y: Strided): Strided {
  if (y.size === 0) return y;
  return copyInto(
    y,
    new Strided(
      Strided.over(data, float64, [data.length]).storage,
      float64,
      y.shape,
      contiguousStrides(y.shape),
      0,
    ),
  );
}
