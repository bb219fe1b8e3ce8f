const MAX = BigInt(Number.MAX_SAFE_INTEGER);

/** A Python int: a number where that is exact, else a bigint. */
export const normalInt = (n: bigint): number | bigint => (n <= MAX && n >= -MAX ? Number(n) : n);

/** Bits of a whole number's magnitude. */
const bitLength = (n: bigint): number => {
  const hex = n.toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28;
};

/** `top / bottom` correctly rounded to a double, ties to even; `Infinity` where it is too large. */
export function ratio(top: bigint, bottom: bigint): number {
  if (top === 0n) return bottom < 0n ? -0 : 0;
  const negative = top < 0n !== bottom < 0n;
  const [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  // So many quotient bits that the double's last bit is among them, and no more than it holds where it is subnormal.
  const shift = Math.max(bitLength(a) - bitLength(b) - 55, -1074 - 2);
  const [p, q] = shift < 0 ? [a << BigInt(-shift), b] : [a, b << BigInt(shift)];
  let quotient = p / q;
  // A sticky bit keeps what the division leaves over from looking like a tie.
  if (p % q !== 0n) quotient |= 1n;
  const x = roundBits(quotient, shift);
  return negative ? -x : x;
}

/** `n · 2^exponent` as a double, ties to even. */
function roundBits(n: bigint, exponent: number): number {
  const drop = Math.max(bitLength(n) - 53, -1074 - exponent, 0);
  if (drop === 0) return Number(n) * 2 ** exponent;
  const unit = 1n << BigInt(drop);
  const rest = n % unit;
  let kept = n / unit;
  if (rest * 2n > unit || (rest * 2n === unit && kept % 2n === 1n)) kept += 1n;
  // The power is a double itself (2^−1074 at least), so that the product is exact or infinite.
  return Number(kept) * 2 ** (exponent + drop);
}
