import { repr, type, ValueError } from "@cognate/py";
import { epsilon } from "../backend/config.js";
import type { Tensor } from "../backend/tensor.js";
import { sigmoid } from "../ops/nn/activation.js";
import { one_hot } from "../ops/nn/encoding.js";
import * as nn from "../ops/nn/loss.js";
import { softmax } from "../ops/nn/softmax.js";
import {
  add,
  clip,
  divide,
  log,
  multiply,
  negative,
  not_equal,
  power,
  subtract,
  where,
} from "../ops/numpy/elementwise.js";
import { mean, sum } from "../ops/numpy/reduction.js";
import { expand_dims, reshape, squeeze } from "../ops/numpy/shape.js";
import { type LossInput, lossFunction, paired, warnOfOneClass } from "./functions.js";
import { type Either, tensorOf, typeOf } from "./reduce.js";

/*
 * Losses between probabilities (or logits) and labels.
 */

const checkAxis = (axis: unknown): void => {
  if (typeof axis === "boolean")
    throw new ValueError(
      `\`axis\` must be of type \`int\`. Received: axis=${repr(axis)} of type ${repr(type(axis))}`,
    );
};

/** Labels moved a little towards equal shares. */
function smoothed(t: Either, smoothing: number, shares: number): Either {
  if (smoothing === 0) return t;
  return add.impl(multiply.impl(t, 1 - smoothing), smoothing / shares);
}

/** −Σ y_true·log y_pred along the classes; probabilities are made to add up to 1 and held to [1e-7, 1 − 1e-7]. */
export const categorical_crossentropy = lossFunction(
  "categorical_crossentropy",
  " from_logits label_smoothing axis",
  (y_true: LossInput, y_pred: LossInput, from_logits = false, label_smoothing = 0, axis = -1): Tensor => {
    checkAxis(axis);
    const [t, p] = paired(y_true, y_pred);
    warnOfOneClass("categorical_crossentropy", p);
    const classes = t.shape[t.shape.length - 1]!;
    const target = smoothed(t, Number(label_smoothing), classes);
    return nn.categorical_crossentropy.impl(target, p, from_logits, axis);
  },
);

/** {@link categorical_crossentropy} with easy classes weighed down: α·(1 − p)^γ. */
export const categorical_focal_crossentropy = lossFunction(
  "categorical_focal_crossentropy",
  " alpha gamma from_logits label_smoothing axis",
  (
    y_true: LossInput,
    y_pred: LossInput,
    alpha: number | readonly number[] = 0.25,
    gamma = 2,
    from_logits = false,
    label_smoothing = 0,
    axis = -1,
  ): Tensor => {
    checkAxis(axis);
    const [t, scores] = paired(y_true, y_pred);
    warnOfOneClass("categorical_focal_crossentropy", scores);
    const target = smoothed(t, Number(label_smoothing), t.shape[t.shape.length - 1]!);
    const p = from_logits ? softmax.impl(scores, axis) : scores;
    const shares = divide.impl(p, sum.impl(p, axis, true));
    const output = clip.impl(shares, epsilon(), 1 - epsilon());
    const cross = multiply.impl(negative.impl(target), log.impl(output));
    const weight = multiply.impl(power.impl(subtract.impl(1, output), gamma), alpha);
    return sum.impl(multiply.impl(weight, cross), axis);
  },
);

/**
 * −log of the probability of the class that each number names; entries of `ignore_class` count as masked.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const p = [
 *   [0.25, 0.5, 0.25],
 *   [0.1, 0.8, 0.1],
 * ];
 * print(keras.losses.sparse_categorical_crossentropy([1, 2], p).numpy()); // prints [0.6931472 2.3025851]
 * ```
 */
export const sparse_categorical_crossentropy = lossFunction(
  "sparse_categorical_crossentropy",
  " from_logits ignore_class axis",
  (
    y_true: LossInput,
    y_pred: LossInput,
    from_logits = false,
    ignore_class: number | null = null,
    axis = -1,
  ): Tensor => {
    let [t, p] = [tensorOf(y_true), tensorOf(y_pred)];
    const rank = p.shape.length;
    if (t.shape.length === rank && t.shape.at(axis) === 1) t = squeeze.impl(t, axis);
    if (ignore_class === null) return nn.sparse_categorical_crossentropy.impl(t, p, from_logits, axis);
    const shape = p.shape.filter((_, i) => i !== (axis < 0 ? axis + rank : axis));
    const valid = not_equal.impl(t, tensorOf(ignore_class, typeOf(p)));
    t = where.impl(valid, t, 0) as Tensor;
    p = where.impl(expand_dims.impl(valid, axis), p, 0) as Tensor;
    const losses = nn.sparse_categorical_crossentropy.impl(t, p, from_logits, axis);
    const mask = reshape.impl(valid, shape);
    const kept = where.impl(mask, losses, 0) as Tensor;
    kept._keras_mask = mask;
    return kept;
  },
);

/** −y_true·log y_pred − (1 − y_true)·log(1 − y_pred), averaged over an axis; probabilities are held to [1e-7, 1 − 1e-7]. */
export const binary_crossentropy = lossFunction(
  "binary_crossentropy",
  " from_logits label_smoothing axis",
  (y_true: LossInput, y_pred: LossInput, from_logits = false, label_smoothing = 0, axis = -1): Tensor => {
    const [t, p] = paired(y_true, y_pred);
    const target = smoothed(t, Number(label_smoothing), 2);
    return mean.impl(nn.binary_crossentropy.impl(target, p, from_logits), axis);
  },
);

/** {@link binary_crossentropy} with easy entries weighed down: (1 − pₜ)^γ, and `alpha` for the positive class if balanced. */
export const binary_focal_crossentropy = lossFunction(
  "binary_focal_crossentropy",
  " apply_class_balancing alpha gamma from_logits label_smoothing axis",
  (
    y_true: LossInput,
    y_pred: LossInput,
    apply_class_balancing = false,
    alpha = 0.25,
    gamma = 2,
    from_logits = false,
    label_smoothing = 0,
    axis = -1,
  ): Tensor => {
    const [labels, scores] = paired(y_true, y_pred);
    const t = smoothed(labels, Number(label_smoothing), 2);
    const p = from_logits ? sigmoid.impl(scores) : scores;
    const cross = nn.binary_crossentropy.impl(t, p, false);
    const opposite = (x: Either): Tensor => subtract.impl(1, x);
    const right = add.impl(multiply.impl(t, p), multiply.impl(opposite(t), opposite(p)));
    let focal = multiply.impl(power.impl(opposite(right), gamma), cross);
    if (apply_class_balancing) {
      const weight = add.impl(multiply.impl(t, alpha), multiply.impl(opposite(t), 1 - alpha));
      focal = multiply.impl(weight, focal);
    }
    return mean.impl(focal, axis);
  },
);

/** (1 − p^q) / q of the probability p of the class that each number names. */
export const categorical_generalized_cross_entropy = lossFunction(
  "categorical_generalized_cross_entropy",
  " q",
  (y_true: LossInput, y_pred: LossInput, q: number): Tensor => {
    const p = tensorOf(y_pred);
    const classes = p.shape[p.shape.length - 1]!;
    const own = one_hot.impl(tensorOf(y_true, "int64"), classes, -1, typeOf(p));
    const right = sum.impl(multiply.impl(p, own), -1);
    return divide.impl(subtract.impl(1, power.impl(right, q)), q);
  },
);
