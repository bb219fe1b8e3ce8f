/** `keras.regularizers`: penalties on weights and outputs. */

import type { Tensor } from "../backend/tensor.js";
import {
  byBothNames,
  deserialized,
  type Registered,
  registerObjects,
  resolveObject,
  serialized,
} from "../object-registry.js";
import { L1, L1L2, L2, OrthogonalRegularizer } from "./penalties.js";
import { Regularizer } from "./regularizer.js";

export {
  L1,
  L1 as l1,
  L1L2,
  L1L2 as l1_l2,
  L2,
  L2 as l2,
  OrthogonalRegularizer,
  OrthogonalRegularizer as orthogonal_regularizer,
  Regularizer,
};

const OBJECTS: Readonly<Record<string, Registered>> = byBothNames<Registered>([
  Regularizer,
  L1,
  L2,
  L1L2,
  OrthogonalRegularizer,
]);
registerObjects("keras.regularizers", OBJECTS);

/** A regularizer, its name or config, or a function of a tensor. */
export type RegularizerLike =
  | string
  | Regularizer
  | ((x: Tensor) => Tensor)
  | Readonly<Record<string, unknown>>;

/** The regularizer that an argument stands for. @throws ValueError */
export const get = (identifier: RegularizerLike | null | undefined): Regularizer | null =>
  resolveObject("regularizer", OBJECTS, identifier) as Regularizer | null;

/** A regularizer as files hold it. */
export const serialize = (regularizer: unknown): unknown => serialized(regularizer);

/** A regularizer from what files hold. */
export const deserialize = (
  config: unknown,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown => deserialized(config, OBJECTS, custom_objects);
