import { softplusOf } from "../../math/logistic.js";
import { ternary } from "../engines/elementwise.js";

/**
 * −w·t·log σ(x) − (1 − t)·log(1 − σ(x)) of logits x with weight w of the positive class, computed from softplus so that
 * no logarithm of 0 arises.
 */
export const binaryCrossEntropyWithLogits = ternary({
  name: "binaryCrossEntropyWithLogits",
  inputs: ["x", "t", "w"],
  dtype: "float",
  reference: (x, t, w) => (1 - t) * x + (1 + (w - 1) * t) * softplusOf(-x),
  saves: ["x", "t", "w"],
  vjp: (gy, { x, t, w }, { needs }) => {
    const share = w.sub(1).mul(t).add(1);
    const soft = needs(1) || needs(2) ? x.logSigmoid().neg() : null;
    return {
      x: needs(0) ? gy.mul(t.rsub(1).sub(share.mul(x.neg().sigmoid()))) : null,
      t: needs(1) ? gy.mul(w.sub(1).mul(soft!).sub(x)) : null,
      w: needs(2) ? gy.mul(t).mul(soft!) : null,
    };
  },
  special: [
    [-1000, 0, 1, 0],
    [1000, 1, 1, 0],
  ],
  samples: [
    {
      inputs: [[2, 3], [2, 3], { shape: [3], range: [0.5, 2] }],
    },
  ],
});
