import { complexMul, complexSigmoid } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** x·sigmoid(x), also called swish. */
export const silu = unary({
  name: "silu",
  dtype: "float",
  reference: (x) => x / (1 + Math.exp(-x)),
  complex: (re, im, out) => {
    complexSigmoid(re, im, out);
    complexMul(re, im, out.re, out.im, out);
  },
  saves: ["x"],
  vjp: (gy, { x }) => {
    const s = x.sigmoid();
    return { x: gy.mul(s.mul(x.mul(s.neg().add(1)).add(1)).conj()) };
  },
  simd: "f32",
  tolerance: { float32: { ulp: 4, atol: 2e-38, why: "what would be subnormal may be 0" } },
  special: [
    [0, 0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  source: "Elfwing, Uchibe & Doya (2017); Ramachandran, Zoph & Le (2017)",
});
