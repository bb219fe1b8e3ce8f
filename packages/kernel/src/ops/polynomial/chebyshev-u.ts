import { chebyshevUOf } from "../../math/orthogonal.js";
import { binary } from "../engines/elementwise.js";
import { POLYNOMIAL } from "./reason.js";

/** At x, Chebyshev polynomials of the second kind of degree n; 0 for a negative n. */
export const chebyshevU = binary({
  name: "chebyshevU",
  inputs: ["x", "n"],
  dtype: "float",
  reference: chebyshevUOf,
  noGradient: POLYNOMIAL,
  domain: [
    [-0.9, 0.9],
    [-1, 9],
  ],
  special: [
    [NaN, 0, 1],
    [1, 3, 4],
    [0.5, 0, 1],
    [0.5, -1, 0],
  ],
});
