import { isPlainObject } from "../core/plain.js";
import { TypeError } from "../exceptions.js";

const forcedKeywords = new WeakSet<object>();
const forcedPositional = new WeakSet<object>();

/**
 * Marks an object as keywords, wherever it stands last in a call.
 *
 * @example
 * ```ts
 * import { kw, print } from "@cognate/py";
 * print(1, 2, kw({ sep: ", ", end: ".\n" })); // prints 1, 2.
 * ```
 */
export function kw<T extends object>(keywords: T): T {
  forcedKeywords.add(keywords);
  return keywords;
}

/** Marks an object as a dict, so that a call does not take it for keywords. */
export function markPositional<T extends object>(dict: T): T {
  forcedPositional.add(dict);
  return dict;
}

/** Whether {@link kw} marked the object. */
export const isKeywords = (x: unknown): x is Record<string, unknown> =>
  typeof x === "object" && x !== null && forcedKeywords.has(x);

/** Whether {@link markPositional} marked the object. */
export const isPositional = (x: object): boolean => forcedPositional.has(x);

/**
 * Splits the keywords off a builtin's arguments: an object marked by {@link kw}, or, from position `from` on, a plain
 * object whose keys are all among `names`.
 *
 * @throws TypeError for a marked object with another key
 */
export function splitKeywords<K extends string>(
  call: string,
  args: readonly unknown[],
  names: readonly K[],
  from = Number.POSITIVE_INFINITY,
): [positional: readonly unknown[], keywords: { readonly [P in K]?: unknown }] {
  const last = args[args.length - 1];
  if (!isPlainObject(last) || isPositional(last)) return [args, {}];
  const stranger = Object.keys(last).find((k) => !(names as readonly string[]).includes(k));
  if (isKeywords(last)) {
    if (stranger !== undefined)
      throw new TypeError(`'${stranger}' is an invalid keyword argument for ${call}()`);
  } else if (args.length <= from || stranger !== undefined) return [args, {}];
  return [args.slice(0, -1), last as { readonly [P in K]?: unknown }];
}
