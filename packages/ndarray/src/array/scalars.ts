import * as kernel from "@cognate/kernel";
import { Float, nameClass, Tuple, TypeError, ValueError } from "@cognate/py";
import { setScalarType } from "../dtype/dtype.js";
import type { ArrayMethods } from "../methods/index.js";
import { ArrayBase, elementOf } from "./base.js";
import { asStrided } from "./create.js";
import { fromStrided, type ndarray } from "./ndarray.js";
import type { ArrayLike, Item } from "./types.js";

/**
 * A number with a dtype: what an element of a float16, float32 or complex array is, and what calling a scalar type
 * gives (`np.float32(0.5)`). It has the methods of arrays.
 */
export abstract class GenericImpl extends ArrayBase {
  get shape(): Tuple<number> {
    return Tuple.of_([] as number[]);
  }
  get base(): null {
    return null;
  }
  is_integer(): boolean {
    return Number.isInteger(Number(this.item()));
  }
  /** The exact fraction that a float is. */
  as_integer_ratio(): Tuple<number | bigint> {
    let n = Number(this.item());
    if (!Number.isFinite(n))
      throw new ValueError(`cannot convert ${Number.isNaN(n) ? "NaN" : "Infinity"} to integer ratio`);
    let d = 1n;
    while (!Number.isInteger(n)) {
      n *= 2;
      d *= 2n;
    }
    return Tuple.of_([Number.isSafeInteger(n) ? n : BigInt(n), d <= 2n ** 53n ? Number(d) : d]);
  }
  /** Number of ones in the magnitude's binary form. */
  bit_count(): number {
    let v = BigInt(this.__int__());
    if (v < 0n) v = -v;
    let n = 0;
    for (; v > 0n; v >>= 1n) n += Number(v & 1n);
    return n;
  }
  get [Symbol.toStringTag](): string {
    return this.typeName;
  }
}

export interface GenericImpl extends ArrayMethods {}

/** A class of scalars, called with or without `new`; of data with axes it makes an array (`np.float32([1, 2])`). */
export interface ScalarClass {
  (value?: ArrayLike | string): Item;
  new (value?: ArrayLike | string): Item;
  readonly prototype: GenericImpl;
  readonly __name__: string;
  readonly dtype: kernel.DType | undefined;
}

type Plain = (x: unknown) => boolean;

function define(name: string, Base: Function | null, d?: kernel.DType, plain?: Plain): ScalarClass {
  const Parent = (Base ?? GenericImpl) as { prototype: object };
  const C = function (value: ArrayLike | string = 0, imag?: number): unknown {
    if (!d) throw new TypeError(`cannot create 'numpy.${name}' instances`);
    return make(d, imag === undefined ? value : ({ re: Number(value), im: imag } as never));
  };
  Object.setPrototypeOf(C, Parent);
  const prototype = Object.create(Parent.prototype) as object;
  Object.defineProperty(prototype, "constructor", { value: C, writable: true, configurable: true });
  Object.defineProperties(C, {
    name: { value: name, configurable: true },
    prototype: { value: prototype, writable: false },
    dtype: { value: d },
    [Symbol.hasInstance]: {
      value: (x: unknown) =>
        typeof x === "object" && x !== null
          ? Object.prototype.isPrototypeOf.call(prototype, x)
          : (plain?.(x) ?? false),
    },
  });
  nameClass(`numpy.${name}`, C);
  Object.defineProperty(C, "__name__", { value: name });
  if (d) {
    setScalarType(d, C as unknown as ScalarClass);
    classes[d.code] = C as unknown as ScalarClass;
  }
  return C as unknown as ScalarClass;
}

const classes: ScalarClass[] = [];

function make(d: kernel.DType, value: ArrayLike | string): Item {
  const a = kernel.castTo(typeof value === "string" ? parsed(value, d) : converted(value, d), d);
  if (a.rank > 0) return fromStrided(a) as Item;
  return d === kernel.bool ? (elementOf(a, a.offset) as Item) : scalarOf(a);
}

function converted(value: ArrayLike, d: kernel.DType): kernel.Strided {
  const own = kernel.arrayOf(value);
  return own ?? asStrided(value, d);
}

