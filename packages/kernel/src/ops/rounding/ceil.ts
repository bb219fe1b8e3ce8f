import { unary } from "../engines/elementwise.js";
import { zeros } from "../engines/vjp.js";

/** The smallest whole number not below x. Integers stay as they are. */
export const ceil = unary({
  name: "ceil",
  dtype: "same",
  reference: (x) => Math.ceil(x),
  integer: (x) => x,
  bigint: (x) => x,
  vjp: (gy) => ({ x: zeros(gy) }),
  simd: "f32 f64",
  domain: [0.1, 0.9],
  special: [
    [1.5, 2],
    [-0.5, -0],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
