import { largestOf } from "../../dtype/dtype.js";
import { unary } from "../engines/elementwise.js";

/** What takes the place of NaN (0) and the infinities (the type's largest and smallest numbers). */
export interface NanToNumParams {
  readonly nan?: number;
  readonly posinf?: number | null;
  readonly neginf?: number | null;
}

const replace = (x: number, p: NanToNumParams): number =>
  Number.isNaN(x) ? p.nan! : x === Infinity ? p.posinf! : x === -Infinity ? p.neginf! : x;

/** x with NaN and infinities replaced; parts of complex numbers one by one. */
export const nanToNum = unary({
  name: "nanToNum",
  dtype: "same",
  prepare: (p: NanToNumParams | undefined, d) => ({
    nan: p?.nan ?? 0,
    posinf: p?.posinf ?? largestOf(d),
    neginf: p?.neginf ?? -largestOf(d),
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
