import { binary } from "../engines/elementwise.js";

/** a · log b, and 0 where a is 0, whatever b. */
export const xlogy = binary({
  name: "xlogy",
  dtype: "float",
  reference: (a, b) => (Number.isNaN(b) ? b : a === 0 ? 0 : a * Math.log(b)),
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { needs }) => ({
    a: needs(0) ? gy.mul(b.log()).where(a.eq(0).logicalAnd(b.le(0)).logicalNot(), 0) : null,
    b: needs(1) ? gy.mul(a).div(b) : null,
  }),
  domain: [0.3, 2],
  special: [
    [0, 0, 0],
    [0, -1, 0],
    [0, NaN, NaN],
    [2, 0, -Infinity],
    [NaN, 1, NaN],
  ],
});
