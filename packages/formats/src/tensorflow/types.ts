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

/** `DT_STRING`, `DT_RESOURCE` and `DT_VARIANT`, which no array of numbers has. */
export const DT_STRING = 7;
export const DT_RESOURCE = 20;
export const DT_VARIANT = 21;

/** TensorFlow's numbers and names of element types (framework/types.proto), with the kernel's type where there is one. */
export const TF_TYPES: readonly (readonly [number, string, DType | undefined])[] = [
  [1, "float32", float32],
  [2, "float64", float64],
  [3, "int32", int32],
  [4, "uint8", uint8],
  [5, "int16", int16],
  [6, "int8", int8],
  [7, "string", undefined],
  [8, "complex64", complex64],
  [9, "int64", int64],
  [10, "bool", bool],
  [11, "qint8", undefined],
  [12, "quint8", undefined],
  [13, "qint32", undefined],
  [14, "bfloat16", bfloat16],
  [15, "qint16", undefined],
  [16, "quint16", undefined],
  [17, "uint16", uint16],
  [18, "complex128", complex128],
  [19, "float16", float16],
  [20, "resource", undefined],
  [21, "variant", undefined],
  [22, "uint32", uint32],
  [23, "uint64", uint64],
];

const BY_NUMBER = new Map(TF_TYPES.map((row) => [row[0], row]));
const BY_TYPE = new Map(TF_TYPES.map(([number, , dtype]) => [dtype, number]));

/** The kernel's element type for TensorFlow's number; references (number + 100) are of the type that they refer to. */
export const dtypeOfNumber = (n: number): DType | undefined => BY_NUMBER.get(n > 100 ? n - 100 : n)?.[2];
/** The name of an element type, also of one that is no number here. */
export const typeName = (n: number): string => BY_NUMBER.get(n > 100 ? n - 100 : n)?.[1] ?? `type ${n}`;
/** TensorFlow's number of the kernel's element type. */
export const numberOfDtype = (dtype: DType): number => BY_TYPE.get(dtype)!;
/** Names of the types that are read. */
export const KNOWN_TYPES = "a type of numbers or string";
