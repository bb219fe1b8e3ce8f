/** `keras.constraints`: what weights are held to after each update. */
import type { Tensor } from "../backend/tensor.js";
import {
  byBothNames,
  deserialized,
  type Registered,
  registerObjects,
  resolveObject,
  serialized,
} from "../object-registry.js";
import { Constraint } from "./constraint.js";
import { MaxNorm, MinMaxNorm, NonNeg, UnitNorm } from "./norms.js";

export {
  Constraint,
  MaxNorm,
  MaxNorm as max_norm,
  MinMaxNorm,
  MinMaxNorm as min_max_norm,
  NonNeg,
  NonNeg as non_neg,
  UnitNorm,
  UnitNorm as unit_norm,
};

const OBJECTS: Readonly<Record<string, Registered>> = byBothNames<Registered>([
  Constraint,
  MaxNorm,
  MinMaxNorm,
  NonNeg,
  UnitNorm,
]);
registerObjects("keras.constraints", OBJECTS);

/** A constraint, its name or config, or a function of a weight. */
export type ConstraintLike =
  | string
  | Constraint
  | ((w: Tensor) => Tensor)
  | Readonly<Record<string, unknown>>;

/** The constraint that an argument stands for. @throws ValueError */
export const get = (identifier: ConstraintLike | null | undefined): Constraint | null =>
  resolveObject("constraint", OBJECTS, identifier) as Constraint | null;

/** A constraint as files hold it. */
export const serialize = (constraint: unknown): unknown => serialized(constraint);

/** A constraint from what files hold. */
export const deserialize = (
  config: unknown,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown => deserialized(config, OBJECTS, custom_objects);
