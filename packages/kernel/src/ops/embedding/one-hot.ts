import { type DType, int64 } from "../../dtype/dtype.js";
import { IndexRangeError } from "../../errors/errors.js";
import { integersOf } from "../../strided/integers.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import { scalarArray } from "../scalar.js";

export interface OneHotParams {
  readonly classes: number;
  /** int64 if left out. */
  readonly dtype?: DType;
  /** A class that there is not gives a row of zeros instead of an error. */
  readonly lenient?: boolean;
}

/** For every class index a row of zeros with a one at that place. */
export const oneHot = defineOp({
  name: "oneHot",
  inputs: ["index"],
  dtype: "given",
  run: ([operand], { classes, dtype = int64, lenient = false }: OneHotParams) => {
    const index = operand as Strided;
    const ids = integersOf(index);
    const y = Strided.zeros(dtype, [...index.shape, classes]);
    const { data } = y;
    const unit = scalarArray(1, dtype).data[0]!;
    for (let i = 0; i < ids.length; i++) {
      const c = ids[i]!;
      if (c >= 0 && c < classes) data[(i * classes + c) * dtype.lanes] = unit;
      else if (!lenient) throw new IndexRangeError("oneHot", c, index.rank, classes);
    }
    return y;
  },
  noGradient: "class indices have no derivative",
  samples: [{ inputs: [{ shape: [2], values: [2, 0], dtype: "int64" }], params: { classes: 3 } }],
});
