import { fresnelOf } from "../../math/integrals.js";
import { unary } from "../engines/elementwise.js";

/** Fresnel's integral C(x) = ∫₀ˣ cos(πt²/2) dt. */
export const fresnelCos = unary({
  name: "fresnelCos",
  dtype: "float",
  reference: (x) => fresnelOf(x)[0],
  saves: ["x"],
  vjp: (gy, { x }) => ({
    x: gy.mul(
      x
        .square()
        .mul(Math.PI / 2)
        .cos(),
    ),
  }),
  tolerance: { float64: { ulp: 4 } },
  special: [
    [0, 0],
    [1, 0.779893400376823],
    [-20, -0.49998733497234443],
    [Infinity, 0.5],
  ],
  source: "power series; the continued fraction of the complementary error function from 1.5 on",
});
