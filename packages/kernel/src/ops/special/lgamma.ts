import { lgammaOf } from "../../math/gamma.js";
import { unary } from "../engines/elementwise.js";

/** log |Γ(x)|; infinite at 0 and the negative integers. */
export const lgamma = unary({
  name: "lgamma",
  dtype: "float",
  reference: lgammaOf,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.digamma()) }),
  domain: [0.4, 4],
  special: [
    [1, 0],
    [2, 0],
    [0, Infinity],
    [-3, Infinity],
    [Infinity, Infinity],
    [-Infinity, Infinity],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math); Stirling's series beyond 10",
});
