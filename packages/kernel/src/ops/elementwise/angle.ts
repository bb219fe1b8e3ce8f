import { unary } from "../engines/elementwise.js";
import { zeros } from "../engines/vjp.js";

/** The angle of a complex number in (−π, π]; of a real one 0 or π. */
export const angle = unary({
  name: "angle",
  dtype: "real",
  reference: (x) => (Number.isNaN(x) ? x : x < 0 ? Math.PI : 0),
  complex: (re, im) => Math.atan2(im, re),
  saves: ["x"],
  vjp: (gy, { x }) => {
    if (x.dtype.kind !== "complex") return { x: zeros(gy) };
    const size = x.abs();
    const g = x.mul({ re: 0, im: 1 }).mul(gy.div(size.square()).cast({ dtype: x.dtype }));
    return { x: g.where(size.ne(0), 0) };
  },
  domain: [0.2, 2],
  special: [
    [-2, Math.PI],
    [2, 0],
    [-0, 0],
    [NaN, NaN],
  ],
});
