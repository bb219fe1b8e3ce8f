import { largerBig, smallerBig } from "../../math/elementary.js";
import { ternary } from "../engines/elementwise.js";

/** x limited to [low, high]; `high` where the bounds cross. NaN anywhere gives NaN. The gradient passes at the bounds. */
export const clamp = ternary({
  name: "clamp",
  inputs: ["x", "low", "high"],
  dtype: "same",
  reference: (x, low, high) => Math.min(Math.max(x, low), high),
  integer: "reference",
  bigint: (x, low, high) => smallerBig(largerBig(x, low), high),
  saves: ["x", "low", "high"],
  vjp: (gy, { x, low, high }, { needs }) => ({
    x: needs(0) ? gy.where(x.ge(low).logicalAnd(x.le(high)), 0) : null,
    low: needs(1) ? gy.where(low.lt(high).logicalAnd(x.lt(low)), 0) : null,
    high: needs(2) ? gy.where(high.lt(low).logicalOr(x.gt(high)), 0) : null,
  }),
  simd: "f32",
  special: [
    [5, 0, 1, 1],
    [0, 2, 1, 1],
    [NaN, 0, 1, NaN],
    [0, NaN, 1, NaN],
  ],
  samples: [
    {
      inputs: [
        { shape: [2, 3], range: [-2, 2] },
        { shape: [3], range: [-1, -0.2] },
        { shape: [2, 1], range: [0.2, 1] },
      ],
    },
  ],
});
