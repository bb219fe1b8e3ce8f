import { unary } from "../engines/elementwise.js";

/** x where it is above 0, else 0; NaN stays. */
export const relu = unary({
  name: "relu",
  dtype: "same",
  reference: (x) => (x > 0 || Number.isNaN(x) ? x : 0),
  integer: "reference",
  bigint: (x) => (x > 0n ? x : 0n),
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.reluGrad(y) }),
  simd: "f32 f64",
  domain: [0.2, 2],
  special: [
    [-2, 0],
    [-0, 0],
    [NaN, NaN],
  ],
  samples: [{ inputs: [{ shape: [6], values: [-2, -0.4, 0.3, 0.9, -1.1, 2] }] }],
});
