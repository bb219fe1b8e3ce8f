import { LOW, twoProduct } from "./double-double.js";
import { expOfPair } from "./exp.js";
import { logOfPair } from "./log.js";

/**
 * x to the power y as C's `pow`, within 0.52 units in the last place: y·log x is carried in a pair of float64.
 *
 * Unlike JavaScript's `**`, 1 to any power and −1 to an infinite one are 1.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) return 1;
  const size = Math.abs(x);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY && Math.abs(y) < Number.POSITIVE_INFINITY)) return x ** y;
  let sign = 1;
  if (x < 0) {
    if (!Number.isInteger(y)) return Number.NaN;
    if (Math.abs(y % 2) === 1) sign = -1;
  }
  if (y === 1) return x;
  const l = logOfPair(size, 0);
  const ll = LOW[0]!;
  if (Math.abs(l * y) > 746) return l * y > 0 ? sign * Number.POSITIVE_INFINITY : sign * 0;
  if (Math.abs(l * y) < 1e-17) return sign;
  const p = twoProduct(l, y);
  return sign * expOfPair(p, LOW[0]! + ll * y);
}
