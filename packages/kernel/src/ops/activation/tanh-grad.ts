import { binary } from "../engines/elementwise.js";

/** The derivative of {@link tanh} at its result y: gy·(1 − y²). */
export const tanhGrad = binary({
  name: "tanhGrad",
  inputs: ["gy", "y"],
  dtype: "same",
  reference: (gy, y) => gy * (1 - y) * (1 + y),
  saves: ["gy", "y"],
  vjp: (g, { gy, y }, { needs }) => ({
    gy: needs(0) ? g.tanhGrad(y) : null,
    y: needs(1) ? g.mul(gy).mul(y).mul(-2) : null,
  }),
  simd: "f32 f64",
  tolerance: { float32: { ulp: 3 } },
  domain: [0.2, 0.8],
});
