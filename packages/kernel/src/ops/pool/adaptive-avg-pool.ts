import type { Shape, Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import type { AdaptiveParams } from "./max-pool.js";
import { meanOverWindows, spreadOverWindows } from "./mean-engine.js";
import { adaptiveWindows } from "./windows.js";

/** The mean of each of `output` nearly equal parts of the last axes. */
export const adaptiveAvgPool = defineOp({
  name: "adaptiveAvgPool",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], { output }: AdaptiveParams) => {
    const x = operand as Strided;
    return meanOverWindows(x, adaptiveWindows("adaptiveAvgPool", x.shape, output), output.length, {});
  },
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.adaptiveAvgPoolInput({ ...params, spatial: shape(0).slice(-params.output.length) }),
  }),
  samples: [{ inputs: [[2, 3, 5]], params: { output: [2, 3] } }],
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
  run: ([operand], { output, spatial }: AdaptiveInputParams) => {
    const gy = operand as Strided;
    const shape = [...gy.shape.slice(0, gy.rank - spatial.length), ...spatial];
    return spreadOverWindows(gy, adaptiveWindows("adaptiveAvgPoolInput", shape, output), spatial, {});
  },
  vjp: (g, _saved, { params: { output } }) => ({ gy: g.adaptiveAvgPool({ output }) }),
  samples: [{ inputs: [[2, 2, 3]], params: { output: [2, 3], spatial: [3, 5] } }],
});
