import {
  type DType,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  type NumericData,
  Strided,
  sizeOf,
  uint8,
} from "@cognate/kernel";
import { readArray } from "../bytes/arrays.js";
import { Cursor } from "../bytes/cursor.js";
import { type ByteInput, MemorySource, withSource } from "../bytes/source.js";
import { T7Function, T7Object, T7Storage, T7Table, T7Tensor, type T7Value } from "./values.js";

/** Numbers that say what comes next. Source: torch7 File.lua. */
export const T7_TAG = {
  nil: 0,
  number: 1,
  string: 2,
  table: 3,
  object: 4,
  boolean: 5,
  function: 6,
  oldRecursive: 7,
  recursive: 8,
} as const;

/** Element types by the names in `torch.*Tensor` and `torch.*Storage`; those of a GPU are read as those of the CPU. */
const TYPES: Readonly<Record<string, DType>> = {
  Byte: uint8,
  Char: int8,
  Short: int16,
  Int: int32,
  Long: int64,
  Float: float32,
  Double: float64,
  Half: float16,
  Cuda: float32,
  CudaByte: uint8,
  CudaChar: int8,
  CudaShort: int16,
  CudaInt: int32,
  CudaLong: int64,
  CudaDouble: float64,
  CudaHalf: float16,
};
const typed = /^torch\.(\w+?)(Tensor|Storage)$/;

/** How deep tables may lie in each other. */
const DEEPEST = 2000;

/** Numbers and texts of either mode. */
interface Scalars {
  int(what: string): number;
  long(what: string): number;
  double(): number;
  text(length: number): string;
  bytes(length: number): Uint8Array;
  array(dtype: DType, n: number): Strided;
}

function binary(c: Cursor, source: MemorySource): Scalars {
  return {
    int: () => c.i32(),
    long: (what) => c.i64(what),
    double: () => c.f64(),
    text: (n) => c.latin1(n, "a text"),
    bytes: (n) => c.view(n, "a function's code").slice(),
    array(dtype, n) {
      const at = c.offset;
      c.take(n * dtype.itemsize, "a storage's elements");
      return readArray(source, at, dtype, [n]);
    },
  };
}

function ascii(c: Cursor): Scalars {
  const blank = (b: number): boolean => b === 32 || (b >= 9 && b <= 13);
  const token = (what: string): string => {
    while (c.remaining > 0 && blank(c.bytes[c.pos]!)) c.pos++;
    let end = c.pos;
    while (end < c.length && !blank(c.bytes[end]!)) end++;
    if (end === c.pos) throw c.fail(what, "cut off", "a number");
    return c.latin1(end - c.pos, what);
  };
  const number = (what: string, whole: boolean): number => {
    const at = c.pos;
    const t = token(what);
    const v = /^[-+]?nan$/i.test(t)
      ? Number.NaN
      : /^([-+]?)inf(inity)?$/i.test(t)
        ? t[0] === "-"
          ? Number.NEGATIVE_INFINITY
          : Number.POSITIVE_INFINITY
        : Number(t);
    if ((Number.isNaN(v) && !/nan/i.test(t)) || (whole && !Number.isSafeInteger(v)))
      throw c.fail(what, JSON.stringify(t), whole ? "a whole number" : "a number", at);
    return v;
  };
  const raw = (n: number, what: string): Uint8Array => {
    // One line feed stands between the length and the text.
    if (c.remaining > 0 && c.bytes[c.pos] === 10) c.pos++;
    return c.view(n, what);
  };
  return {
    int: (what) => number(what, true),
    long: (what) => number(what, true),
    double: () => number("a number", false),
    text: (n) => String.fromCharCode(...raw(n, "a text")),
    bytes: (n) => raw(n, "a function's code").slice(),
    array(dtype, n) {
      // Each element takes at least a digit and a blank.
      if (2 * n - 1 > c.remaining) throw c.fail("a storage's size", n, `at most ${c.remaining} elements`);
      const y = Strided.zeros(dtype, [n]);
      const data = y.data;
      for (let i = 0; i < n; i++) {
        const v = number("an element", dtype.kind !== "float");
        if (dtype.big) (data as BigInt64Array)[i] = BigInt(v);
        else (data as NumericData)[i] = v;
      }
      return y;
    },
  };
}

class Reader {
  private readonly known = new Map<number, T7Value>();
  private depth = 0;

  constructor(
    private readonly c: Cursor,
    private readonly s: Scalars,
  ) {}

  value(): T7Value {
    if (++this.depth > DEEPEST)
      throw this.c.fail("the nesting", `over ${DEEPEST} levels`, `at most ${DEEPEST}`);
    const at = this.c.pos;
    const tag = this.s.int("a type");
    const v = this.tagged(tag, at);
    this.depth--;
    return v;
  }

