import { type Digits, fixedDigits, shortestDigits, significantDigits } from "../numbers/decimal.js";

/** How a float is written out: `e`, `f` and `g` as in C, `r` by the shortest digits that read back. */
export interface FloatStyle {
  readonly code: "e" | "f" | "g" | "r";
  readonly precision: number;
  /** `#`: keep the point and, for `g`, the zeros at the end. */
  readonly alternate?: boolean;
  /** Add `.0` to what would read as an int. */
  readonly dotZero?: boolean;
}

const power = (e: number): string => `e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;

/** `123.45` as whole and fraction. */
function plainParts({ digits, point }: Digits): [string, string] {
  if (point <= 0) return ["0", "0".repeat(-point) + digits];
  return [digits.slice(0, point).padEnd(point, "0"), digits.slice(point)];
}

const joined = (whole: string, fraction: string, { alternate, dotZero }: FloatStyle): string =>
  fraction !== "" ? `${whole}.${fraction}` : dotZero ? `${whole}.0` : alternate ? `${whole}.` : whole;

const scientific = ({ digits, point }: Digits, style: FloatStyle): string =>
  joined(digits[0]!, digits.slice(1), { ...style, dotZero: false }) + power(point - 1);

/** The text of `x ≥ 0`, NaN or infinity, without a sign. */
export function magnitudeText(x: number, style: FloatStyle): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : "inf";
  const { code, precision, alternate, dotZero } = style;
  if (code === "f") {
    const text = fixedDigits(x, precision);
    return alternate && precision === 0 ? `${text}.` : text;
  }
  if (code === "e") return scientific(significantDigits(x, precision + 1), style);
  const count = Math.max(precision, 1);
  let value = code === "r" ? shortestDigits(x) : significantDigits(x, count);
  if (code === "g" && !alternate) value = { ...value, digits: value.digits.replace(/(?!^)0+$/, "") };
  // The limits of CPython's format_float_short (Python/pystrtod.c).
  const limit = code === "r" ? 16 : count - (dotZero ? 1 : 0);
  if (value.point <= -4 || value.point > limit) return scientific(value, style);
  return joined(...plainParts(value), style);
}

/** Whether Python writes a minus sign: −0 has one, NaN has none. */
export const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);
