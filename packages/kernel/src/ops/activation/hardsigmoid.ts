import { unary } from "../engines/elementwise.js";

/** x/6 + ½ limited to [0, 1]. */
export const hardsigmoid = unary({
  name: "hardsigmoid",
  dtype: "float",
  reference: (x) => Math.min(Math.max(x + 3, 0), 6) / 6,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.div(6).where(x.gt(-3).logicalAnd(x.lt(3)), 0) }),
  simd: "f32",
  tolerance: { float32: { ulp: 2 } },
  special: [
    [-5, 0],
    [0, 0.5],
    [5, 1],
    [NaN, NaN],
  ],
  samples: [{ inputs: [{ shape: [4], values: [-4, -0.4, 0.3, 3.9] }] }],
});
