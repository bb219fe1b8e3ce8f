import { complexSigmoid } from "../../math/complex.js";
import { exp } from "../../math/precise/exp.js";
import { unary } from "../engines/elementwise.js";

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = unary({
  name: "sigmoid",
  dtype: "float",
  reference: (x) => {
    // From the side on which the exponential cannot overflow, so that tails keep their digits.
    if (x >= 0) return 1 / (1 + exp(-x));
    const e = exp(x);
    return e / (1 + e);
  },
  complex: complexSigmoid,
  saves: ["y"],
  vjp: (gy, { y }) => ({
    x: y.dtype.lanes === 2 ? gy.mul(y.mul(y.neg().add(1)).conj()) : gy.sigmoidGrad(y),
  }),
  simd: "f32 f64",
  tolerance: { float32: { ulp: 3, atol: 2e-38, why: "what would be subnormal may be 0" } },
  special: [
    [0, 0.5],
    [Infinity, 1],
    [-Infinity, 0],
    [NaN, NaN],
  ],
});
