import { complexAsin } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** The angle in [−π/2, π/2] whose sine is x; NaN outside [−1, 1]. */
export const asin = unary({
  name: "asin",
  dtype: "float",
  reference: (x) => Math.asin(x),
  complex: complexAsin,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.square().neg().add(1).rsqrt().conj()) }),
  domain: [-0.8, 0.8],
  special: [
    [1, Math.PI / 2],
    [-0, -0],
    [1.5, NaN],
    [NaN, NaN],
  ],
});
