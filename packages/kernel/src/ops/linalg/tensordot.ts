import type { Value } from "../value.js";

const product = (shape: readonly number[], axes: readonly number[]): number =>
  axes.reduce((n, i) => n * shape[i]!, 1);

const inOrder = (x: Value, axes: readonly number[]): Value =>
  axes.every((a, i) => a === i) ? x : x.permute({ axes });

/**
 * Σ a·b over pairs of axes (counted from the front): the result has the other axes of a, then those of b. Any axes in
 * front that are named in `batch` run along in both.
 */
export function tensordot(
  a: Value,
  b: Value,
  axesA: readonly number[],
  axesB: readonly number[],
  batch: readonly [readonly number[], readonly number[]] = [[], []],
): Value {
  const freeA = a.shape.map((_, i) => i).filter((i) => !axesA.includes(i) && !batch[0].includes(i));
  const freeB = b.shape.map((_, i) => i).filter((i) => !axesB.includes(i) && !batch[1].includes(i));
  const lead = batch[0].map((i) => a.shape[i]!);
  const k = product(a.shape, axesA);
  const together = lead.length > 0 ? [lead.reduce((n, len) => n * len, 1)] : [];
  const left = inOrder(a, [...batch[0], ...freeA, ...axesA]).reshape({
    shape: [...together, product(a.shape, freeA), k],
  });
  const right = inOrder(b, [...batch[1], ...axesB, ...freeB]).reshape({
    shape: [...together, k, product(b.shape, freeB)],
  });
  return left.matmul(right).reshape({
    shape: [...lead, ...freeA.map((i) => a.shape[i]!), ...freeB.map((i) => b.shape[i]!)],
  });
}
