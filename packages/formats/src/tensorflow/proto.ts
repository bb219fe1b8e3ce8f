import { Cursor } from "../bytes/cursor.js";
import { Sink, utf8Bytes } from "../bytes/sink.js";

/** What a field of a protocol buffer can hold. */
export type FieldKind =
  | "int32"
  | "int64"
  | "long"
  | "uint32"
  | "uint64"
  | "sint64"
  | "bool"
  | "float"
  | "double"
  | "fixed32"
  | "fixed64"
  | "string"
  | "bytes"
  | "message";

/** How a field occurs: once with a default, once or not at all, many times, or as a map by a key. */
export type Occurs = "once" | "maybe" | "many" | "map";

/** One field of a message. `T` is the type of its value in {@link Decoded} messages. */
export interface Field<T> {
  readonly number: number;
  readonly kind: FieldKind;
  readonly occurs: Occurs;
  readonly message: (() => Message<unknown>) | undefined;
  readonly key: FieldKind;
  /** Never there: carries the type. */
  readonly type?: T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The object that a message with these fields is decoded to. */
export type Decoded<F extends Fields> = { -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A kind of message: its name and fields. `T` is the decoded object. */
export interface Message<T> {
  readonly name: string;
  readonly fields: Fields;
  readonly byNumber: ReadonlyMap<number, readonly [string, Field<unknown>]>;
  readonly decoded?: T;
}

/** Describes a message by its fields. */
export function message<F extends Fields>(name: string, fields: F): Message<Decoded<F>> {
  const byNumber = new Map(Object.entries(fields).map(([key, f]) => [f.number, [key, f] as const]));
  return { name, fields, byNumber };
}

type ValueOf<K extends FieldKind> = K extends "bool"
  ? boolean
  : K extends "string"
    ? string
    : K extends "bytes"
      ? Uint8Array
      : K extends "long" | "uint64" | "fixed64"
        ? number | bigint
        : number;

type PlainKind = Exclude<FieldKind, "message">;

const field = <T>(
  number: number,
  kind: FieldKind,
  occurs: Occurs,
  of?: () => Message<unknown>,
  key: FieldKind = "string",
): Field<T> => ({ number, kind, occurs, message: of, key });

/** A field that has its kind's zero where it is missing. */
export const one = <K extends PlainKind>(kind: K, number: number): Field<ValueOf<K>> =>
  field(number, kind, "once");
/** A field that is `undefined` where it is missing. */
export const maybe = <K extends PlainKind>(kind: K, number: number): Field<ValueOf<K> | undefined> =>
  field(number, kind, "maybe");
/** A repeated field, packed or not. */
export const many = <K extends PlainKind>(kind: K, number: number): Field<ValueOf<K>[]> =>
  field(number, kind, "many");
/** A message, `undefined` where it is missing. */
export const sub = <T>(of: () => Message<T>, number: number): Field<T | undefined> =>
  field(number, "message", "maybe", of);
/** A repeated message. */
export const subs = <T>(of: () => Message<T>, number: number): Field<T[]> =>
  field(number, "message", "many", of);
/** A map from texts to messages. */
export const mapOf = <T>(of: () => Message<T>, number: number): Field<Map<string, T>> =>
  field(number, "message", "map", of);
/** A map from texts to texts. */
export const textMap = (number: number): Field<Map<string, string>> => field(number, "string", "map");

const DEEPEST = 100;
const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

const WIRE: Readonly<Record<FieldKind, number>> = {
  int32: VARINT,
  int64: VARINT,
  long: VARINT,
  uint32: VARINT,
  uint64: VARINT,
  sint64: VARINT,
  bool: VARINT,
  float: FIXED32,
  fixed32: FIXED32,
  double: FIXED64,
  fixed64: FIXED64,
  string: DELIMITED,
  bytes: DELIMITED,
  message: DELIMITED,
};

const zero = (kind: FieldKind): unknown =>
  kind === "bool" ? false : kind === "string" ? "" : kind === "bytes" ? new Uint8Array(0) : 0;

/** A base-128 number of at most 64 bits. */
export function varint(c: Cursor): bigint {
  const at = c.pos;
  let low = 0;
  let scale = 1;
  for (let i = 0; i < 7; i++) {
    const b = c.u8();
    low += (b & 127) * scale;
    if (b < 128) return BigInt(low);
    scale *= 128;
  }
  let big = BigInt(low);
  for (let i = 7; i < 10; i++) {
    const b = c.u8();
    big |= BigInt(b & 127) << BigInt(7 * i);
    if (b < 128) return BigInt.asUintN(64, big);
  }
  throw c.fail("a variable-length number", "longer than 10 bytes", "at most 10 bytes", at);
}

/** A {@link varint} that is a size or an offset. */
export function varsize(c: Cursor, what = "a length"): number {
  const at = c.pos;
  const v = varint(c);
  if (v > BigInt(Number.MAX_SAFE_INTEGER)) throw c.fail(what, v, "at most 2^53", at);
  return Number(v);
}

const narrow = (v: bigint): number | bigint => {
  const n = Number(v);
  return Number.isSafeInteger(n) ? n : v;
};

function scalar(c: Cursor, kind: FieldKind): unknown {
  switch (kind) {
    case "int32":
      return Number(BigInt.asIntN(32, varint(c)));
    case "uint32":
      return Number(BigInt.asUintN(32, varint(c)));
    case "bool":
      return varint(c) !== 0n;
    case "long":
      return narrow(BigInt.asIntN(64, varint(c)));
    case "uint64":
      return narrow(varint(c));
    case "int64": {
      const at = c.pos;
      const v = Number(BigInt.asIntN(64, varint(c)));
      if (!Number.isSafeInteger(v)) throw c.fail("a 64-bit number", v, "within ±2^53", at);
      return v;
    }
    case "sint64": {
      const v = varint(c);
      return Number(v & 1n ? -((v + 1n) >> 1n) : v >> 1n);
    }
    case "float":
      return c.f32();
    case "double":
      return c.f64();
    case "fixed32":
      return c.u32();
    case "fixed64":
      return narrow(c.u64big());
    case "string": {
      const n = varsize(c);
      return c.text(n, "a string");
    }
    default: {
      const n = varsize(c);
      return c.view(n, "a string of bytes");
    }
  }
}

function skip(c: Cursor, wire: number, number: number): void {
  if (wire === VARINT) varint(c);
  else if (wire === FIXED64) c.skip(8);
  else if (wire === FIXED32) c.skip(4);
  else if (wire === DELIMITED) c.skip(varsize(c));
  else throw c.fail(`the wire type of field ${number}`, wire, "0, 1, 2 or 5");
}

const within = (c: Cursor, n: number): Cursor => {
  const base = c.offset;
  return new Cursor(c.view(n, "a message"), c.format, base);
};

function entry(c: Cursor, f: Field<unknown>, depth: number): [unknown, unknown] {
  let key = zero(f.key);
  let value: unknown = f.message ? undefined : zero(f.kind);
  while (c.remaining > 0) {
    const tag = varsize(c, "a field's tag");
    if (tag >>> 3 === 1 && (tag & 7) === WIRE[f.key]) key = scalar(c, f.key);
    else if (tag >>> 3 === 2 && (tag & 7) === WIRE[f.kind])
      value = f.message ? decodeAt(within(c, varsize(c)), f.message(), depth + 1) : scalar(c, f.kind);
    else skip(c, tag & 7, tag >>> 3);
  }
  if (value === undefined) value = decodeAt(new Cursor(new Uint8Array(0), c.format), f.message!(), depth + 1);
  return [key, value];
}

function decodeAt<T>(c: Cursor, type: Message<T>, depth: number): T {
  if (depth > DEEPEST) throw c.fail("a message", `nested deeper than ${DEEPEST}`, "less depth");
  c.path = type.name;
  const out: Record<string, unknown> = {};
  for (const [key, f] of Object.entries(type.fields))
    out[key] =
      f.occurs === "many"
        ? []
        : f.occurs === "map"
          ? new Map()
          : f.occurs === "once"
            ? zero(f.kind)
            : undefined;
  while (c.remaining > 0) {
    const at = c.pos;
    const tag = varsize(c, "a field's tag");
    const number = Math.floor(tag / 8);
    const wire = tag & 7;
    if (number < 1 || number > 0x1fffffff) throw c.fail("a field's number", number, "1 to 2^29 - 1", at);
    const found = type.byNumber.get(number);
    if (!found) {
      skip(c, wire, number);
      continue;
    }
    const [key, f] = found;
    const packed = wire === DELIMITED && f.occurs === "many" && WIRE[f.kind] !== DELIMITED;
    if (wire !== WIRE[f.kind] && !packed && f.occurs !== "map")
      throw c.fail(`the wire type of the field ${key}`, wire, String(WIRE[f.kind]), at);
    if (packed) {
      const part = within(c, varsize(c));
      const values = out[key] as unknown[];
      while (part.remaining > 0) values.push(scalar(part, f.kind));
    } else if (f.occurs === "map") {
      if (wire !== DELIMITED) throw c.fail(`the wire type of the field ${key}`, wire, "2", at);
      const [k, v] = entry(within(c, varsize(c)), f, depth);
      (out[key] as Map<unknown, unknown>).set(k, v);
    } else {
      const value = f.message ? decodeAt(within(c, varsize(c)), f.message(), depth + 1) : scalar(c, f.kind);
      if (f.occurs === "many") (out[key] as unknown[]).push(value);
      else out[key] = value;
    }
  }
  return out as T;
}

/**
 * Reads a message of protocol buffers. Fields that are not described are passed over.
 *
 * @throws FormatError with the byte offset for what is cut off, nested too deep, or of another wire type.
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { decodeMessage, VersionDef } from "@cognate/formats";
 * print(decodeMessage(VersionDef, Uint8Array.of(8, 1)).producer); // prints 1
 * ```
 */
export function decodeMessage<T>(type: Message<T>, bytes: Uint8Array, format = "protobuf", base = 0): T {
  return decodeAt(new Cursor(bytes, format, base), type, 0);
}

/** A message of which nothing is there. */
export const emptyMessage = <T>(type: Message<T>): T => decodeMessage(type, new Uint8Array(0));

export function putVarint(s: Sink, v: number | bigint): void {
  if (typeof v === "number" && v >= 0 && v < 2 ** 31) {
    let n = v;
    while (n > 127) {
      s.u8((n & 127) | 128);
      n >>>= 7;
    }
    s.u8(n);
    return;
  }
  let b = BigInt.asUintN(64, BigInt(v));
  while (b > 127n) {
    s.u8(Number(b & 127n) | 128);
    b >>= 7n;
  }
  s.u8(Number(b));
}

function delimited(s: Sink, bytes: Uint8Array): void {
  putVarint(s, bytes.length);
  s.bytes(bytes);
}

function putScalar(s: Sink, f: Field<unknown>, kind: FieldKind, value: unknown): void {
  if (kind === "message") delimited(s, encodeMessage(f.message!(), value as object));
  else if (kind === "string") delimited(s, utf8Bytes(value as string));
  else if (kind === "bytes") delimited(s, value as Uint8Array);
  else if (kind === "bool") s.u8(value ? 1 : 0);
  else if (kind === "float") s.u32(new Uint32Array(new Float32Array([value as number]).buffer)[0]!);
  else if (kind === "double") s.f64(value as number);
  else if (kind === "fixed32") s.u32(value as number);
  else if (kind === "fixed64") s.u64(value as number | bigint);
  else if (kind === "sint64") {
    const v = BigInt(value as number);
    putVarint(s, v < 0n ? -2n * v - 1n : 2n * v);
  } else putVarint(s, value as number | bigint);
}

const tagged = (s: Sink, number: number, wire: number): void => putVarint(s, number * 8 + wire);

/** The bytes of a message; fields that are left out or have their default are not written. */
export function encodeMessage<T>(type: Message<T>, value: Partial<T>): Uint8Array {
  const s = new Sink(64);
  const ordered = Object.entries(type.fields).sort(([, a], [, b]) => a.number - b.number);
  for (const [key, f] of ordered) {
    const v = (value as Record<string, unknown>)[key];
    if (v === undefined || v === null) continue;
    if (f.occurs === "map") {
      for (const [k, x] of v as Map<unknown, unknown>) {
        const part = new Sink(32);
        tagged(part, 1, WIRE[f.key]);
        putScalar(part, f, f.key, k);
        tagged(part, 2, WIRE[f.kind]);
        putScalar(part, f, f.kind, x);
        tagged(s, f.number, DELIMITED);
        delimited(s, part.done());
      }
    } else if (f.occurs === "many") {
      const values = v as readonly unknown[];
      if (values.length === 0) continue;
      if (WIRE[f.kind] === DELIMITED)
        for (const x of values) {
          tagged(s, f.number, DELIMITED);
          putScalar(s, f, f.kind, x);
        }
      else {
        const part = new Sink(32);
        for (const x of values) putScalar(part, f, f.kind, x);
        tagged(s, f.number, DELIMITED);
        delimited(s, part.done());
      }
    } else {
      const isDefault = v === 0 || v === false || v === "" || (v instanceof Uint8Array && v.length === 0);
      if (f.occurs === "once" && isDefault && !Object.is(v, -0)) continue;
      tagged(s, f.number, WIRE[f.kind]);
      putScalar(s, f, f.kind, v);
    }
  }
  return s.done();
}
