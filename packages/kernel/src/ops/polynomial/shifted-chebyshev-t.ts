import { chebyshevTOf } from "../../math/orthogonal.js";
import { binary } from "../engines/elementwise.js";
import { POLYNOMIAL } from "./reason.js";

/** At x, Chebyshev polynomials of the first kind of degree n, moved from [−1, 1] to [0, 1]; 0 for a negative n. */
export const shiftedChebyshevT = binary({
  name: "shiftedChebyshevT",
  inputs: ["x", "n"],
  dtype: "float",
  reference: (x, n) => chebyshevTOf(2 * x - 1, n),
  noGradient: POLYNOMIAL,
  domain: [
    [0.1, 0.9],
    [-1, 9],
  ],
  special: [
    [NaN, 0, 1],
    [1, 3, 1],
    [0.5, 0, 1],
    [0.5, -1, 0],
  ],
});
