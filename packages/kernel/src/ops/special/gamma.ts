import { gammaOf } from "../../math/gamma-function.js";
import { unary } from "../engines/elementwise.js";

/** Γ(x) = ∫₀^∞ t^(x−1)·e^(−t) dt; NaN at the negative integers. */
export const gamma = unary({
  name: "gamma",
  dtype: "float",
  reference: gammaOf,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(y).mul(x.digamma()) }),
  domain: [0.4, 4],
  special: [
    [1, 1],
    [5, 24],
    [0, Infinity],
    [-0, -Infinity],
    [-3, NaN],
    [Infinity, Infinity],
    [172, Infinity],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  source: "recurrence to [2, 3) and log Γ there; Stirling's series beyond 33; reflection below −33",
});
