import { unary } from "../engines/elementwise.js";

/** How far x is kept away from 0 and 1; not at all if left out. */
export interface LogitParams {
  readonly eps?: number | null;
}

/** log(x / (1 − x)), the inverse of the sigmoid; with `eps`, x is limited to [eps, 1 − eps] first. */
export const logit = unary({
  name: "logit",
  dtype: "float",
  reference: (x, p: LogitParams | undefined) => {
    const eps = p?.eps;
    if (eps !== undefined && eps !== null) x = Math.min(Math.max(x, eps), 1 - eps);
    // Near ½ the quotient is near 1, where the logarithm wants the difference from 1.
    return x > 0.3 && x < 0.7 ? Math.log1p((2 * x - 1) / (1 - x)) : Math.log(x / (1 - x));
  },
  saves: ["x"],
  vjp: (gy, { x }, { params }) => {
    const eps = params?.eps;
    const slope = gy.div(x.mul(x.neg().add(1)));
    if (eps === undefined || eps === null) return { x: slope.where(x.ge(0).logicalAnd(x.le(1)), Number.NaN) };
    return { x: slope.where(x.ge(eps).logicalAnd(x.le(1 - eps)), 0) };
  },
  domain: [0.15, 0.85],
  special: [
    [0, -Infinity],
    [1, Infinity],
    [0.5, 0],
    [2, NaN],
    [NaN, NaN],
  ],
  samples: [
    { inputs: [[2, 3]] },
    { inputs: [{ shape: [4], values: [0.05, 0.3, 0.7, 0.97] }], params: { eps: 0.1 } },
  ],
});
