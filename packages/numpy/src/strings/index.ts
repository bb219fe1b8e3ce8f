/** Functions of arrays of texts, NumPy's `numpy.strings`. */

import { int64 } from "@cognate/kernel";
import {
  type ArrayLike,
  countsOf,
  type Flag,
  flagsOf,
  type Item,
  mapTexts,
  type ndarray,
  TextArray,
  textArray,
  textsOf,
} from "@cognate/ndarray/core";
import { def, fmt, NotImplementedError, Tuple, TypeError, ValueError } from "@cognate/py";
import { asArray, cast, type Strided, strided } from "../internal.js";
import * as python from "./python.js";

/** Texts: an array of them, a list, or one. */
export type Texts = ndarray | string | readonly unknown[];

const N = "numpy.strings";
const END = Number.MAX_SAFE_INTEGER;

/** @throws TypeError for what is no text */
function texts(x: unknown): TextArray {
  if (x instanceof TextArray || typeof x === "string" || Array.isArray(x)) return textArray(x);
  throw new TypeError("string operation on non-string array");
}
const whole = (x: ArrayLike | null, otherwise = END): Strided => {
  const a = strided(x ?? otherwise);
  if (a.dtype.kind === "float")
    throw new TypeError(`unsupported type ${asArray(x!).dtype.name} for operand 'start'`);
  return cast(a, int64);
};

const words = (name: string, f: (s: string) => string) =>
  def(`${N}.${name}`, "a", (a: Texts): TextArray => textsOf(mapTexts([texts(a)], f)));
const question = (name: string) =>
  def(`${N}.${name}`, "x", (x: Texts): Item => flagsOf(mapTexts([texts(x)], python.TESTS[name]!)));

/** Texts in capitals. */
export const upper = words("upper", (s) => s.toUpperCase());
/** Texts in small letters. */
export const lower = words("lower", (s) => s.toLowerCase());
/** The first letter in capitals, the rest small. */
export const capitalize = words("capitalize", python.capitalize);
/** Every word capitalized. */
export const title = words("title", python.title);
/** Small letters for capitals and the other way round. */
export const swapcase = words("swapcase", python.swapCase);

/** Whether all characters are letters. */
export const isalpha = question("isalpha");
/** Whether all characters are letters or numbers. */
export const isalnum = question("isalnum");
/** Whether all characters are decimal digits. */
export const isdecimal = question("isdecimal");
/** Whether all characters are digits. */
export const isdigit = question("isdigit");
/** Whether all characters are numbers. */
export const isnumeric = question("isnumeric");
/** Whether all characters are white space. */
export const isspace = question("isspace");
/** Whether all letters are small. */
export const islower = question("islower");
/** Whether all letters are capitals. */
export const isupper = question("isupper");
/** Whether words begin with capitals, and go on in small letters. */
export const istitle = question("istitle");

/** The number of characters. */
export const str_len = def(
  `${N}.str_len`,
  "x",
  (x: Texts): Item => countsOf(mapTexts([texts(x)], python.length)),
);

/**
 * Texts one after the other.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.array(["ab", "c"]);
 * print(np.strings.add(a, "!"), np.strings.upper(a), np.strings.str_len(a)); // prints ['ab!' 'c!'] ['AB' 'C'] [2 1]
 * ```
 */
export const add = def(
  `${N}.add`,
  "x1 x2",
  (x1: Texts, x2: Texts): TextArray => textsOf(mapTexts([texts(x1), texts(x2)], (a, b) => a + b)),
);
/** Texts repeated; less than once gives nothing. */
export const multiply = def(
  `${N}.multiply`,
  "a i",
  (a: Texts, i: ArrayLike): TextArray =>
    textsOf(mapTexts([texts(a), whole(i)], (s, n) => s.repeat(Math.max(n, 0)))),
);
/** Texts with values put in, Python's `%`. */
export const mod = def(
  `${N}.mod`,
  "a values",
  (a: Texts, values: unknown): TextArray =>
    textsOf(
      mapTexts([texts(a)], (s) => fmt(s, ...((values instanceof Tuple ? values : [values]) as never[]))),
    ),
);

const comparing = (name: string, method: "eq" | "ne" | "lt" | "le" | "gt" | "ge") =>
  def(`${N}.${name}`, "x1 x2", (x1: Texts, x2: Texts): Flag => texts(x1)[method](texts(x2) as never));
/** Whether texts are the same. */
export const equal = comparing("equal", "eq");
/** Whether texts differ. */
export const not_equal = comparing("not_equal", "ne");
/** Whether the first comes after the second. */
export const greater = comparing("greater", "gt");
/** Whether the first does not come before the second. */
export const greater_equal = comparing("greater_equal", "ge");
/** Whether the first comes before the second. */
export const less = comparing("less", "lt");
/** Whether the first does not come after the second. */
export const less_equal = comparing("less_equal", "le");

const searching = (name: string, f: (s: string, sub: string, start: number, end: number) => number) =>
  def(
    `${N}.${name}`,
    "a sub start end",
    (a: Texts, sub: Texts, start: ArrayLike = 0, end: ArrayLike | null = null): Item =>
      countsOf(mapTexts([texts(a), texts(sub), whole(start), whole(end)], f)),
  );
const found = (i: number): number => {
  if (i < 0) throw new ValueError("substring not found");
  return i;
};
/** Where a text first occurs; −1 where it does not. */
export const find = searching("find", python.find);
/** Where a text last occurs; −1 where it does not. */
export const rfind = searching("rfind", (s, sub, a, b) => python.find(s, sub, a, b, true));
/** Where a text first occurs. @throws ValueError where it does not */
export const index = searching("index", (s, sub, a, b) => found(python.find(s, sub, a, b)));
/** Where a text last occurs. @throws ValueError where it does not */
export const rindex = searching("rindex", (s, sub, a, b) => found(python.find(s, sub, a, b, true)));
/** How often a text occurs. */
export const count = searching("count", python.count);

