import { nameClass } from "../core/names.js";
import { pyType } from "../core/py-type.js";
import { TypeError, ValueError } from "../exceptions.js";
import { Complex } from "../numbers/complex.js";
import { asFloat, Float } from "../numbers/float.js";
import { parseComplexText, parseFloatText, parseIntText } from "../numbers/parse.js";
import { floatOf, intOf, numberOf, scalarOf, toFloat, toIndex, truncated } from "../protocol/convert.js";
import { truth } from "../protocol/truth.js";
import { typeName } from "../protocol/type-name.js";
import { repr } from "../text/repr.js";

/** The text of a string or of bytes, which number constructors read alike. */
const literal = (x: unknown): string | undefined =>
  typeof x === "string"
    ? x
    : x instanceof String
      ? x.valueOf()
      : x instanceof Uint8Array
        ? String.fromCharCode(...x)
        : undefined;

/** `int(x)` of what is no text. */
function wholeOf(x: unknown): number | bigint | undefined {
  const float = floatOf(x);
  return float === undefined ? intOf(x) : truncated(float);
}

function intCall(x: unknown = 0, base?: unknown): number | bigint {
  const text = literal(x);
  if (text === undefined) {
    if (base !== undefined) throw new TypeError("int() can't convert non-string with explicit base");
    const inner = numberOf(x) ? x : scalarOf(x, "__int__", "__index__", "__trunc__");
    const n = wholeOf(inner) ?? (typeof inner === "string" ? intCall(inner) : undefined);
    if (n !== undefined) return n;
    throw new TypeError(
      `int() argument must be a string, a bytes-like object or a real number, not '${typeName(x)}'`,
    );
  }
  const radix = base === undefined ? 10 : toIndex(base);
  if (radix !== 0 && (radix < 2 || radix > 36))
    throw new ValueError("int() base must be >= 2 and <= 36, or 0");
  const n = parseIntText(text, radix);
  if (n === null) throw new ValueError(`invalid literal for int() with base ${radix}: ${repr(x)}`);
  return n;
}

/**
 * Python's `int`: whole numbers of floats (cut off), texts and arrays of one element; beyond 2^53 a bigint. Also a type
 * and a dtype.
 *
 * @throws ValueError, TypeError, OverflowError in Python's words for what is no number
 *
 * @example
 * ```ts
 * import { int, isinstance, print } from "@cognate/py";
 * print(int(3.9), int(-3.9), int("12"), int("ff", 16), isinstance(3, int), int); // prints 3 -3 12 255 True <class 'int'>
 * ```
 */
export const int = pyType<number>()(
  "int",
  intCall as (x?: unknown, base?: number) => number,
  (x) => typeof x === "boolean" || intOf(x) !== undefined,
);

function floatCall(x: unknown = 0): number {
  const text = literal(x);
  if (text !== undefined) {
    const value = parseFloatText(text);
    if (value === null) throw new ValueError(`could not convert string to float: ${repr(x)}`);
    return asFloat(value);
  }
  if (x instanceof Float) return x as unknown as number;
  const n = numberOf(x) ?? numberOf(scalarOf(x, "__float__", "__index__"));
  if (n?.kind === "int") return asFloat(toFloat(n.value));
  if (n?.kind === "float") return asFloat(n.value);
  if (!n) {
    const inner = scalarOf(x);
    if (typeof inner === "string") return floatCall(inner);
  }
  throw new TypeError(`float() argument must be a string or a real number, not '${typeName(x)}'`);
}

/**
 * Python's `float`: of numbers, texts and arrays of one element. A whole one is boxed, so that it prints `1.0`; it is good
 * wherever a number is. Also a type and a dtype.
 *
 * @throws ValueError, TypeError in Python's words for what is no number
 *
 * @example
 * ```ts
 * import { float, print } from "@cognate/py";
 * print(float(1), float("1e-3"), float("-inf"), [float(2), 0.5], float(3) + 1); // prints 1.0 0.001 -inf [2.0, 0.5] 4
 * ```
 */
export const float = pyType<number>()(
  "float",
  floatCall as (x?: unknown) => number,
  (x) => floatOf(x) !== undefined,
);
nameClass("builtins.float", Float);

/**
 * Python's truth of a value: `bool([])`, `bool("")`, `bool(0)` are false, an array of one element is what that is. Also a
 * type and a dtype.
 *
 * @example
 * ```ts
 * import { bool, print } from "@cognate/py";
 * print(bool([]), bool([0]), bool({}), bool("")); // prints False True False False
 * ```
 */
export const bool = pyType<boolean>()(
  "bool",
  (x: unknown = false): boolean => truth(x),
  (x) => typeof x === "boolean" || x instanceof Boolean,
);

/** A real or complex operand of `complex()`. */
function partOf(x: unknown, place: "first" | "second"): Complex {
  if (typeof x === "string")
    throw new TypeError(
      place === "first"
        ? "complex() can't take second arg if first is a string"
        : "complex() second arg can't be a string",
    );
  const n = numberOf(x) ?? numberOf(scalarOf(x, "__complex__", "__float__", "__index__"));
  if (!n)
    throw new TypeError(
      place === "first"
        ? `complex() first argument must be a string or a number, not '${typeName(x)}'`
        : `complex() second argument must be a number, not '${typeName(x)}'`,
    );
  return n.kind === "complex" ? n.value : new Complex(n.kind === "int" ? toFloat(n.value) : n.value, 0);
}

function complexCall(re: unknown = 0, im?: unknown): Complex {
  if (typeof re === "string" && im === undefined) {
    const parts = parseComplexText(re);
    if (!parts) throw new ValueError("complex() arg is a malformed string");
    return new Complex(...parts);
  }
  const a = partOf(re, "first");
  if (im === undefined) return a;
  const b = partOf(im, "second");
  // Added only where there is something to add, as a negative zero would not survive it.
  return new Complex(
    im instanceof Complex ? a.real - b.imag : a.real,
    re instanceof Complex ? a.imag + b.real : b.real,
  );
}

/**
 * Python's `complex`: of two parts, of a number or a text. Also a type and a dtype.
 *
 * @example
 * ```ts
 * import { complex, print } from "@cognate/py";
 * print(complex(1, -2).imag, complex("1+2j"), complex(0.5)); // prints -2 (1+2j) (0.5+0j)
 * ```
 */
export const complex = pyType<Complex>()(
  "complex",
  complexCall as (re?: unknown, im?: unknown) => Complex,
  (x) => x instanceof Complex,
);
nameClass("builtins.complex", Complex);
