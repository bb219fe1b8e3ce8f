import { binary } from "../engines/elementwise.js";
import { type NanParams, ofNaN } from "../engines/nan-params.js";
import { DISCRETE } from "../engines/vjp.js";

/** 0 below 0, 1 above, and `values` at 0. */
export const heaviside = binary({
  name: "heaviside",
  inputs: ["x", "values"],
  dtype: "same",
  reference: (x, values, p: NanParams | void) => (x < 0 ? 0 : x > 0 ? 1 : x === 0 ? values : ofNaN(x, p)),
  integer: "reference",
  bigint: (x, values) => (x < 0n ? 0n : x > 0n ? 1n : values),
  boolean: (x, values) => x | values,
  noGradient: DISCRETE,
  special: [
    [3, NaN, 1],
    [-2, 0.5, 0],
    [-0, 0.5, 0.5],
    [3, 0.5, 1],
    [NaN, 0.5, NaN],
  ],
});
