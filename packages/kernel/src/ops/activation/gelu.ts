import { ndtrOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";

export interface GeluParams {
  /** `tanh`: the older approximation of the normal distribution's function by a hyperbolic tangent. */
  readonly approximate?: "none" | "tanh";
}

const SQRT_2_PI = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/** x·Φ(x), Φ the distribution function of the standard normal distribution. */
export const gelu = unary({
  name: "gelu",
  dtype: "float",
  reference: (x, p: GeluParams | undefined) => {
    if (p?.approximate !== "tanh") return x * ndtrOf(x);
    return 0.5 * x * (1 + Math.tanh(SQRT_2_PI * (x + CUBIC * x * x * x)));
  },
  saves: ["x"],
  vjp: (gy, { x }, { params }) => ({ x: gy.mul(x.geluSlope(params)) }),
  simd: { float32: "gelu_f32" },
  tolerance: { float32: { ulp: 4, atol: 4e-7, why: "1 + erf cancels far below 0, as in PyTorch" } },
  special: [
    [0, 0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  samples: [{ inputs: [[2, 3]] }, { inputs: [[2, 3]], params: { approximate: "tanh" } }],
  source: "Hendrycks & Gimpel, Gaussian Error Linear Units (2016)",
});
