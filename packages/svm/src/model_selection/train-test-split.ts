import { bindArguments, parseSignature, ValueError } from "@cognate/py";
import type { TargetLike } from "../base/arrays.js";
import type { RandomStateLike } from "../base/random.js";
import { take } from "../base/subset.js";
import { checkLengths, sampleCount } from "../base/validation.js";
import { ShuffleSplit, type Size, StratifiedShuffleSplit, shuffleSizes } from "./shuffles.js";

/** How `train_test_split` splits. */
export interface SplitOptions {
  readonly test_size?: Size;
  readonly train_size?: Size;
  readonly random_state?: RandomStateLike;
  readonly shuffle?: boolean;
  readonly stratify?: TargetLike | null;
}

/** A pair for each array: what trains, what tests. */
type Pairs<A extends readonly unknown[]> = A extends readonly [infer X, ...infer R]
  ? [X, X, ...Pairs<R>]
  : [];

const signature = parseSignature(
  "train_test_split",
  "...arrays test_size train_size random_state shuffle stratify",
  0,
);

/**
 * Splits arrays into two parts at random, the same way for all of them.
 *
 * @param test_size - a share or a number; 0.25 by default
 * @param stratify - labels whose shares both parts keep
 * @throws ValueError for sizes that leave nothing
 *
 * @example
 * ```ts
 * import { model_selection } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const [a, b] = model_selection.train_test_split([0, 1, 2, 3, 4], { test_size: 0.4, random_state: 0 });
 * print(a, b); // prints [1, 3, 4] [2, 0]
 * ```
 */
export function train_test_split<A extends readonly unknown[]>(
  ...args: readonly [...arrays: A, options: SplitOptions]
): Pairs<A>;
export function train_test_split<A extends readonly unknown[]>(...arrays: A): Pairs<A>;
export function train_test_split(...args: readonly unknown[]): unknown {
  const [arrays, test = null, train = null, seed = null, shuffle = true, stratify = null] = bindArguments(
    signature,
    args,
  ) as [unknown[], Size, Size, RandomStateLike, boolean, TargetLike | null];
  if (arrays.length === 0) throw new ValueError("At least one array required as input");
  checkLengths(...arrays);
  const n = sampleCount(arrays[0]);
  const [nTrain, nTest] = shuffleSizes(n, test, train, 0.25);
  let [left, right] = [upTo(0, nTrain), upTo(nTrain, nTrain + nTest)];
  if (!shuffle) {
    if (stratify !== null)
      throw new ValueError("Stratified train/test split is not implemented for shuffle=False");
  } else {
    const options = { test_size: nTest, train_size: nTrain, random_state: seed };
    const splitter = stratify === null ? ShuffleSplit(1, options) : StratifiedShuffleSplit(1, options);
    for (const split of splitter._splits(arrays[0], stratify))
      [left, right] = split as [Int32Array, Int32Array];
  }
  return arrays.flatMap((a) => [take(a, left), take(a, right)]);
}

const upTo = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);
