import { bool } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { fromBytes, StringArray, toBytes } from "../core/strings.js";
import type { Value } from "../shared.js";
import { reshape, valueOf } from "./tools.js";

/* Regular expressions of RE2 by JavaScript's own. */

const POSIX: Readonly<Record<string, string>> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "0-9A-Za-z",
  upper: "A-Z",
  lower: "a-z",
  space: "\\t\\n\\v\\f\\r ",
  punct: "!-\\/:-@\\[-`\\{-~",
  word: "\\w",
  xdigit: "0-9A-Fa-f",
  blank: "\\t ",
};

/** The parts that JavaScript writes in another way. */
const translated = (pattern: string): string =>
  pattern
    .replaceAll("(?P<", "(?<")
    .replace(/\\([pP])([A-Z])/g, "\\$1{$2}")
    .replace(/\[:(\w+):\]/g, (all, name: string) => POSIX[name] ?? all)
    .replaceAll("\\A", "^")
    .replaceAll("\\z", "$")
    .replace(/\\C/g, "[^]");

function regex(pattern: string, flags: string, whole: boolean): RegExp {
  const inline = /^\(\?([imsU]+)\)/.exec(pattern);
  const own = translated(inline ? pattern.slice(inline[0].length) : pattern);
  const all = `${flags}u${inline?.[1]?.replace(/[^ims]/g, "") ?? ""}`;
  const problem = /\(/.test(pattern) ? `missing ): ${pattern}` : `invalid pattern: ${pattern}`;
  for (const f of [all, all.replace("u", "")]) {
    try {
      return new RegExp(whole ? `^(?:${own})$` : own, f);
    } catch {
      // Escapes that JavaScript knows outside of its Unicode mode alone.
    }
  }
  throw new KernelProblem(`Invalid pattern: ${pattern}, error: ${problem}`);
}

/** Pieces of a replacement: texts, and numbers of groups. */
function pieces(by: string): (string | number)[] {
  const out: (string | number)[] = [];
  for (const m of by.matchAll(/\\(\d)|\\\\|[^\\]+/g))
    out.push(m[1] !== undefined ? Number(m[1]) : m[0] === "\\\\" ? "\\" : m[0]);
  return out;
}

/** Matches of a pattern replaced; where the replacement names a group that there is none of, nothing is. */
export function replaced(x: StringArray, pattern: string, by: string, global: boolean): StringArray {
  const re = regex(fromBytes(pattern), global ? "g" : "", false);
  const parts = pieces(fromBytes(by));
  const groups = new RegExp(`${re.source}|`, re.flags.replace("g", "")).exec("")!.length - 1;
  const fits = parts.every((p) => typeof p === "string" || p <= groups);
  const put = (...found: unknown[]): string =>
    parts.map((p) => (typeof p === "string" ? p : ((found[p] as string | undefined) ?? ""))).join("");
  return new StringArray(x.shape, fits ? x.data.map((t) => toBytes(fromBytes(t).replace(re, put))) : x.data);
}

/** Whether a pattern matches all of each text. */
export function fullMatch(x: StringArray, pattern: string): Value {
  const re = regex(fromBytes(pattern), "", true);
  return reshape(
    valueOf(
      x.data.map((t) => re.test(fromBytes(t))),
      bool,
    ),
    x.shape,
  );
}
