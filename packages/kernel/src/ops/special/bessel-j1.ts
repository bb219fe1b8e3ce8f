import { j1Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** J₁(x), the Bessel function of the first kind of order 1. */
export const besselJ1 = unary({
  name: "besselJ1",
  dtype: "float",
  reference: j1Of,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(x.besselJ0().sub(y.div(x))).where(x.ne(0), gy.mul(0.5)) }),
  domain: [0.2, 3],
  special: [
    [-0, -0],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math); Hankel's expansion beyond 5",
});
