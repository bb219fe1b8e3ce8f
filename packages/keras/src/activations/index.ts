/** `keras.activations`. */
import { isPlainObject, ValueError } from "@cognate/py";
import type { Tensor } from "../backend/tensor.js";
import { deserialized, homeOf, registerObjects, serialized } from "../object-registry.js";
import * as functions from "./functions.js";
import { hard_sigmoid_keras2 } from "./keras2.js";

export * from "./functions.js";

/** A function of a tensor, as layers use it. */
export type Activation = (x: Tensor) => Tensor;
/** An activation by name, by config, or itself; `null` for none. */
export type ActivationLike = string | Function | { readonly class_name: string } | null;

const { hard_swish, swish, ...modern } = functions;
const own = { ...modern, hard_sigmoid_keras2 };
registerObjects("keras.activations", own as unknown as Readonly<Record<string, Function>>);
registerObjects("keras.activations", { hard_swish, swish } as unknown as Readonly<Record<string, Function>>);

const OBJECTS = { ...functions, hard_sigmoid_keras2 } as unknown as Readonly<Record<string, Function>>;
const NAMES: ReadonlyMap<Function, string> = new Map(Object.entries(own).map(([k, f]) => [f as Function, k]));

/** The function that a name, a config or nothing stands for. @throws ValueError */
export function get(identifier: ActivationLike): Activation {
  if (identifier === null || identifier === undefined) return functions.linear as unknown as Activation;
  const found: unknown =
    typeof identifier === "string"
      ? Object.hasOwn(OBJECTS, identifier)
        ? OBJECTS[identifier]
        : undefined
      : isPlainObject(identifier)
        ? deserialized(identifier, OBJECTS)
        : identifier;
  if (typeof found === "function") return found as Activation;
  throw new ValueError(`Could not interpret activation function identifier: ${String(identifier)}`);
}
/** The name of one of these functions, the config of any other. */
export const serialize = (activation: unknown): unknown =>
  NAMES.get(activation as Function) ?? homeOf(activation)?.name ?? serialized(activation);
/** The function of what {@link serialize} wrote. */
export const deserialize = (
  config: unknown,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown =>
  typeof config === "string" && Object.hasOwn(OBJECTS, config)
    ? OBJECTS[config]
    : deserialized(config, OBJECTS, custom_objects);
