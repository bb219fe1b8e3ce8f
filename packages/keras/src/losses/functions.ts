import { type Def, def, warn } from "@cognate/py";
import { epsilon, floatx } from "../backend/config.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import { shapeText } from "../backend/shape.js";
import { Tensor, type TensorLike } from "../backend/tensor.js";
import { softplus } from "../ops/nn/activation.js";
import { normalize } from "../ops/nn/norm.js";
import {
  absolute,
  add,
  clip,
  divide,
  equal,
  less_equal,
  log,
  logical_or,
  maximum,
  multiply,
  negative,
  square,
  subtract,
  where,
} from "../ops/numpy/elementwise.js";
import { all, max, mean, sum } from "../ops/numpy/reduction.js";
import { type Either, tensorOf, toSameRank, typeOf } from "./reduce.js";

/*
 * Losses of regression and margins as functions of single entries.
 */

/** What a loss function takes. */
export type LossInput = TensorLike | KerasTensor;

/** A loss function by its name in Keras; the two first parameters are targets and predictions. */
export function lossFunction<const S extends string, F extends (...args: never[]) => unknown>(
  name: string,
  signature: S,
  impl: F,
): Def<`y_true y_pred${S}`, F> {
  return def(`keras.losses.${name}`, `y_true y_pred${signature}` as const, impl);
}

/** Predictions as a tensor of floats where JavaScript could not write whole ones as such, targets in their type. */
export function paired(y_true: LossInput, y_pred: LossInput): [Either, Either] {
  let p = tensorOf(y_pred);
  if (p instanceof Tensor && p._value.weak) p = tensorOf(p, floatx());
  return [tensorOf(y_true, typeOf(p)), p];
}
/** {@link paired} in one rank. */
export const matched = (y_true: LossInput, y_pred: LossInput): [Either, Either] =>
  toSameRank(...paired(y_true, y_pred));

/** A function of targets and predictions in one rank, averaged over the last axis. */
const averaged =
  (f: (t: Either, p: Either) => Either) =>
  (y_true: LossInput, y_pred: LossInput): Tensor =>
    mean.impl(f(...matched(y_true, y_pred)), -1);

/**
 * (y_true − y_pred)², averaged over the last axis.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.losses.mean_squared_error([[1, 2]], [[1.5, 4]])); // prints tf.Tensor([2.125], shape=(1,), dtype=float32)
 * ```
 */
export const mean_squared_error = lossFunction(
  "mean_squared_error",
  "",
  averaged((t, p) => square.impl(subtract.impl(t, p))),
);

/** |y_true − y_pred|, averaged over the last axis. */
export const mean_absolute_error = lossFunction(
  "mean_absolute_error",
  "",
  averaged((t, p) => absolute.impl(subtract.impl(t, p))),
);

/** 100·|(y_true − y_pred) / y_true|, averaged over the last axis. */
export const mean_absolute_percentage_error = lossFunction(
  "mean_absolute_percentage_error",
  "",
  (y_true: LossInput, y_pred: LossInput): Tensor => {
    const [t, p] = matched(y_true, y_pred);
    const least = tensorOf(epsilon(), typeOf(p));
    const share = divide.impl(subtract.impl(t, p), maximum.impl(absolute.impl(t), least));
    return multiply.impl(100, mean.impl(absolute.impl(share), -1));
  },
);

/** (log(1 + y_true) − log(1 + y_pred))², averaged over the last axis. */
export const mean_squared_logarithmic_error = lossFunction(
  "mean_squared_logarithmic_error",
  "",
  averaged((t, p) => {
    const grown = (x: Either): Tensor =>
      log.impl(add.impl(maximum.impl(x, tensorOf(epsilon(), floatx())), 1));
    return square.impl(subtract.impl(grown(p), grown(t)));
  }),
);

/** −cos of the angle between targets and predictions along an axis. */
export const cosine_similarity = lossFunction(
  "cosine_similarity",
  " axis",
  (y_true: LossInput, y_pred: LossInput, axis = -1): Tensor => {
    const [t, p] = matched(y_true, y_pred);
    return negative.impl(sum.impl(multiply.impl(normalize.impl(t, axis), normalize.impl(p, axis)), axis));
  },
);

