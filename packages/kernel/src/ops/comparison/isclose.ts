import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

export interface IscloseParams {
  readonly rtol?: number;
  readonly atol?: number;
  /** Whether NaN is close to NaN. */
  readonly equalNan?: boolean;
}

/** Whether |a − b| ≤ atol + rtol·|b|; infinities are close to themselves only. */
export const isclose = binary({
  name: "isclose",
  dtype: "bool",
  prepare: (p: IscloseParams | undefined): IscloseParams => ({
    rtol: p?.rtol ?? 1e-5,
    atol: p?.atol ?? 1e-8,
    equalNan: p?.equalNan ?? false,
  }),
  reference: (a, b, p) => {
    const { rtol, atol, equalNan } = p as Required<IscloseParams>;
    if (a === b) return 1;
    if (Number.isNaN(a) && Number.isNaN(b)) return +equalNan;
    return +(Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b));
  },
  integer: (a, b, p) => +(Math.abs(a - b) <= p!.atol! + p!.rtol! * Math.abs(b)),
  bigint: (a, b, p) => +(a === b || Math.abs(Number(a - b)) <= p!.atol! + p!.rtol! * Math.abs(Number(b))),
  boolean: "integer",
  complex: (ar, ai, br, bi, _out, p) => {
    const { rtol, atol, equalNan } = p as Required<IscloseParams>;
    if (ar === br && ai === bi) return 1;
    if ((Number.isNaN(ar) || Number.isNaN(ai)) && (Number.isNaN(br) || Number.isNaN(bi))) return +equalNan;
    const size = Math.hypot(br, bi);
    return +(Number.isFinite(size) && Math.hypot(ar - br, ai - bi) <= atol + rtol * size);
  },
  noGradient: DISCRETE,
  special: [
    [1, 1.000001, 1],
    [1, 1.1, 0],
    [Infinity, Infinity, 1],
    [Infinity, -Infinity, 0],
    [NaN, NaN, 0],
  ],
});
