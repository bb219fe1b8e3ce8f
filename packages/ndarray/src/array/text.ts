import { ARRAY, contiguous, float64, int32, Strided } from "@cognate/kernel";
import { nameClass, repr, TypeError, ValueError } from "@cognate/py";
import { arrayText } from "../print/array-text.js";
import { currentOptions } from "../print/options.js";
import { entriesOf, getItem, setItem } from "./index.js";
import { fromStrided, ndarray } from "./ndarray.js";
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
 * An ndarray of texts (labels, names): indexing, comparison, moving about, printing. Elements are strings; nothing
 * computes with them.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.array(["view", "click", "view"]);
 * print(a, a.eq("view"), a.dtype); // prints ['view' 'click' 'view'] [ True False  True] <U5
 * ```
 */
export class TextArray extends ndarray {
  /** The different texts; elements are numbers into this list. */
  readonly _words: string[];

  constructor(codes: Strided, words: string[]) {
    super(codes);
    this._words = words;
  }

  /** @throws ValueError, for texts are no numbers */
  override [ARRAY](): Strided {
    throw new ValueError(`could not convert string to float: ${repr(this._flat()[0] ?? "")}`);
  }

  /** The texts in row-major order. */
  _flat(): string[] {
    return Array.from(contiguous(this._a).peekFlat() as Int32Array, (c) => this._words[c]!);
  }

  /** The elements' numbers as an array. */
  get _codes(): ndarray {
    return fromStrided(this._a);
  }
}
nameClass("numpy.ndarray", TextArray);

/** Whether data is texts: a string, an array of texts, or nested lists whose first item is one. */
export function isText(data: unknown): boolean {
  if (data instanceof TextArray || typeof data === "string" || data instanceof String) return true;
  return Array.isArray(data) && data.length > 0 && isText(data[0]);
}

/** An array of texts from nested lists of them; numbers among them become texts. @throws ValueError for ragged lists */
export function textArray(data: unknown): TextArray {
  if (data instanceof TextArray) return data;
  const shape: number[] = [];
  for (let x = data; Array.isArray(x); x = x[0]) shape.push(x.length);
  const numbers = new Map<string, number>();
  const codes: number[] = [];
  const walk = (x: unknown, axis: number): void => {
    if (Array.isArray(x) !== axis < shape.length || (Array.isArray(x) && x.length !== shape[axis]))
      throw new ValueError(
        `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${axis} dimensions. The detected shape was (${shape.slice(0, axis).join(", ")}${axis === 1 ? "," : ""}) + inhomogeneous part.`,
      );
    if (Array.isArray(x)) {
      for (const item of x) walk(item, axis + 1);
      return;
    }
    const word = typeof x === "string" ? x : x instanceof String ? x.valueOf() : repr(x);
    if (!numbers.has(word)) numbers.set(word, numbers.size);
    codes.push(numbers.get(word)!);
  };
  walk(data, 0);
  return new TextArray(Strided.over(Int32Array.from(codes), int32, shape), [...numbers.keys()]);
}

/** An array of texts by numbers into a list. */
export const textFromCodes = (
  codes: Int32Array,
  shape: readonly number[],
  words: readonly string[],
): TextArray => new TextArray(Strided.over(codes, int32, shape), [...words]);

/** Methods of arrays that move elements about and never compute with them. */
const MOVES = [
  "reshape",
  "ravel",
  "flatten",
  "transpose",
  "squeeze",
  "swapaxes",
  "take",
  "repeat",
  "copy",
  "diagonal",
];

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
  part instanceof ndarray ? new TextArray(part._a, a._words) : a._words[Number(part)];

for (const name of MOVES)
  define(name, function (...args) {
    const codes = this._codes as unknown as Record<string, (...args: unknown[]) => unknown>;
    return wrapped(this, codes[name]!(...args));
  });

for (const [name, holds] of Object.entries(COMPARISONS))
  define(name, function (other: never): Flag {
    const against = isText(other) ? textArray(other) : null;
    if (!against) {
      if (name !== "eq" && name !== "ne")
        throw new TypeError(`'${name}' not supported between an array of texts and ${repr(other)}`);
      return this._codes[name](Number.NaN);
    }
    const words = [...new Set([...this._words, ...against._words])].sort(byCodePoints);
    const rank = new Map(words.map((w, i) => [w, i]));
    const places = (a: TextArray): ndarray => {
      const codes = contiguous(a._a).peekFlat() as Int32Array;
      return fromStrided(
        Strided.over(
          Int32Array.from(codes, (c) => rank.get(a._words[c]!)!),
          int32,
          a._a.shape,
        ),
      );
    };
    const difference = places(this).sub(places(against)) as unknown;
    if (typeof difference === "number") return holds(difference) as Flag;
    return (difference as Record<string, (b: ArrayLike) => Flag>)[name]!(0);
  });

/** Python's order of strings: by code points, not by UTF-16 units. */
export function byCodePoints(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const d = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
    if (d !== 0) return d;
  }
  return x.length - y.length;
}

property("dtype", (a) => new TextDType(Math.max(1, ...a._words.map((w) => [...w].length))));
property("itemsize", (a) => (a.dtype as unknown as TextDType).itemsize);
property("nbytes", (a) => a.size * a.itemsize);
property("T", (a) => a.transpose());

define("at", function (...index: readonly Index[]): unknown {
  return wrapped(this, getItem(this._codes, index));
});
define("set", function (index: Index | readonly Index[], value: unknown): void {
  const given = textArray(value);
  const codes = given._words.map((w) => {
    const at = this._words.indexOf(w);
    return at < 0 ? this._words.push(w) - 1 : at;
  });
  const data = Int32Array.from(contiguous(given._a).peekFlat() as Int32Array, (c) => codes[c]!);
  setItem(this._codes, entriesOf(index), Strided.over(data, int32, given._a.shape));
});
define("item", function (...index: readonly number[]): string {
  return this._words[Number(this._codes.item(...index))]!;
});
define("tolist", function (): unknown {
  const walk = (x: unknown): unknown => (Array.isArray(x) ? x.map(walk) : this._words[x as number]);
  return walk(this._codes.tolist());
});
define("astype", function (dtype: unknown): unknown {
  const name = typeof dtype === "string" ? dtype : (dtype as { __name__?: string } | null)?.__name__;
  if (name === undefined || /^(str|object|O|[<=]?U\d*)/.test(name)) return this.copy();
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
