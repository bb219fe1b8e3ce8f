import { k0Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** K₀(x), the modified Bessel function of the second kind of order 0; NaN below 0. */
export const besselK0 = unary({
  name: "besselK0",
  dtype: "float",
  reference: k0Of,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.besselK1()).neg() }),
  domain: [0.3, 3],
  special: [
    [0, Infinity],
    [-1, NaN],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
