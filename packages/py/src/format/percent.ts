import { isPlainObject } from "../core/plain.js";
import { KeyError, OverflowError, TypeError, ValueError } from "../exceptions.js";
import { floatOf, intOf, numberOf, scalarOf, toFloat, truncated } from "../protocol/convert.js";
import { typeName } from "../protocol/type-name.js";
import { Parenthesized } from "../sequences/parenthesized.js";
import { asciiRepr, repr, textOf } from "../text/repr.js";
import { isNegative, magnitudeText } from "./digits.js";

interface Conversion {
  readonly flags: string;
  readonly width: number;
  /** −1 where none was given. */
  readonly precision: number;
  readonly type: string;
}

/** Pads a finished number: zeros go between sign or prefix and digits. */
function padNumber(head: string, digits: string, { flags, width }: Conversion, zeros = true): string {
  const missing = Math.max(width - head.length - digits.length, 0);
  if (flags.includes("-")) return head + digits + " ".repeat(missing);
  if (zeros && flags.includes("0")) return head + "0".repeat(missing) + digits;
  return " ".repeat(missing) + head + digits;
}

const signOf = (negative: boolean, flags: string): string =>
  negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";

/** The number that an operand stands for; arrays of one element give theirs. */
function operand(x: unknown, ...methods: readonly string[]): unknown {
  return numberOf(x) || typeof x === "string" ? x : (scalarOf(x, ...methods) ?? x);
}

const RADIX: Readonly<Record<string, number>> = { o: 8, x: 16, X: 16 };

function integerText(given: unknown, c: Conversion): string {
  const { type, flags, precision } = c;
  const x = operand(given, "__index__");
  const float = RADIX[type] ? undefined : floatOf(x);
  const n = float === undefined ? intOf(x) : truncated(float);
  if (n === undefined)
    throw new TypeError(
      RADIX[type]
        ? `%${type} format: an integer is required, not ${typeName(given)}`
        : `%${type} format: a real number is required, not ${typeName(given)}`,
    );
  let digits = (n < 0 ? -BigInt(n) : BigInt(n)).toString(RADIX[type] ?? 10).padStart(precision, "0");
  if (type === "X") digits = digits.toUpperCase();
  const prefix = flags.includes("#") && RADIX[type] ? `0${type}` : "";
  return padNumber(signOf(n < 0, flags) + prefix, digits, c);
}

function floatText(given: unknown, c: Conversion): string {
  const x = operand(given, "__float__");
  const int = intOf(x);
  const value = int === undefined ? floatOf(x) : toFloat(int);
  if (value === undefined) throw new TypeError(`must be real number, not ${typeName(given)}`);
  const text = magnitudeText(Math.abs(value), {
    code: c.type.toLowerCase() as "e" | "f" | "g",
    precision: c.precision < 0 ? 6 : c.precision,
    alternate: c.flags.includes("#"),
  });
  const shown = c.type === c.type.toUpperCase() ? text.toUpperCase() : text;
  return padNumber(signOf(isNegative(value), c.flags), shown, c);
}

function characterText(x: unknown): string {
  if (typeof x === "string" && [...x].length === 1) return x;
  const n = intOf(x);
  if (n === undefined) throw new TypeError("%c requires int or char");
  if (n < 0 || n > 0x10ffff) throw new OverflowError("%c arg not in range(0x110000)");
  return String.fromCodePoint(Number(n));
}

const TEXTS: Readonly<Record<string, (x: unknown) => string>> = {
  s: textOf,
  r: repr,
  a: asciiRepr,
  c: characterText,
};

function converted(x: unknown, c: Conversion, at: number): string {
  const { type, precision } = c;
  if ("diuoxX".includes(type)) return integerText(x, c);
  if ("eEfFgG".includes(type)) return floatText(x, c);
  const text = TEXTS[type];
  if (!text) {
    const code = type.codePointAt(0)!;
    const shown = code >= 0x20 && code < 0x7f ? type : "?";
    throw new ValueError(`unsupported format character '${shown}' (0x${code.toString(16)}) at index ${at}`);
  }
  const whole = text(x);
  const points = [...whole];
  const cut = precision >= 0 && type !== "c" ? points.slice(0, precision) : points;
  const gap = " ".repeat(Math.max(c.width - cut.length, 0));
  return c.flags.includes("-") ? cut.join("") + gap : gap + cut.join("");
}

