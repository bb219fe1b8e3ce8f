import { MemoryError, OverflowError, ValueError, ZeroDivisionError } from "../exceptions.js";
import { Complex } from "../numbers/complex.js";
import { asFloat } from "../numbers/float.js";
import { normalInt, ratio } from "../numbers/int.js";
import { floatPower } from "../numbers/power.js";
import { toFloat } from "../protocol/convert.js";
import { Tuple } from "../sequences/tuple.js";
import { complexDivide, complexPower } from "./complex.js";

/** A Python int: a safe number or, beyond, a bigint. */
export type Int = number | bigint;

/** An operator's meaning by the wider kind of its operands; a kind that is left out is no operand of it. */
export interface Numeric {
  /** Of two booleans, where that is no int. */
  bool?(a: boolean, b: boolean): boolean;
  int?(a: Int, b: Int): unknown;
  float?(a: number, b: number): unknown;
  complex?(a: Complex, b: Complex): unknown;
}

/** An int op in doubles where those are exact, else in bigints. */
const exact =
  (small: (a: number, b: number) => number, big: (a: bigint, b: bigint) => bigint) =>
  (a: Int, b: Int): Int => {
    if (typeof a === "number" && typeof b === "number") {
      const r = small(a, b);
      if (Number.isSafeInteger(r)) return r + 0;
    }
    return normalInt(big(BigInt(a), BigInt(b)));
  };

const float =
  (f: (a: number, b: number) => number) =>
  (a: number, b: number): number =>
    asFloat(f(a, b));

const pair =
  (re: (a: Complex, b: Complex) => number, im: (a: Complex, b: Complex) => number) =>
  (a: Complex, b: Complex): Complex =>
    new Complex(re(a, b), im(a, b));

export const addition: Numeric = {
  int: exact(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  float: float((a, b) => a + b),
  complex: pair(
    (a, b) => a.real + b.real,
    (a, b) => a.imag + b.imag,
  ),
};

export const subtraction: Numeric = {
  int: exact(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  float: float((a, b) => a - b),
  complex: pair(
    (a, b) => a.real - b.real,
    (a, b) => a.imag - b.imag,
  ),
};

export const multiplication: Numeric = {
  int: exact(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  float: float((a, b) => a * b),
  complex: pair(
    (a, b) => a.real * b.real - a.imag * b.imag,
    (a, b) => a.real * b.imag + a.imag * b.real,
  ),
};

const isZero = (b: Int): boolean => b === 0 || b === 0n;

function nonzero(b: Int, text: string): void {
  if (isZero(b)) throw new ZeroDivisionError(text);
}

export const division: Numeric = {
  int(a, b) {
    nonzero(b, "division by zero");
    if (typeof a === "number" && typeof b === "number") return asFloat(a / b);
    const x = ratio(BigInt(a), BigInt(b));
    if (!Number.isFinite(x)) throw new OverflowError("integer division result too large for a float");
    return asFloat(x);
  },
  float(a, b) {
    nonzero(b, "float division by zero");
    return asFloat(a / b);
  },
  complex: complexDivide,
};

/** Quotient rounded down and the remainder with the divisor's sign. */
function intDivmod(a: Int, b: Int): [Int, Int] {
  if (typeof a === "number" && typeof b === "number") {
    const r = a % b;
    const q = (a - r) / b;
    return r !== 0 && r < 0 !== b < 0 ? [q - 1 + 0, r + b + 0] : [q + 0, r + 0];
  }
  const [p, d] = [BigInt(a), BigInt(b)];
  const r = p % d;
  const off = r !== 0n && r < 0n !== d < 0n;
  return [normalInt(off ? p / d - 1n : p / d), normalInt(off ? r + d : r)];
}

/** CPython's float_divmod: the remainder is exact, the quotient is corrected to the nearest whole number. */
function floatDivmod(a: number, b: number): [number, number] {
  let rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0) {
    if (b < 0 !== rest < 0) {
      rest += b;
      quotient -= 1;
    }
  } else rest = b < 0 ? -0 : 0;
  if (quotient === 0) return [a / b < 0 || Object.is(a / b, -0) ? -0 : 0, rest];
  const down = Math.floor(quotient);
  return [quotient - down > 0.5 ? down + 1 : down, rest];
}

export const floorDivision: Numeric = {
  int(a, b) {
    nonzero(b, "integer division or modulo by zero");
    return intDivmod(a, b)[0];
  },
  float(a, b) {
    nonzero(b, "float floor division by zero");
    return asFloat(floatDivmod(a, b)[0]);
  },
};

export const modulo: Numeric = {
  int(a, b) {
    nonzero(b, "integer modulo by zero");
    return intDivmod(a, b)[1];
  },
  float(a, b) {
    nonzero(b, "float modulo");
    return asFloat(floatDivmod(a, b)[1]);
  },
};

export const divisionWithRest: Numeric = {
  int(a, b) {
    nonzero(b, "integer division or modulo by zero");
    return Tuple.of_(intDivmod(a, b));
  },
  float(a, b) {
    nonzero(b, "float divmod()");
    return Tuple.of_(floatDivmod(a, b).map(asFloat));
  },
};

function bigPower(a: Int, b: Int): Int {
  try {
    return normalInt(BigInt(a) ** BigInt(b));
  } catch (e) {
    if (e instanceof RangeError) throw new MemoryError();
    throw e;
  }
}

function finitePower(a: number, b: number): number | Complex {
  if (a === 0 && b < 0 && Number.isFinite(b))
    throw new ZeroDivisionError("0.0 cannot be raised to a negative power");
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b))
    return complexPower(new Complex(a, 0), new Complex(b, 0));
  const x = floatPower(a, b);
  if (!Number.isFinite(x) && Number.isFinite(a) && Number.isFinite(b))
    throw new OverflowError(34, "Numerical result out of range");
  return asFloat(x);
}

