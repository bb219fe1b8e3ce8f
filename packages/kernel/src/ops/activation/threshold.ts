import { unary } from "../engines/elementwise.js";

export interface ThresholdParams {
  readonly threshold: number;
  /** What stands where x is not above the threshold. */
  readonly value: number;
}

/** x above the threshold, `value` elsewhere; NaN stays. */
export const threshold = unary({
  name: "threshold",
  dtype: "same",
  reference: (x, p: ThresholdParams) => (x <= p.threshold ? p.value : x),
  integer: "reference",
  bigint: (x, p) => (x <= p.threshold ? BigInt(Math.trunc(p.value)) : x),
  saves: ["x"],
  vjp: (gy, { x }, { params }) => ({ x: gy.full(gy.shape, 0).where(x.le(params.threshold), gy) }),
  samples: [{ inputs: [{ shape: [4], values: [-2, -0.4, 0.3, 1.9] }], params: { threshold: 0.1, value: 7 } }],
});
