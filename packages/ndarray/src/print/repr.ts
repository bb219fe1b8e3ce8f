import { bool, complex128, type DType, float64, int64, type Strided } from "@cognate/kernel";
import { def, format, TypeError } from "@cognate/py";
import { type ArrayBase, elementOf } from "../array/base.js";
import { asStrided } from "../array/create.js";
import type { ArrayLike } from "../array/types.js";
import { tupleText } from "../errors/classes.js";
import { arrayText } from "./array-text.js";
import { positional, scientific, type Trim } from "./float-text.js";
import {
  currentOptions,
  type FloatMode,
  type Formatters,
  type PrintOptions,
  type Sign,
  withChanges,
} from "./options.js";
import { scalarText } from "./scalar-text.js";

/** Types that an array's text shows by itself. */
const IMPLIED: readonly DType[] = [bool, int64, float64, complex128];

const SUFFIX = ")";

/** `repr(array)` under the given options. */
export function reprOf(a: Strided, o: PrintOptions, name = "array"): string {
  const prefix = `${name}(`;
  const summarized = a.size > o.threshold;
  const flat = a.size > 0 || (a.rank === 1 && a.shape[0] === 0);
  const body = a.size > 0 ? arrayText(a, o, ", ", prefix, o.linewidth - SUFFIX.length) : "[]";
  const extras: string[] = [];
  if (!flat || summarized) extras.push(`shape=${tupleText(a.shape)}`);
  if (!IMPLIED.includes(a.dtype) || a.size === 0) extras.push(`dtype=${a.dtype.name}`);
  if (extras.length === 0) return `${prefix}${body}${SUFFIX}`;
  const text = `${prefix}${body},`;
  const more = `${extras.join(", ")}${SUFFIX}`;
  const last = text.length - (text.lastIndexOf("\n") + 1);
  const gap = last + more.length + 1 > o.linewidth ? `\n${" ".repeat(prefix.length)}` : " ";
  return text + gap + more;
}

/** `str(array)` under the given options. */
export const strOf = (a: Strided, o: PrintOptions): string =>
  a.rank === 0 ? scalarText(a) : arrayText(a, o, " ", "", o.linewidth);

/**
 * An array as text, with any of the print options for this once.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.array2string(np.array([1.23456, 2]), { precision: 2, separator: ", " })); // prints [1.23, 2.  ]
 * ```
 */
export const array2string = def(
  "numpy.array2string",
  "a max_line_width precision suppress_small separator prefix * formatter:dict threshold edgeitems sign floatmode suffix legacy",
  (
    a: ArrayLike,
    max_line_width: number | null = null,
    precision: number | null = null,
    suppress_small: boolean | null = null,
    separator = " ",
    prefix = "",
    formatter: Formatters | null = null,
    threshold: number | null = null,
    edgeitems: number | null = null,
    sign: Sign | null = null,
    floatmode: FloatMode | null = null,
    suffix = "",
    _legacy: unknown = null,
  ): string => {
    const o = withChanges({
      linewidth: max_line_width,
      precision,
      suppress: suppress_small,
      formatter,
      threshold,
      edgeitems,
      sign,
      floatmode,
    });
    return arrayText(asStrided(a), o, separator, prefix, o.linewidth - suffix.length);
  },
);

/** `repr` of an array, with line width, precision and suppression of small numbers for this once. */
export const array_repr = def(
  "numpy.array_repr",
  "arr max_line_width precision suppress_small",
  (
    arr: ArrayLike,
    max_line_width: number | null = null,
    precision: number | null = null,
    suppress_small: boolean | null = null,
  ): string =>
    reprOf(asStrided(arr), withChanges({ linewidth: max_line_width, precision, suppress: suppress_small })),
);

/** `str` of an array, with line width, precision and suppression of small numbers for this once. */
export const array_str = def(
  "numpy.array_str",
  "a max_line_width precision suppress_small",
  (
    a: ArrayLike,
    max_line_width: number | null = null,
    precision: number | null = null,
    suppress_small: boolean | null = null,
  ): string =>
    strOf(asStrided(a), withChanges({ linewidth: max_line_width, precision, suppress: suppress_small })),
);

/** A float written out, with the shortest digits that read back or exact ones. */
export const format_float_positional = def(
  "numpy.format_float_positional",
  "x precision unique fractional trim sign pad_left pad_right min_digits",
  (
    x: ArrayLike,
    precision: number | null = null,
    unique = true,
    fractional = true,
    trim: Trim = "k",
    sign = false,
    pad_left: number | null = null,
    pad_right: number | null = null,
    min_digits: number | null = null,
  ): string => {
    const { value, dtype } = floatOf(x);
    return positional(value, {
      precision,
      unique,
      fractional,
      trim,
      sign,
      padLeft: pad_left,
      padRight: pad_right,
      minDigits: min_digits,
      dtype,
    });
  },
);

/** A float with an exponent, with the shortest digits that read back or exact ones. */
export const format_float_scientific = def(
  "numpy.format_float_scientific",
  "x precision unique trim sign pad_left exp_digits min_digits",
  (
    x: ArrayLike,
    precision: number | null = null,
    unique = true,
    trim: Trim = "k",
    sign = false,
    pad_left: number | null = null,
    exp_digits: number | null = null,
    min_digits: number | null = null,
  ): string => {
    const { value, dtype } = floatOf(x);
    return scientific(value, {
      precision,
      unique,
      trim,
      sign,
      padLeft: pad_left,
      expDigits: exp_digits,
      minDigits: min_digits,
      dtype,
    });
  },
);

function floatOf(x: ArrayLike): { value: number; dtype: DType } {
  const a = asStrided(x);
  if (a.size !== 1) throw new TypeError("only 0-dimensional arrays can be converted to Python scalars");
  return { value: Number(elementOf(a, a.offset)), dtype: a.dtype.kind === "float" ? a.dtype : float64 };
}

/** `format(array, spec)`: of the element where there are no axes. @throws TypeError for other arrays with a spec */
export function formatArray(x: ArrayBase, spec: string): string {
  if (x.ndim === 0) return format(x.item() as number, spec);
  if (spec === "") return strOf(x._a, currentOptions());
  throw new TypeError("unsupported format string passed to numpy.ndarray.__format__");
}
