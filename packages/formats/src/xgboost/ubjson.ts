import { Cursor } from "../bytes/cursor.js";
import { Sink, utf8Bytes } from "../bytes/sink.js";
import {
  DEEPEST,
  emptyObject,
  isNumberArray,
  type ModelObject,
  type ModelValue,
  type NumberArray,
  Single,
} from "./values.js";

type Taker = (c: Cursor, n: number) => NumberArray | BigInt64Array;

/** Elements of `size` bytes, of which the file must have as many as it says before room is made for them. */
function elements<A extends NumberArray>(
  size: number,
  make: (n: number) => A,
  get: (v: DataView, at: number) => number,
): Taker {
  return (c, n) => {
    const raw = c.view(n * size, "a typed array");
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    const out = make(n);
    for (let i = 0; i < n; i++) out[i] = get(view, i * size);
    return out;
  };
}

const ARRAYS: Readonly<Record<string, Taker>> = {
  d: elements(
    4,
    (n) => new Float32Array(n),
    (v, at) => v.getFloat32(at),
  ),
  D: elements(
    8,
    (n) => new Float64Array(n),
    (v, at) => v.getFloat64(at),
  ),
  i: elements(
    1,
    (n) => new Int8Array(n),
    (v, at) => v.getInt8(at),
  ),
  U: elements(
    1,
    (n) => new Uint8Array(n),
    (v, at) => v.getUint8(at),
  ),
  I: elements(
    2,
    (n) => new Int16Array(n),
    (v, at) => v.getInt16(at),
  ),
  l: elements(
    4,
    (n) => new Int32Array(n),
    (v, at) => v.getInt32(at),
  ),
  L: (c, n) => {
    const raw = c.view(8 * n, "a typed array");
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    return BigInt64Array.from({ length: n }, (_, i) => view.getBigInt64(8 * i));
  },
};

const SCALARS: Readonly<Record<string, (c: Cursor) => ModelValue>> = {
  Z: () => null,
  T: () => true,
  F: () => false,
  i: (c) => c.i8(),
  U: (c) => c.u8(),
  C: (c) => c.u8(),
  I: (c) => c.i16(),
  l: (c) => c.i32(),
  L: (c) => c.i64(),
  d: (c) => c.f32(),
  D: (c) => c.f64(),
  S: (c) => lengthened(c, "a string"),
};

/** A count or length: an integer of any width, not negative. */
function size(c: Cursor, what: string): number {
  const at = c.pos;
  const marker = c.latin1(1, what);
  const read = "iUIlL".includes(marker) ? SCALARS[marker] : undefined;
  if (!read) throw c.fail(what, JSON.stringify(marker), "an integer's marker (one of i, U, I, l, L)", at);
  const n = read(c) as number;
  if (n < 0) throw c.fail(what, n, "0 or more", at);
  return n;
}

const lengthened = (c: Cursor, what: string): string => c.text(size(c, `the length of ${what}`), what);

function array(c: Cursor, depth: number): ModelValue {
  if (c.at("$")) {
    c.skip(1);
    const at = c.pos;
    const type = c.latin1(1, "an array's type");
    c.expect("#", "the count of a typed array");
    const n = size(c, "the count of a typed array");
    const take = ARRAYS[type];
    if (!take) throw c.fail("an array's type", JSON.stringify(type), Object.keys(ARRAYS).join(", "), at);
    return take(c, n);
  }
  const out: ModelValue[] = [];
  if (c.at("#")) {
    c.skip(1);
    const n = size(c, "the count of an array");
    if (n > c.remaining) throw c.fail("the count of an array", n, `at most ${c.remaining} elements`);
    for (let i = 0; i < n; i++) out.push(value(c, depth));
    return out;
  }
  while (!c.at("]")) out.push(value(c, depth));
  c.skip(1);
  return out;
}

function object(c: Cursor, depth: number): ModelObject {
  const out = emptyObject();
  while (!c.at("}")) {
    const at = c.pos;
    const key = lengthened(c, "a key");
    if (key in out) throw c.fail("the key", `${JSON.stringify(key)} a second time`, "keys once", at);
    out[key] = value(c, depth);
  }
  c.skip(1);
  return out;
}

