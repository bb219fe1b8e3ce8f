import { largerBig } from "../../math/elementary.js";
import { binary } from "../engines/elementwise.js";

/** x, but at least `low`. NaN anywhere gives NaN. The gradient passes at the bound. */
export const clampMin = binary({
  name: "clampMin",
  inputs: ["x", "low"],
  dtype: "same",
  reference: (x, low) => Math.max(x, low),
  integer: "reference",
  bigint: largerBig,
  boolean: "integer",
  saves: ["x", "low"],
  vjp: (gy, { x, low }, { needs }) => ({
    x: needs(0) ? gy.where(x.ge(low), 0) : null,
    low: needs(1) ? gy.where(x.lt(low), 0) : null,
  }),
  simd: "maximum f32 f64 i32 i64",
  special: [
    [-3, 0, 0],
    [NaN, 0, NaN],
    [0, NaN, NaN],
  ],
});
