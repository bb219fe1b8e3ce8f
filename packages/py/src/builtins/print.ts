import { splitKeywords } from "../call/keywords.js";
import { TypeError } from "../exceptions.js";
import { write } from "../output.js";
import { typeName } from "../protocol/type-name.js";
import { textOf } from "../text/repr.js";

function option(name: string, value: unknown, usual: string): string {
  if (value === undefined || value === null) return usual;
  if (typeof value !== "string")
    throw new TypeError(`${name} must be None or a string, not ${typeName(value)}`);
  return value;
}

/**
 * Python's `print`: the values' texts with a space between and a line's end after them.
 *
 * `sep`, `end` and `file` (anything with a `write`) come by {@link kw}; a plain object prints as a dict.
 *
 * @example
 * ```ts
 * import { float, kw, print, tuple } from "@cognate/py";
 * print("x", 1, 0.1, float(1), null, true, [1, "a"], tuple([1]), { lr: 1e-5 }, 1 / 0);
 * print("a", "b", kw({ sep: "-", end: "!\n" }));
 * // prints
 * // x 1 0.1 1.0 None True [1, 'a'] (1,) {'lr': 1e-05} inf
 * // a-b!
 * ```
 */
export function print(...args: readonly unknown[]): void {
  const [values, { sep, end, file }] = splitKeywords("print", args, ["sep", "end", "file", "flush"]);
  const text = values.map(textOf).join(option("sep", sep, " ")) + option("end", end, "\n");
  if (file === undefined || file === null) write(text);
  else (file as { write(text: string): void }).write(text);
}
