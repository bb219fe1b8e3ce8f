import { className, isClass, isFunction } from "../core/names.js";
import { isInt } from "../numbers/float.js";

const BUILTIN: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Array, "list"],
  [Object, "dict"],
  [Map, "dict"],
  [Set, "set"],
  [Uint8Array, "bytes"],
  [Number, "float"],
  [String, "str"],
  [Boolean, "bool"],
  [BigInt, "int"],
]);

/** Python's `type(x).__name__`, as error texts show it. */
export function typeName(x: unknown): string {
  switch (typeof x) {
    case "number":
      return isInt(x) ? "int" : "float";
    case "bigint":
      return "int";
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "undefined":
      return "NoneType";
    case "symbol":
      return "object";
    default:
      return x === null ? "NoneType" : objectTypeName(x as object);
  }
}

function objectTypeName(x: object): string {
  if (isClass(x)) return "type";
  if (isFunction(x)) return "function";
  const { constructor: C } = x as { constructor?: unknown };
  if (C === undefined) return "dict";
  return BUILTIN.get(C) ?? (typeof C === "function" ? className(C) : "object");
}
