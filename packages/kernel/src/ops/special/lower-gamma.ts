import { MissingDerivativeError } from "../../errors/errors.js";
import { lowerGammaOf } from "../../math/incomplete-gamma.js";
import { binary } from "../engines/elementwise.js";

/** P(a, x) = ∫₀ˣ t^(a−1)·e^(−t) dt / Γ(a), the regularised incomplete gamma function; differentiable in x. */
export const lowerGamma = binary({
  name: "lowerGamma",
  inputs: ["a", "x"],
  dtype: "float",
  reference: lowerGammaOf,
  saves: ["a", "x"],
  vjp: (gy, { a, x }, { needs }) => {
    if (needs(0)) throw new MissingDerivativeError("lowerGamma", "a");
    const density = x.log().mul(a.sub(1)).sub(x).sub(a.lgamma()).exp();
    return { x: needs(1) ? gy.mul(density) : null };
  },
  domain: [0.4, 3],
  samples: [{ inputs: [[2, 3], [3]], constant: ["a"] }],
  special: [
    [1, 0, 0],
    [2, Infinity, 1],
    [-1, 1, NaN],
    [0, 1, 1],
  ],
  source: "power series, Legendre's continued fraction, Temme's uniform expansion (1979)",
});
