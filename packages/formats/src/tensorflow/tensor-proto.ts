import { allocate, broadcastTo, contiguousStrides, type DType, Strided, sizeOf } from "@cognate/kernel";
import { bytesOfArray, readArray } from "../bytes/arrays.js";
import { FormatError } from "../bytes/errors.js";
import { MemorySource } from "../bytes/source.js";
import type { TensorProto, TensorShapeProto } from "./messages.js";
import { StringArray } from "./strings.js";
import { DT_STRING, dtypeOfNumber, KNOWN_TYPES, numberOfDtype, typeName } from "./types.js";

/** A tensor as files hold it. */
export type FileTensor = Strided | StringArray;

/** Elements that a tensor with a list of some of its values may be filled up to. */
const MOST_FILLED = 2 ** 22;

const fail = (what: string, found: unknown, wanted: string): FormatError =>
  new FormatError({ format: "tensorflow", what, found: String(found), wanted });

/** Axis lengths of a shape that is known altogether. @throws FormatError where it is not. */
export function shapeOfProto(shape: TensorShapeProto | undefined, what = "a tensor's shape"): number[] {
  if (shape?.unknown_rank) throw fail(what, "of unknown rank", "known axis lengths");
  const out = (shape?.dim ?? []).map((d) => d.size);
  for (const n of out) if (!(n >= 0)) throw fail(what, `[${out.join(", ")}]`, "known axis lengths");
  if (out.length > 254 || !Number.isSafeInteger(sizeOf(out)))
    throw fail(what, `[${out.slice(0, 8).join(", ")}]`, "a size below 2^53");
  return out;
}

export const shapeToProto = (shape: readonly number[]): TensorShapeProto => ({
  dim: shape.map((size) => ({ size, name: "" })),
  unknown_rank: false,
});

/** The list of values of the type's own field. */
function listed(t: TensorProto, dtype: DType): readonly (number | bigint | boolean)[] {
  switch (dtype.name) {
    case "float32":
      return t.float_val;
    case "float64":
      return t.double_val;
    case "complex64":
      return t.scomplex_val;
    case "complex128":
      return t.dcomplex_val;
    case "int64":
      return t.int64_val;
    case "uint64":
      return t.uint64_val;
    case "uint32":
      return t.uint32_val;
    case "bool":
      return t.bool_val;
    case "float16":
    case "bfloat16":
      return t.half_val;
    default:
      return t.int_val;
  }
}

function filled(
  dtype: DType,
  values: readonly (number | bigint | boolean)[],
  shape: readonly number[],
): Strided {
  const n = sizeOf(shape);
  const { lanes } = dtype;
  const given = Math.floor(values.length / lanes);
  const splat = given < 2 && n > 1;
  const count = splat ? 1 : n;
  if (count > MOST_FILLED && given < n)
    throw fail("a tensor's list of values", `${given} of ${n}`, "as many values as elements, or one");
  const storage = allocate(dtype, count);
  const data = storage.data(dtype);
  for (let i = 0; i < count * lanes; i++) {
    const v = given === 0 ? 0 : values[i < given * lanes ? i : (given - 1) * lanes + (i % lanes)]!;
    if (dtype.big) (data as BigInt64Array)[i] = BigInt(v);
    else (data as Float64Array)[i] = Number(v);
  }
  const array = new Strided(
    storage,
    dtype,
    splat ? [] : shape,
    splat ? [] : contiguousStrides(shape),
    0,
    true,
  );
  return splat ? broadcastTo(array, shape) : array;
}

/** The array of a `TensorProto`. A list shorter than the tensor repeats its last value, as TensorFlow reads it. */
export function tensorOfProto(t: TensorProto): FileTensor {
  const shape = shapeOfProto(t.tensor_shape);
  const n = sizeOf(shape);
  if (t.dtype === DT_STRING) {
    const { string_val: given } = t;
    if (
      given.length !== n &&
      !(given.length === 1 && n <= MOST_FILLED) &&
      !(given.length < n && n <= MOST_FILLED)
    )
      throw fail("a tensor's list of strings", `${given.length}`, `${n} strings`);
    const last = given.at(-1) ?? new Uint8Array(0);
    return new StringArray(
      Array.from({ length: n }, (_, i) => given[i] ?? last),
      shape,
    );
  }
  const dtype = dtypeOfNumber(t.dtype);
  if (!dtype) throw fail("a tensor's type", typeName(t.dtype), KNOWN_TYPES);
  if (t.tensor_content.length === 0) return filled(dtype, listed(t, dtype), shape);
  if (t.tensor_content.length !== n * dtype.itemsize)
    throw fail("a tensor's content", `${t.tensor_content.length} bytes`, `${n * dtype.itemsize} bytes`);
  return readArray(new MemorySource(t.tensor_content), 0, dtype, shape);
}

/** The `TensorProto` of an array. */
export function tensorToProto(tensor: FileTensor): Partial<TensorProto> {
  if (tensor instanceof StringArray)
    return { dtype: DT_STRING, tensor_shape: shapeToProto(tensor.shape), string_val: [...tensor.values] };
  return {
    dtype: numberOfDtype(tensor.dtype),
    tensor_shape: shapeToProto(tensor.shape),
    tensor_content: bytesOfArray(tensor),
  };
}
