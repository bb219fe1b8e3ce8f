import { binary } from "../engines/elementwise.js";

/** √(a² + b²) without overflow on the way. */
export const hypot = binary({
  name: "hypot",
  dtype: "float",
  reference: (a, b) => Math.hypot(a, b),
  saves: ["a", "b", "y"],
  saveIf: { a: "a", b: "b" },
  vjp: (gy, { a, b, y }, { needs }) => ({
    a: needs(0) ? gy.mul(a.div(y)) : null,
    b: needs(1) ? gy.mul(b.div(y)) : null,
  }),
  domain: [0.3, 2],
  special: [
    [3, 4, 5],
    [-0, 0, 0],
    [NaN, -Infinity, Infinity],
    [NaN, 1, NaN],
  ],
});
