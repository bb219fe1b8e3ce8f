import { unary } from "../engines/elementwise.js";
import { zeros } from "../engines/vjp.js";

/** The largest whole number not above x. Integers stay as they are. */
export const floor = unary({
  name: "floor",
  dtype: "same",
  reference: (x) => Math.floor(x),
  integer: (x) => x,
  bigint: (x) => x,
  vjp: (gy) => ({ x: zeros(gy) }),
  simd: "f32 f64",
  domain: [0.1, 0.9],
  special: [
    [-1.5, -2],
    [-0, -0],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
