import { largerBig } from "../../math/elementary.js";
import { binary } from "../engines/elementwise.js";
import { chosenGradients, type TiesParams } from "../engines/ties.js";

/** The larger of a and b; NaN if one of them is. A tie shares the gradient by halves, or `ties: "first"` gives it to a. */
export const maximum = binary({
  name: "maximum",
  dtype: "same",
  reference: (a, b, _p: TiesParams | void) => Math.max(a, b),
  integer: (a, b) => Math.max(a, b),
  bigint: largerBig,
  boolean: "integer",
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { params }) => chosenGradients(gy, a, b, a.lt(b), a.gt(b), params?.ties ?? "half"),
  simd: "f32 f64 i32 i64",
  special: [
    [1, 2, 2],
    [-0, 0, 0],
    [NaN, 1, NaN],
    [1, NaN, NaN],
  ],
});
