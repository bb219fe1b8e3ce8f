import { MissingDerivativeError } from "../../errors/errors.js";
import { upperGammaOf } from "../../math/incomplete-gamma.js";
import { binary } from "../engines/elementwise.js";

/** Q(a, x) = 1 − P(a, x), the regularised incomplete gamma function; differentiable in x. */
export const upperGamma = binary({
  name: "upperGamma",
  inputs: ["a", "x"],
  dtype: "float",
  reference: upperGammaOf,
  saves: ["a", "x"],
  vjp: (gy, { a, x }, { needs }) => {
    if (needs(0)) throw new MissingDerivativeError("upperGamma", "a");
    const density = x.log().mul(a.sub(1)).sub(x).sub(a.lgamma()).exp();
    return { x: needs(1) ? gy.mul(density).neg() : null };
  },
  domain: [0.4, 3],
  samples: [{ inputs: [[2, 3], [3]], constant: ["a"] }],
  special: [
    [1, 0, 1],
    [2, Infinity, 0],
    [-1, 1, NaN],
    [0, 1, 0],
  ],
  source: "power series, Legendre's continued fraction, Temme's uniform expansion (1979)",
});
