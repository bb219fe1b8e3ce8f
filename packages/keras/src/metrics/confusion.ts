import { dtypeNamed, int64 } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import { epsilon } from "../backend/config.js";
import { valueOf } from "../backend/create.js";
import { shapeText } from "../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import { toSameRank } from "../losses/reduce.js";
import { cast, scatter } from "../ops/core/tensors.js";
import { top_k } from "../ops/math/search.js";
import { segment_sum } from "../ops/math/segment.js";
import { one_hot } from "../ops/nn/encoding.js";
import { ones } from "../ops/numpy/creation.js";
import {
  add,
  ceil,
  clip,
  greater,
  logical_and,
  logical_not,
  maximum,
  multiply,
  subtract,
} from "../ops/numpy/elementwise.js";
import { cumsum, sum } from "../ops/numpy/reduction.js";
import { broadcast_to, expand_dims, flip, reshape, stack, transpose } from "../ops/numpy/shape.js";

/*
 * Counts of right and wrong decisions at thresholds.
 */

/** What is counted: true and false positives and negatives. */
export type Count = "tp" | "fp" | "tn" | "fn";
/** Which counts are kept, and in which variables. */
export type Counts = Readonly<Partial<Record<Count, Variable>>>;

/** A score that no threshold reaches. */
export const NEG_INF = -1e10;

/** Thresholds as a list. @throws ValueError for one outside of [0, 1] */
export function thresholdsOf(
  thresholds: number | readonly number[] | null,
  byDefault: number,
): readonly number[] {
  if (thresholds === null) return [byDefault];
  const list = typeof thresholds === "number" ? [thresholds] : [...thresholds].map(Number);
  const invalid = list.filter((t) => !(t >= 0 && t <= 1));
  if (invalid.length > 0)
    throw new ValueError(`Threshold values must be in [0, 1]. Received: [${invalid.join(", ")}]`);
  return list;
}

/** Whether thresholds divide [0, 1] into equal parts. */
export const areEven = (thresholds: readonly number[]): boolean =>
  thresholds.length >= 3 &&
  thresholds.every((t, i) => {
    const even = Math.fround(i / (thresholds.length - 1));
    return Math.abs(t - even) <= epsilon() + 1e-5 * Math.abs(even);
  });

/** What a batch is counted with. */
export interface CountOptions {
  readonly thresholds: readonly number[];
  readonly even: boolean;
  readonly topK?: number | null;
  readonly classId?: number | null;
  readonly sampleWeight: TensorLike | null;
  readonly multiLabel?: boolean;
  readonly labelWeights?: Tensor | null;
}

/** Adds a batch to counts. */
export function updateCounts(counts: Counts, y_true: TensorLike, y_pred: TensorLike, o: CountOptions): void {
  const type = (Object.values(counts)[0] as Variable)._current.dtype;
  const tensor = (x: TensorLike): Tensor => wrap(valueOf(x, type));
  let [p, t] = toSameRank(tensor(y_pred), tensor(y_true)) as [Tensor, Tensor];
  let weight: Tensor | null = null;
  if (o.sampleWeight !== null && o.sampleWeight !== undefined)
    weight = toSameRank(t, expand_dims.impl(tensor(o.sampleWeight), -1), false)[1] as Tensor;
  if (o.topK !== null && o.topK !== undefined) p = onlyTop(p, o.topK);
  if (o.classId !== null && o.classId !== undefined) {
    if (p.ndim === 1)
      throw new ValueError(
        `When class_id is provided, y_pred must be a 2D array with shape (num_samples, num_classes), found shape: ${shapeText(p.shape)}`,
      );
    const { classId } = o;
    [t, p] = [t, p].map((x) => expand_dims.impl(x.at("...", classId), -1)) as [Tensor, Tensor];
  }
  const weights = weightsOf(p, weight, o);
  if (o.even) addByBuckets(counts, t, p, weights, o);
  else addByThresholds(counts, t, p, weights, o);
}

/** Scores that are not among the k highest, far below all thresholds. */
function onlyTop(p: Tensor, k: number): Tensor {
  const [, at] = top_k.impl(p, k) as unknown as Tuple<Tensor>;
  const mask = sum.impl(one_hot.impl(at!, p._value.shape[p.ndim - 1]!) as Tensor, -2);
  return add.impl(multiply.impl(p, mask), multiply.impl(NEG_INF, subtract.impl(1, mask)));
}

/** One weight an entry: of samples times those of labels; `null` if all count alike. */
function weightsOf(p: Tensor, sample: Tensor | null, o: CountOptions): Tensor | null {
  const { shape } = p._value;
  const wide = (x: Tensor): Tensor => broadcast_to.impl(x, shape) as Tensor;
  const ofSamples = sample === null ? null : wide(sample);
  if (!o.labelWeights || o.multiLabel) return ofSamples;
  const ofLabels = wide(expand_dims.impl(o.labelWeights, 0) as Tensor);
  return ofSamples === null ? ofLabels : multiply.impl(ofSamples, ofLabels);
}

