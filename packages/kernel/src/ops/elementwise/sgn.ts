import { complexSgn } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";
import { type NanParams, ofNaN } from "../engines/nan-params.js";
import { zeros } from "../engines/vjp.js";

/** z / |z| of a complex number (0 at 0), the sign of a real one. */
export const sgn = unary({
  name: "sgn",
  dtype: "same",
  reference: (x, p: NanParams | void) => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : ofNaN(x, p)),
  integer: (x) => Math.sign(x),
  bigint: (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
  boolean: (x) => x,
  complex: complexSgn,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => {
    if (x.dtype.kind !== "complex") return { x: zeros(gy) };
    // What lies along z does not change z/|z|; what lies across does, by 1/|z|.
    const along = y.mul(gy.mul(y.conj()).real().cast({ dtype: x.dtype }));
    const size = x.abs();
    const g = gy.sub(along).div(size.cast({ dtype: x.dtype }));
    return { x: g.where(size.ne(0), 0) };
  },
  domain: [0.2, 2],
  special: [
    [-3, -1],
    [0, 0],
    [Infinity, 1],
    [NaN, NaN],
  ],
});
