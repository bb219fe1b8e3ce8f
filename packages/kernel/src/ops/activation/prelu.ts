import { binary } from "../engines/elementwise.js";

/** x above 0, weight·x below; the weight (one, or one a channel) is learned and broadcasts. */
export const prelu = binary({
  name: "prelu",
  inputs: ["x", "weight"],
  dtype: "float",
  reference: (x, weight) => (x > 0 ? x : x * weight),
  saves: ["x", "weight"],
  vjp: (gy, { x, weight }, { needs }) => {
    const above = x.gt(0);
    return {
      x: needs(0) ? gy.where(above, gy.mul(weight)) : null,
      weight: needs(1) ? gy.full(gy.shape, 0).where(above, gy.mul(x)) : null,
    };
  },
  special: [
    [3, NaN, 3],
    [3, 0.5, 3],
    [-3, 0.5, -1.5],
    [NaN, 0.5, NaN],
  ],
  samples: [
    {
      inputs: [
        { shape: [2, 3], values: [-2, -0.4, 0.3, 1.9, -1, 0.6] },
        { shape: [3], values: [0.1, 0.25, 0.4] },
      ],
    },
  ],
  source: "He et al., Delving deep into rectifiers (2015)",
});
