import { smallerBig } from "../../math/elementary.js";
import { binary } from "../engines/elementwise.js";

/** x, but at most `high`. NaN anywhere gives NaN. The gradient passes at the bound. */
export const clampMax = binary({
  name: "clampMax",
  inputs: ["x", "high"],
  dtype: "same",
  reference: (x, high) => Math.min(x, high),
  integer: "reference",
  bigint: smallerBig,
  boolean: "integer",
  saves: ["x", "high"],
  vjp: (gy, { x, high }, { needs }) => ({
    x: needs(0) ? gy.where(x.le(high), 0) : null,
    high: needs(1) ? gy.where(x.gt(high), 0) : null,
  }),
  simd: "minimum f32 f64 i32 i64",
  special: [
    [3, 0, 0],
    [NaN, 0, NaN],
    [0, NaN, NaN],
  ],
});
