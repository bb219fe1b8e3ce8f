import { complexAtan } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** The angle in (−π/2, π/2) whose tangent is x. */
export const atan = unary({
  name: "atan",
  dtype: "float",
  reference: (x) => Math.atan(x),
  complex: complexAtan,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.div(x.square().add(1).conj()) }),
  domain: [-0.9, 0.9],
  special: [
    [-0, -0],
    [Infinity, Math.PI / 2],
    [NaN, NaN],
  ],
});
