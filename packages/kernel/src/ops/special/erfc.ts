import { erfcOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";

/** 1 − erf(x), accurate where erf is near 1. */
export const erfc = unary({
  name: "erfc",
  dtype: "float",
  reference: erfcOf,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.square().neg().exp()).mul(-2 / Math.sqrt(Math.PI)) }),
  special: [
    [0, 1],
    [Infinity, 0],
    [-Infinity, 2],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
