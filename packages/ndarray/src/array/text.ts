import { ARRAY, contiguous, copyInto, float64, int32, Strided } from "@cognate/kernel";
import { nameClass, repr, TypeError, ValueError } from "@cognate/py";
import { arrayText } from "../print/array-text.js";
import { currentOptions } from "../print/options.js";
import { scalarText } from "../print/scalar-text.js";
import { asStrided } from "./create.js";
import { entriesOf, getItem, setItem } from "./index.js";
import { fromStrided, NdarrayImpl, type ndarray, viewOf } from "./ndarray.js";
import type { ArrayLike, Flag, Index } from "./types.js";

/** `np.dtypes.StrDType`: texts of up to so many characters. */
export class TextDType {
  readonly kind = "U";
  readonly char = "U";
  readonly byteorder = "=";
  readonly names = null;
  constructor(readonly length: number) {}
  get itemsize(): number {
    return 4 * this.length;
  }
  get name(): string {
    return `str${32 * this.length}`;
  }
  get str(): string {
    return `<U${this.length}`;
  }
  eq(other: unknown): boolean {
    if (other instanceof TextDType) return other.length === this.length;
    return other === this.str || other === `U${this.length}`;
  }
  __eq__(other: unknown): boolean {
    return this.eq(other);
  }
  __str__(): string {
    return this.str;
  }
  __repr__(): string {
    return `dtype('${this.str}')`;
  }
  toString(): string {
    return this.str;
  }
}
nameClass("numpy.dtypes.StrDType", TextDType);

/**
 * An ndarray of texts (labels, names): indexing, comparison, moving about, sorting, printing. Elements are strings;
 * nothing computes with them. The elements are numbers into a list of the different texts in order, so that numbers
 * are equal and ordered as the texts are.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.array(["view", "click", "view"]);
 * print(a, a.eq("view"), a.dtype); // prints ['view' 'click' 'view'] [ True False  True] <U5
 * ```
 */
export class TextArray extends NdarrayImpl {
  /** The different texts in Python's order; views of the same memory have the same list. */
  readonly _words: string[];
  /** How many characters an element has room for. */
  readonly _width: number;

  /**
   * @param codes - numbers into `words`
   * @param width - room for so many characters; given only with words that are in order already
   */
  constructor(codes: Strided, words: string[], width?: number) {
    if (width !== undefined || isOrdered(words)) {
      super(codes);
      this._words = words;
    } else {
      const sorted = [...words].sort(byCodePoints);
      super(recoded(codes, words, sorted));
      this._words = sorted;
    }
    this._width = width ?? widthOf(words);
  }

  /** @throws ValueError, for texts are no numbers */
  override [ARRAY](): Strided {
    throw new ValueError(`could not convert string to float: ${repr(this._flat()[0] ?? "")}`);
  }

  override _over(a: Strided): ndarray {
    return new TextArray(a, a.storage === this._a.storage ? this._words : [...this._words], this._width);
  }

  /** The texts in row-major order. */
  _flat(): string[] {
    return Array.from(contiguous(this._a).peekFlat() as Int32Array, (c) => this._words[c]!);
  }

  /** The elements' numbers as an array over the same memory. */
  get _codes(): ndarray {
    return fromStrided(this._a);
  }

  /** Texts as numbers of this array, whose list takes up those that it lacks, cut to its width. */
  _numbersOf(value: unknown): Strided {
    const given = textArray(value);
    const cut = given._words.map((w) => [...w].slice(0, this._width).join(""));
    const words = ordered([...this._words, ...cut]);
    if (words.length > this._words.length) {
      const { storage } = this._a;
      const whole = new Strided(storage, int32, [storage.data(int32).length], [1], 0);
      copyInto(whole, recoded(whole, this._words, words));
      storage.version++;
      this._words.length = 0;
      for (const w of words) this._words.push(w);
    }
    return recoded(given._a, cut, this._words);
  }
}
nameClass("numpy.ndarray", TextArray);

/** Python's order of strings: by code points, not by UTF-16 units. */
export function byCodePoints(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++)
    if (a.charCodeAt(i) !== b.charCodeAt(i)) {
      // Inside a pair of units both texts have the same first one: where the units differ tells as well.
      const [x, y] = [a.codePointAt(i)!, b.codePointAt(i)!];
      return x - y;
    }
  return a.length - b.length;
}

const ordered = (words: readonly string[]): string[] => [...new Set(words)].sort(byCodePoints);

const isOrdered = (words: readonly string[]): boolean =>
  words.every((w, i) => i === 0 || byCodePoints(words[i - 1]!, w) < 0);

/** The most characters that a text has; an empty array has room for one. */
const widthOf = (words: readonly string[]): number =>
  words.reduce((n, w) => Math.max(n, w.length > n ? [...w].length : 0), 1);

