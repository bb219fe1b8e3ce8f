import { bfloat16, type DType, float16, float32, realOf } from "../../dtype/dtype.js";
import { unary } from "../engines/elementwise.js";

/** What takes the place of NaN (0) and the infinities (the type's largest and smallest numbers). */
export interface NanToNumParams {
  readonly nan?: number;
  readonly posinf?: number | null;
  readonly neginf?: number | null;
}

/** The largest finite number of a floating type. */
function largest(d: DType): number {
  const real = realOf(d);
  return real === float16
    ? 65504
    : real === bfloat16
      ? 2 ** 127 * (2 - 2 ** -7)
      : real === float32
        ? 2 ** 127 * (2 - 2 ** -23)
        : Number.MAX_VALUE;
}

const replace = (x: number, p: NanToNumParams): number =>
  Number.isNaN(x) ? p.nan! : x === Infinity ? p.posinf! : x === -Infinity ? p.neginf! : x;

/** x with NaN and infinities replaced; parts of complex numbers one by one. */
export const nanToNum = unary({
  name: "nanToNum",
  dtype: "same",
  prepare: (p: NanToNumParams | undefined, d) => ({
    nan: p?.nan ?? 0,
    posinf: p?.posinf ?? largest(d),
    neginf: p?.neginf ?? -largest(d),
  }),
  reference: replace as (x: number, p: NanToNumParams | undefined) => number,
  integer: (x) => x,
  bigint: (x) => x,
  boolean: (x) => x,
  complex: (re, im, out, p) => {
    out.re = replace(re, p!);
    out.im = replace(im, p!);
  },
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.where(x.isfinite(), 0) }),
  special: [
    [NaN, 0],
    [1.5, 1.5],
  ],
});
