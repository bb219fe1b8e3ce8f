import type { Shape, Strided } from "../../strided/strided.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import { meanOverWindows, spreadOverWindows } from "./mean-engine.js";
import { type AdaptiveParams, adaptiveWindows } from "./windows.js";

/** The mean of each of `output` nearly equal parts of the last axes. */
export const adaptiveAvgPool = defineOp({
  name: "adaptiveAvgPool",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], p: AdaptiveParams) => {
    const x = operand as Strided;
    return meanOverWindows(x, adaptiveWindows("adaptiveAvgPool", x.shape, p), p.output.length, {});
  },
  uses: (): Rows => [adaptiveAvgPoolInput],
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.adaptiveAvgPoolInput({ ...params, spatial: shape(0).slice(-params.output.length) }),
  }),
  samples: [
    { inputs: [[2, 3, 5]], params: { output: [2, 3] } },
    {
      inputs: [[2, 3, 5]],
      params: {
        output: [1, 2],
        parts: [
          [{ start: 1, length: 2 }],
          [
            { start: 0, length: 3 },
            { start: 2, length: 3 },
          ],
        ],
      },
    },
  ],
});

export interface AdaptiveInputParams extends AdaptiveParams {
  /** Lengths of the last axes of what {@link adaptiveAvgPool} looked at. */
  readonly spatial: Shape;
}

/** The transpose of {@link adaptiveAvgPool}. */
export const adaptiveAvgPoolInput = defineOp({
  name: "adaptiveAvgPoolInput",
  inputs: ["gy"],
  dtype: "same",
  run: ([operand], { spatial, ...p }: AdaptiveInputParams) => {
    const gy = operand as Strided;
    const shape = [...gy.shape.slice(0, gy.rank - spatial.length), ...spatial];
    return spreadOverWindows(gy, adaptiveWindows("adaptiveAvgPoolInput", shape, p), spatial, {});
  },
  uses: (): Rows => [adaptiveAvgPool],
  vjp: (g, _saved, { params: { spatial: _spatial, ...p } }) => ({ gy: g.adaptiveAvgPool(p) }),
  samples: [{ inputs: [[2, 2, 3]], params: { output: [2, 3], spatial: [3, 5] } }],
});
