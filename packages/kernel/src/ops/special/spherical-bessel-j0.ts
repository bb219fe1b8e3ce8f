import { sphericalJ0Of } from "../../math/bessel.js";
import { unary } from "../engines/elementwise.js";

/** sin(x)/x; 1 at 0. */
export const sphericalBesselJ0 = unary({
  name: "sphericalBesselJ0",
  dtype: "float",
  reference: sphericalJ0Of,
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => ({ x: gy.mul(x.cos().sub(y).div(x)).where(x.ne(0), 0) }),
  domain: [0.3, 3],
  special: [
    [0, 1],
    [Infinity, 0],
    [NaN, NaN],
  ],
});
