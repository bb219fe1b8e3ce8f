import { bfloat16, type DType, type Shape } from "@cognate/kernel";
import { Sink, utf8Bytes } from "../bytes/sink.js";

/** No address. */
export const NOWHERE = 0xffffffffffffffffn;

/** A datatype message of version 1. */
function datatype(
  kind: number,
  bits: number,
  size: number,
  properties: (s: Sink) => unknown = () => {},
): Uint8Array {
  const s = new Sink(32)
    .u8(0x10 | kind)
    .u8(bits & 255)
    .u8((bits >> 8) & 255)
    .u8(bits >> 16)
    .u32(size);
  properties(s);
  return s.done();
}

const integer = (size: number, signed: boolean): Uint8Array =>
  datatype(0, signed ? 8 : 0, size, (s) => s.u16(0).u16(8 * size));

/** IEEE floats by size: exponent's place, exponent's and mantissa's width, bias. */
const FLOATS: Readonly<Record<number, readonly [number, number, number, number]>> = {
  2: [10, 5, 10, 15],
  4: [23, 8, 23, 127],
  8: [52, 11, 52, 1023],
};

function float(size: number): Uint8Array {
  const [at, exponent, mantissa, bias] = FLOATS[size]!;
  const bits = 0x20 | ((8 * size - 1) << 8);
  return datatype(1, bits, size, (s) =>
    s
      .u16(0)
      .u16(8 * size)
      .u8(at)
      .u8(exponent)
      .u8(0)
      .u8(mantissa)
      .u32(bias),
  );
}

/** A name with its zero, padded to a multiple of eight bytes. */
const paddedName = (s: Sink, name: string): Sink => s.latin1(name).u8(0).align(8);

/** What h5py makes of booleans: an enumeration over int8. */
const boolean = (): Uint8Array =>
  datatype(8, 2, 1, (s) => {
    s.bytes(integer(1, true));
    // The names are padded within the message, whose parts so far are a multiple of four only.
    for (const name of ["FALSE", "TRUE"]) s.bytes(paddedName(new Sink(8), name).done());
    s.u8(0).u8(1);
  });

/** What h5py makes of complex numbers: a compound of r and i. */
const complex = (size: number): Uint8Array =>
  datatype(6, 2, size, (s) => {
    for (const [i, name] of ["r", "i"].entries()) {
      s.bytes(paddedName(new Sink(8), name).done());
      s.u32((i * size) / 2)
        .fill(28)
        .bytes(float(size / 2));
    }
  });

/** The type message of numbers. bfloat16 becomes two opaque bytes, as in files that Keras writes. */
export function numberType(dtype: DType): Uint8Array {
  if (dtype === bfloat16) return datatype(5, 0, 2);
  switch (dtype.kind) {
    case "bool":
      return boolean();
    case "uint":
    case "int":
      return integer(dtype.itemsize, dtype.kind === "int");
    case "float":
      return float(dtype.itemsize);
    case "complex":
      return complex(dtype.itemsize);
  }
}

const charset = (utf8: boolean): number => (utf8 ? 1 : 0);

/** The type message of strings of one length, padded with zeros. */
export const fixedStringType = (size: number, utf8: boolean): Uint8Array =>
  datatype(3, 1 | (charset(utf8) << 4), size);

/** The type message of strings of any length, which lie in the global heap. */
export const variableStringType = (utf8: boolean): Uint8Array =>
  datatype(9, 1 | (charset(utf8) << 8), 16, (s) => s.bytes(integer(1, false)));

/** A dataspace message; `null` is the one without elements. */
export function dataspace(shape: Shape | null): Uint8Array {
  if (!shape) return new Sink(8).u8(2).u8(0).u8(0).u8(2).done();
  const s = new Sink(8 + 8 * shape.length).u8(1).u8(shape.length).fill(6);
  for (const n of shape) s.u64(n);
  return s.done();
}

/** One message of an object's header. */
export interface OutMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

/** An attribute message: version 1, or 3 where the name needs UTF-8. */
export function attributeMessage(
  name: string,
  type: Uint8Array,
  space: Uint8Array,
  data: Uint8Array,
): OutMessage {
  const raw = utf8Bytes(name);
  const plain = raw.length === name.length;
  const s = new Sink(64 + data.length).u8(plain ? 1 : 3).u8(0);
  s.u16(raw.length + 1)
    .u16(type.length)
    .u16(space.length);
  if (!plain) s.u8(1);
  const part = (bytes: Uint8Array): Sink => (plain ? s.bytes(bytes).align(8) : s.bytes(bytes));
  part(new Sink(raw.length + 1).bytes(raw).u8(0).done());
  part(type);
  part(space);
  return { type: 0x0c, body: s.bytes(data).done() };
}

/** An object header of version 1. */
export function objectHeader(messages: readonly OutMessage[]): Uint8Array {
  const body = new Sink();
  for (const { type, body: content } of messages) {
    const size = Math.ceil(content.length / 8) * 8;
    body
      .u16(type)
      .u16(size)
      .u8(0)
      .fill(3)
      .bytes(content)
      .fill(size - content.length);
  }
  const s = new Sink(16 + body.length).u8(1).u8(0).u16(messages.length).u32(1).u32(body.length).u32(0);
  return s.bytes(body.done()).done();
}
