import { bool, int64 } from "../../dtype/dtype.js";
import { castTo, contiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

/** Coordinates of the elements that are not zero, row-major: int64 [count, rank]. */
export const nonzero = defineOp({
  name: "nonzero",
  inputs: ["x"],
  dtype: "index",
  run: ([operand]) => {
    const flags = contiguous(castTo(operand as Strided, bool));
    const data = flags.flat();
    let count = 0;
    for (let i = 0; i < data.length; i++) if (data[i]) count++;
    const { shape, rank } = flags;
    const y = Strided.zeros(int64, [count, rank]);
    const out = y.data as BigInt64Array;
    let row = 0;
    for (let i = 0; i < data.length; i++) {
      if (!data[i]) continue;
      let rest = i;
      for (let axis = rank - 1; axis >= 0; axis--) {
        out[row * rank + axis] = BigInt(rest % shape[axis]!);
        rest = Math.floor(rest / shape[axis]!);
      }
      row++;
    }
    return y;
  },
  noGradient: "the result is positions",
  samples: [{ inputs: [{ shape: [2, 3], values: [0, 1, 0, 2, 0, 3] }] }],
});
