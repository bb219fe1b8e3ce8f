import {
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

/** NumPy's kind and size for each element type; bfloat16 has none. */
const CODES: readonly (readonly [string, DType])[] = [
  ["b1", bool],
  ["i1", int8],
  ["i2", int16],
  ["i4", int32],
  ["i8", int64],
  ["u1", uint8],
  ["u2", uint16],
  ["u4", uint32],
  ["u8", uint64],
  ["f2", float16],
  ["f4", float32],
  ["f8", float64],
  ["c8", complex64],
  ["c16", complex128],
];
const TYPES = new Map(CODES);
const NAMES = new Map(CODES.map(([code, dtype]) => [dtype, code]));

/** NumPy's description of the type on a little-endian machine: `<f4`, `|b1`. */
export function descrOf(dtype: DType): string | undefined {
  const code = NAMES.get(dtype);
  return code && (dtype.itemsize === 1 ? "|" : "<") + code;
}

/** The type and byte order that a description such as `>f8` stands for; `undefined` where it is no plain number. */
export function parseDescr(descr: string): { dtype: DType; little: boolean } | undefined {
  const dtype = TYPES.get(/^[<>=|]/.test(descr) ? descr.slice(1) : descr);
  return dtype && { dtype, little: descr[0] !== ">" };
}

/** Every description that {@link parseDescr} knows, for errors. */
export const KNOWN_DESCRS = "a number type (b1, i1-i8, u1-u8, f2-f8, c8, c16)";
