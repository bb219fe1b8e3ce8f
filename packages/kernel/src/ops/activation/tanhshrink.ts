import { complexTanh } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** x − tanh x. */
export const tanhshrink = unary({
  name: "tanhshrink",
  dtype: "float",
  reference: (x) => x - Math.tanh(x),
  complex: (re, im, out) => {
    complexTanh(re, im, out);
    out.re = re - out.re;
    out.im = im - out.im;
  },
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.tanh().square().conj()) }),
  special: [
    [0, 0],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
