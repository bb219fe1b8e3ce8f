import { className, isClass, isFunction, moduleName } from "../core/names.js";
import { isPlainObject, methodOf } from "../core/plain.js";
import { numberRepr } from "../numbers/float.js";
import { setOrder } from "../sets/order.js";
import { bytesRepr, escaped, stringRepr } from "./string.js";

const open = new Set<object>();

/** The text of a container, or `ellipsis` where the container is shown inside itself. */
export function guarded(x: object, ellipsis: string, text: () => string): string {
  if (open.has(x)) return ellipsis;
  open.add(x);
  try {
    return text();
  } finally {
    open.delete(x);
  }
}

const addresses = new WeakMap<object, number>();
let nextAddress = 0x7f0000000000;

/** A number of the object's own, as Python's `id`. */
export function address(x: object): number {
  let at = addresses.get(x);
  if (at === undefined) {
    at = nextAddress += 0x10;
    addresses.set(x, at);
  }
  return at;
}

const where = (x: object): string => `at 0x${address(x).toString(16)}`;

/** `a, b, c` by repr. */
export const reprList = (items: readonly unknown[]): string => {
  let out = "";
  for (let i = 0; i < items.length; i++) out += i === 0 ? repr(items[i]) : `, ${repr(items[i])}`;
  return out;
};

const pairs = (entries: Iterable<readonly [unknown, unknown]>): string =>
  [...entries].map(([k, v]) => `${repr(k)}: ${repr(v)}`).join(", ");

// The type codes of Python's array module.
const ARRAY_CODES: readonly (readonly [Function, string])[] = [
  [Int8Array, "b"],
  [Uint8ClampedArray, "B"],
  [Int16Array, "h"],
  [Uint16Array, "H"],
  [Int32Array, "i"],
  [Uint32Array, "I"],
  [BigInt64Array, "q"],
  [BigUint64Array, "Q"],
  [Float32Array, "f"],
  [Float64Array, "d"],
];

function typedArrayRepr(x: ArrayBufferView): string {
  if (x instanceof Uint8Array) return bytesRepr(x);
  const code = ARRAY_CODES.find(([C]) => x instanceof C)?.[1];
  if (code === undefined) return objectRepr(x);
  const items = [...(x as unknown as Iterable<number | bigint>)];
  const float = code === "f" || code === "d";
  const shown = items.map((v) => (float ? floatItem(v as number) : String(v)));
  return items.length === 0 ? `array('${code}')` : `array('${code}', [${shown.join(", ")}])`;
}

const floatItem = (v: number): string => {
  const s = numberRepr(v);
  return /^-?\d+$/.test(s) ? `${s}.0` : s;
};

function setRepr(x: ReadonlySet<unknown>): string {
  const name = x.constructor === Set ? "set" : className(x.constructor);
  if (x.size === 0) return `${name}()`;
  return guarded(x, `${name}(...)`, () => {
    const items = `{${reprList(setOrder(x))}}`;
    return name === "set" ? items : `${name}(${items})`;
  });
}

function classRepr(C: object): string {
  const module = moduleName(C);
  return `<class '${module === "builtins" ? "" : `${module}.`}${className(C)}'>`;
}

function functionRepr(f: Function): string {
  const name = (f as { __name__?: unknown }).__name__;
  return `<function ${(typeof name === "string" ? name : f.name) || "<lambda>"} ${where(f)}>`;
}

/** `<module.Name object at 0x…>`. */
export function objectRepr(x: object): string {
  const C = (x as { constructor?: unknown }).constructor;
  if (typeof C !== "function" || C === Object) return `<object object ${where(x)}>`;
  const module = moduleName(C);
  return `<${module === "builtins" ? "" : `${module}.`}${className(C)} object ${where(x)}>`;
}

const BARE: ReadonlySet<unknown> = new Set([Object.prototype.toString, Function.prototype.toString]);

/** Whether the object's text is its own class's work. */
const hasText = (x: object): boolean => {
  const f = methodOf(x, "toString");
  return f !== undefined && !BARE.has(f);
};

const errorRepr = (e: Error): string => `${e.name}(${e.message === "" ? "" : stringRepr(e.message)})`;

function otherRepr(x: object): string {
  if (x instanceof Map) return guarded(x, "{...}", () => `{${pairs(x)}}`);
  if (x instanceof Set) return setRepr(x);
  if (ArrayBuffer.isView(x)) return typedArrayRepr(x);
  if (isPlainObject(x)) return guarded(x, "{...}", () => `{${pairs(Object.entries(x))}}`);
  if (x instanceof Number || x instanceof String || x instanceof Boolean) return repr(x.valueOf());
  if (x instanceof Error) return errorRepr(x);
  if (isClass(x)) return classRepr(x);
  if (isFunction(x)) return functionRepr(x);
  return hasText(x) ? String(x) : objectRepr(x);
}

/**
 * Python's `repr`: the text that a value has inside a list.
 *
 * Whole numbers print as ints, others as floats; plain objects and Maps as dicts, Uint8Arrays as bytes; an object's own
 * `__repr__` is used where it has one.
 *
 * @example
 * ```ts
 * import { print, repr } from "@cognate/py";
 * print(repr("it's"), repr([1, 0.5, null, true, { a: new Set([1]) }])); // prints "it's" [1, 0.5, None, True, {'a': {1}}]
 * ```
 */
export function repr(x: unknown): string {
  switch (typeof x) {
    case "number":
      return numberRepr(x);
    case "string":
      return stringRepr(x);
    case "boolean":
      return x ? "True" : "False";
    case "undefined":
      return "None";
    case "bigint":
    case "symbol":
      return String(x);
    default:
      if (x === null) return "None";
      if (methodOf(x, "__repr__")) return (x as { __repr__(): string }).__repr__();
      return Array.isArray(x) ? guarded(x, "[...]", () => `[${reprList(x)}]`) : otherRepr(x as object);
  }
}

/** Python's `ascii`: `repr` with every character beyond ASCII escaped. */
export const asciiRepr = (x: unknown): string =>
  repr(x).replace(/[\u0080-\u{10ffff}]/gu, (c) => escaped(c.codePointAt(0)!));

/** The text that `print` shows: strings as they are, an object's `__str__`, else its repr. */
export function textOf(x: unknown): string {
  if (typeof x === "string") return x;
  if (typeof x !== "object" && typeof x !== "function") return repr(x);
  if (x === null) return "None";
  if (methodOf(x, "__str__")) return (x as { __str__(): string }).__str__();
  if (x instanceof String) return x.valueOf();
  if (x instanceof Error && !methodOf(x, "__repr__")) return x.message;
  return repr(x);
}
