import { fresnelOf } from "../../math/integrals.js";
import { unary } from "../engines/elementwise.js";

/** Fresnel's integral S(x) = ∫₀ˣ sin(πt²/2) dt. */
export const fresnelSin = unary({
  name: "fresnelSin",
  dtype: "float",
  reference: (x) => fresnelOf(x)[1],
  saves: ["x"],
  vjp: (gy, { x }) => ({
    x: gy.mul(
      x
        .square()
        .mul(Math.PI / 2)
        .sin(),
    ),
  }),
  special: [
    [0, 0],
    [1, 0.4382591473903547],
    [-20, -0.4840845359259539],
    [Infinity, 0.5],
  ],
  source: "power series; the continued fraction of the complementary error function from 1.5 on",
});