/** Numbers into one list as numbers into another. */
function recoded(codes: Strided, from: readonly string[], to: readonly string[]): Strided {
  const place = new Map(to.map((w, i) => [w, i]));
  const next = from.map((w) => place.get(w)!);
  const flat = contiguous(codes).peekFlat() as Int32Array;
  return Strided.over(
    Int32Array.from(flat, (c) => next[c] ?? 0),
    int32,
    codes.shape,
  );
}

/** Arrays of texts as numbers into one list. */
export function together(arrays: readonly TextArray[]): {
  readonly codes: readonly Strided[];
  readonly words: string[];
  readonly width: number;
} {
  const first = arrays[0]!;
  if (arrays.every((a) => a._words === first._words))
    return { codes: arrays.map((a) => a._a), words: first._words, width: first._width };
  const words = ordered(arrays.flatMap((a) => a._words));
  return {
    codes: arrays.map((a) => recoded(a._a, a._words, words)),
    words,
    width: Math.max(...arrays.map((a) => a._width)),
  };
}

/** Whether data is texts: a string, an array of texts, or nested lists whose first item is one. */
export function isText(data: unknown): boolean {
  if (data instanceof TextArray || typeof data === "string" || data instanceof String) return true;
  return Array.isArray(data) && data.length > 0 && isText(data[0]);
}

/** Whether a type is that of texts: `str`, `"U5"`, `"<U5"`, `np.dtypes.StrDType`. Lists of objects are kept as texts too. */
export function isTextType(dtype: unknown): boolean {
  if (dtype instanceof TextDType) return true;
  const name = typeof dtype === "string" ? dtype : (dtype as { __name__?: string } | null)?.__name__;
  return name !== undefined && /^(str_?|object_?|O|[<=>]?U\d*)$/.test(name);
}

/** The room that a type of texts asks for, if it names one. */
export function textWidth(dtype: unknown): number | undefined {
  if (dtype instanceof TextDType) return dtype.length;
  const digits = typeof dtype === "string" ? /U(\d+)$/.exec(dtype)?.[1] : undefined;
  return digits === undefined ? undefined : Math.max(Number(digits), 1);
}

/** The same texts with room for so many characters, longer ones cut. */
export function ofWidth(a: TextArray, width: number | undefined): TextArray {
  if (width === undefined)
    return new TextArray(copyInto(Strided.zeros(int32, a._a.shape), a._a), [...a._words], a._width);
  const cut = a._words.map((w) => [...w].slice(0, width).join(""));
  const words = ordered(cut);
  return new TextArray(recoded(a._a, cut, words), words, width);
}

/** Room for the texts of a number, by its type (bool, then bits). */
const NUMBER_WIDTHS: Readonly<Record<string, number>> = {
  bool: 5,
  int8: 4,
  uint8: 3,
  int16: 6,
  uint16: 5,
  int32: 11,
  uint32: 10,
  int64: 21,
  uint64: 20,
  complex64: 64,
  complex128: 64,
};

/** Numbers as their texts. */
export function textOfNumbers(x: Strided): TextArray {
  const flat = contiguous(x);
  const texts = Array.from({ length: x.size }, (_, i) => scalarText(flat, flat.offset + i));
  const words = ordered(texts);
  const place = new Map(words.map((w, i) => [w, i]));
  const codes = Int32Array.from(texts, (t) => place.get(t)!);
  return new TextArray(Strided.over(codes, int32, x.shape), words, NUMBER_WIDTHS[x.dtype.name] ?? 32);
}

/** An array of texts from nested lists of them; numbers among them become texts. @throws ValueError for ragged lists */
export function textArray(data: unknown): TextArray {
  if (data instanceof TextArray) return data;
  const shape: number[] = [];
  for (let x = data; Array.isArray(x); x = x[0]) shape.push(x.length);
  const numbers = new Map<string, number>();
  const codes: number[] = [];
  let width = 1;
  const walk = (x: unknown, axis: number): void => {
    if (Array.isArray(x) !== axis < shape.length || (Array.isArray(x) && x.length !== shape[axis]))
      throw new ValueError(
        `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${axis} dimensions. The detected shape was (${shape.slice(0, axis).join(", ")}${axis === 1 ? "," : ""}) + inhomogeneous part.`,
      );
    if (Array.isArray(x)) {
      for (const item of x) walk(item, axis + 1);
      return;
    }
    const text = typeof x === "string" || x instanceof String;
    if (!text) width = Math.max(width, typeof x === "boolean" ? 5 : Number.isInteger(x) ? 21 : 32);
    const word = text ? x.valueOf() : repr(x);
    if (!numbers.has(word)) numbers.set(word, numbers.size);
    codes.push(numbers.get(word)!);
  };
  walk(data, 0);
  const found = [...numbers.keys()];
  const words = ordered(found);
  const strided = recoded(Strided.over(Int32Array.from(codes), int32, shape), found, words);
  return new TextArray(strided, words, Math.max(width, widthOf(words)));
}

