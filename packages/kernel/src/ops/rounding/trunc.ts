import { unary } from "../engines/elementwise.js";
import { zeros } from "../engines/vjp.js";

/** x without its fraction. Integers stay as they are. */
export const trunc = unary({
  name: "trunc",
  dtype: "same",
  reference: (x) => Math.trunc(x),
  integer: (x) => x,
  bigint: (x) => x,
  vjp: (gy) => ({ x: zeros(gy) }),
  simd: "f32 f64",
  domain: [0.1, 0.9],
  special: [
    [-1.5, -1],
    [-0.5, -0],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
