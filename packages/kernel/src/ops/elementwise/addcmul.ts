import { complexMul } from "../../math/complex.js";
import { ternary } from "../engines/elementwise.js";
import { prepareScale, type ScaledParams, timesScale } from "../engines/scaled.js";
import type { ComplexScalar } from "../row.js";

const product = { re: 0, im: 0 };

/** x + value·a·b. */
export const addcmul = ternary({
  name: "addcmul",
  inputs: ["x", "a", "b"],
  dtype: "same",
  prepare: prepareScale,
  reference: (x, a, b, { value }: ScaledParams) => x + (value as number) * a * b,
  integer: (x, a, b, { value }) => x + Math.imul(Math.imul(value as number, a), b),
  bigint: (x, a, b, { value }) => x + (value as bigint) * a * b,
  complex: (xr, xi, ar, ai, br, bi, out, { value }) => {
    const { re, im } = value as ComplexScalar;
    complexMul(ar, ai, br, bi, product);
    out.re = xr + re * product.re - im * product.im;
    out.im = xi + re * product.im + im * product.re;
  },
  saves: ["a", "b"],
  saveIf: { a: "b", b: "a" },
  vjp: (gy, { a, b }, { needs, params }) => ({
    x: gy,
    a: needs(1) ? timesScale(gy, params).mul(b.conj()) : null,
    b: needs(2) ? timesScale(gy, params).mul(a.conj()) : null,
  }),
  special: [
    [1, 2, 3, 7],
    [0, 0, Infinity, NaN],
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
