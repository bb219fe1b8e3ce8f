/** `keras.optimizers.schedules`: learning rates that change with the number of steps. */
import { deserialized, type Registered, registerObjects, serialized } from "../../object-registry.js";
import * as decays from "./decays.js";
import { LearningRateSchedule } from "./learning-rate-schedule.js";

export {
  CosineDecay,
  CosineDecayRestarts,
  ExponentialDecay,
  InverseTimeDecay,
  PiecewiseConstantDecay,
  PolynomialDecay,
} from "./decays.js";
export { LearningRateSchedule } from "./learning-rate-schedule.js";

const OBJECTS: Readonly<Record<string, Registered>> = {
  LearningRateSchedule,
  ...(decays as unknown as Record<string, Registered>),
};
registerObjects("keras.optimizers.schedules", OBJECTS);

/** A schedule as files hold it. */
export const serialize = (learning_rate_schedule: unknown): unknown => serialized(learning_rate_schedule);

/** A schedule from what files hold. */
export const deserialize = (
  config: unknown,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown => deserialized(config, OBJECTS, custom_objects);