export const powers: Numeric = {
  int: (a, b) => (b < 0 ? finitePower(toFloat(a), toFloat(b)) : bigPower(a, b)),
  float: finitePower,
  complex: complexPower,
};

/** `a^b mod m` for Python's three-argument `pow`; a negative exponent inverts. */
export function modularPower(a: Int, b: Int, m: Int): Int {
  if (isZero(m)) throw new ValueError("pow() 3rd argument cannot be 0");
  const modulus = BigInt(m < 0 ? -m : m);
  const reduce = (x: bigint): bigint => ((x % modulus) + modulus) % modulus;
  let [base, exponent] = [reduce(BigInt(a)), BigInt(b)];
  if (exponent < 0n) [base, exponent] = [inverse(base, modulus), -exponent];
  let result = reduce(1n);
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return normalInt(m < 0 && result !== 0n ? result - modulus : result);
}

function inverse(a: bigint, m: bigint): bigint {
  let [r, s, x, y] = [a, m, 1n, 0n];
  while (s !== 0n) {
    const q = r / s;
    [r, s, x, y] = [s, r - q * s, y, x - q * y];
  }
  if (r !== 1n && m !== 1n) throw new ValueError("base is not invertible for the given modulus");
  return ((x % m) + m) % m;
}

const bits = (f: (a: bigint, b: bigint) => bigint, small: (a: number, b: number) => number): Numeric => ({
  bool: (a, b) => small(Number(a), Number(b)) === 1,
  int: (a, b) =>
    typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b
      ? small(a, b)
      : normalInt(f(BigInt(a), BigInt(b))),
});

export const conjunction = bits(
  (a, b) => a & b,
  (a, b) => a & b,
);
export const disjunction = bits(
  (a, b) => a | b,
  (a, b) => a | b,
);
export const exclusion = bits(
  (a, b) => a ^ b,
  (a, b) => a ^ b,
);

const shift = (f: (a: bigint, b: bigint) => bigint): Numeric => ({
  int(a, b) {
    if (b < 0) throw new ValueError("negative shift count");
    try {
      return normalInt(f(BigInt(a), BigInt(b)));
    } catch (e) {
      if (e instanceof RangeError) throw new MemoryError();
      throw e;
    }
  },
});

export const leftShift = shift((a, b) => a << b);
export const rightShift = shift((a, b) => a >> b);
