import { expIntegralOf } from "../../math/integrals.js";
import { unary } from "../engines/elementwise.js";

/** The exponential integral Ei(x) = ∫ eᵗ / t dt from −∞ to x, for positive x; none of negative ones. */
export const expIntegral = unary({
  name: "expIntegral",
  dtype: "float",
  reference: expIntegralOf,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.exp()).div(x) }),
  domain: [0.3, 4],
  tolerance: { float64: { ulp: 4 } },
  special: [
    [0, -Infinity],
    [1, 1.895117816355937],
    [20, 25615652.664056588],
    [100, 2.71555274485388e41],
    [-1, NaN],
  ],
  source: "power series; the asymptotic one from 40 on",
});
