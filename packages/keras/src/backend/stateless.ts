import { cloneContiguous, dtypeNamed } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { castValue, valueOf } from "./create.js";
import { type Tensor, type TensorLike, wrap } from "./tensor.js";
import type { Variable } from "./variable.js";

/*
 * Computing as if variables had other values: what they come to have meanwhile is given back, and they are as before.
 */

/** Lists of variables with the values that they are to have. */
export type Assignments = readonly (readonly [
  variables: readonly Variable[],
  values: readonly TensorLike[],
])[];

/**
 * `f`'s value, and what the variables of each list came to.
 *
 * @param copied - for what writes into its variables' memory; otherwise values take part in gradients
 */
export function withValues<R>(
  lists: Assignments,
  f: () => R,
  copied = false,
): [result: R, ...values: Tensor[][]] {
  const own = new Map(lists.flatMap(([variables]) => variables.map((v) => [v, v._current] as const)));
  try {
    for (const [variables, values] of lists)
      variables.forEach((v, i) => {
        const value = castValue(valueOf(values[i]!), dtypeNamed(v._current.dtype.name)!);
        v._current = copied ? new Value(cloneContiguous(value.array)) : value;
      });
    const result = f();
    return [result, ...lists.map(([variables]) => variables.map((v) => wrap(v._current)))];
  } finally {
    for (const [v, value] of own) v._current = value;
  }
}

/** @throws ValueError for lists of other lengths */
export function checkCount(
  name: string,
  owner: string,
  given: readonly unknown[],
  own: readonly unknown[],
): void {
  if (given.length !== own.length)
    throw new ValueError(
      `Argument \`${name}\` must be a list of tensors corresponding 1:1 to ${owner}. Received list with length ${given.length}, but expected ${own.length} variables.`,
    );
}
export const tupleOf = (...items: unknown[]): Tuple<unknown> => Tuple.of_(items);
