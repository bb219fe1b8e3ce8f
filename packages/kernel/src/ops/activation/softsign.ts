import { unary } from "../engines/elementwise.js";

/** x / (1 + |x|). */
export const softsign = unary({
  name: "softsign",
  dtype: "float",
  reference: (x) => x / (1 + Math.abs(x)),
  complex: (re, im, out) => {
    const size = 1 + Math.hypot(re, im);
    out.re = re / size;
    out.im = im / size;
  },
  saves: ["x"],
  vjp: (gy, { x }) => {
    const size = x.abs().add(1);
    if (x.dtype.kind !== "complex") return { x: gy.div(size.square()) };
    // Along z the modulus grows with it, which takes part of the slope away.
    const unit = x.sgn();
    const along = gy.mul(unit.conj()).real();
    const lost = along.mul(x.abs()).div(size.square()).cast({ dtype: x.dtype });
    return { x: gy.div(size.cast({ dtype: x.dtype })).sub(unit.mul(lost)) };
  },
  domain: [0.2, 2],
  special: [
    [0, 0],
    [-1, -0.5],
    [NaN, NaN],
  ],
});
