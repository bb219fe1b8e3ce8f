import {
  arrayOf,
  bool,
  castTo,
  complex128,
  type DType,
  dtypeNamed,
  fromNested,
  inspectNested,
  int32,
  type NestedFacts,
  ops,
  type Strided,
  scalarArray,
} from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { floatx } from "./config.js";
import { reword } from "./errors.js";
import { run } from "./record.js";

/** Objects that stand for a value: tensors, variables. */
export interface HasValue {
  readonly _value: Value;
}
const valueIn = (x: unknown): Value | undefined => {
  if (x instanceof Value) return x;
  const v = (x as Partial<HasValue> | null)?._value;
  return v instanceof Value ? v : undefined;
};

/** The type that numbers get where nothing else decides. */
function inferred({ kind, dtypes }: NestedFacts): DType {
  if (dtypes.length > 0) return dtypes[0]!;
  if (kind === "bool") return bool;
  if (kind === "int") return int32;
  return kind === "complex" ? complex128 : dtypeNamed(floatx())!;
}

/**
 * A value of any data. Arrays keep their element type; whole numbers are int32 (weak, as JavaScript cannot say `1.0`),
 * others the default float, unless `dtype` says.
 */
export function valueOf(data: unknown, dtype?: DType): Value {
  const own = valueIn(data);
  if (own) return dtype && own.dtype !== dtype ? castValue(own, dtype) : own;
  const array = arrayOf(data);
  if (array) return new Value(dtype ? castTo(array, dtype) : array);
  if (typeof data === "number" && dtype) return new Value(scalarArray(data, dtype));
  try {
    const facts = inspectNested(data);
    const value = new Value(fromNested(data, dtype ?? inferred(facts), facts.shape));
    value.weak = dtype === undefined && facts.whole;
    return value;
  } catch (e) {
    throw reword(e, "Const");
  }
}

/** x in another element type, on the tape. */
export const castValue = (x: Value, dtype: DType): Value =>
  x.dtype === dtype ? x : run(ops.cast, [x], { dtype });

/** {@link valueOf} as a kernel array. */
export const arrayFrom = (data: unknown, dtype?: DType): Strided => valueOf(data, dtype).array;
