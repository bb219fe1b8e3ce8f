import { complexLog } from "../../math/complex.js";
import { log as logarithm } from "../../math/precise/log.js";
import { unary } from "../engines/elementwise.js";

/** log x, the natural logarithm; NaN below 0. */
export const log = unary({
  name: "log",
  dtype: "float",
  reference: (x) => logarithm(x),
  complex: complexLog,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.div(x.conj()) }),
  simd: "f32 f64",
  tolerance: { float32: { ulp: 2 } },
  domain: [0.3, 4],
  special: [
    [1, 0],
    [0, -Infinity],
    [-0, -Infinity],
    [-1, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
