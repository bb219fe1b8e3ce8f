import { airyAiOf } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** Ai(x), Airy's function: the solution of y″ = x·y that falls to the right. */
export const airyAi = unary({
  name: "airyAi",
  dtype: "float",
  reference: airyAiOf,
  noGradient: "its derivative Ai′ is no row of this table",
  special: [
    [0, 0.3550280538878172],
    [Infinity, 0],
    [-Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
