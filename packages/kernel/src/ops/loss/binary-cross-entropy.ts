import { binary } from "../engines/elementwise.js";

export interface BinaryCrossEntropyParams {
  /** Logarithms below this are raised to it; none if left out. */
  readonly floor?: number;
}

/** −t·log x − (1 − t)·log(1 − x) of probabilities x. */
export const binaryCrossEntropy = binary({
  name: "binaryCrossEntropy",
  inputs: ["x", "t"],
  dtype: "float",
  reference: (x, t, p: BinaryCrossEntropyParams | undefined) => {
    const floor = p?.floor ?? -Infinity;
    return (t - 1) * Math.max(Math.log1p(-x), floor) - t * Math.max(Math.log(x), floor);
  },
  saves: ["x", "t"],
  vjp: (gy, { x, t }, { needs }) => ({
    // The slope is held finite where x reaches 0 or 1, which is where the floor holds the logarithms.
    x: needs(0) ? gy.mul(x.sub(t)).div(x.mul(x.rsub(1)).clampMin(1e-12)) : null,
    t: needs(1) ? gy.mul(x.neg().log1p().sub(x.log())) : null,
  }),
  domain: [0.1, 0.9],
  samples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
      ],
      params: { floor: -100 },
    },
  ],
  special: [[0.5, 1, Math.LN2]],
});
