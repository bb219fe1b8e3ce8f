import { largerBig } from "../../math/elementary.js";
import { binary } from "../engines/elementwise.js";
import { chosenGradients, type TiesParams } from "../engines/ties.js";

/** The larger of a and b, the other one where one is NaN. A tie gives the gradient to a, or `ties: "half"` shares it. */
export const fmax = binary({
  name: "fmax",
  dtype: "same",
  reference: (a, b, _p: TiesParams | void) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b)),
  integer: (a, b) => Math.max(a, b),
  bigint: largerBig,
  boolean: "integer",
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { params }) => {
    const aIsNaN = a.isnan();
    const bIsNaN = b.isnan();
    const aLoses = a.lt(b).logicalOr(aIsNaN.logicalAnd(bIsNaN.logicalNot()));
    return chosenGradients(gy, a, b, aLoses, a.gt(b).logicalOr(bIsNaN), params?.ties ?? "first");
  },
  special: [
    [1, 2, 2],
    [NaN, 1, 1],
    [1, NaN, 1],
    [NaN, NaN, NaN],
  ],
});
