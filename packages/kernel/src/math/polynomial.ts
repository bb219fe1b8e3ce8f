/** c₀ + c₁t + c₂t² + …, by Horner's rule. */
export function horner(c: readonly number[], t: number): number {
  let y = c[c.length - 1]!;
  for (let i = c.length - 2; i >= 0; i--) y = y * t + c[i]!;
  return y;
}

/** A function given by polynomials on equal parts of [from, from + width·pieces.length], at x. */
export function piecewise(
  pieces: readonly (readonly number[])[],
  from: number,
  width: number,
  x: number,
): number {
  const at = (x - from) / width;
  const n = pieces.length;
  // NaN falls through to the first piece, which hands it on.
  const i = at >= 0 ? (at < n ? Math.floor(at) : n - 1) : 0;
  return horner(pieces[i]!, 2 * (at - i) - 1);
}
