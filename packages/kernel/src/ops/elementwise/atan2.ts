import { binary } from "../engines/elementwise.js";

/** The angle in (−π, π] of the point (b, a): the arc tangent of a/b in the quadrant that the signs tell. */
export const atan2 = binary({
  name: "atan2",
  dtype: "float",
  reference: (a, b) => Math.atan2(a, b),
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { needs }) => {
    const g = gy.div(a.square().add(b.square()));
    return { a: needs(0) ? g.mul(b) : null, b: needs(1) ? g.mul(a).neg() : null };
  },
  domain: [0.3, 2],
  special: [
    [0, -1, Math.PI],
    [-0, -1, -Math.PI],
    [0, 0, 0],
    [1, Infinity, 0],
    [NaN, 1, NaN],
  ],
});
