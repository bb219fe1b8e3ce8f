import { OverflowError, ValueError } from "../exceptions.js";
import type { Complex } from "../numbers/complex.js";
import { toFloat } from "../protocol/convert.js";
import { type FloatStyle, isNegative, magnitudeText } from "./digits.js";
import { grouped, pad, type Spec, shownType } from "./spec.js";

const unknown = (type: string, owner: string): ValueError =>
  new ValueError(`Unknown format code '${shownType(type)}' for object of type '${owner}'`);

const signOf = (negative: boolean, { sign }: Spec): string => (negative ? "-" : sign === "-" ? "" : sign);

/** The finished number: digits in groups, zeros before them where the padding is zeros, then the padding. */
function assembled(
  sign: string,
  prefix: string,
  digits: string,
  rest: string,
  group: number,
  spec: Spec,
): string {
  const head = sign + prefix;
  const fills = spec.fill === "0" && spec.align === "=";
  const width = fills ? spec.width - head.length - rest.length : 0;
  const whole =
    digits !== "" && (spec.grouping || fills) ? grouped(digits, spec.grouping, group, width) : digits;
  return pad(head, whole + rest, spec, ">");
}

const RADIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

/** `format(int, spec)`. */
export function formatInt(n: number | bigint, spec: Spec, owner: string): string {
  const { type } = spec;
  if (type !== "" && "eEfFgG%".includes(type)) return formatFloat(toFloat(n), spec, owner);
  if (type !== "" && !"bcdoxXn".includes(type)) throw unknown(type, owner);
  if (spec.precision >= 0) throw new ValueError("Precision not allowed in integer format specifier");
  if (spec.positiveZero)
    throw new ValueError("Negative zero coercion (z) not allowed in integer format specifier");
  if (type === "c") return formatCharacter(n, spec);
  const radix = RADIX[type] ?? 10;
  const digits = (n < 0 ? -BigInt(n) : BigInt(n)).toString(radix);
  const prefix = spec.alternate && radix !== 10 ? `0${type}` : "";
  return assembled(
    signOf(n < 0, spec),
    prefix,
    type === "X" ? digits.toUpperCase() : digits,
    "",
    radix === 10 ? 3 : 4,
    spec,
  );
}

function formatCharacter(n: number | bigint, spec: Spec): string {
  if (spec.sign) throw new ValueError("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate)
    throw new ValueError("Alternate form (#) not allowed with integer format specifier 'c'");
  if (BigInt.asIntN(64, BigInt(n)) !== BigInt(n))
    throw new OverflowError("Python int too large to convert to C long");
  if (n < 0 || n > 0x10ffff) throw new OverflowError("%c arg not in range(0x110000)");
  return pad("", String.fromCodePoint(Number(n)), spec, ">");
}

/** How the specifier writes floats; `bare` is what stands for no type at all. */
function styleOf(spec: Spec, bare: FloatStyle): FloatStyle {
  const { type, precision, alternate } = spec;
  if (type === "")
    return precision < 0 ? { ...bare, alternate } : { ...bare, code: "g", precision, alternate };
  const code = type === "%" ? "f" : type === "n" ? "g" : (type.toLowerCase() as "e" | "f" | "g");
  return { code, precision: precision < 0 ? 6 : precision, alternate };
}

const ZERO = /^[0.]*(?:e[+-]\d+)?%?$/;

/** Sign and text of a float; with `z` what was rounded to zero is not negative. */
function signedText(x: number, spec: Spec, style: FloatStyle): [sign: string, text: string] {
  const text = magnitudeText(Math.abs(x), style);
  const negative = isNegative(x) && !(spec.positiveZero && ZERO.test(text));
  return [signOf(negative, spec), "EFG".includes(spec.type || " ") ? text.toUpperCase() : text];
}

/** `format(float, spec)`. */
export function formatFloat(x: number, spec: Spec, owner = "float"): string {
  if (spec.type !== "" && !"eEfFgGn%".includes(spec.type)) throw unknown(spec.type, owner);
  const percent = spec.type === "%";
  const [sign, text] = signedText(
    percent ? x * 100 : x,
    spec,
    styleOf(spec, { code: "r", precision: 0, dotZero: true }),
  );
  const [, digits, rest] = /^(\d*)(.*)$/s.exec(text) as unknown as [string, string, string];
  return assembled(sign, "", digits, percent ? `${rest}%` : rest, 3, spec);
}

/** `format(complex, spec)`. */
export function formatComplex(z: Complex, spec: Spec): string {
  if (spec.type !== "" && !"eEfFgGn".includes(spec.type)) throw unknown(spec.type, "complex");
  if (spec.fill === "0") throw new ValueError("Zero padding is not allowed in complex format specifier");
  if (spec.align === "=")
    throw new ValueError("'=' alignment flag is not allowed in complex format specifier");
  const style = styleOf(spec, { code: "r", precision: 0 });
  const part = (x: number, s: Spec): string => {
    const [sign, text] = signedText(x, s, style);
    const [, digits, rest] = /^(\d*)(.*)$/s.exec(text) as unknown as [string, string, string];
    return sign + (s.grouping && digits ? grouped(digits, s.grouping, 3, 0) : digits) + rest;
  };
  const bare = spec.type === "";
  const imag = part(z.imag, { ...spec, sign: bare && Object.is(z.real, 0) ? spec.sign : "+" });
  const text = bare && Object.is(z.real, 0) ? `${imag}j` : `${part(z.real, spec)}${imag}j`;
  return pad("", bare && !Object.is(z.real, 0) ? `(${text})` : text, spec, ">");
}
