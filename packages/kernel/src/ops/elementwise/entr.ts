import { unary } from "../engines/elementwise.js";

/** −x · log x, the entropy of one probability; 0 at 0 and −∞ below. */
export const entr = unary({
  name: "entr",
  dtype: "float",
  reference: (x) => (x > 0 ? -x * Math.log(x) : x === 0 ? 0 : Number.isNaN(x) ? x : -Infinity),
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.log().add(1).neg()) }),
  domain: [0.2, 2],
  special: [
    [0, 0],
    [1, -0],
    [-1, -Infinity],
    [NaN, NaN],
  ],
});
