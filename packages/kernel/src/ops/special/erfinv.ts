import { erfinvOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";

/** The x whose erf is given; infinite at ±1, NaN beyond. */
export const erfinv = unary({
  name: "erfinv",
  dtype: "float",
  reference: erfinvOf,
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.mul(y.square().exp()).mul(Math.sqrt(Math.PI) / 2) }),
  domain: [-0.9, 0.9],
  special: [
    [-0, -0],
    [1, Infinity],
    [-1, -Infinity],
    [1.5, NaN],
    [NaN, NaN],
  ],
  source: "Winitzki's closed form, then Halley steps",
});
