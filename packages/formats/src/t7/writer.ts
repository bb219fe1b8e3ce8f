import { castTo, contiguous, float64, type Strided } from "@cognate/kernel";
import { bytesOfArray } from "../bytes/arrays.js";
import { joinBytes, Sink, utf8Bytes } from "../bytes/sink.js";
import { T7_TAG, type T7ReadOptions } from "./reader.js";
import { T7Function, type T7Object, T7Storage, T7Table, T7Tensor, type T7Value } from "./values.js";

/** Numbers and texts of either mode. */
interface Scalars {
  int(v: number): void;
  longs(v: readonly number[]): void;
  double(v: number): void;
  bytes(b: Uint8Array): void;
  array(a: Strided): void;
}

function binary(pieces: Uint8Array[]): Scalars {
  const put = (n: number, f: (s: Sink) => Sink): void => {
    pieces.push(f(new Sink(n)).done());
  };
  return {
    int: (v) => put(4, (s) => s.i32(v)),
    longs: (vs) => put(8 * vs.length, (s) => vs.reduce((t, v) => t.i64(v), s)),
    double: (v) => put(8, (s) => s.f64(v)),
    bytes: (b) => {
      pieces.push(b);
    },
    array: (a) => {
      pieces.push(bytesOfArray(contiguous(a)));
    },
  };
}

function ascii(pieces: Uint8Array[]): Scalars {
  const line = (text: string): void => {
    pieces.push(utf8Bytes(`${text}\n`));
  };
  const shown = (v: number): string =>
    Number.isNaN(v) ? "nan" : Number.isFinite(v) ? String(v) : v > 0 ? "inf" : "-inf";
  return {
    int: (v) => line(String(v)),
    longs: (vs) => line(vs.join(" ")),
    double: (v) => line(shown(v)),
    bytes: (b) => {
      pieces.push(b, utf8Bytes("\n"));
    },
    array: (a) => {
      const whole = a.dtype.big;
      const data = whole
        ? (contiguous(a).flat() as BigInt64Array)
        : (castTo(contiguous(a), float64).flat() as Float64Array);
      line(
        Array.from(data as ArrayLike<number | bigint>, (v) =>
          typeof v === "bigint" ? String(v) : shown(v),
        ).join(" "),
      );
    },
  };
}

const bytesOfText = (text: string): Uint8Array => Uint8Array.from(text, (ch) => ch.charCodeAt(0) & 0xff);

/**
 * The bytes of a Torch7 file. Tables, objects, tensors and storages that occur again are written once.
 *
 * @param value - what {@link readT7} gives
 */
export function writeT7(value: T7Value, { mode = "binary" }: T7ReadOptions = {}): Uint8Array {
  const pieces: Uint8Array[] = [];
  const s = mode === "ascii" ? ascii(pieces) : binary(pieces);
  const numbers = new Map<object, number>();
  const storages = new Map<object, T7Storage>();

  const text = (t: string): void => {
    const b = bytesOfText(t);
    s.int(b.length);
    s.bytes(b);
  };
  /** Whether the object is new; its tag and number are written in any case. */
  const begin = (tag: number, of: object): boolean => {
    s.int(tag);
    const known = numbers.get(of);
    const index = known ?? numbers.size + 1;
    s.int(index);
    if (known === undefined) numbers.set(of, index);
    return known === undefined;
  };
  const head = (typename: string): void => {
    text("V 1");
    text(typename);
  };
  const storageOf = (t: T7Tensor): T7Storage => {
    const a = t.array!;
    let own = storages.get(a.storage);
    if (!own) {
      const n = Math.floor(a.storage.byteLength / a.dtype.itemsize);
      own = new T7Storage(t.typename.replace(/Tensor$/, "Storage"), a.view([n], [1], 0));
      storages.set(a.storage, own);
    }
    return own;
  };

  const put = (v: T7Value): void => {
    if (v === null) return s.int(T7_TAG.nil);
    if (typeof v === "number") {
      s.int(T7_TAG.number);
      return s.double(v);
    }
    if (typeof v === "boolean") {
      s.int(T7_TAG.boolean);
      return s.int(v ? 1 : 0);
    }
    if (typeof v === "string") {
      s.int(T7_TAG.string);
      return text(v);
    }
    if (v instanceof T7Table) {
      if (!begin(T7_TAG.table, v)) return;
      s.int(v.entries.length);
      for (const [k, e] of v.entries) {
        put(k);
        put(e);
      }
    } else if (v instanceof T7Function) {
      if (!begin(T7_TAG.recursive, v)) return;
      s.int(v.code.length);
      s.bytes(v.code);
      put(v.upvalues);
    } else if (v instanceof T7Storage) {
      if (!begin(T7_TAG.object, v)) return;
      head(v.typename);
      s.longs([v.array.size]);
      s.array(v.array);
    } else if (v instanceof T7Tensor) {
      if (!begin(T7_TAG.object, v)) return;
      head(v.typename);
      const a = v.array;
      s.int(a?.rank ?? 0);
      if (a) {
        s.longs(a.shape);
        s.longs(a.strides);
      }
      s.longs([(a?.offset ?? 0) + 1]);
      put(a ? storageOf(v) : null);
    } else {
      if (!begin(T7_TAG.object, v)) return;
      head(v.typename);
      put((v as T7Object).fields);
    }
  };
  put(value);
  return joinBytes(pieces);
}
