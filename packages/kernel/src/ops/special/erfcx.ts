import { erfcxOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";

/** e^(x²)·erfc(x), which falls as slowly as 1/x. */
export const erfcx = unary({
  name: "erfcx",
  dtype: "float",
  reference: erfcxOf,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({
    x: gy.mul(
      x
        .mul(y)
        .mul(2)
        .sub(2 / Math.sqrt(Math.PI)),
    ),
  }),
  special: [
    [0, 1],
    [Infinity, 0],
    [-Infinity, Infinity],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
