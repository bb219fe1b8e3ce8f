import { isPlainObject } from "../core/plain.js";
import { TypeError } from "../exceptions.js";
import { isKeywords, isPositional } from "./keywords.js";

/**
 * Signatures are written as Python writes them, names only, because TypeScript's own parameters carry the types and
 * the defaults: `"input p training inplace"`, `"...size * generator dtype"`, `"input dim|axis keepdim|keepdims"`,
 * `"state_dict:dict strict"`.
 *
 * - `*`: what follows is given by name only. - `...name`: takes all further positional arguments as one array.
 * - `a|b`: two names of one parameter. - `:dict`: takes a mapping, so a plain object here is no keyword object.
 * - `**name`, last: takes all keywords that no other parameter has, as one object.
 */
interface Parameter {
  readonly name: string;
  readonly names: readonly string[];
  readonly mapping: boolean;
}

/** A parsed signature. */
export interface Signature {
  /** The name in error texts. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** How many may be given by position; `Infinity` with varargs. */
  readonly positional: number;
  /** Index of the varargs parameter, or −1. */
  readonly rest: number;
  /** Parameters without a default come first; this is how many. */
  readonly required: number;
  /** Arguments that the caller does not see but Python counts (`self`). */
  readonly hidden: number;
  /** Index of the parameter that takes the other keywords, or −1. */
  readonly others: number;
}

type Parsed = Pick<Signature, "parameters" | "positional" | "rest" | "others">;

/** Many functions have the same parameters: each text is read once. */
const parsed = new Map<string, Parsed>();

export function parseSignature(name: string, text: string, required: number, hidden = 0): Signature {
  let known = parsed.get(text);
  if (!known) parsed.set(text, (known = parse(text)));
  const { parameters, positional, rest, others } = known;
  return { name, parameters, positional, rest, required, hidden, others };
}

function parse(text: string): Parsed {
  const parameters: Parameter[] = [];
  let positional = -1;
  let rest = -1;
  let others = -1;
  for (const word of text.split(" ").filter(Boolean)) {
    if (word === "*") {
      positional = parameters.length;
      continue;
    }
    let label = word;
    if (word.startsWith("...")) {
      rest = parameters.length;
      label = word.slice(3);
    } else if (word.startsWith("**")) {
      others = parameters.length;
      if (positional < 0) positional = others;
      label = word.slice(2);
    }
    const mapping = label.endsWith(":dict");
    if (mapping) label = label.slice(0, -5);
    const names = label.includes("|") ? label.split("|") : [label];
    parameters.push({ name: names[0]!, names, mapping });
  }
  if (positional < 0) positional = parameters.length;
  if (rest >= 0) positional = Number.POSITIVE_INFINITY;
  return { parameters, positional, rest, others };
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;

/** Python's list of names: 'a', 'b', and 'c'. */
function nameList(names: readonly string[]): string {
  const quoted = names.map((n) => `'${n}'`);
  if (quoted.length <= 2) return quoted.join(" and ");
  return `${quoted.slice(0, -1).join(", ")}, and ${quoted[quoted.length - 1]}`;
}

function tooMany(s: Signature, given: number, keywordOnly: number): TypeError {
  const max = s.positional + s.hidden;
  const min = Math.min(s.required, s.positional) + s.hidden;
  const takes =
    min === max ? plural(max, "positional argument") : `from ${min} to ${max} positional arguments`;
  const count = given + s.hidden;
  const were =
    keywordOnly === 0
      ? `${count}`
      : `${plural(count, "positional argument")} (and ${plural(keywordOnly, "keyword-only argument")})`;
  const verb = count === 1 && keywordOnly === 0 ? "was" : "were";
  return new TypeError(`${s.name}() takes ${takes} but ${were} ${verb} given`);
}

/** How many parameters can stand before the keywords, varargs not counted. */
const beforeKeywords = (s: Signature): number => (s.rest >= 0 ? s.rest : s.positional);

function keywordsAt(s: Signature, args: readonly unknown[]): Record<string, unknown> | null {
  const i = args.length - 1;
  const last = args[i];
  if (!isPlainObject(last) || isPositional(last)) return null;
  if (isKeywords(last)) return last;
  const keys = Object.keys(last);
  const place = i < beforeKeywords(s) ? i : s.rest;
  if (s.parameters[place]?.mapping && keys.length > 0) {
    const known = keys.some((k) => s.parameters.some((p) => p.names.includes(k)));
    if (!known) return null;
  }
  return last;
}

/**
 * Sorts a call's arguments into one slot a parameter, `undefined` where none was given.
 *
 * @throws TypeError in Python's words for unknown, missing and doubly given arguments.
 */
export function bindArguments(s: Signature, args: readonly unknown[]): unknown[] {
  const keywords = args.length > 0 ? keywordsAt(s, args) : null;
  const given = keywords ? args.length - 1 : args.length;
  const slots = new Array<unknown>(s.parameters.length).fill(undefined);
  const placed = Math.min(given, beforeKeywords(s));
  for (let i = 0; i < placed; i++) slots[i] = args[i];
  if (s.rest >= 0) slots[s.rest] = args.slice(s.rest, given);
  if (keywords) placeKeywords(s, slots, keywords);
  if (given > s.positional)
    throw tooMany(s, given, slots.slice(s.positional).filter((x) => x !== undefined).length);
  refuseMissing(s, slots, 0, beforeKeywords(s), "positional argument");
  refuseMissing(s, slots, beforeKeywords(s), s.required, "keyword-only argument");
  return slots;
}

function placeKeywords(s: Signature, slots: unknown[], keywords: Readonly<Record<string, unknown>>): void {
  for (const key of Object.keys(keywords)) {
    const i = s.parameters.findIndex((p) => p.names.includes(key));
    if ((i < 0 || i === s.others) && s.others >= 0) {
      slots[s.others] = { ...(slots[s.others] as object | undefined), [key]: keywords[key] };
      continue;
    }
    if (i < 0) throw new TypeError(`${s.name}() got an unexpected keyword argument '${key}'`);
    const value = keywords[key];
    if (i === s.rest && (slots[i] as unknown[]).length === 0) slots[i] = [value];
    else if (slots[i] !== undefined && value !== undefined)
      throw new TypeError(`${s.name}() got multiple values for argument '${key}'`);
    else if (value !== undefined) slots[i] = value;
  }
}

/** @throws TypeError where a required parameter between two places was not given. */
function refuseMissing(
  s: Signature,
  slots: readonly unknown[],
  from: number,
  to: number,
  kind: string,
): void {
  const missing: string[] = [];
  for (let i = from; i < Math.min(to, s.required); i++)
    if (slots[i] === undefined && i !== s.rest) missing.push(s.parameters[i]!.name);
  if (missing.length === 0) return;
  throw new TypeError(
    `${s.name}() missing ${plural(missing.length, `required ${kind}`)}: ${nameList(missing)}`,
  );
}

/** Whether a call needs no sorting: everything by position, nothing left out that must be there. */
export function isPlainCall(s: Signature, args: readonly unknown[]): boolean {
  const n = args.length;
  if (s.rest >= 0 || n > s.positional || n < s.required) return false;
  for (let i = 0; i < s.required; i++) if (args[i] === undefined) return false;
  const last = args[n - 1];
  return typeof last !== "object" || last === null || !isPlainObject(last);
}
