// Jumping far ahead in the Mersenne Twister: the state after k steps is the polynomial tᵏ modulo the characteristic
// polynomial, applied to the state (H. Haramoto et al., "Efficient Jump Ahead for F₂-Linear Random Number
// Generators", 2008). Polynomials over two elements are bits, lowest first.

const N = 624;
const M = 397;
const DEGREE = 19937;
const WORDS = (DEGREE + 31) >> 5;
const MATRIX = 0x9908b0df;

/** Exponents of the characteristic polynomial without its leading term, from the recurrence's parameters. */
function exponents(): number[] {
  // φ(t) = P·Qʳ + Σ aᵢ·P·Q^(r−1−i) + a₃₁ with P = tⁿ + tᵐ, Q = tⁿ⁻¹ + tᵐ⁻¹, r = 31.
  let sum = 0n;
  const p = (x: bigint): bigint => (x << BigInt(N)) ^ (x << BigInt(M));
  const q = (x: bigint): bigint => (x << BigInt(N - 1)) ^ (x << BigInt(M - 1));
  let power = 1n; // Q^k
  for (let k = 0; k <= 31; k++) {
    if (k === 31 || (MATRIX >>> (30 - k)) & 1) sum ^= p(power);
    power = q(power);
  }
  sum ^= BigInt(MATRIX >>> 31);
  const found: number[] = [];
  const bits = sum.toString(2);
  for (let i = 1; i < bits.length; i++) if (bits[i] === "1") found.push(bits.length - 1 - i);
  return found;
}

/** The square of a polynomial modulo the characteristic one. */
function squared(x: Uint32Array, terms: readonly number[]): Uint32Array {
  const wide = new Uint32Array(2 * WORDS + 1);
  for (let i = 0; i < DEGREE; i++)
    if ((x[i >>> 5]! >>> (i & 31)) & 1) wide[(2 * i) >>> 5]! |= 1 << ((2 * i) & 31);
  // Word by word from the top: the next lower exponent is more than 32 below the degree, so a fold never reaches back.
  const fold = (word: number, at: number): void => {
    for (const e of terms) {
      const to = at - DEGREE + e;
      wide[to >>> 5]! ^= word << (to & 31);
      if (to & 31) wide[(to >>> 5) + 1]! ^= word >>> (32 - (to & 31));
    }
  };
  for (let i = wide.length - 1; 32 * i >= DEGREE; i--) {
    const word = wide[i]!;
    wide[i] = 0;
    if (word !== 0) fold(word, 32 * i);
  }
  // What is above the degree in the word that holds the degree's own bit.
  const last = DEGREE >>> 5;
  const bit = DEGREE & 31;
  const above = wide[last]! >>> bit;
  wide[last]! &= (1 << bit) - 1;
  if (above !== 0) fold(above, DEGREE);
  return wide.slice(0, WORDS);
}

let polynomial: Uint32Array | undefined;

/** t^(2¹²⁸) modulo the characteristic polynomial. */
function jumpPolynomial(): Uint32Array {
  if (polynomial) return polynomial;
  const terms = exponents();
  let x = new Uint32Array(WORDS);
  x[0] = 2;
  for (let i = 0; i < 128; i++) x = squared(x, terms) as typeof x;
  polynomial = x;
  return x;
}

/** The key as a ring and where it begins. */
interface Ring {
  readonly key: Int32Array;
  at: number;
}

function step(s: Ring): void {
  const { key, at } = s;
  const y = (key[at]! & 0x80000000) | (key[(at + 1) % N]! & 0x7fffffff);
  key[at] = key[(at + M) % N]! ^ (y >>> 1) ^ (-(y & 1) & MATRIX);
  s.at = (at + 1) % N;
}

/** Adds the other ring, beginning to beginning. */
function accumulate(s: Ring, other: Ring): void {
  let j = other.at;
  let i = s.at;
  for (let n = 0; n < N; n++) {
    s.key[i]! ^= other.key[j]!;
    if (++i === N) i = 0;
    if (++j === N) j = 0;
  }
}

/** Moves a key that begins at `position` on by 2¹²⁸ steps, in place; returns where it begins then. */
export function jump(key: Int32Array, position: number): number {
  const coefficients = jumpPolynomial();
  const has = (i: number): number => (coefficients[i >>> 5]! >>> (i & 31)) & 1;
  const start: Ring = { key, at: position >= N ? 0 : position };
  const s: Ring = { key: key.slice(), at: start.at };
  let i = DEGREE - 1;
  while (!has(i)) i--;
  step(s);
  for (i--; i > 0; i--) {
    if (has(i)) accumulate(s, start);
    step(s);
  }
  if (has(0)) accumulate(s, start);
  key.set(s.key);
  return s.at;
}
