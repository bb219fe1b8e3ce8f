import type { Shape, Strided } from "../../strided/strided.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import { type MeanParams, meanOverWindows, spreadOverWindows } from "./mean-engine.js";
import { type PoolParams, slidingWindows } from "./windows.js";

export interface AvgPoolParams extends PoolParams, MeanParams {}

/** The mean of each window over the last axes. Whether padding is counted and what divides are parameters. */
export const avgPool = defineOp({
  name: "avgPool",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], p: AvgPoolParams) => {
    const x = operand as Strided;
    return meanOverWindows(x, slidingWindows("avgPool", x.shape, p), p.kernel.length, p);
  },
  uses: (): Rows => [avgPoolInput],
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.avgPoolInput({ ...params, spatial: shape(0).slice(-params.kernel.length) }),
  }),
  samples: [
    { inputs: [[2, 1, 5]], params: { kernel: [2], stride: [2] } },
    {
      inputs: [[1, 2, 4, 5]],
      params: {
        kernel: [2, 3],
        stride: [2, 2],
        padding: [
          [1, 0],
          [1, 1],
        ],
        ceil: true,
        countPadding: true,
      },
    },
    { inputs: [[3, 4]], params: { kernel: [3, 2], stride: [1, 1], divisor: 5 } },
  ],
});

export interface AvgPoolInputParams extends AvgPoolParams {
  /** Lengths of the last axes of what {@link avgPool} looked at. */
  readonly spatial: Shape;
}

/** The transpose of {@link avgPool}. */
export const avgPoolInput = defineOp({
  name: "avgPoolInput",
  inputs: ["gy"],
  dtype: "same",
  run: ([operand], { spatial, ...p }: AvgPoolInputParams) => {
    const gy = operand as Strided;
    const windows = slidingWindows(
      "avgPoolInput",
      [...gy.shape.slice(0, gy.rank - spatial.length), ...spatial],
      p,
    );
    return spreadOverWindows(gy, windows, spatial, p);
  },
  uses: (): Rows => [avgPool],
  vjp: (g, _saved, { params: { spatial: _, ...params } }) => ({ gy: g.avgPool(params) }),
  samples: [
    {
      inputs: [[1, 2, 3, 2]],
      params: { kernel: [2, 2], stride: [1, 2], spatial: [4, 5], countPadding: false },
    },
  ],
});
