import { i0Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** I₀(x), the modified Bessel function of the first kind of order 0. */
export const i0 = unary({
  name: "i0",
  dtype: "float",
  reference: i0Of,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.i1()) }),
  special: [
    [0, 1],
    [Infinity, Infinity],
    [-Infinity, Infinity],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
