import { i1Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** I₁(x), the modified Bessel function of the first kind of order 1. */
export const i1 = unary({
  name: "i1",
  dtype: "float",
  reference: i1Of,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(x.i0().sub(y.div(x))).where(x.ne(0), gy.mul(0.5)) }),
  domain: [0.2, 3],
  special: [
    [-0, -0],
    [Infinity, Infinity],
    [-Infinity, -Infinity],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
