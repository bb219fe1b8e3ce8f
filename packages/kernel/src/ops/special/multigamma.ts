import { lgammaOf } from "../../math/gamma.js";
import { unary } from "../engines/elementwise.js";

export interface MultigammaParams {
  /** Dimension of the matrices that the multivariate gamma function integrates over. */
  readonly p: number;
}

/** log Γ_p(x) = p(p − 1)/4·log π + Σ log Γ(x − j/2), j = 0 … p − 1. */
export const multigamma = unary({
  name: "multigamma",
  dtype: "float",
  reference: (x, { p }: MultigammaParams) => {
    let sum = ((p * (p - 1)) / 4) * Math.log(Math.PI);
    for (let j = 0; j < p; j++) sum += lgammaOf(x - j / 2);
    return sum;
  },
  saves: ["x"],
  vjp: (gy, { x }, { params }) => {
    let slope = x.digamma();
    for (let j = 1; j < params.p; j++) slope = slope.add(x.sub(j / 2).digamma());
    return { x: gy.mul(slope) };
  },
  domain: [2.2, 5],
  samples: [
    { inputs: [[2, 3]], params: { p: 1 } },
    { inputs: [[2, 3]], params: { p: 3 } },
  ],
});
