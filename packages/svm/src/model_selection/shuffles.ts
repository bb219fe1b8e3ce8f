import type { rng } from "@cognate/kernel";
import { pyClass, repr, str, ValueError } from "@cognate/py";
import type { TargetLike } from "../base/arrays.js";
import { encode } from "../base/labels.js";
import {
  check_random_state,
  permutation,
  type RandomStateLike,
  shuffle as shuffled,
} from "../base/random.js";
import { columnOr1d, sampleCount } from "../base/validation.js";
import { type Split, Splitter, upTo } from "./splitter.js";

export type Size = number | Number | null;

/** Whether a size is a count, not a share. A boxed number is a float. */
const isCount = (x: Size): boolean => typeof x === "number" && Number.isInteger(x);

/** How many samples train and test. @throws ValueError */
export function shuffleSizes(
  n: number,
  test: Size,
  train: Size,
  standard: number,
): readonly [train: number, test: number] {
  let size = test;
  if (size === null && train === null) size = standard;
  const check = (v: Size, name: string): void => {
    if (v === null) return;
    if (typeof v !== "number" && !((v as unknown) instanceof Number))
      throw new ValueError(`Invalid value for ${name}: ${str(v)}`);
    const x = Number(v);
    if (isCount(v) ? x >= n || x <= 0 : !(x > 0 && x < 1))
      throw new ValueError(
        `${name}=${str(v)} should be either positive and smaller than the number of samples ${n} or a float in the (0, 1) range`,
      );
  };
  check(size, "test_size");
  check(train, "train_size");
  if (
    size !== null &&
    train !== null &&
    !isCount(size) &&
    !isCount(train) &&
    Number(size) + Number(train) > 1
  )
    throw new ValueError(
      `The sum of test_size and train_size = ${str(Number(size) + Number(train))}, should be in the (0, 1) range. Reduce test_size and/or train_size.`,
    );
  let nTest = size === null ? -1 : isCount(size) ? Number(size) : Math.ceil(Number(size) * n);
  let nTrain = train === null ? -1 : isCount(train) ? Number(train) : Math.floor(Number(train) * n);
  if (nTrain < 0) nTrain = n - nTest;
  else if (nTest < 0) nTest = n - nTrain;
  if (nTrain + nTest > n)
    throw new ValueError(
      `The sum of train_size and test_size = ${nTrain + nTest}, should be smaller than the number of samples ${n}. Reduce test_size and/or train_size.`,
    );
  if (nTrain === 0)
    throw new ValueError(
      `With n_samples=${n}, test_size=${str(size)} and train_size=${str(train)}, the resulting train set will be empty. Adjust any of the aforementioned parameters.`,
    );
  return [nTrain, nTest];
}

abstract class Shuffles extends Splitter {
  constructor(
    readonly n_splits: number,
    readonly test_size: Size,
    readonly train_size: Size,
    readonly random_state: RandomStateLike,
  ) {
    super();
  }
  protected get _shown() {
    const { n_splits, random_state, test_size, train_size } = this;
    return { n_splits, random_state, test_size, train_size };
  }
}

class ShuffleSplitImpl extends Shuffles {
  constructor(
    n_splits = 10,
    test_size: Size = null,
    train_size: Size = null,
    random_state: RandomStateLike = null,
  ) {
    super(n_splits, test_size, train_size, random_state);
  }
  *_splits(X: unknown): Generator<Split> {
    const n = sampleCount(X);
    const [train, test] = shuffleSizes(n, this.test_size, this.train_size, 0.1);
    const random = check_random_state(this.random_state);
    for (let i = 0; i < this.n_splits; i++) {
      const order = permutation(random, n);
      yield [order.slice(test, test + train), order.slice(0, test)];
    }
  }
}

class StratifiedShuffleSplitImpl extends Shuffles {
  constructor(
    n_splits = 10,
    test_size: Size = null,
    train_size: Size = null,
    random_state: RandomStateLike = null,
  ) {
    super(n_splits, test_size, train_size, random_state);
  }
  *_splits(X: unknown, y: TargetLike | null): Generator<Split> {
    const [nTrain, nTest] = shuffleSizes(sampleCount(X), this.test_size, this.train_size, 0.1);
    const { classes, codes } = encode(columnOr1d(y, false));
    const k = classes.size;
    const members = Array.from({ length: k }, (_, c) => upTo(codes.length).filter((i) => codes[i] === c));
    const few = (classes.tolist() as unknown[]).filter((_, c) => members[c]!.length < 2);
    if (few.length > 0)
      throw new ValueError(
        `The least populated classes in y have only 1 member, which is too few. The minimum number of groups for any class cannot be less than 2. Classes with too few members are: ${repr(few)}`,
      );
    if (nTrain < k)
      throw new ValueError(
        `The train_size = ${nTrain} should be greater or equal to the number of classes = ${k}`,
      );
    if (nTest < k)
      throw new ValueError(
        `The test_size = ${nTest} should be greater or equal to the number of classes = ${k}`,
      );
    const counts = members.map((m) => m.length);
    const random = check_random_state(this.random_state);
    for (let i = 0; i < this.n_splits; i++) {
      const train = approximateMode(counts, nTrain, random);
      const test = approximateMode(
        counts.map((c, j) => c - train[j]!),
        nTest,
        random,
      );
      const [left, right]: [number[], number[]] = [[], []];
      members.forEach((m, c) => {
        const order = permutation(random, m.length);
        const of = (from: number, to: number): number[] => Array.from(order.slice(from, to), (p) => m[p]!);
        left.push(...of(0, train[c]!));
        right.push(...of(train[c]!, train[c]! + test[c]!));
      });
      shuffled(random, left);
      shuffled(random, right);
      yield [Int32Array.from(left), Int32Array.from(right)];
    }
  }
}

/** About how many of each class are among `draws`; ties of what is left over are broken at random. */
function approximateMode(counts: readonly number[], draws: number, random: rng.PolarSampler): number[] {
  const total = counts.reduce((s, v) => s + v, 0);
  const exact = counts.map((c) => (c / total) * draws);
  const out = exact.map(Math.floor);
  let missing = Math.trunc(draws - out.reduce((s, v) => s + v, 0));
  if (missing <= 0) return out;
  const rest = exact.map((v, i) => v - out[i]!);
  for (const value of [...new Set(rest)].sort((a, b) => b - a)) {
    const places = [...rest.keys()].filter((i) => rest[i] === value);
    const now = Math.min(places.length, missing);
    const order = permutation(random, places.length);
    for (let i = 0; i < now; i++) out[places[order[i]!]!]!++;
    missing -= now;
    if (missing === 0) break;
  }
  return out;
}

/** Random splits, any number of them. */
export const ShuffleSplit = pyClass(
  "sklearn.model_selection._split.ShuffleSplit",
  "n_splits * test_size train_size random_state",
  ShuffleSplitImpl,
);
export type ShuffleSplit = ShuffleSplitImpl;
/** Random splits in which classes have their shares. */
export const StratifiedShuffleSplit = pyClass(
  "sklearn.model_selection._split.StratifiedShuffleSplit",
  "n_splits * test_size train_size random_state",
  StratifiedShuffleSplitImpl,
);
export type StratifiedShuffleSplit = StratifiedShuffleSplitImpl;
