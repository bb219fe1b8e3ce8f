import { binary } from "../engines/elementwise.js";
import { zeros } from "../engines/vjp.js";

const negative = (x: number): boolean => x < 0 || Object.is(x, -0);

/** |a| with the sign of b. */
export const copysign = binary({
  name: "copysign",
  dtype: "float",
  reference: (a, b) => (negative(b) ? -Math.abs(a) : Math.abs(a)),
  saves: ["a", "y"],
  vjp: (gy, { a, y }) => ({ a: gy.mul(y.div(a)).where(a.ne(0), 0), b: zeros(gy) }),
  domain: [0.2, 2],
  special: [
    [1, NaN, 1],
    [1, -0, -1],
    [-1, 0, 1],
    [0, -5, -0],
    [-Infinity, 1, Infinity],
  ],
});
