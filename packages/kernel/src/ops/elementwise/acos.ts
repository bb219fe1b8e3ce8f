import { complexAcos } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** The angle in [0, π] whose cosine is x; NaN outside [−1, 1]. */
export const acos = unary({
  name: "acos",
  dtype: "float",
  reference: (x) => Math.acos(x),
  complex: complexAcos,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.square().neg().add(1).rsqrt().conj()).neg() }),
  domain: [-0.8, 0.8],
  special: [
    [1, 0],
    [-1, Math.PI],
    [1.5, NaN],
    [NaN, NaN],
  ],
});
