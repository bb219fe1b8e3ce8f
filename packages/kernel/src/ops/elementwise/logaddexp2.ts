import { binary } from "../engines/elementwise.js";

/** log₂(2ᵃ + 2ᵇ) without overflow. */
export const logaddexp2 = binary({
  name: "logaddexp2",
  dtype: "float",
  reference: (a, b) => {
    if (a === b && Math.abs(a) === Infinity) return a;
    const d = -Math.abs(a - b);
    return Number.isNaN(d) ? d : Math.max(a, b) + Math.log1p(2 ** d) * Math.LOG2E;
  },
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { needs }) => ({
    a: needs(0) ? gy.mul(a.sub(b).mul(Math.LN2).sigmoid()) : null,
    b: needs(1) ? gy.mul(b.sub(a).mul(Math.LN2).sigmoid()) : null,
  }),
  special: [
    [-Infinity, -Infinity, -Infinity],
    [Infinity, Infinity, Infinity],
    [1, 1, 2],
    [NaN, 1, NaN],
  ],
});
