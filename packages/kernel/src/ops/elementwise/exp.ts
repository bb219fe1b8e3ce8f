import { exp as exponential } from "../../math/precise/exp.js";
import { unary } from "../engines/elementwise.js";

/** eˣ. */
export const exp = unary({
  name: "exp",
  dtype: "float",
  reference: (x) => exponential(x),
  complex: (re, im, out) => {
    const r = Math.exp(re);
    out.re = r * Math.cos(im);
    out.im = im === 0 ? im : r * Math.sin(im);
  },
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.mul(y.conj()) }),
  simd: "f32 f64",
  domain: [-4, 4],
  special: [
    [0, 1],
    [-Infinity, 0],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
  tolerance: { float32: { ulp: 2 } },
});
