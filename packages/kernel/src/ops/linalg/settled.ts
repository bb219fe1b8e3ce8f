import { ConvergenceError } from "../../linalg/converge.js";
import { largest } from "../../linalg/vector.js";
import type { Matrices } from "../engines/matrices.js";

/**
 * What an iteration gives on matrix k: a number of values that it left open, or a record with one.
 *
 * @throws ConvergenceError for a matrix that is not finite and for one that leaves values open
 */
export function settled<T extends number | { readonly left: number }>(
  op: string,
  a: Matrices,
  k: number,
  iterate: () => T,
): T {
  if (!Number.isFinite(largest(a.at(k)))) throw new ConvergenceError(op, k, Math.min(a.m, a.n), true);
  const y = iterate();
  const left = typeof y === "number" ? y : y.left;
  if (left > 0) throw new ConvergenceError(op, k, left, false);
  return y;
}
