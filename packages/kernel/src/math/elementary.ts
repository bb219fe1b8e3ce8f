/*
 * Elementary functions where the engine's own are not accurate or not defined as C defines them.
 */

/** aᵇ as C's pow: unlike JavaScript's `**`, 1 to any power is 1, and so is −1 to an infinite one. */
export function pow(a: number, b: number): number {
  if (a === 1) return 1;
  if (a === -1 && (b === Infinity || b === -Infinity)) return 1;
  return a ** b;
}

/** a modulo b with the sign of b, Python's `%`. */
export function mod(a: number, b: number): number {
  const r = a % b;
  return r !== 0 && b < 0 !== r < 0 ? r + b : r;
}

/** ⌊a/b⌋ as Python's `//`: consistent with {@link mod}, so that a = b·⌊a/b⌋ + a mod b. */
export function floorDiv(a: number, b: number): number {
  if (b === 0) return a / b;
  const r = a % b;
  let q = (a - r) / b;
  if (r !== 0 && b < 0 !== r < 0) q -= 1;
  if (q === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const whole = Math.floor(q);
  return q - whole > 0.5 ? whole + 1 : whole;
}

/** x rounded to a whole number, halves to the even one. */
export function roundEven(x: number): number {
  const r = Math.round(x);
  // Math.round takes halves up; −0 and what rounds to it keep their sign.
  if (r - x === 0.5 && r % 2 !== 0) return r - 1 === 0 && x < 0 ? -0 : r - 1;
  return r === 0 && (x < 0 || Object.is(x, -0)) ? -0 : r;
}

/** sin(πx), exact at whole and half x. */
export function sinPi(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const a = Math.abs(x) % 2;
  let r: number;
  if (a <= 0.25) r = Math.sin(Math.PI * a);
  else if (a <= 0.75) r = Math.cos(Math.PI * (0.5 - a));
  else if (a <= 1.25) r = Math.sin(Math.PI * (1 - a));
  else if (a <= 1.75) r = -Math.cos(Math.PI * (1.5 - a));
  else r = Math.sin(Math.PI * (a - 2));
  return x < 0 ? -r : r;
}

/** cos(πx), exact at whole and half x. */
export function cosPi(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const a = Math.abs(x) % 2;
  if (a <= 0.25) return Math.cos(Math.PI * a);
  if (a <= 0.75) return Math.sin(Math.PI * (0.5 - a));
  if (a <= 1.25) return -Math.cos(Math.PI * (1 - a));
  if (a <= 1.75) return Math.sin(Math.PI * (a - 1.5));
  return Math.cos(Math.PI * (2 - a));
}

/** The larger of two bigints. */
export function largerBig(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

/** The smaller of two bigints. */
export function smallerBig(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}
