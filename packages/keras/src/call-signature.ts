import { innerClass, isPlainObject, moduleName, Tuple, TypeError } from "@cognate/py";

/*
 * What a `call` method takes. The library's own layers say it in a text, because minifiers rename parameters; those of
 * users are read off the function.
 */

/** One parameter of a `call` method. */
interface Parameter {
  readonly name: string;
  /** Names in a `{ training, mask }` pattern, which takes keywords as one object. */
  readonly keys: readonly string[] | null;
  readonly optional: boolean;
  /** Takes all further positional arguments. */
  readonly rest?: boolean;
  /** `true` or `false` where the head says so. */
  readonly flag?: boolean;
}

/** The parameters of a `call` method. */
export interface CallSignature {
  readonly parameters: readonly Parameter[];
  /** All names, those in patterns too. */
  readonly names: readonly string[];
}

/** The parameters from a text: `"inputs training=false mask?"`. */
export function signatureOf(text: string): CallSignature {
  const parameters = text
    .split(" ")
    .filter(Boolean)
    .map((word) => ({
      name: word.replace(/\?|=.*$/, "").replace("...", ""),
      keys: null,
      optional: /\?$|=/.test(word) || word.startsWith("..."),
      ...(word.startsWith("...") ? { rest: true } : {}),
      ...(word.includes("=") ? { flag: word.endsWith("=true") } : {}),
    }));
  return { parameters, names: parameters.map((p) => p.name) };
}

const parsed = new WeakMap<Function, CallSignature>();

const declared = new WeakMap<Function, CallSignature>();

/** Says what a function of the library takes, as minifiers rename parameters. */
export function declareParameters(f: Function, text: string): void {
  declared.set(f, signatureOf(text));
}

/** The parameters of a method: those that were declared, else by its source. */
export const parametersOf = (f: Function): CallSignature => declared.get(f) ?? signatureOfFunction(f);

/** The parameters of a function of the user's own, by its source. */
export function signatureOfFunction(f: Function): CallSignature {
  const known = parsed.get(f);
  if (known) return known;
  const parameters = splitTop(parametersText(Function.prototype.toString.call(f))).map(readParameter);
  const signature = { parameters, names: parameters.flatMap((p) => p.keys ?? [p.name]) };
  parsed.set(f, signature);
  return signature;
}

/** The parameters of a class's constructor, or of the one that it inherits; none for one of the library's. */
export function signatureOfConstructor(C: Function): CallSignature {
  const known = parsed.get(C);
  if (known) return known;
  const source = Function.prototype.toString.call(innerClass(C));
  const at = /(?:^|[\s;{}])constructor\s*\(/.exec(source);
  let signature: CallSignature = { parameters: [], names: [] };
  if (at) {
    const start = source.indexOf("(", at.index);
    const parameters = splitTop(source.slice(start + 1, closing(source, start))).map(readParameter);
    signature = { parameters, names: parameters.flatMap((p) => p.keys ?? [p.name]) };
  } else {
    const parent = Object.getPrototypeOf(C) as Function;
    if (typeof parent === "function" && moduleName(parent) === "__main__" && parent !== Function.prototype)
      signature = signatureOfConstructor(parent);
  }
  parsed.set(C, signature);
  return signature;
}

/** What stands between the parentheses of a function's head. */
function parametersText(source: string): string {
  const arrow = /^(?:async\s+)?([\w$]+)\s*=>/.exec(source);
  if (arrow) return arrow[1]!;
  const start = source.indexOf("(");
  return start < 0 ? "" : source.slice(start + 1, closing(source, start));
}

/** Where the bracket that opens at `start` closes; texts inside are passed over. */
function closing(source: string, start: number): number {
  let depth = 0;
  for (let i = start; i < source.length; i++) {
    const c = source[i]!;
    if (c === "'" || c === '"' || c === "`") {
      i++;
      while (i < source.length && source[i] !== c) i += source[i] === "\\" ? 2 : 1;
    } else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c) && --depth === 0) return i;
  }
  return source.length;
}