/** ½·d² for distances d of up to `delta`, δ·d − ½·δ² beyond, averaged over the last axis. */
export const huber = lossFunction(
  "huber",
  " delta",
  (y_true: LossInput, y_pred: LossInput, delta: TensorLike = 1): Tensor => {
    const [t, p] = matched(y_true, y_pred);
    const d = tensorOf(delta, typeOf(p));
    const error = subtract.impl(p, t);
    const far = absolute.impl(error);
    const near = multiply.impl(0.5, square.impl(error));
    const line = subtract.impl(multiply.impl(d, far), multiply.impl(0.5, square.impl(d)));
    return mean.impl(where.impl(less_equal.impl(far, d), near, line) as Tensor, -1);
  },
);

/** log cosh(y_pred − y_true), averaged over the last axis. */
export const log_cosh = lossFunction(
  "log_cosh",
  "",
  averaged((t, p) => {
    const x = subtract.impl(p, t);
    return subtract.impl(add.impl(x, softplus.impl(multiply.impl(x, -2))), Math.LN2);
  }),
);

/** Labels of 0 and 1 as −1 and 1; others as they are. */
function toSigns(y: Either): Either {
  const binary = all.impl(logical_or.impl(equal.impl(y, 0), equal.impl(y, 1)));
  return where.impl(binary, subtract.impl(multiply.impl(2, y), 1), y) as Tensor;
}

/** max(1 − y_true·y_pred, 0) of labels ±1. */
const margins = (y_true: LossInput, y_pred: LossInput): Tensor => {
  const [t, p] = paired(y_true, y_pred);
  return maximum.impl(subtract.impl(1, multiply.impl(toSigns(t), p)), 0);
};

/** max(1 − y_true·y_pred, 0) for labels of ±1 (or 0 and 1), averaged over the last axis. */
export const hinge = lossFunction(
  "hinge",
  "",
  (y_true: LossInput, y_pred: LossInput): Tensor => mean.impl(margins(y_true, y_pred), -1),
);

/** The square of {@link hinge}'s margins, averaged over the last axis. */
export const squared_hinge = lossFunction(
  "squared_hinge",
  "",
  (y_true: LossInput, y_pred: LossInput): Tensor => mean.impl(square.impl(margins(y_true, y_pred)), -1),
);

/** max(neg − pos + 1, 0) with pos = Σ y_true·y_pred and neg the largest (1 − y_true)·y_pred. */
export const categorical_hinge = lossFunction(
  "categorical_hinge",
  "",
  (y_true: LossInput, y_pred: LossInput): Tensor => {
    const [t, p] = paired(y_true, y_pred);
    const pos = sum.impl(multiply.impl(t, p), -1);
    const neg = max.impl(multiply.impl(subtract.impl(1, t), p), -1);
    return maximum.impl(add.impl(subtract.impl(neg, pos), 1), 0);
  },
);

/** Σ y_true·log(y_true / y_pred) over the last axis, both held to [1e-7, 1]. */
export const kl_divergence = lossFunction(
  "kl_divergence",
  "",
  (y_true: LossInput, y_pred: LossInput): Tensor => {
    const [t, p] = paired(y_true, y_pred).map((x) => clip.impl(x, epsilon(), 1)) as [Tensor, Tensor];
    return sum.impl(multiply.impl(t, log.impl(divide.impl(t, p))), -1);
  },
);

/** y_pred − y_true·log(y_pred + 1e-7), averaged over the last axis. */
export const poisson = lossFunction("poisson", "", (y_true: LossInput, y_pred: LossInput): Tensor => {
  const [t, p] = paired(y_true, y_pred);
  const logs = log.impl(add.impl(p, tensorOf(epsilon(), typeOf(p))));
  return mean.impl(subtract.impl(p, multiply.impl(t, logs)), -1);
});

/** Warns where classes are scored by one number. */
export function warnOfOneClass(name: string, p: Either): void {
  if (p.shape[p.shape.length - 1] !== 1) return;
  warn(
    `In loss ${name}, expected y_pred.shape to be (batch_size, num_classes) with num_classes > 1. Received: y_pred.shape=${shapeText(p.shape)}. Consider using 'binary_crossentropy' if you only have 2 classes.`,
  );
}
