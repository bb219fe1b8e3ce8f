import { binary } from "../engines/elementwise.js";

export interface KlDivParams {
  /** t holds log-probabilities, as x does. */
  readonly logTarget?: boolean;
}

/** t·(log t − x) of log-probabilities x; nothing where t is 0 but −t·x. */
export const klDiv = binary({
  name: "klDiv",
  inputs: ["x", "t"],
  dtype: "float",
  reference: (x, t, p: KlDivParams | undefined) =>
    p?.logTarget ? Math.exp(t) * (t - x) : (t === 0 ? 0 : t * Math.log(t)) - t * x,
  saves: ["x", "t"],
  vjp: (gy, { x, t }, { params, needs }) => {
    if (params?.logTarget) {
      const g = gy.mul(t.exp());
      return { x: needs(0) ? g.neg() : null, t: needs(1) ? g.mul(t.sub(x).add(1)) : null };
    }
    return {
      x: needs(0) ? gy.mul(t).neg() : null,
      t: needs(1) ? gy.mul(t.log().add(1).sub(x)) : null,
    };
  },
  domain: [
    [-2, 0],
    [0.1, 0.9],
  ],
  samples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
      ],
    },
    { inputs: [[2, 3], { shape: [2, 3], range: [-2, 0] }], params: { logTarget: true } },
  ],
  source: "Kullback and Leibler, On information and sufficiency, 1951",
});
