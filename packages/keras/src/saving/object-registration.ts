import { className, context, def, isClass, ValueError } from "@cognate/py";
import { sessionAttribute, setSessionAttribute } from "../backend/global-state.js";

/* Classes and functions of users that files name. */

const globalObjects: Record<string, unknown> = {};
const globalNames = new Map<unknown, string>();

/** The objects that were registered, by name; live (`keras.saving.get_custom_objects`). */
export const get_custom_objects = (): Record<string, unknown> => globalObjects;

const scoped = (): Readonly<Record<string, unknown>> => sessionAttribute("customObjects", () => ({}));

/**
 * `keras.saving.custom_object_scope`: while it is open, files may name these objects.
 *
 * @param objects - classes and functions by name
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * class Twice extends keras.layers.Layer {}
 * const found = keras.saving.custom_object_scope({ Twice }, () => keras.saving.get_registered_object("Twice"));
 * print(found === Twice); // prints True
 * ```
 */
export const custom_object_scope = context((objects: Readonly<Record<string, unknown>>) => {
  const before = scoped();
  return {
    enter: () => setSessionAttribute("customObjects", { ...objects }),
    exit: () => setSessionAttribute("customObjects", before),
  };
});
export { custom_object_scope as CustomObjectScope };

/** All that a name may stand for now. */
export const customObjects = (more: Readonly<Record<string, unknown>> | null): Record<string, unknown> => ({
  ...more,
  ...scoped(),
  ...globalObjects,
});

const nameOf = (x: unknown): string =>
  typeof x === "function"
    ? isClass(x)
      ? className(x)
      : ((x as { __name__?: string }).__name__ ?? x.name)
    : String(x);

/**
 * `keras.saving.register_keras_serializable`: lets files name a class or function of one's own, as `package>name`.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * class Half extends keras.layers.Layer {}
 * keras.saving.register_keras_serializable("mine")(Half);
 * print(keras.saving.get_registered_name(Half)); // prints mine>Half
 * ```
 */
export const register_keras_serializable = def(
  "keras.saving.register_keras_serializable",
  "package name",
  (group = "Custom", name: string | null = null) =>
    <T>(object: T): T => {
      const prototype = (object as { prototype?: object }).prototype;
      if (typeof object === "function" && isClass(object) && !(prototype && "get_config" in prototype))
        throw new ValueError("Cannot register a class that does not have a get_config() method.");
      const registered = `${group}>${name ?? nameOf(object)}`;
      globalObjects[registered] = object;
      globalNames.set(object, registered);
      return object;
    },
);

/** The name under which files have an object: the registered one, else its own. */
export const get_registered_name = (object: unknown): string => globalNames.get(object) ?? nameOf(object);

/** The object that a name stands for, or `null`. */
export function get_registered_object(
  name: string,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
  module_objects: Readonly<Record<string, unknown>> | null = null,
): unknown {
  for (const objects of [scoped(), globalObjects, custom_objects, module_objects])
    if (objects && Object.hasOwn(objects, name)) return objects[name];
  return null;
}
