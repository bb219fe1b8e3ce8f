import { ParamError } from "../../errors/errors.js";
import { complexPow } from "../../math/complex.js";
import { pow as power } from "../../math/precise/pow.js";
import { binary } from "../engines/elementwise.js";

/** What negative powers of integers are: an error, or the fraction cut off (1, ±1, else 0). */
export interface PowParams {
  readonly negative?: "error" | "truncate";
}

/** aᵇ. Integers wrap; see {@link PowParams} for their negative powers. */
export const pow = binary({
  name: "pow",
  dtype: "same",
  simd: "f64",
  reference: (a, b) => power(a, b),
  integer: (a, b, p: PowParams | void) => {
    if (b < 0) return negativePower(a, b % 2 !== 0, p);
    let y = 1;
    for (let n = b; n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) y = Math.imul(y, a);
      a = Math.imul(a, a);
    }
    return y;
  },
  bigint: (a, b, p) => {
    if (b < 0n) return BigInt(negativePower(Number(a), b % 2n !== 0n, p));
    let y = 1n;
    for (let n = b; n > 0n; n >>= 1n) {
      if (n & 1n) y = BigInt.asIntN(64, y * a);
      a = BigInt.asIntN(64, a * a);
    }
    return y;
  },
  boolean: (a, b) => (b ? a : 1),
  complex: complexPow,
  saves: ["a", "b", "y"],
  vjp: (gy, { a, b, y }, { needs, scalar }) => {
    const exponent = scalar(1);
    let ga = null;
    if (needs(0)) {
      if (exponent === 0) ga = gy.full(gy.shape, 0);
      else if (typeof exponent === "number")
        ga =
          exponent === 1
            ? gy
            : gy.mul(
                a
                  .pow(exponent - 1)
                  .mul(exponent)
                  .conj(),
              );
      else ga = gy.mul(b.mul(a.pow(b.sub(1))).conj()).where(b.ne(0), 0);
    }
    let gb = null;
    if (needs(1)) {
      // 0ᵇ stays 0 as b grows, although its logarithm does not exist.
      const still = a.eq(0).logicalAnd(b.real().ge(0));
      gb = gy.mul(y.mul(a.log()).conj()).where(still.logicalNot(), 0);
    }
    return { a: ga, b: gb };
  },
  domain: [
    [0.4, 2],
    [-2, 2],
  ],
  special: [
    [0, 0, 1],
    [NaN, 0, 1],
    [1, NaN, 1],
    [-1, Infinity, 1],
    [0, -1, Infinity],
    [-8, 1 / 3, NaN],
    [-0, 3, -0],
  ],
  source: "IEEE 754-2019 §9.2; C99 Annex F.9.4.4",
});

function negativePower(a: number, odd: boolean, p: PowParams | void): number {
  if (p?.negative === "error") throw new ParamError("pow", "b", "negative", "0 or above for integers");
  return a === 1 ? 1 : a === -1 ? (odd ? -1 : 1) : 0;
}
