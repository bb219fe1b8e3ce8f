/** `keras.optimizers`: how variables move along gradients. */
import { className, isPlainObject, ValueError } from "@cognate/py";
import { deserialized, type Registered, registerObjects, serialized } from "../object-registry.js";
import { Adafactor } from "./adafactor.js";
import { Adam, AdamW } from "./adam.js";
import { Adadelta, Adagrad, Adamax, Lamb, Lion } from "./adaptive.js";
import { Ftrl } from "./ftrl.js";
import { LossScaleOptimizer } from "./loss-scale.js";
import { MultiOptimizer, OptimizerMap } from "./multi.js";
import { Muon } from "./muon.js";
import { Nadam } from "./nadam.js";
import { Optimizer, OptimizerImpl } from "./optimizer.js";
import { RMSprop } from "./rmsprop.js";
import { ScheduleFreeAdamW } from "./schedule-free-adamw.js";
import { SGD } from "./sgd.js";

export * as schedules from "./schedules/index.js";
export {
  Adadelta,
  Adafactor,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  Ftrl,
  Lamb,
  Lion,
  LossScaleOptimizer,
  MultiOptimizer,
  Muon,
  Nadam,
  Optimizer,
  OptimizerMap,
  RMSprop,
  ScheduleFreeAdamW,
  SGD,
};

const CLASSES: Readonly<Record<string, Registered>> = {
  Optimizer,
  Adam,
  SGD,
  RMSprop,
  Adadelta,
  AdamW,
  Adagrad,
  Adamax,
  Adafactor,
  Muon,
  MultiOptimizer,
  OptimizerMap,
  Nadam,
  Ftrl,
  Lion,
  Lamb,
  LossScaleOptimizer,
  ScheduleFreeAdamW,
} as unknown as Record<string, Registered>;
const byLowerName: Readonly<Record<string, Registered>> = Object.fromEntries(
  Object.entries(CLASSES).map(([name, C]) => [name.toLowerCase(), C]),
);
registerObjects("keras.optimizers", CLASSES);

/** An optimizer, its name in any case, or its config. */
export type OptimizerLike = string | Optimizer | Readonly<Record<string, unknown>>;

/** The optimizer that an argument stands for. @throws ValueError */
export function get(identifier: OptimizerLike | null | undefined): Optimizer | null {
  if (identifier === null || identifier === undefined) return null;
  let found: unknown = identifier;
  if (typeof identifier === "string") {
    // `Lamb` has no name of its own in Keras's table.
    const C = identifier.toLowerCase() === "lamb" ? undefined : byLowerName[identifier.toLowerCase()];
    found = C && new (C as unknown as new () => Optimizer)();
  } else if (isPlainObject(identifier)) found = deserialize(identifier);
  if (found instanceof OptimizerImpl) return found;
  throw new ValueError(`Could not interpret optimizer identifier: ${String(identifier)}`);
}

/** An optimizer as files hold it. */
export const serialize = (optimizer: unknown): unknown => serialized(optimizer);

/** An optimizer from what files hold; its class's name counts in any case. */
export function deserialize(
  config: Readonly<Record<string, unknown>>,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown {
  const C = byLowerName[String(config.class_name).toLowerCase()];
  const own = C ? { ...config, class_name: className(C) } : config;
  return deserialized(own, CLASSES, custom_objects);
}
