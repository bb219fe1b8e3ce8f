import { Complex } from "../numbers/complex.js";
import { decompose } from "../numbers/decimal.js";
import { isInt } from "../numbers/float.js";

// Python hashes numbers modulo the Mersenne prime 2^61 − 1, so that equal numbers of different types hash alike
// ("Hashing of numeric types" in its manual), and tuples by an xxHash variant (Objects/tupleobject.c).
const BITS = 61n;
const PRIME = (1n << BITS) - 1n;

const signed = (h: bigint): bigint => {
  const wrapped = BigInt.asIntN(64, h);
  return wrapped === -1n ? -2n : wrapped;
};

function hashInt(n: bigint): bigint {
  const magnitude = (n < 0n ? -n : n) % PRIME;
  return signed(n < 0n ? -magnitude : magnitude);
}

function hashFloat(x: number): bigint | null {
  if (Number.isNaN(x)) return null;
  if (!Number.isFinite(x)) return x > 0 ? 314159n : -314159n;
  if (x === 0) return 0n;
  const { mantissa, exponent } = decompose(Math.abs(x));
  // 2^61 ≡ 1, so that the exponent counts modulo 61, negative ones too.
  const h = (mantissa << BigInt(((exponent % 61) + 61) % 61)) % PRIME;
  return signed(x < 0 ? -h : h);
}

const [P1, P2, P5] = [11400714785074694791n, 14029467366897019727n, 2870177450012600261n];
const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);

function hashTuple(items: readonly unknown[]): bigint | null {
  let acc = P5;
  for (const item of items) {
    const lane = stableHash(item);
    if (lane === null) return null;
    acc = u64(acc + u64(lane) * P2);
    acc = u64((acc << 31n) | (acc >> 33n));
    acc = u64(acc * P1);
  }
  acc = u64(acc + (BigInt(items.length) ^ (P5 ^ 3527539n)));
  return acc === u64(-1n) ? 1546275796n : BigInt.asIntN(64, acc);
}

/**
 * The hash that CPython gives the value in every run, or `null` where it depends on the run (strings, objects) or does
 * not exist (lists).
 */
export function stableHash(x: unknown): bigint | null {
  if (typeof x === "number") return isInt(x) ? hashInt(BigInt(x)) : hashFloat(x);
  if (typeof x === "boolean") return x ? 1n : 0n;
  if (typeof x === "bigint") return hashInt(x);
  if (x instanceof Number) return hashFloat(x.valueOf());
  if (x instanceof Complex) {
    const [re, im] = [hashFloat(x.real), hashFloat(x.imag)];
    return re === null || im === null ? null : signed(re + 1000003n * im);
  }
  if (Array.isArray(x) && Object.isFrozen(x)) return hashTuple(x);
  return null;
}

const numeric = (x: unknown): number | bigint =>
  typeof x === "bigint" ? x : Number(x as number | boolean | Number);

/** Whether two values that have a stable hash are equal in Python. */
export function equalKeys(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => equalKeys(x, b[i]))
    );
  if (a instanceof Complex || b instanceof Complex) {
    const [p, q] = [a, b].map((x) => (x instanceof Complex ? x : new Complex(Number(x), 0))) as [
      Complex,
      Complex,
    ];
    return p.real === q.real && p.imag === q.imag;
  }
  const [x, y] = [numeric(a), numeric(b)];
  return x >= y && x <= y;
}
