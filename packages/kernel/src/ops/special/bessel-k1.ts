import { k1Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** K₁(x), the modified Bessel function of the second kind of order 1; NaN below 0. */
export const besselK1 = unary({
  name: "besselK1",
  dtype: "float",
  reference: k1Of,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(x.besselK0().add(y.div(x))).neg() }),
  domain: [0.3, 3],
  special: [
    [0, Infinity],
    [-1, NaN],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
