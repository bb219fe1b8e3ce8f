import { unary } from "../engines/elementwise.js";

const FACTOR = 180 / Math.PI;

/** x · 180/π, radians as degrees. */
export const rad2deg = unary({
  name: "rad2deg",
  dtype: "float",
  reference: (x) => x * FACTOR,
  vjp: (gy) => ({ x: gy.mul(FACTOR) }),
  special: [
    [Math.PI, 180],
    [-0, -0],
    [NaN, NaN],
  ],
});
