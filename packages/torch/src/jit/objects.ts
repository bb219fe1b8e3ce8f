import type { ScriptClass, ScriptFunction } from "@cognate/formats";
import { AttributeError, RuntimeError } from "@cognate/py";
import { getField, hasField, setField } from "../nn/module/fields.js";
import type { World } from "./compile.js";
import { ScriptModuleImpl } from "./module.js";
import { ScriptEnum, ScriptObject } from "./values.js";

const classOf = (x: unknown): ScriptClass | undefined =>
  x instanceof ScriptModuleImpl ? x._script : x instanceof ScriptObject ? x.type : undefined;

/** A constant of a class, by name. */
function constantOf(world: World, type: ScriptClass, name: string): unknown {
  const field = type.fields.find(
    (f) => f.kind === "assign" && f.target.kind === "name" && f.target.name === name && f.value !== null,
  );
  if (field?.kind !== "assign" || field.value === null) return undefined;
  const constant: ScriptFunction = {
    kind: "function",
    name,
    line: field.line,
    parameters: [],
    returns: null,
    body: [{ kind: "return", line: field.line, value: field.value }],
  };
  return world.compiled(constant).call(null, [], {});
}

/** `x.name` of a module, an object, a named tuple or an enumeration of a program. */
export function attributeOf(world: World, x: unknown, name: string): unknown {
  if (x instanceof ScriptModuleImpl && hasField(x, name)) return getField(x, name);
  if (x instanceof ScriptObject && x.fields.has(name)) return x.fields.get(name);
  const type = classOf(x);
  if (type) {
    const value = constantOf(world, type, name);
    if (value !== undefined) return value;
    throw new AttributeError(`'${type.name}' object has no attribute '${name}'`);
  }
  if (x instanceof ScriptEnum) return name === "name" ? x.name : x.value;
  const value = (x as Readonly<Record<string, unknown>> | null)?.[name];
  if (value === undefined) throw new AttributeError(`no attribute '${name}'`);
  return value;
}

export function setAttribute(x: unknown, name: string, value: unknown): void {
  if (x instanceof ScriptModuleImpl) setField(x, name, value);
  else if (x instanceof ScriptObject) x.fields.set(name, value);
  else throw new RuntimeError(`the attribute ${name} cannot be set`);
}

/** `(x).name(…)`. */
export function callMethod(
  world: World,
  x: unknown,
  name: string,
  args: readonly unknown[],
  keywords: Readonly<Record<string, unknown>>,
): unknown {
  const method = classOf(x)?.methods.get(name);
  if (method) return world.compiled(method).call(x, args, keywords);
  // Plain classes are made in two steps: `x = C.__new__(C)`, then `(x).__init__(…)`.
  const own = (x as Readonly<Record<string, unknown>> | null)?.[name];
  if (typeof own === "function") return (own as (...a: readonly unknown[]) => unknown).apply(x, [...args]);
  throw new AttributeError(`no method '${name}'`);
}

interface Manager {
  enter(): unknown;
  exit(): unknown;
}
/** `with x:` of a program's object, or of a context manager. */
export function enter<R>(world: World, x: unknown, body: (entered: unknown) => R): R {
  const entered =
    x instanceof ScriptObject ? callMethod(world, x, "__enter__", [], {}) : (x as Manager).enter();
  try {
    return body(entered);
  } finally {
    if (x instanceof ScriptObject) callMethod(world, x, "__exit__", [null, null, null], {});
    else (x as Manager).exit();
  }
}

/** A forked call, which is run at once. */
export const runForked = (f: unknown, args: readonly unknown[]): unknown =>
  typeof f === "function" ? (f as (...a: readonly unknown[]) => unknown)(...args) : f;
