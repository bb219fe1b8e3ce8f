import { binary } from "../engines/elementwise.js";

/** x·y, and 0 wherever y is 0 even if x is infinite or NaN; its derivatives are such products with gy. */
export const mulNoNan = binary({
  name: "mulNoNan",
  dtype: "float",
  reference: (a, b) => (b === 0 ? 0 : a * b),
  complex: (ar, ai, br, bi, out) => {
    const zero = br === 0 && bi === 0;
    out.re = zero ? 0 : ar * br - ai * bi;
    out.im = zero ? 0 : ar * bi + ai * br;
  },
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { needs }) => ({
    a: needs(0) ? gy.mulNoNan(b.conj()) : null,
    b: needs(1) ? a.conj().mulNoNan(gy) : null,
  }),
  domain: [0.4, 3],
  special: [
    [Infinity, 0, 0],
    [NaN, 0, 0],
    [0, Infinity, NaN],
  ],
  source: "definition",
});
