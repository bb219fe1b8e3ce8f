import { type DType, float64 } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { type Digits, exact, rounded, shortest } from "./decimal.js";

/** What becomes of zeros at the end: kept, all but one after the point, all, all and the point with them. */
export type Trim = "k" | "0" | "." | "-";

export interface FloatTextOptions {
  /** Greatest number of digits after the point, `null` for as many as there are. */
  readonly precision?: number | null;
  /** Shortest digits that read back; else exact digits. */
  readonly unique?: boolean;
  readonly trim?: Trim;
  /** `+` before positive numbers. */
  readonly sign?: boolean;
  /** Characters before the point, blanks in front. */
  readonly padLeft?: number | null;
  readonly minDigits?: number | null;
  readonly dtype?: DType;
}

export interface PositionalOptions extends FloatTextOptions {
  /** Precision counts digits after the point, not all digits. */
  readonly fractional?: boolean;
  /** Characters after the point, blanks behind. */
  readonly padRight?: number | null;
}

export interface ScientificOptions extends FloatTextOptions {
  readonly expDigits?: number | null;
}

const ZERO: Digits = { digits: "", point: 0 };

/**
 * Digits of |x| where `countOf` says how many of them a number of decimals means; `cut` is the number of decimals that
 * the digits were cut to, whose zeros count as digits.
 */
function digitsOf(
  x: number,
  { precision = null, unique = true, minDigits = null, dtype = float64 }: FloatTextOptions,
  countOf: (decimals: number, d: Digits) => number,
): Digits & { readonly cut: number } {
  if (minDigits !== null && precision !== null && minDigits > precision)
    throw new ValueError("min_digits must be less than or equal to precision");
  const v = Math.abs(x);
  if (v === 0) return { ...ZERO, cut: 0 };
  const short = unique ? shortest(v, dtype) : undefined;
  if (short) {
    const few = minDigits !== null && short.digits.length < countOf(minDigits, short);
    const many = precision !== null && short.digits.length > countOf(precision, short);
    if (!few && !many) return { ...short, cut: 0 };
    const all = exact(v);
    const decimals = few ? minDigits! : precision!;
    const cut = cutTo(all, countOf(decimals, all));
    return { ...cut, cut: cut.up && many ? 0 : decimals };
  }
  const all = exact(v);
  return precision === null ? { ...all, cut: 0 } : { ...cutTo(all, countOf(precision, all)), cut: precision };
}

/** Digits rounded to so many: nines that carry are gone, zeros that were there stay. */
function cutTo(all: Digits, count: number): ReturnType<typeof rounded> {
  const cut = rounded(all, count);
  return cut.up ? { ...cut, digits: cut.digits.replace(/0+$/, "") } : cut;
}

function trimmed(fraction: string, trim: Trim, decimals: number): string {
  if (trim === "k") return `.${fraction.padEnd(decimals, "0")}`;
  const bare = fraction.replace(/0+$/, "");
  if (bare) return `.${bare}`;
  return trim === "0" ? ".0" : trim === "." ? "." : "";
}

const signOf = (x: number, plus: boolean): string => (x < 0 || Object.is(x, -0) ? "-" : plus ? "+" : "");

function special(x: number, sign: boolean): string {
  if (Number.isNaN(x)) return "nan";
  return `${x < 0 ? "-" : sign ? "+" : ""}inf`;
}

/** Decimals that zeros fill up to where none are trimmed. */
const decimalsOf = ({ precision = null, unique = true, minDigits = null }: FloatTextOptions): number =>
  unique ? (minDigits ?? 0) : (precision ?? minDigits ?? 0);

/** A float written out (`np.format_float_positional`). */
export function positional(x: number, options: PositionalOptions): string {
  const { trim = "k", sign = false, padLeft = null, padRight = null, fractional = true } = options;
  if (!Number.isFinite(x)) return special(x, sign);
  const d = digitsOf(x, options, (n, at) => (fractional ? n + at.point : n));
  const { digits, point } = d;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const fraction = point > 0 ? digits.slice(point) : digits && "0".repeat(-point) + digits;
  const wanted = Math.max(decimalsOf(options), d.cut);
  const decimals = fractional ? wanted : Math.max(0, wanted - Math.max(point, 1));
  const head = signOf(x, sign) + whole;
  const tail = trimmed(fraction, trim, decimals);
  const right = padRight === null ? tail : tail.padEnd(padRight + 1);
  return (padLeft === null ? head : head.padStart(padLeft)) + right;
}

/** A float with an exponent (`np.format_float_scientific`). */
export function scientific(x: number, options: ScientificOptions): string {
  const { trim = "k", sign = false, padLeft = null, expDigits = null } = options;
  if (!Number.isFinite(x)) return special(x, sign);
  const { digits, point, cut } = digitsOf(x, options, (n) => n + 1);
  const exponent = digits === "" ? 0 : point - 1;
  const head = signOf(x, sign) + (digits[0] ?? "0");
  const size = String(Math.abs(exponent)).padStart(expDigits ?? 2, "0");
  const tail = trimmed(digits.slice(1), trim, Math.max(decimalsOf(options), cut));
  return `${padLeft === null ? head : head.padStart(padLeft)}${tail}e${exponent < 0 ? "-" : "+"}${size}`;
}
