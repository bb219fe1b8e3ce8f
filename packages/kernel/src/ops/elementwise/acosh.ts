import { complexAcosh } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** The number not below 0 whose hyperbolic cosine is x; NaN below 1. */
export const acosh = unary({
  name: "acosh",
  dtype: "float",
  reference: (x) => Math.acosh(x),
  complex: complexAcosh,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.sub(1).rsqrt().mul(x.add(1).rsqrt()).conj()) }),
  domain: [1.3, 4],
  special: [
    [1, 0],
    [0, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
