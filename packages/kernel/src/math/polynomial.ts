/** c₀ + c₁t + c₂t² + …, by Horner's rule. */
export function horner(c: readonly number[], t: number): number {
  let y = c[c.length - 1]!;
  for (let i = c.length - 2; i >= 0; i--) y = y * t + c[i]!;
  return y;
}