const assignAdd = (v: Variable | undefined, more: () => Tensor): void => {
  if (v) v.assign(add.impl(v.value, more()));
};

/** Thresholds of equal distance: entries are sorted into the parts between them, which are then added up from above. */
function addByBuckets(
  counts: Counts,
  labels: Tensor,
  scores: Tensor,
  weights: Tensor | null,
  o: CountOptions,
): void {
  const { thresholds } = o;
  const n = thresholds.length;
  const type = scores._type.name;
  const beyond = thresholds[0]! < 0 || thresholds[n - 1]! > 1;
  const { multiLabel = false } = o;
  const columns = multiLabel ? scores._value.shape[1]! : 1;
  const list = (x: Tensor): Tensor => reshape.impl(multiLabel ? transpose.impl(x) : x, [-1]);
  const t = cast.impl(cast.impl(labels, "bool") as Tensor, type) as Tensor;
  const w = weights ?? ones.impl(labels._value.shape, type);
  const right = list(multiply.impl(t, w));
  const wrong = list(multiply.impl(subtract.impl(1, t), w));
  const held = clip.impl(scores, 0, 1);
  let bucket = list(subtract.impl(ceil.impl(multiply.impl(held, n - 1)), 1));
  if (beyond) bucket = maximum.impl(bucket, 0);
  // Entries below all thresholds go to a part of their own, which is not looked at.
  const rows = bucket.size / columns;
  const column = wrap(
    valueOf(
      Array.from({ length: columns }, (_, i) => i * (n + 1)),
      int64,
    ),
  );
  const offset = reshape.impl(
    broadcast_to.impl(expand_dims.impl(column, 1), [columns, rows]) as Tensor,
    [-1],
  );
  const ids = add.impl(cast.impl(add.impl(bucket, 1), "int64") as Tensor, offset);
  const above = (data: Tensor): Tensor => {
    const parts = reshape.impl(segment_sum.impl(data, ids, columns * (n + 1)) as Tensor, [columns, n + 1]);
    const sums = flip.impl(cumsum.impl(flip.impl(parts.at(":", "1:"), 1), 1), 1) as Tensor;
    return multiLabel ? transpose.impl(sums) : reshape.impl(sums, [n]);
  };
  const tp = above(right);
  const fp = above(wrong);
  const total = (data: Tensor): Tensor =>
    multiLabel ? sum.impl(reshape.impl(data, [columns, rows]), 1) : sum.impl(data);
  assignAdd(counts.tp, () => tp);
  assignAdd(counts.fp, () => fp);
  assignAdd(counts.tn, () => subtract.impl(total(wrong), fp));
  assignAdd(counts.fn, () => subtract.impl(total(right), tp));
}

/** Any thresholds: each entry against each of them. */
function addByThresholds(
  counts: Counts,
  labels: Tensor,
  scores: Tensor,
  weights: Tensor | null,
  { thresholds, multiLabel = false }: CountOptions,
): void {
  const type = scores._type;
  const list = (x: Tensor): Tensor =>
    (multiLabel ? expand_dims.impl(x, 0) : reshape.impl(x, [1, -1])) as Tensor;
  const limits = reshape.impl(wrap(valueOf([...thresholds], type)), multiLabel ? [-1, 1, 1] : [-1, 1]);
  const positive = greater.impl(list(scores), limits);
  const truth = list(cast.impl(labels, "bool") as Tensor);
  const w = weights && list(weights);
  const count = (label: Tensor, decided: Tensor) => (): Tensor => {
    const both = cast.impl(logical_and.impl(label, decided), type.name) as Tensor;
    return sum.impl(w ? multiply.impl(both, w) : both, 1);
  };
  const [negative, untruth] = [logical_not.impl(positive), logical_not.impl(truth)];
  assignAdd(counts.tp, count(truth, positive));
  assignAdd(counts.fn, count(truth, negative));
  assignAdd(counts.fp, count(untruth, positive));
  assignAdd(counts.tn, count(untruth, negative));
}

/** How often each class was taken for each: rows are labels, columns predictions. */
export function confusionMatrix(
  labels: Tensor,
  predictions: Tensor,
  classes: number,
  weights: Tensor,
  dtype: string,
): Tensor {
  const type = dtypeNamed(dtype)!;
  const indices = stack.impl([labels, predictions], 1);
  return scatter.impl(
    cast.impl(indices, "int64") as Tensor,
    wrap(valueOf(weights, type)),
    Tuple.of_([classes, classes]),
  ) as Tensor;
}
