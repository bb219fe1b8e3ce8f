import { i0eOf } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** e^(−|x|)·I₀(x). */
export const i0e = unary({
  name: "i0e",
  dtype: "float",
  reference: i0eOf,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(x.i1e().sub(x.sgn().mul(y))) }),
  domain: [0.2, 3],
  special: [
    [0, 1],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
