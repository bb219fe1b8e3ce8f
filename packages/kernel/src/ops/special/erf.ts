import { erfOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";

/** erf(x) = (2/√π)·∫₀ˣ e^(−t²) dt. */
export const erf = unary({
  name: "erf",
  dtype: "float",
  reference: erfOf,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)) }),
  simd: "f32",
  tolerance: { float32: { ulp: 3 } },
  special: [
    [-0, -0],
    [1e-300, 1.1283791670955126e-300],
    [Infinity, 1],
    [-Infinity, -1],
    [NaN, NaN],
  ],
  source: "Chebyshev expansions of our own (test-fixtures/kernel/math)",
});
