import { complexSin } from "../../math/complex.js";
import { sin as sine } from "../../math/precise/trig.js";
import { unary } from "../engines/elementwise.js";

/** sin x, x in radians. */
export const sin = unary({
  name: "sin",
  dtype: "float",
  simd: "f64",
  reference: (x) => sine(x),
  complex: complexSin,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.cos().conj()) }),
  special: [
    [-0, -0],
    [Infinity, NaN],
    [NaN, NaN],
  ],
});
