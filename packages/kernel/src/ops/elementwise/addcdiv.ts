import { complexDiv } from "../../math/complex.js";
import { ternary } from "../engines/elementwise.js";
import { prepareScale, type ScaledParams, timesScale } from "../engines/scaled.js";
import type { ComplexScalar } from "../row.js";

const quotient = { re: 0, im: 0 };

/** x + value·a/b. */
export const addcdiv = ternary({
  name: "addcdiv",
  inputs: ["x", "a", "b"],
  dtype: "float",
  prepare: prepareScale,
  reference: (x, a, b, { value }: ScaledParams) => x + ((value as number) * a) / b,
  complex: (xr, xi, ar, ai, br, bi, out, { value }) => {
    const { re, im } = value as ComplexScalar;
    complexDiv(ar, ai, br, bi, quotient);
    out.re = xr + re * quotient.re - im * quotient.im;
    out.im = xi + re * quotient.im + im * quotient.re;
  },
  saves: ["a", "b"],
  saveIf: { a: "b" },
  vjp: (gy, { a, b }, { needs, params }) => {
    const ga = timesScale(gy, params).div(b.conj());
    return { x: gy, a: needs(1) ? ga : null, b: needs(2) ? ga.mul(a.div(b).conj()).neg() : null };
  },
  special: [
    [1, 6, 3, 3],
    [1, 1, 0, Infinity],
  ],
  domain: [
    [-2, 2],
    [-2, 2],
    [0.5, 2],
  ],
  samples: [
    { inputs: [[2, 3], [3], [2, 1]], params: { value: 0.5 } },
    {
      inputs: [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
      params: {},
    },
  ],
});
