import { binary } from "../engines/elementwise.js";

/** The derivative of {@link sigmoid} at its result y: gy·y·(1 − y). */
export const sigmoidGrad = binary({
  name: "sigmoidGrad",
  inputs: ["gy", "y"],
  dtype: "same",
  reference: (gy, y) => gy * y * (1 - y),
  saves: ["gy", "y"],
  vjp: (g, { gy, y }, { needs }) => ({
    gy: needs(0) ? g.sigmoidGrad(y) : null,
    y: needs(1) ? g.mul(gy).mul(y.mul(-2).add(1)) : null,
  }),
  simd: "f32 f64",
  tolerance: { float32: { ulp: 3 } },
  domain: [0.2, 0.8],
});
