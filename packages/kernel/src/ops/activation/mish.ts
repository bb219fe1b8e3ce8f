import { softplusOf } from "../../math/logistic.js";
import { unary } from "../engines/elementwise.js";

/** x·tanh(softplus(x)). */
export const mish = unary({
  name: "mish",
  dtype: "float",
  reference: (x) => x * Math.tanh(softplusOf(x)),
  saves: ["x"],
  vjp: (gy, { x }) => {
    const t = x.softplus({}).tanh();
    return { x: gy.mul(t.add(x.mul(x.sigmoid()).mul(t.square().neg().add(1)))) };
  },
  simd: "f32",
  tolerance: { float32: { ulp: 5, atol: 3e-36, why: "what would be x times a subnormal number may be 0" } },
  special: [
    [0, 0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  source: "Misra, Mish: A self regularized non-monotonic activation function (2019)",
});
