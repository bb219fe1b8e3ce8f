import { k1eOf } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** eˣ·K₁(x). */
export const besselK1e = unary({
  name: "besselK1e",
  dtype: "float",
  reference: k1eOf,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(y.sub(y.div(x)).sub(x.besselK0e())) }),
  domain: [0.3, 3],
  special: [
    [0, Infinity],
    [-1, NaN],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
