import { unary } from "../engines/elementwise.js";

/** x times the piecewise linear sigmoid x/6 + ½. */
export const hardswish = unary({
  name: "hardswish",
  dtype: "float",
  reference: (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
  saves: ["x"],
  vjp: (gy, { x }) => ({
    x: gy.mul(x.div(3).add(0.5)).where(x.lt(3), gy).where(x.gt(-3), 0),
  }),
  simd: "f32",
  tolerance: { float32: { ulp: 3 } },
  special: [
    [-5, -0],
    [0, 0],
    [5, 5],
    [NaN, NaN],
  ],
  samples: [{ inputs: [{ shape: [4], values: [-4, -0.4, 0.3, 3.9] }] }],
  source: "Howard et al., Searching for MobileNetV3 (2019)",
});
