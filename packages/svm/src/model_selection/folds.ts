import type { ndarray } from "@cognate/ndarray/core";
import { pyClass, repr, str, TypeError, ValueError, warn } from "@cognate/py";
import type { TargetLike } from "../base/arrays.js";
import { encode, targetType } from "../base/labels.js";
import { check_random_state, type RandomStateLike, shuffle as shuffled } from "../base/random.js";
import { columnOr1d, sampleCount } from "../base/validation.js";
import { type Split, Splitter, upTo } from "./splitter.js";

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
