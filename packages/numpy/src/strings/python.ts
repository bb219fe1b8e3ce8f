// What Python's `str` does, by code points.

const chars = (s: string): string[] => [...s];

/** Bounds of a search as Python takes them: negative ones count from the end. */
const bounds = (length: number, start: number, end: number): [number, number] => {
  const at = (i: number): number => (i < 0 ? Math.max(i + length, 0) : Math.min(i, length));
  return [at(start), at(end)];
};

/** The place of `sub` between start and end, the last one with `last`; −1 where it is not. */
export function find(s: string, sub: string, start: number, end: number, last = false): number {
  const [c, want] = [chars(s), chars(sub)];
  const [from, to] = bounds(c.length, start, end);
  const places = Array.from({ length: Math.max(to - from - want.length + 1, 0) }, (_, i) => from + i);
  const hit = (i: number): boolean => want.every((w, k) => c[i + k] === w);
  const found = last ? places.reverse().find(hit) : places.find(hit);
  return start > c.length ? -1 : (found ?? -1);
}

/** How often `sub` occurs without overlapping. */
export function count(s: string, sub: string, start: number, end: number): number {
  const c = chars(s);
  const [from, to] = bounds(c.length, start, end);
  if (to < from || start > c.length) return 0;
  const part = c.slice(from, to).join("");
  return sub === "" ? chars(part).length + 1 : part.split(sub).length - 1;
}

export const startsWith = (s: string, prefix: string, start: number, end: number): boolean => {
  const c = chars(s);
  const [from, to] = bounds(c.length, start, end);
  return start <= c.length && to >= from && c.slice(from, to).join("").startsWith(prefix);
};
export const endsWith = (s: string, suffix: string, start: number, end: number): boolean => {
  const c = chars(s);
  const [from, to] = bounds(c.length, start, end);
  return start <= c.length && to >= from && c.slice(from, to).join("").endsWith(suffix);
};

export const capitalize = (s: string): string => {
  const [first = "", ...rest] = chars(s);
  return first.toUpperCase() + rest.join("").toLowerCase();
};
export const title = (s: string): string => s.replace(/\p{L}[\p{L}\p{M}]*/gu, (word) => capitalize(word));
export const swapCase = (s: string): string =>
  chars(s)
    .map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()))
    .join("");

/** With `fill` on the left and right up to a width. */
export const padded = (s: string, width: number, fill: string, side: "left" | "right" | "both"): string => {
  const room = width - chars(s).length;
  if (room <= 0) return s;
  const left = side === "left" ? room : side === "right" ? 0 : (room >> 1) + (room & width & 1);
  return fill.repeat(left) + s + fill.repeat(room - left);
};
export const zeroFilled = (s: string, width: number): string => {
  const room = width - chars(s).length;
  if (room <= 0) return s;
  return /^[+-]/.test(s) ? s[0] + "0".repeat(room) + s.slice(1) : "0".repeat(room) + s;
};

/** Without the given characters (white space for null) at the ends. */
export function stripped(s: string, set: string | null, left: boolean, right: boolean): string {
  const drop = (c: string): boolean => (set === null ? /\s/.test(c) : set.includes(c));
  const c = chars(s);
  let [from, to] = [0, c.length];
  while (left && from < to && drop(c[from]!)) from++;
  while (right && to > from && drop(c[to - 1]!)) to--;
  return c.slice(from, to).join("");
}

export function replaced(s: string, old: string, by: string, times: number): string {
  if (times < 0) return old === "" ? `${by}${chars(s).join(by)}${s === "" ? "" : by}` : s.split(old).join(by);
  const parts = old === "" ? ["", ...chars(s), ""] : s.split(old);
  const n = Math.min(times, parts.length - 1);
  return (
    parts.slice(0, n + 1).join(by) +
    parts
      .slice(n + 1)
      .map((p) => old + p)
      .join("")
  );
}

export function expandTabs(s: string, size: number): string {
  let column = 0;
  return chars(s)
    .map((c) => {
      if (c === "\t") {
        const n = size > 0 ? size - (column % size) : 0;
        column += n;
        return " ".repeat(n);
      }
      column = c === "\n" || c === "\r" ? 0 : column + 1;
      return c;
    })
    .join("");
}

/** What stands before a separator, the separator, and what stands after it. */
export function partition(s: string, separator: string, last = false): [string, string, string] {
  const at = last ? s.lastIndexOf(separator) : s.indexOf(separator);
  if (at < 0) return last ? ["", "", s] : [s, "", ""];
  return [s.slice(0, at), separator, s.slice(at + separator.length)];
}

const every = (pattern: RegExp) => (s: string) => s !== "" && pattern.test(s);
const SUPERSCRIPTS = "\\u00b2\\u00b3\\u00b9\\u2070\\u2074-\\u2079\\u2080-\\u2089";

/** Questions that are asked of a text. */
export const TESTS: Readonly<Record<string, (s: string) => boolean>> = {
  isalpha: every(/^\p{L}+$/u),
  isalnum: every(/^[\p{L}\p{N}]+$/u),
  isdecimal: every(/^\p{Nd}+$/u),
  isdigit: every(new RegExp(`^[\\p{Nd}${SUPERSCRIPTS}]+$`, "u")),
  isnumeric: every(/^\p{N}+$/u),
  isspace: every(/^\s+$/),
  islower: (s) => s === s.toLowerCase() && s !== s.toUpperCase(),
  isupper: (s) => s === s.toUpperCase() && s !== s.toLowerCase(),
  istitle: (s) => s !== s.toLowerCase() && s === title(s),
};

/** A slice as Python takes it. */
export function sliced(s: string, start: number | null, stop: number | null, step: number): string {
  const c = chars(s);
  const n = c.length;
  const clip = (i: number, low: number, high: number): number =>
    Math.min(Math.max(i < 0 ? i + n : i, low), high);
  const out: string[] = [];
  if (step > 0) for (let i = clip(start ?? 0, 0, n); i < clip(stop ?? n, 0, n); i += step) out.push(c[i]!);
  else
    for (
      let i = start === null ? n - 1 : clip(start, -1, n - 1);
      i > (stop === null ? -1 : clip(stop, -1, n - 1));
      i += step
    )
      out.push(c[i]!);
  return out.join("");
}

export const length = (s: string): number => chars(s).length;
