import { binary } from "../engines/elementwise.js";

export interface SmoothL1Params {
  /** Where the square meets the line; greater than 0. */
  readonly beta: number;
}

/** With d = |x − t|: d²/(2·beta) below beta, d − beta/2 from there on. */
export const smoothL1 = binary({
  name: "smoothL1",
  inputs: ["x", "t"],
  dtype: "float",
  reference: (x, t, { beta }: SmoothL1Params) => {
    const d = Math.abs(x - t);
    return d < beta ? (0.5 * d * d) / beta : d - 0.5 * beta;
  },
  saves: ["x", "t"],
  vjp: (gy, { x, t }, { params, needs }) => {
    const g = gy.mul(x.sub(t).div(params.beta).clampMin(-1).clampMax(1));
    return { x: needs(0) ? g : null, t: needs(1) ? g.neg() : null };
  },
  samples: [
    {
      inputs: [
        [2, 4],
        [2, 4],
      ],
      params: { beta: 0.6 },
    },
  ],
});
