import { polygammaOf } from "../../math/gamma.js";
import { unary } from "../engines/elementwise.js";

export interface PolygammaParams {
  /** How often digamma is differentiated. */
  readonly n: number;
}

/** The n-th derivative of digamma. */
export const polygamma = unary({
  name: "polygamma",
  dtype: "float",
  reference: (x, p: PolygammaParams) => polygammaOf(p.n, x),
  saves: ["x"],
  vjp: (gy, { x }, { params }) => ({ x: gy.mul(x.polygamma({ n: params.n + 1 })) }),
  domain: [0.8, 4],
  samples: [
    { inputs: [[2, 3]], params: { n: 0 } },
    { inputs: [[2, 3]], params: { n: 1 } },
    { inputs: [[3]], params: { n: 4 } },
  ],
  source: "(−1)ⁿ⁺¹·n!·ζ(n + 1, x) with Euler–Maclaurin for ζ",
});
