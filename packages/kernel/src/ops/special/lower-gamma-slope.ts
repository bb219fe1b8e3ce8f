import { lowerGammaSlopeOf } from "../../math/incomplete-gamma-slope.js";
import { binary } from "../engines/elementwise.js";

/** ∂P(a, x)/∂a of the regularised incomplete gamma function P; a constant to derivatives. */
export const lowerGammaSlope = binary({
  name: "lowerGammaSlope",
  inputs: ["a", "x"],
  dtype: "float",
  reference: lowerGammaSlopeOf,
  noGradient: "the second derivative in a has no closed form",
  domain: [0.4, 3],
  special: [
    [1, 0, 0],
    [2, Infinity, 0],
    [-1, 1, NaN],
  ],
  source: "derivatives of the power series and of Legendre's continued fraction",
});
