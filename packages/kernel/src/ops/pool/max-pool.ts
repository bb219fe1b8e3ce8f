import type { Strided } from "../../strided/strided.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import { maxOverWindows, toPlaces } from "./max-engine.js";
import { maxUnpool } from "./max-unpool.js";
import { type PoolParams, slidingWindows } from "./windows.js";

/**
 * The largest element of each window over the last axes, and its position in the plane of those axes (int64, row-major).
 * Padding counts as −∞.
 */
export const maxPool = defineOp({
  name: "maxPool",
  inputs: ["x"],
  outputs: ["y", "index"],
  dtype: "same",
  run: ([operand], p: PoolParams) => {
    const x = operand as Strided;
    return maxOverWindows("maxPool", x, slidingWindows("maxPool", x.shape, p), p.kernel.length);
  },
  saves: ["index"],
  uses: (): Rows => [maxUnpool],
  vjps: ({ y }, { index }, { params, shape }) => ({
    x: y && toPlaces(y, index, params.kernel.length, shape(0)),
  }),
  samples: [
    { inputs: [[2, 1, 5]], params: { kernel: [2] } },
    {
      inputs: [[1, 2, 4, 5]],
      params: {
        kernel: [2, 3],
        stride: [2, 1],
        padding: [
          [1, 0],
          [1, 1],
        ],
        dilation: [1, 2],
        ceil: true,
      },
    },
  ],
});
