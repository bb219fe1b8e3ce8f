import { className, isPlainObject, moduleName, NotImplementedError } from "@cognate/py";
import { signatureOfConstructor } from "../call-signature.js";
import * as tree from "../tree.js";

/*
 * Layers of users that define no `get_config`: Python remembers the arguments of the constructor. Here they are the fields
 * of the parameters' names, where those are numbers, texts, booleans or `null`.
 */

interface Configured {
  readonly name: string;
  get_config(): Record<string, unknown>;
}

/** The configuration that is common to all layers: the name, and for a user's class without its own the arguments. */
export function autoConfig(layer: Configured & object): Record<string, unknown> {
  const { constructor: C } = layer;
  if (moduleName(C) !== "__main__" || definesConfig(layer)) return { name: layer.name };
  const signature = signatureOfConstructor(C);
  const config: Record<string, unknown> = { name: layer.name };
  const fields = layer as unknown as Record<string, unknown>;
  for (const { name, keys, optional } of signature.parameters) {
    if (keys !== null || name === "kwargs" || name === "config" || name === "options") continue;
    const value = fields[name];
    if (value === undefined && optional) continue;
    if (!isSimple(value)) throw unserializable(C);
    config[name] = value;
  }
  return config;
}

const isSimple = (value: unknown): boolean =>
  (Array.isArray(value) || isPlainObject(value) ? tree.flatten(value) : [value]).every(
    (x) => x === null || x instanceof Number || ["string", "number", "boolean"].includes(typeof x),
  );

/** Whether a class of the user's between the object and the library defines `get_config`. */
function definesConfig(layer: object): boolean {
  let proto = Object.getPrototypeOf(layer) as object | null;
  while (proto !== null && moduleName(proto.constructor) === "__main__") {
    if (Object.hasOwn(proto, "get_config")) return true;
    proto = Object.getPrototypeOf(proto) as object | null;
  }
  return false;
}

const unserializable = (C: Function): NotImplementedError =>
  new NotImplementedError(`
Object ${className(C)} was created by passing
non-serializable argument values in \`__init__()\`,
and therefore the object must override \`get_config()\` in
order to be serializable. Please implement \`get_config()\`.

Example:

class CustomLayer(keras.layers.Layer):
    def __init__(self, arg1, arg2, **kwargs):
        super().__init__(**kwargs)
        self.arg1 = arg1
        self.arg2 = arg2

    def get_config(self):
        config = super().get_config()
        config.update({
            "arg1": self.arg1,
            "arg2": self.arg2,
        })
        return config
`);