function parsed(text: string, d: kernel.DType): kernel.Strided {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^([+-]?)inf(inity)?$/, "$1Infinity")
    .replace(/^[+-]?nan$/, "NaN");
  const x = word === "" ? Number.NaN : Number(word);
  if (Number.isNaN(x) && word !== "NaN") throw new ValueError(`could not convert string to float: '${text}'`);
  return asStrided(new Float(x), d);
}

/** A scalar object over a kernel array without axes. */
export function scalarOf(a: kernel.Strided): Item {
  const C = classes[a.dtype.code]!;
  const s = Object.create(C.prototype) as GenericImpl;
  s._a = a;
  return s as unknown as Item;
}

/**
 * An element as NumPy's users get it here: numbers and booleans for float64, integers and bool, scalar objects for
 * float16, float32 and complex numbers.
 */
export function itemAt(a: kernel.Strided, position: number): Item {
  const { dtype } = a;
  if (dtype === kernel.float64) return (a.peek as Float64Array)[position] as Item;
  if (dtype.kind === "float" || dtype.lanes === 2)
    return scalarOf(kernel.cloneContiguous(a.view([], [], position)));
  return elementOf(a, position) as unknown as Item;
}

/** What a computation gives: an ndarray, or an element where there are no axes. */
export const itemOf = (a: kernel.Strided): Item =>
  a.shape.length === 0 ? itemAt(a, a.offset) : (fromStrided(a) as Item);

/** The same where a scalar object took part: the result stays an object, except booleans. */
export const itemBesideScalar = (a: kernel.Strided): Item =>
  a.shape.length > 0
    ? (fromStrided(a) as Item)
    : a.dtype === kernel.bool
      ? (elementOf(a, a.offset) as Item)
      : scalarOf(a);

/** Whether a value is an ndarray or a scalar object. */
export const isArray = (x: unknown): x is ndarray => x instanceof ArrayBase;

const isWhole: Plain = (x) => typeof x === "bigint" || (typeof x === "number" && Number.isInteger(x));
const isFloat: Plain = (x) => typeof x === "number";
const isBool: Plain = (x) => typeof x === "boolean";
const isAny: Plain = (x) => isFloat(x) || isBool(x) || typeof x === "bigint";

/** The root of NumPy's scalar types. */
export const generic = define("generic", null, undefined, isAny);
export const number = define("number", generic, undefined, (x) => isFloat(x) || typeof x === "bigint");
export const integer = define("integer", number, undefined, isWhole);
export const signedinteger = define("signedinteger", integer, undefined, isWhole);
export const unsignedinteger = define("unsignedinteger", integer);
export const inexact = define("inexact", number, undefined, isFloat);
export const floating = define("floating", inexact, undefined, isFloat);
export const complexfloating = define("complexfloating", inexact);
export const flexible = define("flexible", generic);
export const character = define("character", flexible);

/** `np.bool`: calling it gives a boolean. */
export const bool = define("bool", generic, kernel.bool, isBool);
export const int8 = define("int8", signedinteger, kernel.int8);
export const int16 = define("int16", signedinteger, kernel.int16);
export const int32 = define("int32", signedinteger, kernel.int32);
export const int64 = define("int64", signedinteger, kernel.int64, isWhole);
export const uint8 = define("uint8", unsignedinteger, kernel.uint8);
export const uint16 = define("uint16", unsignedinteger, kernel.uint16);
export const uint32 = define("uint32", unsignedinteger, kernel.uint32);
export const uint64 = define("uint64", unsignedinteger, kernel.uint64);
export const float16 = define("float16", floating, kernel.float16);
/**
 * `np.float32`: a scalar type, good as `dtype=`, and called to make a number of that type.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const x = np.float32(-2.9).add(np.float32(0.5));
 * print(x, x.dtype, [x]); // prints -2.4 float32 [np.float32(-2.4)]
 * ```
 */
export const float32 = define("float32", floating, kernel.float32);
export const float64 = define("float64", floating, kernel.float64, isFloat);
export const complex64 = define("complex64", complexfloating, kernel.complex64);
export const complex128 = define("complex128", complexfloating, kernel.complex128);
define("bfloat16", floating, kernel.bfloat16);
