import {
  bfloat16,
  bool,
  complex64,
  complex128,
  type DType,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
} from "@cognate/kernel";
import type { Cursor } from "../bytes/cursor.js";

/** What the elements of a dataset or attribute are. */
export type Hdf5Type =
  | { readonly kind: "number"; readonly size: number; readonly dtype: DType; readonly little: boolean }
  | {
      readonly kind: "string";
      readonly size: number;
      readonly padding: "zero" | "space";
      readonly utf8: boolean;
    }
  /** A string of any length, in the global heap. */
  | { readonly kind: "varstring"; readonly size: number; readonly utf8: boolean }
  | { readonly kind: "opaque"; readonly size: number; readonly tag: string }
  | {
      readonly kind: "array";
      readonly size: number;
      readonly base: Hdf5Type;
      readonly dims: readonly number[];
    }
  /** Read no further; `what` says what it is. */
  | { readonly kind: "other"; readonly size: number; readonly what: string };

const UINTS: Readonly<Record<number, DType>> = { 1: uint8, 2: uint16, 4: uint32, 8: uint64 };
const INTS: Readonly<Record<number, DType>> = { 1: int8, 2: int16, 4: int32, 8: int64 };
const DEEPEST = 8;

/** Reads a datatype message. */
export function readDatatype(c: Cursor, depth = 0): Hdf5Type {
  const start = c.pos;
  if (depth > DEEPEST) throw c.fail("a type", `nested more than ${DEEPEST} deep`, "a simpler one");
  const head = c.u8();
  const version = head >> 4;
  const kind = head & 15;
  if (version < 1 || version > 5) throw c.fail("a type's version", version, "1 to 5", start);
  const bits = c.u8() | (c.u8() << 8) | (c.u8() << 16);
  const size = c.u32();
  switch (kind) {
    case 0:
      return fixedPoint(c, bits, size);
    case 1:
      return floating(c, bits, size, start);
    case 3:
      return {
        kind: "string",
        size,
        padding: (bits & 15) === 2 ? "space" : "zero",
        utf8: ((bits >> 4) & 15) === 1,
      };
    case 4: {
      c.skip(4);
      const dtype = UINTS[size];
      return dtype ? { kind: "number", size, dtype, little: (bits & 1) === 0 } : other(size, "a bit field");
    }
    case 5:
      return { kind: "opaque", size, tag: c.latin1(bits & 255, "a type's tag").replace(/\0.*$/s, "") };
    case 6:
      return compound(c, bits & 0xffff, size, version, depth);
    case 7:
      return other(size, "a reference");
    case 8:
      return enumeration(c, bits & 0xffff, size, version, depth);
    case 9: {
      const base = readDatatype(c, depth + 1);
      if ((bits & 15) === 1) return { kind: "varstring", size, utf8: ((bits >> 8) & 15) === 1 };
      return other(size, `lists of varying length of ${base.kind === "number" ? base.dtype : base.kind}`);
    }
    case 10: {
      const rank = c.u8();
      if (version < 3) c.skip(3);
      const dims = Array.from({ length: rank }, () => c.u32());
      if (version < 3) c.skip(4 * rank);
      const base = readDatatype(c, depth + 1);
      const n = dims.reduce((a, b) => a * b, base.size);
      if (n !== size) throw c.fail("an array type", `${size} bytes long`, `${n} bytes for its axes`, start);
      return { kind: "array", size, base, dims };
    }
    default:
      return other(size, kind === 2 ? "a time" : `of the unknown class ${kind}`);
  }
}

const other = (size: number, what: string): Hdf5Type => ({ kind: "other", size, what });

function fixedPoint(c: Cursor, bits: number, size: number): Hdf5Type {
  const at = c.pos;
  const offset = c.u16();
  const precision = c.u16();
  const dtype = (bits & 8 ? INTS : UINTS)[size];
  if (!dtype || offset !== 0 || precision !== 8 * size)
    return other(size, `an integer of ${precision} bits in ${size} bytes (byte ${c.base + at})`);
  return { kind: "number", size, dtype, little: (bits & 1) === 0 };
}

function floating(c: Cursor, bits: number, size: number, start: number): Hdf5Type {
  c.skip(2);
  const precision = c.u16();
  const exponentAt = c.u8();
  const exponent = c.u8();
  const mantissaAt = c.u8();
  const mantissa = c.u8();
  c.skip(4);
  if (bits & 0x40) throw c.fail("a float's byte order", "that of the VAX", "little- or big-endian", start);
  const ieee =
    mantissaAt === 0 &&
    exponentAt === mantissa &&
    precision === 8 * size &&
    1 + exponent + mantissa === precision;
  const key = `${size}:${exponent}:${mantissa}`;
  const dtype = { "2:5:10": float16, "2:8:7": bfloat16, "4:8:23": float32, "8:11:52": float64 }[key];
  if (!ieee || !dtype) return other(size, `a float of ${exponent} exponent and ${mantissa} mantissa bits`);
  return { kind: "number", size, dtype, little: (bits & 1) === 0 };
}

/** A name that older versions pad to a multiple of eight bytes. */
function memberName(c: Cursor, version: number): string {
  const at = c.pos;
  const name = c.cstring("a member's name");
  if (version < 3) c.align(8, at);
  return name;
}

function compound(c: Cursor, count: number, size: number, version: number, depth: number): Hdf5Type {
  const members: { name: string; offset: number; type: Hdf5Type }[] = [];
  for (let i = 0; i < count; i++) {
    const name = memberName(c, version);
    const offset = version < 3 ? c.u32() : c.uint(Math.max(1, Math.ceil(Math.log2(size + 1) / 8)));
    if (version === 1) c.skip(28);
    members.push({ name, offset, type: readDatatype(c, depth + 1) });
  }
  // NumPy's complex numbers are stored as the compound (r, i).
  const [r, i] = members;
  if (
    count === 2 &&
    r!.name === "r" &&
    i!.name === "i" &&
    r!.type.kind === "number" &&
    i!.type.kind === "number"
  ) {
    const part = r!.type;
    const dtype = part.dtype === float32 ? complex64 : part.dtype === float64 ? complex128 : undefined;
    if (
      dtype &&
      i!.type.dtype === part.dtype &&
      r!.offset === 0 &&
      i!.offset === part.size &&
      size === 2 * part.size
    )
      return { kind: "number", size, dtype, little: part.little };
  }
  return other(size, `a compound of ${members.map((m) => m.name).join(", ")}`);
}

function enumeration(c: Cursor, count: number, size: number, version: number, depth: number): Hdf5Type {
  const base = readDatatype(c, depth + 1);
  const names = Array.from({ length: count }, () => memberName(c, version));
  const values = Array.from({ length: count }, () => c.uint(base.size));
  // h5py's booleans are an enumeration over int8.
  if (size === 1 && names.join() === "FALSE,TRUE" && values.join() === "0,1")
    return { kind: "number", size, dtype: bool, little: true };
  return base;
}
