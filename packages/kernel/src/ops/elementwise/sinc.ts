import { complexDiv, complexSin } from "../../math/complex.js";
import { sinPi } from "../../math/elementary.js";
import { unary } from "../engines/elementwise.js";

/** sin(πx) / (πx); 1 at 0. */
export const sinc = unary({
  name: "sinc",
  dtype: "float",
  reference: (x) => (x === 0 ? 1 : sinPi(x) / (Math.PI * x)),
  complex: (re, im, out) => {
    if (re === 0 && im === 0) {
      out.re = 1;
      out.im = 0;
      return;
    }
    complexSin(Math.PI * re, Math.PI * im, out);
    complexDiv(out.re, out.im, Math.PI * re, Math.PI * im, out);
  },
  saves: ["x"],
  vjp: (gy, { x }) => {
    // (cos(πx)·πx − sin(πx)) / (πx²)
    const angle = x.mul(Math.PI);
    const slope = angle.cos().mul(angle).sub(angle.sin()).div(angle.mul(x)).conj();
    return { x: gy.mul(slope).where(x.ne(0), 0) };
  },
  domain: [0.2, 2],
  special: [
    [0, 1],
    [1, 0],
    [-3, 0],
    [0.5, 2 / Math.PI],
    [NaN, NaN],
  ],
});
