import { def } from "@cognate/py";
import { floatx } from "../backend/config.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import { type Either, tensorOf, toSameRank, typeOf } from "../losses/reduce.js";
import { cast } from "../ops/core/tensors.js";
import { in_top_k } from "../ops/math/search.js";
import { equal, greater } from "../ops/numpy/elementwise.js";
import { any, argmax } from "../ops/numpy/reduction.js";
import { expand_dims, reshape, squeeze } from "../ops/numpy/shape.js";

/*
 * Which predictions are right, as functions of single entries.
 */

type Input = TensorLike | KerasTensor;

const flags = (x: Either): Tensor => cast.impl(x, floatx()) as Tensor;
const rank = (x: Either): number => x.shape.length;
const lastOf = (x: Either): number => x.shape[x.shape.length - 1]!;

/** Targets in the type of the predictions. */
const paired = (y_true: Input, y_pred: Input): [Either, Either] => {
  const p = tensorOf(y_pred);
  return [tensorOf(y_true, typeOf(p)), p];
};

const metric = <const S extends string, F extends (...args: never[]) => unknown>(
  name: string,
  signature: S,
  impl: F,
) => def(`keras.metrics.${name}`, `y_true y_pred${signature}` as const, impl);

/** Whether predictions equal targets. */
export const accuracy = metric("accuracy", "", (y_true: Input, y_pred: Input): Tensor => {
  const [t, p] = toSameRank(...paired(y_true, y_pred));
  return flags(equal.impl(t, p));
});

/** Whether predictions, at a threshold, equal targets of 0 and 1. */
export const binary_accuracy = metric(
  "binary_accuracy",
  " threshold",
  (y_true: Input, y_pred: Input, threshold: TensorLike = 0.5): Tensor => {
    const [t, p] = toSameRank(tensorOf(y_true), tensorOf(y_pred));
    const positive = cast.impl(greater.impl(p, tensorOf(threshold, floatx())), typeOf(t)) as Tensor;
    return flags(equal.impl(t, positive));
  },
);

/** Whether the class of the highest score is that of the highest target. */
export const categorical_accuracy = metric(
  "categorical_accuracy",
  "",
  (y_true: Input, y_pred: Input): Tensor => {
    const [t, p] = [argmax.impl(tensorOf(y_true), -1), argmax.impl(tensorOf(y_pred), -1)];
    return flags(equal.impl(t, p));
  },
);

/** Whether the class of the highest score is the one that a number names. */
export const sparse_categorical_accuracy = metric(
  "sparse_categorical_accuracy",
  "",
  (y_true: Input, y_pred: Input): Tensor => {
    let [t, p] = paired(y_true, y_pred);
    const { shape } = t;
    const column = rank(t) === rank(p) && lastOf(t) === 1;
    if (column) t = squeeze.impl(t, -1);
    p = argmax.impl(p, -1);
    let matches = flags(equal.impl(t, cast.impl(p, typeOf(t)) as Tensor));
    if (column) matches = reshape.impl(matches, shape);
    return matches.ndim > 1 && lastOf(matches) === 1 ? squeeze.impl(matches, -1) : matches;
  },
);

/** Numbers of classes and their scores as one list each; the shape to bring the answers back to. */
function listed(t: Either, scores: Either): [Either, Either, readonly (number | null)[] | null] {
  const p = rank(scores) > 2 ? reshape.impl(scores, [-1, lastOf(scores)]) : scores;
  return rank(t) > 1 ? [reshape.impl(t, [-1]), p, t.shape] : [t, p, null];
}

const shaped = (matches: Tensor, shape: readonly (number | null)[] | null): Tensor =>
  shape === null ? matches : reshape.impl(matches, shape);

/** Whether the class of the highest target is among the k of the highest scores. */
export const top_k_categorical_accuracy = metric(
  "top_k_categorical_accuracy",
  " k",
  (y_true: Input, y_pred: Input, k = 5): Tensor => {
    const [given, scores] = paired(y_true, y_pred);
    const [t, p, shape] = listed(argmax.impl(given, -1), scores);
    return shaped(flags(in_top_k.impl(t as Tensor, p as Tensor, k) as Tensor), shape);
  },
);

/** Whether the class that a number names is among the k of the highest scores (or of given ones, best first). */
export const sparse_top_k_categorical_accuracy = metric(
  "sparse_top_k_categorical_accuracy",
  " k from_sorted_ids",
  (y_true: Input, y_pred: Input, k = 5, from_sorted_ids = false): Tensor => {
    const scores = tensorOf(y_pred);
    const own = tensorOf(y_true, from_sorted_ids ? typeOf(scores) : "int32");
    const [t, p, shape] = listed(own, scores);
    const best = from_sorted_ids
      ? any.impl(equal.impl(expand_dims.impl(t, 1), (p as Tensor).at(":", `:${k}`)), 1)
      : in_top_k.impl(t as Tensor, p as Tensor, k);
    return shaped(flags(best as Tensor), shape);
  },
);
