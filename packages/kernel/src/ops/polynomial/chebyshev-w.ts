import { chebyshevWOf } from "../../math/orthogonal.js";
import { binary } from "../engines/elementwise.js";
import { POLYNOMIAL } from "./reason.js";

/** At x, Chebyshev polynomials of the fourth kind of degree n; 0 for a negative n. */
export const chebyshevW = binary({
  name: "chebyshevW",
  inputs: ["x", "n"],
  dtype: "float",
  reference: chebyshevWOf,
  noGradient: POLYNOMIAL,
  domain: [
    [-0.9, 0.9],
    [-1, 9],
  ],
  special: [
    [NaN, 0, 1],
    [1, 3, 7],
    [0.5, 0, 1],
    [0.5, -1, 0],
  ],
});
