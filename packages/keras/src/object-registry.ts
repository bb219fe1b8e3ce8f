import { className, isClass, isPlainObject, ValueError } from "@cognate/py";
import { to_snake_case } from "./backend/global-state.js";

/*
 * The library's own classes and functions by the module that users know them by (`keras.losses`, `MeanSquaredError`): what
 * configs of files name, and what a string stands for as an argument.
 */

/** A class, or a function that is used as it is. */
export type Registered = Function;

const modules = new Map<string, Map<string, Registered>>();
const homes = new WeakMap<Registered, { readonly module: string; readonly name: string }>();

/** Notes a module's public objects; the first name of an object is the one that configs write. */
export function registerObjects(module: string, objects: Readonly<Record<string, Registered>>): void {
  const table = modules.get(module) ?? new Map<string, Registered>();
  modules.set(module, table);
  for (const [name, object] of Object.entries(objects)) {
    table.set(name, object);
    if (!homes.has(object)) homes.set(object, { module, name });
  }
}

/** The object that a module has by a name. */
export const registeredObject = (module: string, name: string): Registered | undefined =>
  modules.get(module)?.get(name);

/** Where the library keeps an object of its own. */
export const homeOf = (object: unknown): { readonly module: string; readonly name: string } | undefined =>
  typeof object === "function" ? homes.get(object) : undefined;

/** Objects by class name and by its snake case, as Keras's tables of names have them. */
export const byBothNames = <C extends Registered>(classes: readonly C[]): Record<string, C> => ({
  ...Object.fromEntries(classes.map((C) => [className(C), C])),
  ...Object.fromEntries(classes.map((C) => [to_snake_case(className(C)), C])),
});

/** Makes an object of its config and the other way round. */
export interface Serializer {
  serialize(object: unknown): unknown;
  deserialize(
    config: unknown,
    objects: Readonly<Record<string, Registered>>,
    customObjects: Readonly<Record<string, unknown>> | null,
  ): unknown;
}

let serializer: Serializer;
/** Tells how configs are written and read; the module that does it is above all that it knows. */
export function setSerializer(s: Serializer): void {
  serializer = s;
}

/** The config of an object (`keras.saving.serialize_keras_object`). */
export const serialized = (object: unknown): unknown => serializer.serialize(object);

/** The object of a config (`keras.saving.deserialize_keras_object`). */
export const deserialized = (
  config: unknown,
  objects: Readonly<Record<string, Registered>> = {},
  customObjects: Readonly<Record<string, unknown>> | null = null,
): unknown => serializer.deserialize(config, objects, customObjects);

type Maker = new () => object;

/** Whether a callable is a class rather than a function. */
export const isClassObject = (x: unknown): x is Maker => typeof x === "function" && isClass(x);

/**
 * The object that an argument stands for: a name, a config, a class (made without arguments), or the object itself.
 *
 * @param kind - what it is called in the error
 */
export function resolveObject(
  kind: string,
  objects: Readonly<Record<string, Registered>>,
  identifier: unknown,
): unknown {
  if (identifier === null || identifier === undefined) return null;
  let found: unknown = identifier;
  if (typeof identifier === "string") found = objects[identifier];
  else if (isPlainObject(identifier)) found = deserialized(identifier, objects);
  if (isClassObject(found)) return new found();
  if (typeof found === "function") return found;
  throw new ValueError(`Could not interpret ${kind} identifier: ${String(identifier)}`);
}
