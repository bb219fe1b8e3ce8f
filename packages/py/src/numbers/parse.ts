import { normalInt } from "./int.js";

/** Python's white space: JavaScript's without the byte order mark, but with the separators 1c to 1f and 85. */
function isSpace(c: string): boolean {
  const code = c.charCodeAt(0);
  return code === 0x85 || (code >= 0x1c && code <= 0x1f) || (code !== 0xfeff && /\s/.test(c));
}

/** Without the white space that Python's `strip` takes. */
export function strip(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text[start]!)) start++;
  while (start < end && isSpace(text[end - 1]!)) end--;
  return text.slice(start, end);
}

const UNDERSCORED = /^\d+(?:_\d+)*$/;

/** The number that Python's `float(text)` reads, or `null`. */
export function parseFloatText(text: string): number | null {
  const s = strip(text);
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(s);
  if (special) {
    const size = special[2]!.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return special[1] === "-" ? -size : size;
  }
  const m = /^[+-]?(\d[\d_]*)?(?:\.(\d[\d_]*)?)?(?:[eE][+-]?(\d[\d_]*))?$/.exec(s);
  if (!m || (m[1] === undefined && m[2] === undefined)) return null;
  for (const digits of m.slice(1)) if (digits !== undefined && !UNDERSCORED.test(digits)) return null;
  return Number(s.replaceAll("_", ""));
}

const PREFIX: Readonly<Record<number, string>> = { 2: "b", 8: "o", 16: "x" };

function digitValue(c: string): number {
  const v = Number.parseInt(c, 36);
  return Number.isNaN(v) ? 99 : v;
}

/** The int that Python's `int(text, base)` reads, or `null`; base 0 goes by the prefix. */
export function parseIntText(text: string, base: number): number | bigint | null {
  const m = /^([+-]?)(?:0([box])(?=_?[\da-z]))?(.*)$/is.exec(strip(text))!;
  let [, sign, prefix = "", digits] = m as unknown as [string, string, string | undefined, string];
  const marked = prefix.toLowerCase();
  const radix = base === 0 ? ({ b: 2, o: 8, x: 16 }[marked] ?? 10) : base;
  if (marked !== "" && PREFIX[radix] !== marked) digits = `0${prefix}${digits}`;
  else if (marked !== "") digits = digits.replace(/^_/, "");
  if (!/^[\da-z]+(?:_[\da-z]+)*$/i.test(digits)) return null;
  const bare = digits.replaceAll("_", "").toLowerCase();
  if (base === 0 && marked === "" && /^0+[1-9]/.test(bare)) return null;
  let n = 0n;
  for (const c of bare) {
    const value = digitValue(c);
    if (value >= radix) return null;
    if (radix !== 10) n = n * BigInt(radix) + BigInt(value);
  }
  if (radix === 10) n = BigInt(bare);
  return normalInt(sign === "-" ? -n : n);
}

/** The parts that Python's `complex(text)` reads, or `null`. */
export function parseComplexText(text: string): [re: number, im: number] | null {
  const s = strip(strip(text).replace(/^\((.*)\)$/s, "$1"));
  const number = "(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d[\\d_]*)?|inf(?:inity)?|nan";
  const m = new RegExp(`^([+-]?(?:${number}))?(?:([+-](?:${number})?|)j)?$`, "i").exec(s);
  const only = new RegExp(`^([+-]?(?:${number})?)j$`, "i").exec(s);
  const read = (part: string): number | null =>
    part === "" || part === "+" ? 1 : part === "-" ? -1 : parseFloatText(part);
  if (only) {
    const im = read(only[1]!);
    return im === null ? null : [0, im];
  }
  if (!m || m[1] === undefined || (/j$/i.test(s) && !m[2])) return null;
  const [re, im] = [parseFloatText(m[1]), m[2] === undefined ? 0 : read(m[2])];
  return re === null || im === null ? null : [re, im];
}
