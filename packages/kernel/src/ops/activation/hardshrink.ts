import { unary } from "../engines/elementwise.js";

export interface ShrinkParams {
  readonly lambda: number;
}

/** x outside [−λ, λ], else 0. */
export const hardshrink = unary({
  name: "hardshrink",
  dtype: "float",
  reference: (x, { lambda }: ShrinkParams) => (x >= -lambda && x <= lambda ? 0 : x),
  saves: ["x"],
  vjp: (gy, { x }, { params: { lambda } }) => ({
    x: gy.full(gy.shape, 0).where(x.ge(-lambda).logicalAnd(x.le(lambda)), gy),
  }),
  samples: [{ inputs: [{ shape: [4], values: [-2, -0.4, 0.3, 1.9] }], params: { lambda: 0.5 } }],
});
