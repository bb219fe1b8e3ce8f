import { complexAtanh } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** The number whose hyperbolic tangent is x; infinite at ±1, NaN beyond. */
export const atanh = unary({
  name: "atanh",
  dtype: "float",
  reference: (x) => Math.atanh(x),
  complex: complexAtanh,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.div(x.square().neg().add(1).conj()) }),
  domain: [-0.8, 0.8],
  special: [
    [-0, -0],
    [1, Infinity],
    [-1, -Infinity],
    [2, NaN],
    [NaN, NaN],
  ],
});
