import { y1Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** Y₁(x), the Bessel function of the second kind of order 1; NaN below 0. */
export const besselY1 = unary({
  name: "besselY1",
  dtype: "float",
  reference: y1Of,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(x.besselY0().sub(y.div(x))) }),
  domain: [0.3, 3],
  special: [
    [0, -Infinity],
    [-1, NaN],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math); Hankel's expansion beyond 5",
});
