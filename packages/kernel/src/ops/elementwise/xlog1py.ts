import { binary } from "../engines/elementwise.js";

/** a · log(1 + b), and 0 where a is 0, whatever b. */
export const xlog1py = binary({
  name: "xlog1py",
  dtype: "float",
  reference: (a, b) => (Number.isNaN(b) ? b : a === 0 ? 0 : a * Math.log1p(b)),
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { needs }) => ({
    a: needs(0) ? gy.mul(b.log1p()).where(a.eq(0).logicalAnd(b.le(-1)).logicalNot(), 0) : null,
    b: needs(1) ? gy.mul(a).div(b.add(1)) : null,
  }),
  domain: [0.3, 2],
  special: [
    [0, -1, 0],
    [0, NaN, NaN],
    [2, -1, -Infinity],
  ],
});
