/** `keras.losses`: what training makes small. */

import type { Tensor, TensorLike } from "../backend/tensor.js";
import {
  deserialized,
  type Registered,
  registerObjects,
  resolveObject,
  serialized,
} from "../object-registry.js";
import * as classes from "./classes.js";
import * as crossentropies from "./crossentropies.js";
import * as functions from "./functions.js";
import { Loss } from "./loss.js";
import * as overlaps from "./overlaps.js";

export {
  BinaryCrossentropy,
  BinaryFocalCrossentropy,
  CategoricalCrossentropy,
  CategoricalFocalCrossentropy,
  CategoricalGeneralizedCrossEntropy,
  CategoricalHinge,
  Circle,
  CosineSimilarity,
  CTC,
  Dice,
  Hinge,
  Huber,
  KLDivergence,
  LogCosh,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
  Poisson,
  SparseCategoricalCrossentropy,
  SquaredHinge,
  Tversky,
} from "./classes.js";
export {
  binary_crossentropy,
  binary_focal_crossentropy,
  categorical_crossentropy,
  categorical_focal_crossentropy,
  categorical_generalized_cross_entropy,
  sparse_categorical_crossentropy,
} from "./crossentropies.js";
export {
  categorical_hinge,
  cosine_similarity,
  hinge,
  huber,
  kl_divergence,
  log_cosh,
  mean_absolute_error,
  mean_absolute_percentage_error,
  mean_squared_error,
  mean_squared_logarithmic_error,
  poisson,
  squared_hinge,
} from "./functions.js";
export { Loss } from "./loss.js";
export { circle, ctc, dice, tversky } from "./overlaps.js";

const { paired: _p, matched: _m, lossFunction: _l, warnOfOneClass: _w, ...plain } = functions;

/** Short names of functions. */
const SHORT: Readonly<Record<string, Registered>> = {
  bce: crossentropies.binary_crossentropy,
  BCE: crossentropies.binary_crossentropy,
  kld: functions.kl_divergence,
  KLD: functions.kl_divergence,
  mae: functions.mean_absolute_error,
  MAE: functions.mean_absolute_error,
  mse: functions.mean_squared_error,
  MSE: functions.mean_squared_error,
  mape: functions.mean_absolute_percentage_error,
  MAPE: functions.mean_absolute_percentage_error,
  msle: functions.mean_squared_logarithmic_error,
  MSLE: functions.mean_squared_logarithmic_error,
};
const { CategoricalGeneralizedCrossEntropy: _c, LossFunctionWrapperImpl: _i, ...named } = classes;
const { categorical_generalized_cross_entropy: _g, ...entropies } = crossentropies;

/** What names stand for. */
export const OBJECTS: Readonly<Record<string, Registered>> = {
  Loss,
  ...named,
  ...plain,
  ...entropies,
  ...overlaps,
  ...SHORT,
};
registerObjects("keras.losses", { ...OBJECTS, ...classes, ...crossentropies });

/** A loss, its name or config, or a function of targets and predictions. */
export type LossLike =
  | string
  | Loss
  | ((y_true: Tensor, y_pred: Tensor) => TensorLike)
  | Readonly<Record<string, unknown>>;

/** The loss that an argument stands for. @throws ValueError */
export const get = (identifier: LossLike | null | undefined): Loss | Registered | null =>
  resolveObject("loss", OBJECTS, identifier) as Loss | null;

/** A loss as files hold it. */
export const serialize = (loss: unknown): unknown => serialized(loss);

/** A loss from what files hold. */
export const deserialize = (
  name: unknown,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown => deserialized(name, OBJECTS, custom_objects);
