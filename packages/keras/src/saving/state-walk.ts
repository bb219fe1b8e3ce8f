import { className, isPlainObject, repr, ValueError, warn } from "@cognate/py";
import { to_snake_case } from "../backend/global-state.js";

/*
 * Where the state of a model's parts is in files: at the names of the fields that lead to them, classes' names in lists.
 */

/** Something that is part of a model's state. */
export interface Saveable {
  _obj_type(): string;
  readonly name?: unknown;
  readonly layers?: readonly unknown[];
  /** Getters that parts have their public names by. */
  readonly _state_fields?: readonly string[];
  save_own_variables?(store: Record<string, unknown>): void;
  load_own_variables?(store: Readonly<Record<string, unknown>>): void;
  save_assets?(store: AssetFolder): void;
  load_assets?(store: AssetFolder): void;
}

/** Files of a layer's own, such as vocabularies. */
export interface AssetFolder {
  read(name: string): Uint8Array | undefined;
  write(name: string, bytes: Uint8Array): void;
}

const isSaveable = (x: unknown): x is Saveable & object =>
  ((typeof x === "object" && x !== null) || typeof x === "function") &&
  typeof (x as Partial<Saveable>)._obj_type === "function";
const isContainer = (x: unknown): x is readonly unknown[] | Record<string, unknown> =>
  (Array.isArray(x) && typeof x[0] !== "number") || isPlainObject(x);

/** Private fields come last. */
const order = (name: string): string => (name.startsWith("_") ? `~${name}` : name);

/** Fields of models beside those that layers of their class have. */
const MODEL_FIELDS = ["layers", "optimizer"] as const;

/** The parts of an object by the names of its fields. */
function* parts(saveable: Saveable): Generator<[string, unknown]> {
  const kind = saveable._obj_type();
  if (kind === "Sequential" || kind === "Functional") yield ["layers", saveable.layers];
  const fields = saveable as unknown as Record<string, unknown>;
  const names = new Set([...Object.keys(saveable), ...(saveable._state_fields ?? [])]);
  if (["Model", "Sequential", "Functional"].includes(kind)) for (const name of MODEL_FIELDS) names.add(name);
  for (const name of [...names].sort((a, b) => (order(a) < order(b) ? -1 : 1))) yield [name, fields[name]];
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}/${name}`);

/** Calls `visit` with every part of a model's state once and its path, outer ones first. */
export function walkState(
  root: Saveable,
  visit: (saveable: Saveable, path: string) => void,
  skip: Iterable<object> = [],
): void {
  const seen = new Set<object>(skip);
  const containers = new Set<object>();
  const one = (saveable: Saveable, path: string): void => {
    if (seen.has(saveable)) return;
    visit(saveable, path);
    seen.add(saveable);
    for (const [name, part] of parts(saveable)) child(part, join(path, name));
  };
  const child = (x: unknown, path: string): void => {
    if (isSaveable(x)) one(x, path);
    else if (isContainer(x)) container(x, path);
  };
  const container = (x: readonly unknown[] | Record<string, unknown>, path: string): void => {
    if (containers.has(x)) return;
    containers.add(x);
    const used = new Map<string, number>();
    const unique = (name: string): string => {
      const n = used.get(name);
      used.set(name, n === undefined ? 0 : n + 1);
      return n === undefined ? name : `${name}_${n + 1}`;
    };
    for (const item of Array.isArray(x) ? x : Object.values(x)) {
      if (isSaveable(item)) one(item, join(path, unique(to_snake_case(className(item.constructor)))));
      else if (isContainer(item)) container(item, join(path, unique("container")));
    }
    containers.delete(x);
  };
  one(root, "");
}

/** What could not be read, with why. */
export class Failures {
  private readonly list: [Saveable, Error][] = [];

  /** `f` called; its error noted. */
  attempt(saveable: Saveable, f: () => void): void {
    try {
      f();
    } catch (e) {
      if (!(e instanceof Error)) throw e;
      this.list.push([saveable, e]);
    }
  }
  /** @throws ValueError if there were any, or warns */
  report(warnOnly = false): void {
    const [first] = this.list;
    if (!first) return;
    const message = `A total of ${this.list.length} objects could not be loaded. Example error message for object ${repr(first[0])}:\n\n${first[1].message}\n\nList of objects that could not be loaded:\n${repr(this.list.map(([s]) => s))}`;
    if (!warnOnly) throw new ValueError(message);
    warn(message);
  }
}
