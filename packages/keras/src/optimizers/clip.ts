import type { Value } from "@cognate/tensor";

/*
 * Gradients held to a length or size.
 */

const squared = (g: Value): Value => g.square().sum() as Value;
const numberOf = (v: Value): number => Number(v.array.data[v.array.offset]);

/** g, shrunk to length `most` where it is longer. */
export function clipByNorm(g: Value, most: number): Value {
  const norm = squared(g).sqrt();
  return g.mul(most).div(norm.clampMin(most)) as Value;
}

/** All gradients, shrunk by one factor so that together they have at most length `most`; NaN where one is not finite. */
export function clipByGlobalNorm(grads: readonly Value[], most: number): readonly Value[] {
  const total = grads.reduce((sum, g) => sum + numberOf(squared(g)), 0);
  const norm = Math.sqrt(total);
  const scale = most * Math.min(1 / norm, 1 / most) + (norm - norm);
  return grads.map((g) => g.mul(scale) as Value);
}

/** Each entry held to ±most. */
export const clipByValue = (g: Value, most: number): Value => g.clampMin(-most).clampMax(most) as Value;