/** Parts between commas that stand in no brackets. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if ("([{".includes(text[i]!)) i = closing(text, i);
    else if (text[i] === ",") {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.map((p) => p.trim()).filter(Boolean);
}

function readParameter(text: string): Parameter {
  if (text.startsWith("{")) {
    const end = closing(text, 0);
    const keys = splitTop(text.slice(1, end)).map((p) => /^[\w$]+/.exec(p)?.[0] ?? "");
    return { name: "kwargs", keys: keys.filter(Boolean), optional: true };
  }
  const name = /^(?:\.\.\.)?([\w$]+)/.exec(text)?.[1] ?? "";
  const flag = /=\s*(true|false|!0|!1)$/.exec(text)?.[1];
  return {
    name,
    keys: null,
    optional: text.includes("=") || text.startsWith("..."),
    ...(text.startsWith("...") ? { rest: true } : {}),
    ...(flag === undefined ? {} : { flag: flag === "true" || flag === "!0" }),
  };
}

/** A call's arguments: those by position, and those by name. */
export interface CallArguments {
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

const NO_KEYWORDS: Readonly<Record<string, never>> = {};

/**
 * Tells keywords from inputs: a trailing plain object is keywords, unless it stands first and none of its keys is a
 * parameter's name (a dict of inputs).
 */
export function splitArguments(
  s: CallSignature,
  raw: readonly unknown[],
  known: readonly string[] = [],
): CallArguments {
  const last = raw[raw.length - 1];
  if (!isPlainObject(last)) return { args: raw, kwargs: NO_KEYWORDS };
  const keys = Object.keys(last);
  const named = keys.some((k) => s.names.includes(k) || known.includes(k));
  if (raw.length === 1 && !named && keys.length > 0) return { args: raw, kwargs: NO_KEYWORDS };
  return { args: raw.slice(0, -1), kwargs: last };
}

/** Arguments by the parameters' names; what was left out is missing. @throws TypeError as Python's `inspect` */
export function bindCall(s: CallSignature, { args, kwargs }: CallArguments): Map<string, unknown> {
  const bound = new Map<string, unknown>();
  const positional = s.parameters.filter((p) => p.keys === null);
  const rest = positional.findIndex((p) => p.rest);
  if (rest < 0 && args.length > positional.length && !s.parameters.some((p) => p.keys !== null))
    throw new TypeError("too many positional arguments");
  args.forEach((value, i) => {
    if (value !== undefined && positional[i] && (rest < 0 || i < rest)) bound.set(positional[i]!.name, value);
  });
  if (rest >= 0 && args.length > rest) bound.set(positional[rest]!.name, Tuple.of_(args.slice(rest)));
  const open = s.names.includes("kwargs");
  for (const [key, value] of Object.entries(kwargs)) {
    if (!s.names.includes(key) && !open) throw new TypeError(`got an unexpected keyword argument '${key}'`);
    if (bound.has(key)) throw new TypeError(`multiple values for argument '${key}'`);
    if (value !== undefined) bound.set(key, value);
  }
  for (const p of positional)
    if (!p.optional && !bound.has(p.name)) throw new TypeError(`missing a required argument: '${p.name}'`);
  return bound;
}

/** The arguments as the function takes them: by position, patterns as one object. */
export function placeCall(s: CallSignature, bound: ReadonlyMap<string, unknown>): unknown[] {
  const out: unknown[] = [];
  for (const p of s.parameters) {
    if (p.rest) out.push(...((bound.get(p.name) as readonly unknown[] | undefined) ?? []));
    else if (p.keys === null && p.name !== "kwargs") out.push(bound.get(p.name));
    else {
      const taken = s.parameters.filter((q) => q.keys === null && q.name !== "kwargs").map((q) => q.name);
      out.push(Object.fromEntries([...bound].filter(([k]) => !taken.includes(k))));
    }
  }
  while (out.length > 0 && out[out.length - 1] === undefined) out.pop();
  return out;
}
