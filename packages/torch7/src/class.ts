import { LuaError } from "./errors.js";

/*
 * Torch7's classes are tables of methods, each with its parent's table behind it; an object is a table with its class's
 * behind it. Instances can be called where a class has `__call`.
 */

/** A class's table of methods. */
export interface MetaTable {
  __typename: string;
  /** What sets up a new object: `function (this, ...args)`. */
  __init?: (this: Instance, ...args: never[]) => unknown;
  [method: string]: unknown;
}
/** An object of a Torch7 class: fields and the class's methods. */
export type Instance = Record<string, unknown> & { (...args: unknown[]): unknown };
/** What makes objects: `nn.Linear(3, 4)`. Its properties are the class's methods. */
export type Constructor = ((...args: never[]) => unknown) & Record<string, unknown>;

/** Modules by name (`nn`), where classes are put. */
const namespaces = new Map<string, Record<string, unknown>>();
const tables = new Map<string, MetaTable>();

/** Lets `torch.class("nn.X")` put X on an object. */
export function registerNamespace(name: string, object: Record<string, unknown>): void {
  namespaces.set(name, object);
}
/** The methods of a class by its full name. */
export const metatableOf = (name: string): MetaTable | undefined => tables.get(name);

/** An object of a class without its `__init` being run: what files are read into. */
export function bareInstance(table: MetaTable): Instance {
  const self = ((...args: unknown[]) =>
    (self.__call as (...a: unknown[]) => unknown).apply(self, args)) as unknown as Instance;
  Object.setPrototypeOf(self, table);
  Reflect.deleteProperty(self, "name");
  Reflect.deleteProperty(self, "length");
  return self;
}

/**
 * `torch.class(name [, parent])`: a new class under its full name, which can be called to make objects from now on.
 *
 * @returns the class's table of methods, and the parent's
 *
 * @example
 * ```ts
 * import { nn, torch } from "@cognate/torch7";
 * import { print } from "@cognate/py";
 * const [Double, parent] = torch.class("nn.Double", "nn.Module");
 * Double.updateOutput = function (this, x) {
 *   return (this.output = torch.mul(x, 2));
 * };
 * print(torch.tostring(nn.Double().forward(torch.Tensor([1, 2]))));
 * // prints
 * //  2
 * //  4
 * // [torch.DoubleTensor of size 2]
 * ```
 */
export function defineClass(name: string, parentName?: string): [MetaTable, MetaTable | undefined] {
  const parent = parentName === undefined ? undefined : tables.get(parentName);
  if (parentName !== undefined && !parent) throw new LuaError(`parent class ${parentName} does not exist`);
  const dot = name.lastIndexOf(".");
  const space = dot < 0 ? undefined : namespaces.get(name.slice(0, dot));
  if (dot >= 0 && !space) throw new LuaError(`package ${name.slice(0, dot)} does not exist`);
  const table = Object.create(parent ?? null) as MetaTable;
  table.__typename = name;
  tables.set(name, table);
  const make = ((...args: unknown[]) => {
    const self = bareInstance(table);
    const init = table.__init as ((...a: unknown[]) => unknown) | undefined;
    init?.apply(self, args);
    return self;
  }) as unknown as Constructor;
  Object.setPrototypeOf(make, table);
  Reflect.deleteProperty(make, "name");
  Reflect.deleteProperty(make, "length");
  if (space) space[name.slice(dot + 1)] = make;
  return [table, parent];
}

/** The full name of an object's class, or Lua's word for what it is. */
export function typeName(x: unknown): string {
  if (x === null || x === undefined) return "nil";
  if (typeof x === "number" || x instanceof Number) return "number";
  if (typeof x === "string" || typeof x === "boolean") return typeof x;
  const own = (x as { __typename?: unknown }).__typename;
  if (typeof own === "string") return own;
  return typeof x === "function" ? "function" : "table";
}
