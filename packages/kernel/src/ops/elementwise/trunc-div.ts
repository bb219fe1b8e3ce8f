import { DivisionByZeroError } from "../../errors/errors.js";
import { binary } from "../engines/elementwise.js";
import { zeros } from "../engines/vjp.js";

/** a / b rounded towards zero, C's integer division. @throws DivisionByZeroError for integers */
export const truncDiv = binary({
  name: "truncDiv",
  dtype: "same",
  reference: (a, b) => Math.trunc(a / b),
  integer: (a, b) => {
    if (b === 0) throw new DivisionByZeroError("truncDiv");
    return Math.trunc(a / b);
  },
  bigint: (a, b) => {
    if (b === 0n) throw new DivisionByZeroError("truncDiv");
    return a / b;
  },
  vjp: (gy) => ({ a: zeros(gy), b: zeros(gy) }),
  domain: [
    [2.1, 2.9],
    [0.9, 0.99],
  ],
  special: [
    [7, -2, -3],
    [-7, 2, -3],
    [1, 0, Infinity],
    [0, 0, NaN],
  ],
});
