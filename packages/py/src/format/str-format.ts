import { isPlainObject } from "../core/plain.js";
import { AttributeError, IndexError, KeyError, ValueError } from "../exceptions.js";
import { typeName } from "../protocol/type-name.js";
import { asciiRepr, repr, textOf } from "../text/repr.js";
import { format } from "./format.js";

/** A replacement field: what stands between the braces. */
interface Field {
  readonly name: string;
  readonly conversion: string;
  readonly spec: string;
}

/** Literal texts and fields of a template, in turn. */
function* parse(template: string): Generator<string | Field> {
  let literal = "";
  for (let i = 0; i < template.length; ) {
    const c = template[i]!;
    if (c !== "{" && c !== "}") {
      literal += c;
      i++;
    } else if (template[i + 1] === c) {
      literal += c;
      i += 2;
    } else if (c === "}") throw new ValueError("Single '}' encountered in format string");
    else {
      yield literal;
      literal = "";
      const end = closing(template, i + 1);
      yield fieldOf(template.slice(i + 1, end));
      i = end + 1;
    }
  }
  yield literal;
}

function closing(template: string, from: number): number {
  if (from >= template.length) throw new ValueError("Single '{' encountered in format string");
  let depth = 1;
  for (let i = from; i < template.length; i++) {
    if (template[i] === "{") depth++;
    if (template[i] === "}" && --depth === 0) return i;
  }
  throw new ValueError("expected '}' before end of string");
}

function fieldOf(text: string): Field {
  const m = /^((?:[^[\]!:{}]|\[[^\]]*\])*)(?:!([^:]*))?(?::(.*))?$/s.exec(text);
  if (!m) throw new ValueError("unexpected '{' in field name");
  const [, name = "", conversion, spec = ""] = m;
  if (conversion !== undefined && conversion.length !== 1)
    throw new ValueError(
      conversion === "" ? "unmatched '{' in format spec" : "expected ':' after conversion specifier",
    );
  return { name, conversion: conversion ?? "", spec };
}

const CONVERSIONS: Readonly<Record<string, (x: unknown) => string>> = {
  s: textOf,
  r: repr,
  a: asciiRepr,
};

class Formatter {
  /** Numbers of automatic fields so far; −1 once a field was numbered by hand. */
  #auto = 0;
  #manual = false;

  constructor(
    readonly args: readonly unknown[],
    readonly keywords: Readonly<Record<string, unknown>>,
  ) {}

  run(template: string, depth: number): string {
    if (depth < 0) throw new ValueError("Max string recursion exceeded");
    let out = "";
    for (const part of parse(template)) out += typeof part === "string" ? part : this.#field(part, depth);
    return out;
  }

  #field({ name, conversion, spec }: Field, depth: number): string {
    const value = this.#value(name);
    const convert = conversion === "" ? undefined : CONVERSIONS[conversion];
    if (conversion !== "" && !convert) throw new ValueError(`Unknown conversion specifier ${conversion}`);
    const specText = spec.includes("{") || spec.includes("}") ? this.run(spec, depth - 1) : spec;
    return format(convert ? convert(value) : value, specText);
  }

  #value(name: string): unknown {
    const [, first, path] = /^([^.[]*)(.*)$/s.exec(name) as unknown as [string, string, string];
    let value = this.#start(first);
    for (const [, attribute, index] of path.matchAll(/\.([^.[]*)|\[([^\]]*)\]/gs))
      value = attribute === undefined ? itemAt(value, index!) : attributeOf(value, attribute);
    return value;
  }

  #start(first: string): unknown {
    if (first !== "" && !/^\d+$/.test(first)) {
      if (!Object.hasOwn(this.keywords, first)) throw new KeyError(first);
      return this.keywords[first];
    }
    const manual = first !== "";
    if (manual ? this.#auto > 0 : this.#manual)
      throw new ValueError(
        manual
          ? "cannot switch from automatic field numbering to manual field specification"
          : "cannot switch from manual field specification to automatic field numbering",
      );
    if (manual) this.#manual = true;
    const i = manual ? Number(first) : this.#auto++;
    if (i >= this.args.length)
      throw new IndexError(`Replacement index ${i} out of range for positional args tuple`);
    return this.args[i];
  }
}

function itemAt(x: unknown, key: string): unknown {
  const index = /^\d+$/.test(key) ? Number(key) : key;
  if (x instanceof Map) {
    if (!x.has(index)) throw new KeyError(index);
    return x.get(index);
  }
  const items = x as Readonly<Record<string | number, unknown>>;
  if (Array.isArray(x)) {
    if (typeof index !== "number" || index >= x.length)
      throw new IndexError(`${typeName(x)} index out of range`);
    return x[index];
  }
  if (typeof (items as { at?: unknown }).at === "function")
    return (items as { at(i: unknown): unknown }).at(index);
  if (isPlainObject(x) && !Object.hasOwn(x, key)) throw new KeyError(index);
  return items[key];
}

function attributeOf(x: unknown, name: string): unknown {
  if (x === null || x === undefined || !(name in Object(x)))
    throw new AttributeError(`'${typeName(x)}' object has no attribute '${name}'`);
  return (x as Record<string, unknown>)[name];
}

const hasNames = (template: string): boolean => /\{\s*[A-Za-z_]/.test(template.replaceAll("{{", ""));

/**
 * Python's `template.format(…)`: `{}`, `{0}`, `{name}`, `{x.shape}`, `{d[key]}`, `{!r}`, `{:>{width}}`.
 *
 * A plain object at the end holds the named fields, where the template names any.
 *
 * @throws ValueError, IndexError, KeyError in Python's words where template and arguments do not fit
 *
 * @example
 * ```ts
 * import { print, str_format } from "@cognate/py";
 * print(str_format("{:.2f} of {!r:>6} {name}", 1.005, "x", { name: "end" })); // prints 1.00 of    'x' end
 * ```
 */
export function str_format(template: string, ...args: readonly unknown[]): string {
  const last = args[args.length - 1];
  const keywords = isPlainObject(last) && hasNames(template) ? last : undefined;
  return new Formatter(keywords ? args.slice(0, -1) : args, keywords ?? {}).run(template, 1);
}
