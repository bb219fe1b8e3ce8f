import { softplusOf } from "../../math/logistic.js";
import { unary } from "../engines/elementwise.js";

/** log(sigmoid(x)) = −softplus(−x), accurate in both tails. */
export const logSigmoid = unary({
  name: "logSigmoid",
  dtype: "float",
  reference: (x) => -softplusOf(-x),
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.neg().sigmoid()) }),
  simd: "f32",
  tolerance: { float32: { ulp: 4, atol: 2e-38, why: "what would be subnormal may be 0" } },
  special: [
    [0, -Math.LN2],
    [-Infinity, -Infinity],
    [Infinity, -0],
    [NaN, NaN],
  ],
});
