import { complexExp2 } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** 2ˣ. */
export const exp2 = unary({
  name: "exp2",
  dtype: "float",
  reference: (x) => 2 ** x,
  complex: complexExp2,
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.mul(y.conj()).mul(Math.LN2) }),
  special: [
    [0, 1],
    [10, 1024],
    [-Infinity, 0],
    [NaN, NaN],
  ],
});
