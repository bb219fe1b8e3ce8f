/** The names of every element type that the kernel stores. */
export type DTypeName =
  | "bool"
  | "uint8"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128";

/** The arithmetic family of an element type; promotion orders families before it orders widths. */
export type Kind = "bool" | "uint" | "int" | "float" | "complex";

/** Typed arrays that back the element types; half floats keep their bits, complex numbers interleave re and im. */
export type NumericData =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint16Array
  | Uint32Array
  | Float32Array
  | Float64Array;
/** {@link NumericData} and the 64-bit integer arrays. */
export type Data = NumericData | BigInt64Array | BigUint64Array;

interface DataConstructor {
  new (length: number): Data;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): Data;
  readonly BYTES_PER_ELEMENT: number;
}

/**
 * One element type: a frozen singleton, compared with `===`.
 *
 * `Data` is the typed array that stores it, `lanes` how many entries of that array one element takes
 * (2 for complex numbers), `itemsize` its size in bytes.
 */
export interface DType {
  readonly name: DTypeName;
  readonly kind: Kind;
  readonly itemsize: number;
  readonly lanes: 1 | 2;
  readonly Data: DataConstructor;
  /** Index into tables that hold one entry per element type. */
  readonly code: number;
  /** `true` where elements are JavaScript bigints in storage. */
  readonly big: boolean;
  /** `true` for float16 and bfloat16, whose storage holds bit patterns. */
  readonly half: boolean;
  toString(): string;
}

function define(
  code: number,
  name: DTypeName,
  kind: Kind,
  Data: DataConstructor,
  { lanes = 1, half = false }: { lanes?: 1 | 2; half?: boolean } = {},
): DType {
  return Object.freeze({
    name,
    kind,
    itemsize: Data.BYTES_PER_ELEMENT * lanes,
    lanes,
    Data,
    code,
    big: (Data as unknown) === BigInt64Array || (Data as unknown) === BigUint64Array,
    half,
    toString: () => name,
  });
}

export const bool = define(0, "bool", "bool", Uint8Array);
export const uint8 = define(1, "uint8", "uint", Uint8Array);
export const int8 = define(2, "int8", "int", Int8Array);
export const int16 = define(3, "int16", "int", Int16Array);
export const int32 = define(4, "int32", "int", Int32Array);
export const int64 = define(5, "int64", "int", BigInt64Array);
export const uint16 = define(6, "uint16", "uint", Uint16Array);
export const uint32 = define(7, "uint32", "uint", Uint32Array);
export const uint64 = define(8, "uint64", "uint", BigUint64Array);
export const float16 = define(9, "float16", "float", Uint16Array, { half: true });
export const bfloat16 = define(10, "bfloat16", "float", Uint16Array, { half: true });
export const float32 = define(11, "float32", "float", Float32Array);
export const float64 = define(12, "float64", "float", Float64Array);
export const complex64 = define(13, "complex64", "complex", Float32Array, { lanes: 2 });
export const complex128 = define(14, "complex128", "complex", Float64Array, { lanes: 2 });

/** Every element type, in the order of {@link DType.code}. */
export const DTYPES: readonly DType[] = Object.freeze([
  bool,
  uint8,
  int8,
  int16,
  int32,
  int64,
  uint16,
  uint32,
  uint64,
  float16,
  bfloat16,
  float32,
  float64,
  complex64,
  complex128,
]);

const byName: ReadonlyMap<string, DType> = new Map(DTYPES.map((d) => [d.name, d]));

/** The element type of that name, or `undefined`. */
export const dtypeNamed = (name: string): DType | undefined => byName.get(name);

export const isFloating = (d: DType): boolean => d.kind === "float";
export const isComplex = (d: DType): boolean => d.kind === "complex";
/** `true` for signed and unsigned integers, not for bool. */
export const isInteger = (d: DType): boolean => d.kind === "int" || d.kind === "uint";
/** `true` for integers and bool. */
export const isDiscrete = (d: DType): boolean => isInteger(d) || d.kind === "bool";
/** `true` where derivatives exist: floating and complex types. */
export const isDifferentiable = (d: DType): boolean => d.kind === "float" || d.kind === "complex";

/** The real type of a complex type's parts (complex64 → float32); any other type is returned as it is. */
export const realOf = (d: DType): DType => (d === complex64 ? float32 : d === complex128 ? float64 : d);
/** The complex type whose parts hold `d` (float64 → complex128, everything narrower → complex64). */
export const complexOf = (d: DType): DType =>
  d.kind === "complex" ? d : d === float64 ? complex128 : complex64;

/** The largest finite number of a floating type, or of a complex type's parts. */
export function largestOf(d: DType): number {
  const real = realOf(d);
  if (real === float16) return 65504;
  if (real === bfloat16) return 2 ** 127 * (2 - 2 ** -7);
  return real === float32 ? 2 ** 127 * (2 - 2 ** -23) : Number.MAX_VALUE;
}

/** The smallest and largest value of an integer or bool type, as bigints. */
export function integerRange(d: DType): readonly [bigint, bigint] {
  if (d.kind === "bool") return [0n, 1n];
  const bits = BigInt(d.itemsize * 8);
  return d.kind === "uint" ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}
