import {
  type DType,
  float16,
  float32,
  fromFloat16,
  isInteger,
  realOf,
  type Strided,
  toFloat16,
} from "@cognate/kernel";
import type { Complex } from "@cognate/py";
import { type Element, elementOf } from "../array/base.js";
import { itemAt } from "../array/scalars.js";
import { positional, scientific } from "./float-text.js";
import type { Formatters, PrintOptions, Sign } from "./options.js";

/** The text of one element, padded to the width that all share. */
export type ElementText = (a: Strided, position: number) => string;

/** 10 to the power of the decimal digits that a type is sure of: from there on numbers print with exponents. */
const LARGE: Readonly<Record<string, number>> = { float16: 1e3, bfloat16: 1e2, float32: 1e6, complex64: 1e6 };
const largeFor = (d: DType): number => LARGE[d.name] ?? 1e8;

type Options = Pick<PrintOptions, "precision" | "suppress" | "floatmode" | "nanstr" | "infstr" | "sign">;

/** The text after the point of a number that has one. */
const fractionOf = (s: string): number => s.length - s.indexOf(".") - 1;

/** Decides once for all elements how floats are written. */
export function floatFormat(
  values: readonly number[],
  dtype: DType,
  o: Options,
  sign: Sign = o.sign,
): (x: number) => string {
  const finite = values.filter(Number.isFinite);
  const plus = sign === "+";
  const fixed = o.floatmode === "fixed";
  const precision = o.floatmode === "unique" ? null : o.precision;
  const unique = !fixed;
  let [left, right] = [0, 0];
  let write: (x: number) => string = () => "";

  if (finite.length > 0 && needsExponent(finite, dtype, o.suppress)) {
    const texts = finite.map((x) =>
      scientific(x, { precision, unique, trim: fixed ? "k" : ".", sign: plus, dtype }).split("e"),
    );
    const decimals = Math.max(...texts.map(([t]) => fractionOf(t!)));
    const expSize = Math.max(...texts.map(([, e]) => e!.length)) - 1;
    left = Math.max(...texts.map(([t]) => t!.indexOf(".")));
    right = expSize + 2 + decimals;
    if (blankSign(sign, finite)) left++;
    write = (x) =>
      scientific(x, {
        precision: decimals,
        minDigits: decimals,
        unique,
        sign: plus,
        padLeft: left,
        expDigits: expSize,
        dtype,
      });
  } else if (finite.length > 0) {
    const texts = finite.map((x) =>
      positional(x, { precision, unique, trim: fixed ? "k" : ".", sign: plus, dtype }),
    );
    right = Math.max(...texts.map(fractionOf));
    left = Math.max(...texts.map((t) => t.indexOf(".")));
    if (blankSign(sign, finite)) left++;
    const equal = fixed || o.floatmode === "maxprec_equal";
    const digits = equal ? right : precision;
    write = (x) =>
      positional(x, {
        precision: digits,
        minDigits: equal ? right : 0,
        unique,
        trim: equal ? "k" : ".",
        sign: plus,
        padLeft: left,
        padRight: right,
        dtype,
      });
  } else if (blankSign(sign, finite)) left++;

  if (finite.length < values.length) {
    const minus = sign !== "-" || values.includes(Number.NEGATIVE_INFINITY) ? 1 : 0;
    left = Math.max(left, o.nanstr.length - right - 1, o.infstr.length + minus - right - 1);
  }
  const width = left + right + 1;
  return (x) => {
    if (Number.isFinite(x)) return write(x);
    const text = Number.isNaN(x) ? (plus ? "+" : "") + o.nanstr : (x < 0 ? "-" : plus ? "+" : "") + o.infstr;
    return text.padStart(width);
  };
}

/** Whether a blank stands where a minus sign would. */
const blankSign = (sign: Sign, finite: readonly number[]): boolean =>
  sign === " " && !finite.some((x) => x < 0 || Object.is(x, -0));

function needsExponent(finite: readonly number[], dtype: DType, suppress: boolean): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const x of finite) {
    if (x === 0) continue;
    const size = Math.abs(x);
    if (size < low) low = size;
    if (size > high) high = size;
  }
  if (high === 0) return false;
  return (
    high >= largeFor(dtype) || (!suppress && (low < inType(1e-4, dtype) || ratio(high, low, dtype) > 1000))
  );
}

/** A number rounded to the element type. */
const inType = (x: number, dtype: DType): number =>
  dtype === float16 ? fromFloat16(toFloat16(x)) : dtype === float32 ? Math.fround(x) : x;

/** high / low as the element type computes it. */
const ratio = (high: number, low: number, dtype: DType): number => inType(high / low, dtype);

function integerFormat(values: readonly (number | bigint)[], sign: Sign): (x: number | bigint) => string {
  // A blank stands where a minus sign would, unless one does.
  const plus = sign === " " && values.some((x) => x < 0) ? "" : sign === "-" ? "" : sign;
  const text = (x: number | bigint): string => (x >= 0 ? plus + x : String(x));
  const width = values.reduce<number>((w, x) => Math.max(w, text(x).length), 0);
  return (x) => text(x).padStart(width);
}

/** Elements at these positions of the storage decide how every element prints. */
export function elementText(a: Strided, positions: readonly number[], o: PrintOptions): ElementText {
  const own = o.formatter && formatterFor(a.dtype, o.formatter);
  if (own) return (x, position) => own(itemAt(x, position));
  const read = (position: number): Element => elementOf(a, position);
  if (a.dtype.kind === "bool")
    return (x, position) => (elementOf(x, position) ? (a.rank > 0 ? " True" : "True") : "False");
  if (isInteger(a.dtype)) {
    const f = integerFormat(positions.map(read) as number[], o.sign);
    return (x, position) => f(elementOf(x, position) as number);
  }
  if (a.dtype.kind === "float") {
    const f = floatFormat(positions.map(read) as number[], a.dtype, o);
    return (x, position) => f(elementOf(x, position) as number);
  }
  const values = positions.map(read) as Complex[];
  const part = realOf(a.dtype);
  const re = floatFormat(
    values.map((c) => c.real),
    part,
    o,
  );
  const im = floatFormat(
    values.map((c) => c.imag),
    part,
    o,
    "+",
  );
  return (x, position) => {
    const c = elementOf(x, position) as Complex;
    const imag = im(c.imag);
    const bare = imag.trimEnd();
    return `${re(c.real)}${bare}j${imag.slice(bare.length)}`;
  };
}

const KEYS: Readonly<Record<DType["kind"], readonly string[]>> = {
  bool: ["bool"],
  int: ["int", "int_kind"],
  uint: ["int", "int_kind"],
  float: ["float", "float_kind"],
  complex: ["complexfloat", "complex_kind"],
};

/** The caller's formatter for a type: its own key, its kind's, or `all`. */
const formatterFor = (d: DType, f: Formatters): ((x: unknown) => string) | undefined => {
  const key = [...KEYS[d.kind], "all"].find((k) => f[k]);
  return key === undefined ? undefined : f[key];
};
