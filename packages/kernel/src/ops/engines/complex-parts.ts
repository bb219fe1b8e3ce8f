import { type DType, isComplex } from "../../dtype/dtype.js";
import { copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { add } from "../elementwise/add.js";
import { sub } from "../elementwise/sub.js";
import { imag, real } from "../shape/parts.js";
import type { Value } from "../value.js";

const part = (row: typeof real, x: Strided): Strided => row.run([x], undefined) as Strided;
const combine = (row: typeof add, a: Strided, b: Strided): Strided => row.run([a, b], undefined) as Strided;

/** A product of two complex arrays, linear in each, from the same product of real ones. */
export function bilinearByParts(
  product: (a: Strided, b: Strided) => Strided,
  a: Strided,
  b: Strided,
  dtype: DType,
): Strided {
  const [ar, ai, br, bi] = [part(real, a), part(imag, a), part(real, b), part(imag, b)];
  const re = combine(sub, product(ar, br), product(ai, bi));
  const im = combine(add, product(ar, bi), product(ai, br));
  const y = Strided.zeros(dtype, re.shape);
  copyInto(part(real, y), re);
  copyInto(part(imag, y), im);
  return y;
}

/** A linear map of a complex array from the same map of its parts. */
export function linearByParts(map: (x: Strided) => Strided, x: Strided): Strided {
  const [re, im] = [map(part(real, x)), map(part(imag, x))];
  const y = Strided.zeros(x.dtype, re.shape);
  copyInto(part(real, y), re);
  copyInto(part(imag, y), im);
  return y;
}

/** The conjugate, which a real array is itself. */
export const conjugate = (x: Value): Value => (isComplex(x.dtype) ? x.conj() : x);
