import { softplusOf } from "../../math/logistic.js";
import { unary } from "../engines/elementwise.js";

export interface SoftplusParams {
  /** How sharp the bend is; 1 if left out. */
  readonly beta?: number;
  /** Where beta·x is above it, the result is x itself; never if left out. */
  readonly threshold?: number;
}

/** log(1 + e^(beta·x)) / beta. */
export const softplus = unary({
  name: "softplus",
  dtype: "float",
  reference: (x, p: SoftplusParams | undefined) => {
    const beta = p?.beta ?? 1;
    return beta * x > (p?.threshold ?? Infinity) ? x : softplusOf(beta * x) / beta;
  },
  saves: ["x"],
  vjp: (gy, { x }, { params }) => {
    const scaled = x.mul(params?.beta ?? 1);
    const slope = gy.mul(scaled.sigmoid());
    return { x: params?.threshold === undefined ? slope : gy.where(scaled.gt(params.threshold), slope) };
  },
  simd: "f32",
  tolerance: { float32: { ulp: 4, atol: 2e-38, why: "what would be subnormal may be 0" } },
  special: [
    [0, Math.LN2],
    [-Infinity, 0],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
  samples: [
    { inputs: [[2, 3]] },
    { inputs: [{ shape: [4], values: [-1, 0.5, 1.2, 3] }], params: { beta: 2, threshold: 3 } },
  ],
});
