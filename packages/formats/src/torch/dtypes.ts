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

/** The classes of typed storages, and what they hold. */
export const STORAGES: ReadonlyMap<string, DType> = new Map([
  ["DoubleStorage", float64],
  ["FloatStorage", float32],
  ["HalfStorage", float16],
  ["BFloat16Storage", bfloat16],
  ["LongStorage", int64],
  ["IntStorage", int32],
  ["ShortStorage", int16],
  ["CharStorage", int8],
  ["ByteStorage", uint8],
  ["BoolStorage", bool],
  ["ComplexFloatStorage", complex64],
  ["ComplexDoubleStorage", complex128],
]);

const STORAGE_OF: ReadonlyMap<DType, string> = new Map([...STORAGES].map(([name, dtype]) => [dtype, name]));

/** The storage class for a type; types that came later (uint16, uint32, uint64) have none. */
export const storageClassOf = (dtype: DType): string | undefined => STORAGE_OF.get(dtype);

/** Storages of types that only quantized tensors use. */
export const QUANTIZED_STORAGES: ReadonlySet<string> = new Set([
  "QInt8Storage",
  "QInt32Storage",
  "QUInt8Storage",
  "QUInt4x2Storage",
  "QUInt2x4Storage",
]);

/** The names under which pickles find element types in `torch`, with the kernel's type where there is one. */
export const TORCH_DTYPES: ReadonlyMap<string, DType | undefined> = new Map<string, DType | undefined>([
  ["float64", float64],
  ["float32", float32],
  ["float16", float16],
  ["bfloat16", bfloat16],
  ["int64", int64],
  ["int32", int32],
  ["int16", int16],
  ["int8", int8],
  ["uint8", uint8],
  ["uint16", uint16],
  ["uint32", uint32],
  ["uint64", uint64],
  ["bool", bool],
  ["complex64", complex64],
  ["complex128", complex128],
  ...[
    "complex32",
    "qint8",
    "qint32",
    "quint8",
    "quint4x2",
    "quint2x4",
    "bits8",
    "bits16",
    "bits1x8",
    "bits2x4",
    "bits4x2",
    "float8_e5m2",
    "float8_e4m3fn",
    "float8_e5m2fnuz",
    "float8_e4m3fnuz",
    "float8_e8m0fnu",
    "float4_e2m1fn_x2",
    "uint1",
    "uint2",
    "uint3",
    "uint4",
    "uint5",
    "uint6",
    "uint7",
    "int1",
    "int2",
    "int3",
    "int4",
    "int5",
    "int6",
    "int7",
  ].map((name) => [name, undefined] as const),
]);

/** How tensors are quantized; only named here. */
export const QSCHEMES: readonly string[] = [
  "per_tensor_affine",
  "per_tensor_symmetric",
  "per_channel_affine",
  "per_channel_symmetric",
  "per_channel_affine_float_qparams",
];

/** Tensor classes of `torch` proper, from the times when the class told the element type. */
export const TENSOR_CLASSES: ReadonlySet<string> = new Set(
  ["torch", "torch.sparse", "torch.cuda", "torch.cuda.sparse"].flatMap((module) =>
    ["Double", "Float", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool"]
      .filter((kind) => kind !== "Bool" || !module.endsWith("sparse"))
      .map((kind) => `${module}.${kind}Tensor`),
  ),
);
