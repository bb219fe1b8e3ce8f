import { MissingDerivativeError } from "../../errors/errors.js";
import { zetaOf } from "../../math/gamma.js";
import { binary } from "../engines/elementwise.js";

/** Hurwitz' zeta function ζ(s, q) = Σ (q + k)^−s, k ≥ 0; differentiable in q. */
export const zeta = binary({
  name: "zeta",
  inputs: ["s", "q"],
  dtype: "float",
  reference: zetaOf,
  saves: ["s", "q"],
  vjp: (gy, { s, q }, { needs }) => {
    if (needs(0)) throw new MissingDerivativeError("zeta", "s");
    return { q: needs(1) ? gy.mul(s.mul(s.add(1).zeta(q))).neg() : null };
  },
  domain: [
    [1.5, 4],
    [0.5, 3],
  ],
  samples: [{ inputs: [[2, 3], [3]], constant: ["s"] }],
  special: [
    [1, 2, Infinity],
    [0.5, 2, NaN],
    [2, 0, Infinity],
    [2, NaN, NaN],
    [Infinity, 3, 0],
    [1e300, 2, 0],
  ],
  source: "Euler–Maclaurin summation",
});
