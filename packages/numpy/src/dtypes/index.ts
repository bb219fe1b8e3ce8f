/** Classes of element types, NumPy's `numpy.dtypes`: called, they give the type. */

import { type dtype, dtype as makeDtype } from "@cognate/ndarray/core";

const of = (name: string) => (): dtype => makeDtype(name);

export const BoolDType = of("bool");
export const Int8DType = of("int8");
export const Int16DType = of("int16");
export const Int32DType = of("int32");
export const Int64DType = of("int64");
export const UInt8DType = of("uint8");
export const UInt16DType = of("uint16");
export const UInt32DType = of("uint32");
export const UInt64DType = of("uint64");
export const Float16DType = of("float16");
export const Float32DType = of("float32");
export const Float64DType = of("float64");
export const Complex64DType = of("complex64");
export const Complex128DType = of("complex128");
export {
  Int8DType as ByteDType,
  Int16DType as ShortDType,
  Int32DType as IntDType,
  Int64DType as LongDType,
  Int64DType as LongLongDType,
  UInt8DType as UByteDType,
  UInt16DType as UShortDType,
  UInt32DType as UIntDType,
  UInt64DType as ULongDType,
  UInt64DType as ULongLongDType,
};
