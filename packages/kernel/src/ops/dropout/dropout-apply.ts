import { bool } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { broadcastShapes, broadcastTo } from "../../strided/broadcast.js";
import { castTo } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { mul } from "../elementwise/mul.js";
import { defineOp } from "../row.js";

export interface DropoutParams {
  /** What kept elements are multiplied with. */
  readonly scale: number;
}

/** x·scale where the mask (which stretches to x) is true, 0 elsewhere. */
export const dropoutApply = defineOp({
  name: "dropoutApply",
  inputs: ["x", "mask"],
  dtype: "same",
  run: ([operand, kept], { scale }: DropoutParams) => {
    const [x, mask] = [operand as Strided, kept as Strided];
    if (mask.dtype !== bool) throw new DTypeError("dropoutApply", "mask", mask.dtype.name, "bool");
    broadcastShapes("dropoutApply", [x.shape, mask.shape]);
    const factor = mul.run([castTo(mask, x.dtype), scale], undefined) as Strided;
    return mul.run([x, broadcastTo(factor, x.shape)], undefined) as Strided;
  },
  saves: ["mask"],
  vjp: (gy, { mask }, { params }) => ({ x: gy.dropoutApply(mask, params) }),
  samples: [
    {
      inputs: [[2, 3], { shape: [2, 3], values: [1, 0, 1, 1, 0, 0], dtype: "bool" }],
      params: { scale: 2 },
    },
  ],
});
