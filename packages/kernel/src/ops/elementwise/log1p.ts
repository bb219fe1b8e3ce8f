import { complexLog1p } from "../../math/complex.js";
import { log1p as logOnePlus } from "../../math/precise/log.js";
import { unary } from "../engines/elementwise.js";

/** log(1 + x), accurate near 0; NaN below −1. */
export const log1p = unary({
  name: "log1p",
  dtype: "float",
  simd: "f64",
  reference: (x) => logOnePlus(x),
  complex: complexLog1p,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.div(x.add(1).conj()) }),
  domain: [-0.5, 2],
  special: [
    [-0, -0],
    [2 ** -70, 2 ** -70],
    [-1, -Infinity],
    [-2, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
