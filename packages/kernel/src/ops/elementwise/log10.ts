import { complexLog } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** log₁₀ x; NaN below 0. */
export const log10 = unary({
  name: "log10",
  dtype: "float",
  reference: (x) => Math.log10(x),
  complex: (re, im, out) => {
    complexLog(re, im, out);
    out.re *= Math.LOG10E;
    out.im *= Math.LOG10E;
  },
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.div(x.conj()).mul(Math.LOG10E) }),
  domain: [0.3, 4],
  special: [
    [1000, 3],
    [0, -Infinity],
    [-1, NaN],
    [Infinity, Infinity],
  ],
});
