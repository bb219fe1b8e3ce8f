import { complexLog } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** log₂ x; NaN below 0. */
export const log2 = unary({
  name: "log2",
  dtype: "float",
  reference: (x) => Math.log2(x),
  complex: (re, im, out) => {
    complexLog(re, im, out);
    out.re *= Math.LOG2E;
    out.im *= Math.LOG2E;
  },
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.div(x.conj()).mul(Math.LOG2E) }),
  domain: [0.3, 4],
  special: [
    [8, 3],
    [0, -Infinity],
    [-1, NaN],
    [Infinity, Infinity],
  ],
});
