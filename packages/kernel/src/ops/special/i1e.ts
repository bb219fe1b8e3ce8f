import { i1eOf } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** e^(−|x|)·I₁(x). */
export const i1e = unary({
  name: "i1e",
  dtype: "float",
  reference: i1eOf,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({
    x: gy.mul(x.i0e().sub(y.mul(x.sgn().add(x.reciprocal())))).where(x.ne(0), gy.mul(0.5)),
  }),
  domain: [0.2, 3],
  special: [
    [-0, -0],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
