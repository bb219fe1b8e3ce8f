import { betaShiftOf } from "../../math/incomplete-beta-shift.js";
import { ternary } from "../engines/elementwise.js";

/**
 * dx/da = −(∂I_x(a, b)/∂a)/(∂I_x(a, b)/∂x): how a quantile x of the beta distribution moves with its first parameter; a constant to
 * derivatives.
 */
export const betaShift = ternary({
  name: "betaShift",
  inputs: ["x", "a", "b"],
  dtype: "float",
  reference: betaShiftOf,
  noGradient: "the second derivative in a has no closed form",
  domain: [0.1, 0.9],
  special: [
    [0, 1, 1, 0],
    [1, 1, 1, 0],
    [0.5, -1, 1, NaN],
  ],
  source: "derivative of the continued fraction of the incomplete beta function",
});
