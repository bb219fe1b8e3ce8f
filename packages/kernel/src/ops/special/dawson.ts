import { dawsonOf } from "../../math/integrals.js";
import { unary } from "../engines/elementwise.js";

/** Dawson's integral D(x) = e^(−x²)·∫₀ˣ e^(t²) dt, with D' = 1 − 2x·D. */
export const dawson = unary({
  name: "dawson",
  dtype: "float",
  reference: dawsonOf,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(x.mul(y).mul(-2).add(1)) }),
  special: [
    [0, 0],
    [1, 0.5380795069127684],
    [-20, -0.025031367926403675],
    [Infinity, 0],
    [NaN, NaN],
  ],
  source: "G. B. Rybicki, Dawson's integral and the sampling theorem, Computers in Physics 3, 85 (1989)",
});
