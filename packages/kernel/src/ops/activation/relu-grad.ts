import { binary } from "../engines/elementwise.js";

/** The derivative of {@link relu} at its result y: gy where y is above 0, else 0. */
export const reluGrad = binary({
  name: "reluGrad",
  inputs: ["gy", "y"],
  dtype: "same",
  reference: (gy, y) => (y > 0 ? gy : 0),
  integer: "reference",
  saves: ["gy", "y"],
  vjp: (g, { y }, { needs }) => ({
    gy: needs(0) ? g.reluGrad(y) : null,
    y: needs(1) ? g.full(g.shape, 0) : null,
  }),
  simd: "f32 f64",
  tolerance: { float32: { ulp: 0 } },
  domain: [0.2, 0.8],
  special: [[1, Number.NaN, 0]],
});
