import { rng } from "@cognate/kernel";
import type { ArrayLike } from "@cognate/ndarray/core";
import { ValueError, warn } from "@cognate/py";
import { wholes } from "./arrays.js";
import type { DMatrix } from "./dmatrix.js";
import type { Params } from "./params.js";

/** Data to train on and to test on. */
export interface Fold {
  readonly dtrain: DMatrix;
  readonly dtest: DMatrix;
}
/** Row numbers to train and test on, or what splits rows so. */
export type FoldsLike =
  | Iterable<readonly [ArrayLike, ArrayLike]>
  | { split(X: ArrayLike, y: ArrayLike): Iterable<readonly [unknown, unknown]> };
/** Changes a fold's data and parameters before it is used. */
export type FoldMaker = (
  dtrain: DMatrix,
  dtest: DMatrix,
  param: Record<string, unknown>,
) => readonly [DMatrix, DMatrix, Params];

export interface FoldOptions {
  readonly nfold: number;
  readonly seed: number;
  readonly stratified: boolean;
  readonly folds: FoldsLike | null;
  readonly shuffle: boolean;
}

const sampler = (seed: number): rng.PolarSampler => new rng.PolarSampler(new rng.MT19937(seed));
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Parts of a list as `np.array_split` makes them: the first ones are longer by one. */
function parts<T>(list: readonly T[], k: number): T[][] {
  const size = Math.floor(list.length / k);
  const longer = list.length % k;
  let at = 0;
  return upTo(k).map((i) => {
    const from = at;
    at += size + (i < longer ? 1 : 0);
    return list.slice(from, at);
  });
}

/** Folds in which every label has its share, as scikit-learn's `StratifiedKFold(shuffle=True)` draws them. */
function stratify(labels: readonly number[], k: number, seed: number): number[][] {
  const values = [...new Set(labels)];
  if (!labels.every(Number.isInteger))
    throw new ValueError("Supported target types are: ('binary', 'multiclass'). Got 'continuous' instead.");
  const place = new Map(values.map((v, i) => [v, i]));
  const codes = labels.map((v) => place.get(v)!);
  const counts = values.map((_, c) => codes.filter((x) => x === c).length);
  if (counts.every((n) => k > n))
    throw new ValueError(`n_splits=${k} cannot be greater than the number of members in each class.`);
  if (k > Math.min(...counts))
    warn(
      `The least populated class in y has only ${Math.min(...counts)} members, which is less than n_splits=${k}.`,
    );
  const sorted = [...codes].sort((a, b) => a - b);
  const random = sampler(seed);
  const marks = new Int32Array(labels.length);
  values.forEach((_, c) => {
    const own = upTo(k).flatMap((f) => {
      const share = sorted.filter((x, i) => i % k === f && x === c).length;
      return new Array<number>(share).fill(f);
    });
    const order = random.permutation(own.length);
    let at = 0;
    codes.forEach((x, i) => {
      if (x === c) marks[i] = own[Number(order[at++])]!;
    });
  });
  return upTo(k).map((f) => upTo(labels.length).filter((i) => marks[i] === f));
}

const others = <T>(all: readonly (readonly T[])[], k: number): T[] =>
  all.flatMap((p, i) => (i === k ? [] : [...p]));

/** Folds of whole query groups. */
function groupFolds(dall: DMatrix, ptr: Uint32Array, { nfold, seed, shuffle }: FoldOptions): Fold[] {
  const count = ptr.length - 1;
  const order = shuffle ? Array.from(sampler(seed).permutation(count), Number) : upTo(count);
  const out = parts(order, nfold);
  const slice = (groups: readonly number[]): DMatrix => {
    const rows = groups.flatMap((g) => upTo(ptr[g + 1]! - ptr[g]!).map((i) => ptr[g]! + i));
    const d = dall.slice(rows, true);
    d.set_group(groups.map((g) => ptr[g + 1]! - ptr[g]!));
    return d;
  };
  return upTo(nfold).map((k) => ({ dtrain: slice(others(out, k)), dtest: slice(out[k]!) }));
}

/** The rows of each fold, drawn as XGBoost draws them. */
export function makeFolds(dall: DMatrix, options: FoldOptions): Fold[] {
  const { nfold, seed, stratified, folds, shuffle } = options;
  const ptr = dall._info.groupPtr;
  if (!stratified && folds === null && ptr && ptr.length > 1) return groupFolds(dall, ptr, options);
  let pairs: (readonly [ArrayLike, ArrayLike])[];
  if (folds !== null) {
    const label = dall.get_label();
    const given = Symbol.iterator in folds ? folds : folds.split(label, label);
    pairs = [...(given as Iterable<readonly [ArrayLike, ArrayLike]>)];
  } else {
    const n = dall.num_row();
    const out = stratified
      ? stratify(dall.get_label().tolist() as number[], nfold, seed)
      : parts(shuffle ? Array.from(sampler(seed).permutation(n), Number) : upTo(n), nfold);
    pairs = out.map((test, k) => [
      stratified ? upTo(n).filter((i) => !test.includes(i)) : others(out, k),
      test,
    ]);
  }
  return pairs.map(([a, b]) => ({ dtrain: dall.slice(wholes(a)), dtest: dall.slice(wholes(b)) }));
}
