import { j0Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** J₀(x), the Bessel function of the first kind of order 0. */
export const besselJ0 = unary({
  name: "besselJ0",
  dtype: "float",
  reference: j0Of,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.besselJ1()).neg() }),
  special: [
    [0, 1],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math); Hankel's expansion beyond 5",
});
