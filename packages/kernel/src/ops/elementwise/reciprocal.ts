import { complexReciprocal } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** 1 / x. */
export const reciprocal = unary({
  name: "reciprocal",
  dtype: "float",
  reference: (x) => 1 / x,
  complex: complexReciprocal,
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.mul(y.square().conj()).neg() }),
  simd: "f32 f64",
  tolerance: { float32: { ulp: 1 } },
  domain: [0.4, 3],
  special: [
    [0, Infinity],
    [-0, -Infinity],
    [-Infinity, -0],
    [NaN, NaN],
  ],
});
