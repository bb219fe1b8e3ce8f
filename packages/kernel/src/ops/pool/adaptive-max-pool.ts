import type { Strided } from "../../strided/strided.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import { maxOverWindows, toPlaces } from "./max-engine.js";
import { maxUnpool } from "./max-unpool.js";
import { type AdaptiveParams, adaptiveWindows } from "./windows.js";

/** The largest element of each of `output` nearly equal parts of the last axes, and its position in the plane. */
export const adaptiveMaxPool = defineOp({
  name: "adaptiveMaxPool",
  inputs: ["x"],
  outputs: ["y", "index"],
  dtype: "same",
  run: ([operand], p: AdaptiveParams) => {
    const x = operand as Strided;
    return maxOverWindows(
      "adaptiveMaxPool",
      x,
      adaptiveWindows("adaptiveMaxPool", x.shape, p),
      p.output.length,
    );
  },
  saves: ["index"],
  uses: (): Rows => [maxUnpool],
  vjps: ({ y }, { index }, { params, shape }) => ({
    x: y && toPlaces(y, index, params.output.length, shape(0)),
  }),
  samples: [
    { inputs: [[2, 3, 5]], params: { output: [2, 3] } },
    {
      inputs: [[2, 3, 5]],
      params: {
        output: [1, 2],
        parts: [
          [{ start: 0, length: 2 }],
          [
            { start: 0, length: 3 },
            { start: 2, length: 3 },
          ],
        ],
      },
    },
  ],
});