function value(c: Cursor, depth: number): ModelValue {
  const at = c.pos;
  const marker = c.latin1(1, "a value's type");
  if (marker === "{" || marker === "[") {
    if (depth >= DEEPEST) throw c.fail("the nesting", "too deep", `at most ${DEEPEST} levels`, at);
    return marker === "{" ? object(c, depth + 1) : array(c, depth + 1);
  }
  const read = SCALARS[marker];
  if (!read) throw c.fail("a value's type", JSON.stringify(marker), "a marker of UBJSON", at);
  return read(c);
}

/**
 * Reads UBJSON as XGBoost writes its models (draft 12, big-endian, 64-bit counts). Typed arrays become typed arrays.
 *
 * Source: https://ubjson.org and `src/common/json.cc` of XGBoost.
 *
 * @throws FormatError with the byte offset
 */
export function readUbjson(bytes: Uint8Array): ModelValue {
  const c = new Cursor(bytes, "ubj", 0, false);
  const out = value(c, 0);
  if (c.remaining > 0) throw c.fail("the end", `${c.remaining} bytes behind the value`, "nothing more");
  return out;
}

const big = (sink: Sink, n: number, set: (v: DataView) => void): void => {
  const raw = new Uint8Array(n);
  set(new DataView(raw.buffer));
  sink.bytes(raw);
};

/** Strictly inside a width's range, as XGBoost chooses it. */
function putInteger(sink: Sink, v: number): void {
  if (v > -0x80 && v < 0x7f) {
    sink.latin1("i");
    big(sink, 1, (d) => d.setInt8(0, v));
  } else if (v > -0x8000 && v < 0x7fff) {
    sink.latin1("I");
    big(sink, 2, (d) => d.setInt16(0, v));
  } else if (v > -0x80000000 && v < 0x7fffffff) {
    sink.latin1("l");
    big(sink, 4, (d) => d.setInt32(0, v));
  } else putLong(sink, v);
}

function putLong(sink: Sink, v: number): void {
  sink.latin1("L");
  big(sink, 8, (d) => d.setBigInt64(0, BigInt(v)));
}

function putText(sink: Sink, text: string): void {
  const raw = utf8Bytes(text);
  putLong(sink, raw.length);
  sink.bytes(raw);
}

function putTyped(sink: Sink, a: NumberArray | BigInt64Array): void {
  const n = a.length;
  if (a instanceof BigInt64Array) {
    sink.latin1("[$L#");
    putLong(sink, n);
    for (const v of a) big(sink, 8, (d) => d.setBigInt64(0, v));
    return;
  }
  const kind =
    a instanceof Float32Array
      ? "d"
      : a instanceof Float64Array
        ? "D"
        : a instanceof Int32Array
          ? "l"
          : a instanceof Int16Array
            ? "I"
            : a instanceof Uint8Array
              ? "U"
              : "i";
  sink.latin1(`[$${kind}#`);
  putLong(sink, n);
  const raw = new Uint8Array(n * a.BYTES_PER_ELEMENT);
  const d = new DataView(raw.buffer);
  for (let i = 0; i < n; i++) {
    const v = a[i]!;
    if (kind === "d") d.setFloat32(4 * i, v);
    else if (kind === "D") d.setFloat64(8 * i, v);
    else if (kind === "l") d.setInt32(4 * i, v);
    else if (kind === "I") d.setInt16(2 * i, v);
    else raw[i] = v;
  }
  sink.bytes(raw);
}

function put(sink: Sink, v: ModelValue): void {
  if (v === null) sink.latin1("Z");
  else if (typeof v === "boolean") sink.latin1(v ? "T" : "F");
  else if (typeof v === "number") putInteger(sink, v);
  else if (typeof v === "string") {
    sink.latin1("S");
    putText(sink, v);
  } else if (v instanceof Single) {
    sink.latin1("d");
    big(sink, 4, (d) => d.setFloat32(0, v.value));
  } else if (isNumberArray(v)) putTyped(sink, v);
  else if (Array.isArray(v)) {
    sink.latin1("[#");
    putLong(sink, v.length);
    for (const item of v as readonly ModelValue[]) put(sink, item);
  } else {
    sink.latin1("{");
    for (const [key, item] of sortedEntries(v as ModelObject)) {
      putText(sink, key);
      put(sink, item);
    }
    sink.latin1("}");
  }
}

/** XGBoost keeps keys in order of their bytes. */
export const sortedEntries = (v: ModelObject): [string, ModelValue][] =>
  Object.entries(v).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** Writes UBJSON as XGBoost does. */
export function writeUbjson(v: ModelValue): Uint8Array {
  const sink = new Sink(1024);
  put(sink, v);
  return sink.done();
}
