import { addDD, type DD, expDD, logDD, mulDD, twoProduct } from "./double-double.js";

const isOdd = (y: number): boolean => Math.abs(y) < 2 ** 53 && Math.abs(y) % 2 === 1;

/** x^y for positive finite x and finite y, correctly rounded but for one in 2^40 cases. */
function positivePower(x: number, y: number): number {
  const product = mulDD(logDD(x), [y, 0]);
  if (product[0] > 710) return Number.POSITIVE_INFINITY;
  if (product[0] < -746) return 0;
  const { factor, exponent } = expDD(product);
  const [high] = factor;
  if (exponent >= 1024) return high * 2 ** 1023 * 2 ** (exponent - 1023);
  return exponent >= -1021 ? high * 2 ** exponent : high * 2 ** -1000 * 2 ** (exponent + 1000);
}

/** C's `pow`: JavaScript's `**` differs from it in `1 ** NaN`, in `(-1) ** Infinity` and in the last place. */
export function floatPower(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) return 1;
  // Beyond 2^70 the exponent alone decides between 0, 1 and infinity.
  if (!Number.isFinite(x) || !(Math.abs(y) < 2 ** 70) || x === 0) return x ** y;
  if (x < 0) {
    if (!Number.isInteger(y)) return Number.NaN;
    const z = positivePower(-x, y);
    return isOdd(y) ? -z : z;
  }
  return positivePower(x, y);
}

/** √(x² + y²), correctly rounded, without overflow on the way. */
export function hypot(x: number, y: number): number {
  const [a, b] = [Math.max(Math.abs(x), Math.abs(y)), Math.min(Math.abs(x), Math.abs(y))];
  if (a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (Number.isNaN(a) || a === 0) return a;
  // To where squares neither overflow nor lose bits.
  const scale = a > 2 ** 400 ? 2 ** -600 : a < 2 ** -300 ? 2 ** 600 : 1;
  const [p, q] = [a * scale, b * scale];
  const square: DD = addDD(twoProduct(p, p), q < p * 2 ** -60 ? [0, 0] : twoProduct(q, q));
  const root = Math.sqrt(square[0]);
  const rest = addDD(square, mulDD([root, 0], [-root, 0]));
  return (root + rest[0] / (2 * root)) / scale;
}
