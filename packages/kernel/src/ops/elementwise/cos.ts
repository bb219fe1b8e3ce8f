import { complexCos } from "../../math/complex.js";
import { cos as cosine } from "../../math/precise/trig.js";
import { unary } from "../engines/elementwise.js";

/** cos x, x in radians. */
export const cos = unary({
  name: "cos",
  dtype: "float",
  simd: "f64",
  reference: (x) => cosine(x),
  complex: complexCos,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.sin().conj()).neg() }),
  special: [
    [0, 1],
    [Infinity, NaN],
    [NaN, NaN],
  ],
});
