import { y0Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** Y₀(x), the Bessel function of the second kind of order 0; NaN below 0. */
export const besselY0 = unary({
  name: "besselY0",
  dtype: "float",
  reference: y0Of,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.besselY1()).neg() }),
  domain: [0.3, 3],
  special: [
    [0, -Infinity],
    [-1, NaN],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math); Hankel's expansion beyond 5",
});
