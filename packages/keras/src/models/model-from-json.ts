import { def } from "@cognate/py";
import { deserialize_keras_object } from "../saving/serialization-lib.js";
import type { CustomObjects, ModelImpl } from "./model.js";

/**
 * `keras.models.model_from_json`: the model of a text that `to_json` gave, with new weights.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const model = keras.Sequential([keras.Input([2]), keras.layers.Dense(3)]);
 * print(keras.models.model_from_json(model.to_json()).count_params()); // prints 9
 * ```
 */
export const model_from_json = def(
  "keras.models.model_from_json",
  "json_string custom_objects:dict",
  (json_string: string, custom_objects: CustomObjects = null): ModelImpl =>
    deserialize_keras_object(JSON.parse(json_string), custom_objects) as ModelImpl,
);
