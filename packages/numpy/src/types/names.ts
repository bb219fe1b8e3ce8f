// NumPy's other names for its scalar types.

import { scalars } from "@cognate/ndarray/core";

export const {
  generic,
  number,
  integer,
  signedinteger,
  unsignedinteger,
  inexact,
  floating,
  complexfloating,
  flexible,
  character,
  bool,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float16,
  float32,
  float64,
  complex64,
  complex128,
} = scalars;

export const bool_ = bool;
export const byte = int8;
export const ubyte = uint8;
export const short = int16;
export const ushort = uint16;
export const intc = int32;
export const uintc = uint32;
export const int_ = int64;
export const uint = uint64;
export const intp = int64;
export const uintp = uint64;
export const long = int64;
export const ulong = uint64;
export const longlong = int64;
export const ulonglong = uint64;
export const half = float16;
export const single = float32;
export const double = float64;
export const csingle = complex64;
export const cdouble = complex128;
/** The scalar types that arrays here can have. */
export const ScalarType: readonly unknown[] = Object.freeze([
  bool,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float16,
  float32,
  float64,
  complex64,
  complex128,
]);
