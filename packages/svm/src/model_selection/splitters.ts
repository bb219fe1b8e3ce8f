import type { rng } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray/core";
import { className, pyClass, repr, str, Tuple, TypeError, ValueError, warn } from "@cognate/py";
import { i64, type TargetLike } from "../base/arrays.js";
import { encode, targetType } from "../base/labels.js";
import {
  check_random_state,
  permutation,
  type RandomStateLike,
  shuffle as shuffled,
} from "../base/random.js";
import { checkLengths, columnOr1d, sampleCount } from "../base/validation.js";

/** Indices of the training and the test samples. */
export type Split = readonly [train: Int32Array, test: Int32Array];

/** What splits samples again and again. */
export abstract class Splitter {
  abstract readonly n_splits: number;
  /** Splits as plain index lists. */
  abstract _splits(X: unknown, y: TargetLike | null): Iterable<Split>;
  /** The parameters in order, for the text. */
  protected abstract get _shown(): Readonly<Record<string, unknown>>;

  /** Pairs of training and test indices, int64. */
  *split(X: unknown, y: TargetLike | null = null, _groups: unknown = null): Generator<Tuple<ndarray>> {
    checkLengths(X, y);
    for (const [train, test] of this._splits(X, y)) yield Tuple.of_([i64(train), i64(test)]);
  }
  get_n_splits(_X: unknown = null, _y: unknown = null, _groups: unknown = null): number {
    return this.n_splits;
  }
  __repr__(): string {
    const parts = Object.entries(this._shown)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${k}=${typeof v === "string" ? v : repr(v)}`);
    return `${className(this.constructor)}(${parts.join(", ")})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

const upTo = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** The samples whose mark is, and is not, `fold`. */
function byFold(marks: Int32Array, fold: number): Split {
  const all = upTo(marks.length);
  return [all.filter((i) => marks[i] !== fold), all.filter((i) => marks[i] === fold)];
}

abstract class Folds extends Splitter {
  constructor(
    readonly n_splits: number,
    readonly shuffle: boolean,
    readonly random_state: RandomStateLike,
  ) {
    super();
    if (!Number.isInteger(n_splits))
      throw new ValueError(
        `The number of folds must be of Integral type. ${str(n_splits)} of type ${typeof n_splits === "number" ? "<class 'float'>" : repr((n_splits as object | null)?.constructor)} was passed.`,
      );
    if (n_splits <= 1)
      throw new ValueError(
        `k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got n_splits=${n_splits}.`,
      );
    if (typeof shuffle !== "boolean")
      throw new TypeError(`shuffle must be True or False; got ${str(shuffle)}`);
    if (!shuffle && random_state !== null)
      throw new ValueError(
        "Setting a random_state has no effect since shuffle is False. You should leave random_state to its default (None), or set shuffle=True.",
      );
  }
  protected get _shown() {
    return { n_splits: this.n_splits, random_state: this.random_state, shuffle: this.shuffle };
  }
  protected checkCount(n: number): void {
    if (this.n_splits > n)
      throw new ValueError(
        `Cannot have number of splits n_splits=${this.n_splits} greater than the number of samples: n_samples=${n}.`,
      );
  }
}

class KFoldImpl extends Folds {
  constructor(n_splits = 5, shuffle = false, random_state: RandomStateLike = null) {
    super(n_splits, shuffle, random_state);
  }
  *_splits(X: unknown): Generator<Split> {
    const n = sampleCount(X);
    this.checkCount(n);
    const order = upTo(n);
    if (this.shuffle) shuffled(check_random_state(this.random_state), order);
    const marks = new Int32Array(n);
    let at = 0;
    for (let fold = 0; fold < this.n_splits; fold++) {
      const size = Math.floor(n / this.n_splits) + (fold < n % this.n_splits ? 1 : 0);
      for (let i = 0; i < size; i++) marks[order[at++]!] = fold;
    }
    for (let fold = 0; fold < this.n_splits; fold++) yield byFold(marks, fold);
  }
}

class StratifiedKFoldImpl extends Folds {
  constructor(n_splits = 5, shuffle = false, random_state: RandomStateLike = null) {
    super(n_splits, shuffle, random_state);
  }
  *_splits(_X: unknown, y: TargetLike | null): Generator<Split> {
    const line = columnOr1d(y, false);
    this.checkCount(line.size);
    const type = targetType(line);
    if (type !== "binary" && type !== "multiclass")
      throw new ValueError(`Supported target types are: ('binary', 'multiclass'). Got '${type}' instead.`);
    const marks = this.marks(line);
    for (let fold = 0; fold < this.n_splits; fold++) yield byFold(marks, fold);
  }

  private marks(line: ndarray): Int32Array {
    const random = check_random_state(this.random_state);
    const k = this.n_splits;
    const { classes, codes } = encode(line);
    // Classes count in the order in which they appear.
    const place = new Map<number, number>();
    for (const c of codes) if (!place.has(c)) place.set(c, place.size);
    const own = codes.map((c) => place.get(c)!);
    const counts = new Int32Array(classes.size);
    for (const c of own) counts[c]!++;
    if (counts.every((c) => k > c))
      throw new ValueError(`n_splits=${k} cannot be greater than the number of members in each class.`);
    const least = Math.min(...counts);
    if (k > least)
      warn(`The least populated class in y has only ${least} members, which is less than n_splits=${k}.`);
    const sorted = own.slice().sort();
    const share = Array.from({ length: classes.size }, () => new Int32Array(k));
    sorted.forEach((c, i) => {
      share[c]![i % k]!++;
    });
    const marks = new Int32Array(own.length);
    share.forEach((perFold, c) => {
      const folds = Int32Array.from(
        [...perFold.keys()].flatMap((f) => new Array<number>(perFold[f]!).fill(f)),
      );
      if (this.shuffle) shuffled(random, folds);
      let at = 0;
      own.forEach((label, i) => {
        if (label === c) marks[i] = folds[at++]!;
      });
    });
    return marks;
  }
}

class LeaveOneOutImpl extends Splitter {
  readonly n_splits = 0;
  protected get _shown() {
    return {};
  }
  *_splits(X: unknown): Generator<Split> {
    const n = sampleCount(X);
    if (n <= 1) throw new ValueError(`Cannot perform LeaveOneOut with n_samples=${n}.`);
    const marks = upTo(n);
    for (let i = 0; i < n; i++) yield byFold(marks, i);
  }
  override get_n_splits(X: unknown = null): number {
    if (X === null) throw new ValueError("The 'X' parameter should not be None.");
    return sampleCount(X);
  }
}

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

/**
 * Splits samples into k parts, each of which tests once.
 *
 * @example
 * ```ts
 * import { model_selection } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const kf = model_selection.KFold(2);
 * for (const [train, test] of kf.split([[1], [2], [3]])) print(train, test, kf);
 * // prints [2] [0 1] KFold(n_splits=2, random_state=None, shuffle=False)
 * // prints [0 1] [2] KFold(n_splits=2, random_state=None, shuffle=False)
 * ```
 */
export const KFold = pyClass(
  "sklearn.model_selection._split.KFold",
  "n_splits * shuffle random_state",
  KFoldImpl,
);
export type KFold = KFoldImpl;
/** Splits samples into k parts in which classes have their shares. */
export const StratifiedKFold = pyClass(
  "sklearn.model_selection._split.StratifiedKFold",
  "n_splits * shuffle random_state",
  StratifiedKFoldImpl,
);
export type StratifiedKFold = StratifiedKFoldImpl;
/** Each sample tests once, alone. */
export const LeaveOneOut = pyClass("sklearn.model_selection._split.LeaveOneOut", "", LeaveOneOutImpl);
export type LeaveOneOut = LeaveOneOutImpl;
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