  private tagged(tag: number, at: number): T7Value {
    switch (tag) {
      case T7_TAG.nil:
        return null;
      case T7_TAG.number:
        return this.s.double();
      case T7_TAG.boolean:
        return this.s.int("a boolean") !== 0;
      case T7_TAG.string:
        return this.text();
      case T7_TAG.function:
        return this.code();
      case T7_TAG.table:
      case T7_TAG.object:
      case T7_TAG.recursive:
      case T7_TAG.oldRecursive:
        return this.shared(tag);
      default:
        throw this.c.fail("a type", tag, "0 to 8", at);
    }
  }

  private length(what: string): number {
    const at = this.c.pos;
    const n = this.s.int(what);
    if (n < 0 || n > this.c.remaining) throw this.c.fail(what, n, `0 to ${this.c.remaining}`, at);
    return n;
  }
  private text(): string {
    return this.s.text(this.length("a text's length"));
  }
  private code(): T7Function {
    const f = new T7Function(this.s.bytes(this.length("a function's length")));
    f.upvalues = this.value();
    return f;
  }

  /** What may be named again by its number. */
  private shared(tag: number): T7Value {
    const index = this.s.int("an object's number");
    const known = this.known.get(index);
    if (known !== undefined) return known;
    if (tag === T7_TAG.recursive || tag === T7_TAG.oldRecursive) {
      const f = new T7Function(this.s.bytes(this.length("a function's length")));
      this.known.set(index, f);
      f.upvalues = this.value();
      return f;
    }
    return tag === T7_TAG.table ? this.table(index) : this.object(index);
  }

  private table(index: number): T7Table {
    const t = new T7Table();
    this.known.set(index, t);
    const n = this.length("a table's size");
    for (let i = 0; i < n; i++) t.entries.push([this.value(), this.value()]);
    return t;
  }

  private object(index: number): T7Value {
    const first = this.text();
    const version = /^V (\d+)$/.exec(first);
    const typename = version ? this.text() : first;
    const kind = typed.exec(typename);
    if (kind) {
      const dtype = TYPES[kind[1]!];
      if (!dtype) throw this.c.fail("an element type", typename, Object.keys(TYPES).join(", "));
      return kind[2] === "Tensor" ? this.tensor(index, typename) : this.storage(index, typename, dtype);
    }
    const o = new T7Object(typename, version ? Number(version[1]) : 0);
    this.known.set(index, o);
    o.fields = this.value();
    return o;
  }

  private storage(index: number, typename: string, dtype: DType): T7Storage {
    const at = this.c.pos;
    const n = this.s.long("a storage's size");
    if (n < 0) throw this.c.fail("a storage's size", n, "0 or more", at);
    const s = new T7Storage(typename, this.s.array(dtype, n));
    this.known.set(index, s);
    return s;
  }

  private tensor(index: number, typename: string): T7Tensor {
    const t = new T7Tensor(typename);
    this.known.set(index, t);
    const at = this.c.pos;
    const rank = this.s.int("a tensor's number of axes");
    if (rank < 0 || rank > 64) throw this.c.fail("a tensor's number of axes", rank, "0 to 64", at);
    const longs = (what: string): number[] => Array.from({ length: rank }, () => this.s.long(what));
    const shape = longs("a length");
    const strides = longs("a stride");
    const offset = this.s.long("an offset") - 1;
    const storage = this.value();
    if (storage === null || rank === 0) return t;
    if (!(storage instanceof T7Storage))
      throw this.c.fail("a tensor's storage", "something else", "a storage", at);
    const last = shape.reduce((n, len, i) => n + Math.max(len - 1, 0) * strides[i]!, offset);
    const ok = shape.every((n) => n >= 0) && strides.every((n) => n >= 0) && offset >= 0;
    if (!ok || (sizeOf(shape) > 0 && last >= storage.array.size))
      throw this.c.fail(
        "a tensor",
        `[${shape.join(", ")}] at ${offset} with strides [${strides.join(", ")}]`,
        `within the ${storage.array.size} elements of its storage`,
        at,
      );
    t.array = storage.array.view(shape, strides, offset);
    return t;
  }
}

/** How a Torch7 file is read. */
export interface T7ReadOptions {
  /** `binary` (as `torch.save` writes it), or `ascii`. */
  readonly mode?: "binary" | "ascii";
}

/**
 * Reads a Torch7 file: numbers, texts, tables, objects by the names of their classes, tensors that share storages.
 * Functions are kept as bytes and never run. Layout: torch7 File.lua, Tensor.lua.
 *
 * @throws FormatError with the offset where the file is broken
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { readT7, T7Table, writeT7 } from "@cognate/formats";
 * print(readT7(writeT7(new T7Table([["x", 1.5]]))) instanceof T7Table); // prints True
 * ```
 */
export function readT7(input: ByteInput, { mode = "binary" }: T7ReadOptions = {}): T7Value {
  return withSource(input, (source) => {
    const bytes = source.read(0, source.size);
    const c = new Cursor(bytes, "t7");
    const reader = new Reader(c, mode === "ascii" ? ascii(c) : binary(c, new MemorySource(bytes)));
    return reader.value();
  });
}
