import { complexDiv } from "../../math/complex.js";
import { binary, type ScalarParams } from "../engines/elementwise.js";

/** a / b in floating point; integers are promoted by the façade first. */
export const div = binary({
  name: "div",
  dtype: "float",
  reference: (a, b, _p: ScalarParams | void) => a / b,
  complex: complexDiv,
  saves: ["a", "b"],
  saveIf: { a: "b" },
  vjp: (gy, { a, b }, { needs }) => {
    const ga = gy.div(b.conj());
    return { a: needs(0) ? ga : null, b: needs(1) ? ga.mul(a.div(b).conj()).neg() : null };
  },
  simd: "f32 f64",
  domain: [
    [-3, 3],
    [0.5, 3],
  ],
  special: [
    [1, 0, Infinity],
    [0, 0, NaN],
    [1, -0, -Infinity],
  ],
  source: "IEEE 754; complex division by Smith's method",
});
