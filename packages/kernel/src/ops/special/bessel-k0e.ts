import { k0eOf } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** eˣ·K₀(x). */
export const besselK0e = unary({
  name: "besselK0e",
  dtype: "float",
  reference: k0eOf,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(y.sub(x.besselK1e())) }),
  domain: [0.3, 3],
  special: [
    [0, Infinity],
    [-1, NaN],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
