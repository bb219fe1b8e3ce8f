import { spenceOf } from "../../math/integrals.js";
import { unary } from "../engines/elementwise.js";

/** Spence's function ∫₁ˣ ln t / (1 − t) dt, the dilogarithm of 1 − x. */
export const spence = unary({
  name: "spence",
  dtype: "float",
  reference: spenceOf,
  saves: ["x"],
  vjp: (gy, { x }) => {
    const one = x.eq(1);
    const slope = x.log().div(x.rsub(1));
    return { x: gy.mul(slope.full(slope.shape, -1).where(one, slope)) };
  },
  domain: [0.2, 4],
  tolerance: { float64: { ulp: 4 } },
  special: [
    [0, Math.PI ** 2 / 6],
    [1, 0],
    [0.5, 0.5822405264650125],
    [100, -12.192421669033171],
    [-1, NaN],
  ],
  source: "Debye's expansion of the dilogarithm and its reflections",
});
