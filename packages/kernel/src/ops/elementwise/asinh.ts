import { complexAsinh } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** The number whose hyperbolic sine is x. */
export const asinh = unary({
  name: "asinh",
  dtype: "float",
  reference: (x) => Math.asinh(x),
  complex: complexAsinh,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.square().add(1).rsqrt().conj()) }),
  domain: [-0.8, 0.8],
  special: [
    [-0, -0],
    [-Infinity, -Infinity],
    [NaN, NaN],
  ],
});
