import { unary } from "../engines/elementwise.js";

/** ∛x, with the sign of x. */
export const cbrt = unary({
  name: "cbrt",
  dtype: "float",
  reference: (x) => Math.cbrt(x),
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.div(y.square().mul(3)) }),
  domain: [0.3, 3],
  special: [
    [8, 2],
    [-27, -3],
    [-0, -0],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
