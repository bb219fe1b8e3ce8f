import { toTensor } from "../core/convert.js";
import { one } from "../core/execute.js";
import { assert_equal, assert_less, assert_positive } from "../ops/debugging.js";
import type { Tensor } from "../shared.js";
import { magnitude } from "./values.js";

/* Checks that several operators make. */

export const realPart = (x: Tensor): Tensor =>
  x.dtype.is_complex ? one("Real", [x], { Tout: x.dtype.real_dtype }) : x;
export const imagPart = (x: Tensor): Tensor => one("Imag", [x], { Tout: x.dtype.real_dtype });

export const noZeros = (x: Tensor, message: string): unknown => {
  const size = magnitude(x);
  return assert_less(toTensor(0, { dtype: size.dtype }), size, message);
};
export const noImaginary = (x: Tensor, message: string): unknown =>
  x.dtype.is_complex ? assert_equal(toTensor(0, { dtype: x.dtype.real_dtype }), imagPart(x), message) : null;
export const positiveReal = (x: Tensor, message: string): unknown => assert_positive(realPart(x), message);
