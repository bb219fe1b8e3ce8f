import { unary } from "../engines/elementwise.js";
import type { ShrinkParams } from "./hardshrink.js";

/** x moved by λ towards 0, and 0 within [−λ, λ]. */
export const softshrink = unary({
  name: "softshrink",
  dtype: "float",
  reference: (x, { lambda }: ShrinkParams) => (x > lambda ? x - lambda : x < -lambda ? x + lambda : x * 0),
  saves: ["x"],
  vjp: (gy, { x }, { params: { lambda } }) => ({
    x: gy.full(gy.shape, 0).where(x.ge(-lambda).logicalAnd(x.le(lambda)), gy),
  }),
  samples: [{ inputs: [{ shape: [4], values: [-2, -0.4, 0.3, 1.9] }], params: { lambda: 0.5 } }],
});
