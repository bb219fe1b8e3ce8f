import { binary } from "../engines/elementwise.js";

export interface HuberParams {
  /** Where the square meets the line; greater than 0. */
  readonly delta: number;
}

/** With d = |x − t|: d²/2 up to delta, delta·(d − delta/2) beyond it. */
export const huber = binary({
  name: "huber",
  inputs: ["x", "t"],
  dtype: "float",
  reference: (x, t, { delta }: HuberParams) => {
    const d = Math.abs(x - t);
    return d <= delta ? 0.5 * d * d : delta * (d - 0.5 * delta);
  },
  saves: ["x", "t"],
  vjp: (gy, { x, t }, { params: { delta }, needs }) => {
    const g = gy.mul(x.sub(t).clampMin(-delta).clampMax(delta));
    return { x: needs(0) ? g : null, t: needs(1) ? g.neg() : null };
  },
  samples: [
    {
      inputs: [
        [2, 4],
        [2, 4],
      ],
      params: { delta: 0.6 },
    },
  ],
  source: "Huber, Robust estimation of a location parameter, 1964",
});
