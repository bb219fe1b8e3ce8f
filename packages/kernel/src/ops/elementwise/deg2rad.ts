import { unary } from "../engines/elementwise.js";

const FACTOR = Math.PI / 180;

/** x · π/180, degrees as radians. */
export const deg2rad = unary({
  name: "deg2rad",
  dtype: "float",
  reference: (x) => x * FACTOR,
  vjp: (gy) => ({ x: gy.mul(FACTOR) }),
  special: [
    [180, Math.PI],
    [-0, -0],
    [NaN, NaN],
  ],
});