/** Where the next operand comes from. */
class Operands {
  #taken = 0;
  constructor(
    readonly items: readonly unknown[],
    readonly mapping: unknown,
  ) {}
  take(): unknown {
    if (this.#taken >= this.items.length) throw new TypeError("not enough arguments for format string");
    return this.items[this.#taken++];
  }
  named(key: string): unknown {
    const { mapping } = this;
    if (mapping instanceof Map && mapping.has(key)) return mapping.get(key);
    if (!isPlainObject(mapping) && !(mapping instanceof Map))
      throw new TypeError("format requires a mapping");
    if (!isPlainObject(mapping) || !Object.hasOwn(mapping, key)) throw new KeyError(key);
    return mapping[key];
  }
  /** A width or precision given as `*`. */
  takeSize(): number {
    const n = intOf(this.take());
    if (n === undefined) throw new TypeError("* wants int");
    return Number(n);
  }
  finish(): void {
    const { mapping } = this;
    // What has `[…]` in Python, tuples and strings aside, may be a mapping of which nothing was asked.
    const quiet =
      isPlainObject(mapping) ||
      mapping instanceof Map ||
      ArrayBuffer.isView(mapping) ||
      (Array.isArray(mapping) && !(mapping instanceof Parenthesized));
    if (this.#taken < this.items.length && !quiet)
      throw new TypeError("not all arguments converted during string formatting");
  }
}

const CONVERSION = /^(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?(.)?/su;

function percent(template: string, operands: Operands): string {
  let out = "";
  for (let at = 0; at < template.length; ) {
    const start = template.indexOf("%", at);
    if (start < 0) return finished(out + template.slice(at), operands);
    out += template.slice(at, start);
    const m = CONVERSION.exec(template.slice(start + 1))!;
    const [text, name, flags, width, precision, type] = m;
    if (template[start + 1] === "(" && name === undefined) throw new ValueError("incomplete format key");
    at = start + 1 + text.length;
    const named = name === undefined ? undefined : () => operands.named(name);
    const size = (s: string | undefined): number => (s === "*" ? operands.takeSize() : Number(s));
    const given = width === undefined ? 0 : size(width);
    const c: Conversion = {
      flags: given < 0 ? `${flags}-` : flags!,
      width: Math.abs(given),
      precision: precision === undefined ? -1 : Math.max(size(precision), 0),
      type: type ?? "",
    };
    if (type === undefined) throw new ValueError("incomplete format");
    out += type === "%" ? "%" : converted(named ? named() : operands.take(), c, at - type.length);
  }
  return finished(out, operands);
}

function finished(text: string, operands: Operands): string {
  operands.finish();
  return text;
}

/** `template % right` with Python's rule: a tuple holds the operands, anything else is the only one. */
export function percentOperator(template: string, right: unknown): string {
  return percent(
    template,
    right instanceof Parenthesized ? new Operands(right, undefined) : new Operands([right], right),
  );
}

/** Conversions of a template that take an operand each. */
const conversions = (template: string): number =>
  [...template.matchAll(/%(?:\([^)]*\))?[-+ #0]*(\*|\d+)?(?:\.(\*|\d*))?[hlL]?(.)/gsu)].reduce(
    (n, [, width, precision, type]) =>
      n + (type === "%" ? 0 : 1) + (width === "*" ? 1 : 0) + (precision === "*" ? 1 : 0),
    0,
  );

/**
 * Python's `template % (a, b, …)`: printf-style formatting with every flag, `%(name)s`, `%r`, `%*d`.
 *
 * One tuple is taken apart where the template wants as many values as it holds, and not one.
 *
 * @throws TypeError, ValueError in Python's words where template and operands do not fit
 *
 * @example
 * ```ts
 * import { fmt, print } from "@cognate/py";
 * print(fmt("%.4f|%5d|%-5s|%r", 2 / 3, 42, "ab", "ab")); // prints 0.6667|   42|ab   |'ab'
 * print(fmt("%(name)s: %(loss).2e", { name: "fc", loss: 0.00123 })); // prints fc: 1.23e-03
 * ```
 */
export function fmt(template: string, ...args: readonly unknown[]): string {
  const [first] = args;
  if (args.length !== 1) return percent(template, new Operands(args, undefined));
  if (first instanceof Parenthesized && first.length !== 1 && conversions(template) === first.length)
    return percent(template, new Operands(first, undefined));
  return percent(template, new Operands(args, first));
}
