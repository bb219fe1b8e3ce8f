import { ValueError } from "../exceptions.js";

/** The parts of a format specifier, as in Python's "Format Specification Mini-Language". */
export interface Spec {
  readonly fill: string;
  /** `""` where none was given. */
  readonly align: "" | "<" | ">" | "=" | "^";
  readonly sign: "" | "+" | "-" | " ";
  /** `z`: a negative zero loses its sign. */
  readonly positiveZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: "" | "," | "_";
  /** −1 where none was given. */
  readonly precision: number;
  readonly type: string;
}

const HEAD = /^(?:(.)?([<>=^]))?([+\- ])?(z)?(#)?(0)?(\d+)?(,)?(_)?(,)?/su;
const GROUPABLE: Readonly<Record<string, string>> = { ",": "deEfFgG%", _: "deEfFgG%boxX" };

/** How error texts show a presentation type. */
export const shownType = (type: string): string =>
  type >= "!" && type <= "~" ? type : `\\x${type.codePointAt(0)!.toString(16)}`;

/** Parses a specifier. @throws ValueError in Python's words, for a value of type `owner` */
export function parseSpec(text: string, owner: string): Spec {
  const m = HEAD.exec(text)!;
  const [head, fill, align, sign, z, hash, zero, width, comma, underscore, late] = m;
  if (underscore && (comma || late)) throw new ValueError("Cannot specify both ',' and '_'.");
  const grouping = comma ? "," : (underscore ?? "");
  let rest = text.slice(comma && late ? head.length - 1 : head.length);
  let precision = -1;
  if (rest.startsWith(".")) {
    const digits = /^\.(\d+)/.exec(rest);
    if (!digits) throw new ValueError("Format specifier missing precision");
    precision = Number(digits[1]);
    rest = rest.slice(digits[0].length);
  }
  const [type = "", more] = rest;
  if (more !== undefined)
    throw new ValueError(`Invalid format specifier '${text}' for object of type '${owner}'`);
  if (grouping && type && !GROUPABLE[grouping]!.includes(type))
    throw new ValueError(`Cannot specify '${grouping}' with '${shownType(type)}'.`);
  return {
    fill: fill ?? (zero ? "0" : " "),
    align: (align ?? (zero && owner !== "str" ? "=" : "")) as Spec["align"],
    sign: (sign ?? "") as Spec["sign"],
    positiveZero: z !== undefined,
    alternate: hash !== undefined,
    width: width === undefined ? 0 : Number(width),
    grouping: grouping as Spec["grouping"],
    precision,
    type,
  };
}

const codePoints = (s: string): number => {
  let n = s.length;
  for (let i = 0; i < s.length; i++) if ((s.charCodeAt(i) & 0xfc00) === 0xdc00) n--;
  return n;
};

/** Pads to the specifier's width; `=` pads between `head` (sign and prefix) and `body`. */
export function pad(head: string, body: string, { fill, align, width }: Spec, usual: "<" | ">"): string {
  const missing = width - codePoints(head) - codePoints(body);
  const text = head + body;
  if (missing <= 0) return text;
  switch (align || usual) {
    case "<":
      return text + fill.repeat(missing);
    case "=":
      return head + fill.repeat(missing) + body;
    case "^":
      return fill.repeat(missing >> 1) + text + fill.repeat(missing - (missing >> 1));
    default:
      return fill.repeat(missing) + text;
  }
}

/** Digits in groups from the right, led by zeros up to `width` characters. */
export function grouped(digits: string, separator: string, size: number, width: number): string {
  if (separator === "") return digits.padStart(width, "0");
  let n = digits.length;
  while (n + Math.floor((n - 1) / size) < width) n++;
  const all = digits.padStart(n, "0");
  const head = all.length % size || size;
  let out = all.slice(0, head);
  for (let i = head; i < all.length; i += size) out += separator + all.slice(i, i + size);
  return out;
}