const ends = (name: string, what: string, f: (s: string, t: string, start: number, end: number) => boolean) =>
  def(
    `${N}.${name}`,
    `a ${what}|part start end` as "a part start end",
    (a: Texts, part: Texts, start: ArrayLike = 0, end: ArrayLike | null = null): Item =>
      flagsOf(mapTexts([texts(a), texts(part), whole(start), whole(end)], f)),
  );
/** Whether texts begin so. */
export const startswith = ends("startswith", "prefix", python.startsWith);
/** Whether texts end so. */
export const endswith = ends("endswith", "suffix", python.endsWith);

const padding = (name: string, side: "left" | "right" | "both") =>
  def(`${N}.${name}`, "a width fillchar", (a: Texts, width: ArrayLike, fillchar: Texts = " "): TextArray => {
    const fill = texts(fillchar);
    if (fill._flat().some((c) => python.length(c) !== 1))
      throw new TypeError("The fill character must be exactly one character long");
    return textsOf(mapTexts([texts(a), whole(width), fill], (s, n, c) => python.padded(s, n, c, side)));
  });
/** Texts in the middle of a width. */
export const center = padding("center", "both");
/** Texts at the left of a width. */
export const ljust = padding("ljust", "right");
/** Texts at the right of a width. */
export const rjust = padding("rjust", "left");
/** Numbers with zeros on the left up to a width. */
export const zfill = def(
  `${N}.zfill`,
  "a width",
  (a: Texts, width: ArrayLike): TextArray => textsOf(mapTexts([texts(a), whole(width)], python.zeroFilled)),
);

const stripping = (name: string, left: boolean, right: boolean) =>
  def(`${N}.${name}`, "a chars", (a: Texts, chars: Texts | null = null): TextArray => {
    const from = texts(a);
    return textsOf(
      chars === null
        ? mapTexts([from], (s) => python.stripped(s, null, left, right))
        : mapTexts([from, texts(chars)], (s, set) => python.stripped(s, set, left, right)),
    );
  });
/** Without white space (or the given characters) at both ends. */
export const strip = stripping("strip", true, true);
/** Without white space (or the given characters) at the beginning. */
export const lstrip = stripping("lstrip", true, false);
/** Without white space (or the given characters) at the end. */
export const rstrip = stripping("rstrip", false, true);

/** One text for another, `count` times at most. */
export const replace = def(
  `${N}.replace`,
  "a old new_ count",
  (a: Texts, old: Texts, to: Texts, times: ArrayLike = -1): TextArray =>
    textsOf(mapTexts([texts(a), texts(old), texts(to), whole(times)], python.replaced)),
);
/** Tabs as spaces. */
export const expandtabs = def(
  `${N}.expandtabs`,
  "a tabsize",
  (a: Texts, tabsize: ArrayLike = 8): TextArray =>
    textsOf(mapTexts([texts(a), whole(tabsize)], python.expandTabs)),
);
/** Parts of texts, as `text[start:stop:step]`; one number is where it stops. */
export const slice = def(
  `${N}.slice`,
  "a start stop step",
  (
    a: Texts,
    start: number | null = null,
    stop: number | null | undefined = undefined,
    step: number | null = null,
  ): TextArray => {
    const [from, to] = stop === undefined ? [null, start] : [start, stop];
    if (step === 0) throw new ValueError("slice step cannot be zero");
    return textsOf(mapTexts([texts(a)], (s) => python.sliced(s, from, to, step ?? 1)));
  },
);

const parting = (name: string, last: boolean) =>
  def(`${N}.${name}`, "a sep", (a: Texts, sep: Texts): Tuple<TextArray> => {
    const { values, shape } = mapTexts([texts(a), texts(sep)], (s, t) => {
      if (t === "") throw new ValueError("empty separator");
      return python.partition(s, t, last);
    });
    return Tuple.of_([0, 1, 2].map((i) => textsOf({ values: values.map((v) => v[i]!), shape })));
  });
/** What stands before the first separator, the separator, what stands after it. */
export const partition = parting("partition", false);
/** What stands before the last separator, the separator, what stands after it. */
export const rpartition = parting("rpartition", true);

/** Characters by a table: from code points to code points, texts or null. */
export const translate = def(
  `${N}.translate`,
  "a table:map deletechars",
  (a: Texts, table: unknown, _deletechars: string | null = null): TextArray => {
    const entries = table instanceof Map ? table : new Map(Object.entries(table as object));
    const to = (c: string): string => {
      const code = c.codePointAt(0)!;
      const v = entries.has(code) ? entries.get(code) : entries.get(String(code));
      if (v === undefined) return c;
      return v === null ? "" : typeof v === "number" ? String.fromCodePoint(v) : String(v);
    };
    return textsOf(mapTexts([texts(a)], (s) => [...s].map(to).join("")));
  },
);

const bytes = (name: string) =>
  def(
    `${N}.${name}`,
    "a encoding errors",
    (_a: unknown, _encoding: unknown = null, _errors: unknown = null): never => {
      throw new NotImplementedError(
        `numpy.strings.${name} is left out: arrays here hold no bytes; use TextEncoder`,
      );
    },
  );
/** Left out: arrays hold no bytes. @throws NotImplementedError */
export const encode = bytes("encode");
/** Left out: arrays hold no bytes. @throws NotImplementedError */
export const decode = bytes("decode");
