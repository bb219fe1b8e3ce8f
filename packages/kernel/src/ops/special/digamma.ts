import { digammaOf } from "../../math/gamma.js";
import { unary } from "../engines/elementwise.js";

/** ψ(x) = Γ′(x)/Γ(x); at 0 infinite with the other sign than the zero, NaN at negative integers. */
export const digamma = unary({
  name: "digamma",
  dtype: "float",
  reference: digammaOf,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.polygamma({ n: 1 })) }),
  domain: [0.6, 4],
  special: [
    [0, -Infinity],
    [-0, Infinity],
    [-2, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
