import { smallerBig } from "../../math/elementary.js";
import { binary } from "../engines/elementwise.js";
import { chosenGradients, type TiesParams } from "../engines/ties.js";

/** The smaller of a and b; NaN if one of them is. A tie shares the gradient by halves, or `ties: "first"` gives it to a. */
export const minimum = binary({
  name: "minimum",
  dtype: "same",
  reference: (a, b, _p: TiesParams | void) => Math.min(a, b),
  integer: (a, b) => Math.min(a, b),
  bigint: smallerBig,
  boolean: "integer",
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { params }) => chosenGradients(gy, a, b, a.gt(b), a.lt(b), params?.ties ?? "half"),
  simd: "f32 f64 i32 i64",
  special: [
    [1, 2, 1],
    [-0, 0, -0],
    [NaN, 1, NaN],
    [1, NaN, NaN],
  ],
});
