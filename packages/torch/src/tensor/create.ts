import { bool, complexOf, type DType, fromNested, inspectNested, int64, type Strided } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { getDefault } from "../dtype.js";

/**
 * A fresh value from numbers, nested lists, typed arrays or arrays of any package.
 *
 * Without `dtype` the numbers decide: whole ones int64 (weak, as JavaScript cannot say `1.0`), others the default
 * float, bool and complex theirs; arrays keep their own type.
 */
export function tensorOf(data: unknown, dtype: DType | undefined): Value {
  const facts = inspectNested(data);
  const type = dtype ?? inferred(facts);
  const value = new Value(fromNested(data, type, facts.shape));
  value.weak = dtype === undefined && facts.whole;
  return value;
}

function inferred({ kind, dtypes }: ReturnType<typeof inspectNested>): DType {
  if (dtypes.length > 0) return dtypes[0]!;
  switch (kind) {
    case "bool":
      return bool;
    case "int":
      return int64;
    case "complex":
      return complexOf(getDefault());
    default:
      return getDefault();
  }
}

/** {@link tensorOf} as a kernel array. */
export const arrayFrom = (data: unknown, dtype?: DType): Strided => tensorOf(data, dtype).array;