/** Anything as texts with the room that a type names: numbers as they print. */
export function asTexts(data: unknown, dtype: unknown = null): TextArray {
  const texts = isText(data) ? textArray(data) : textOfNumbers(asStrided(data as ArrayLike));
  return ofWidth(texts, textWidth(dtype));
}

/** An array of texts by numbers into a list. */
export const textFromCodes = (
  codes: Int32Array,
  shape: readonly number[],
  words: readonly string[],
): TextArray => new TextArray(Strided.over(codes, int32, shape), [...words]);

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (o) => o === 0,
  ne: (o) => o !== 0,
  lt: (o) => o < 0,
  le: (o) => o <= 0,
  gt: (o) => o > 0,
  ge: (o) => o >= 0,
};

type Method = (this: TextArray, ...args: never[]) => unknown;

function define(name: string, f: Method): void {
  Object.defineProperty(TextArray.prototype, name, { value: f, writable: true, configurable: true });
}
const property = (name: string, get: (a: TextArray) => unknown): void => {
  Object.defineProperty(TextArray.prototype, name, {
    get(this: TextArray) {
      return get(this);
    },
    configurable: true,
  });
};

const wrapped = (a: TextArray, part: unknown): unknown =>
  part instanceof NdarrayImpl ? viewOf(a, part._a) : a._words[Number(part)];

for (const [name, holds] of Object.entries(COMPARISONS))
  define(name, function (other: never): Flag {
    const against = isText(other) ? textArray(other) : null;
    if (!against) {
      if (name !== "eq" && name !== "ne")
        throw new TypeError(`'${name}' not supported between an array of texts and ${repr(other)}`);
      return this._codes[name](Number.NaN);
    }
    const [x, y] = together([this, against]).codes.map(fromStrided) as [ndarray, ndarray];
    const difference = x.sub(y) as unknown;
    if (typeof difference === "number") return holds(difference) as Flag;
    return (difference as Record<string, (b: ArrayLike) => Flag>)[name]!(0);
  });

property("dtype", (a) => new TextDType(a._width));
property("itemsize", (a) => (a.dtype as unknown as TextDType).itemsize);
property("nbytes", (a) => a.size * a.itemsize);

define("at", function (...index: readonly Index[]): unknown {
  return wrapped(this, getItem(this._codes, index));
});
define("set", function (index: Index | readonly Index[], value: unknown): void {
  const codes = this._numbersOf(value);
  setItem(this._codes, entriesOf(index), codes);
});
define("fill", function (value: unknown): void {
  this.set(["..."], value as never);
});
define("copy", function (): TextArray {
  return ofWidth(this, undefined);
});
define("item", function (...index: readonly number[]): string {
  return this._words[Number(this._codes.item(...index))]!;
});
define("tolist", function (): unknown {
  const walk = (x: unknown): unknown => (Array.isArray(x) ? x.map(walk) : this._words[x as number]);
  return walk(this._codes.tolist());
});
define("astype", function (dtype: unknown): unknown {
  if (isTextType(dtype)) return ofWidth(this, textWidth(dtype));
  const name = typeof dtype === "string" ? dtype : String((dtype as { __name__?: string }).__name__);
  const whole = /int/.test(name);
  const numbers = Float64Array.from(this._flat(), (w) => {
    const v = w.trim() === "" ? Number.NaN : Number(w);
    if (Number.isNaN(v) && (whole || !/^[+-]?nan$/i.test(w.trim())))
      throw new ValueError(
        whole
          ? `invalid literal for int() with base 10: ${repr(w)}`
          : `could not convert string to float: ${repr(w)}`,
      );
    return v;
  });
  return fromStrided(Strided.over(numbers, float64, this._a.shape)).astype(name);
});

function shown(a: TextArray, separator: string, prefix: string): string {
  const all = (c: unknown): string => repr(a._words[Number(c)]);
  const o = { ...currentOptions(), formatter: { all } };
  return arrayText(a._a, o, separator, prefix, o.linewidth);
}
define("__str__", function (): string {
  return this.ndim === 0 ? (this.item() as unknown as string) : shown(this, " ", "");
});
define("__repr__", function (): string {
  return `array(${shown(this, ", ", "array(")}, dtype='${this.dtype.str}')`;
});

/** The different texts of an array in order, and which of them each element is. */
export function textUnique(a: TextArray): { words: string[]; inverse: Int32Array } {
  const flat = a._flat();
  const words = [...new Set(flat)].sort(byCodePoints);
  const place = new Map(words.map((w, i) => [w, i]));
  return { words, inverse: Int32Array.from(flat, (w) => place.get(w)!) };
}
