import { type AccumulateParams, reduction } from "../engines/lines.js";
import { complexSum, pairwiseSum } from "./pairwise.js";
import { meanRows, spread } from "./sum.js";

/** The mean of x along the axes; NaN for no elements. */
export const mean = reduction<AccumulateParams>({
  name: "mean",
  dtype: "accumulate",
  floatOnly: true,
  reference: (x) => pairwiseSum(x, 0, x.length) / x.length,
  complex: (x) => {
    const [re, im] = complexSum(x);
    return [re / (x.length / 2), im / (x.length / 2)];
  },
  whole: meanRows,
  vjp: (gy, _saved, { params, shape, outShapes }) => {
    const n = count(shape(0)) / count(outShapes[0]!);
    return { x: spread(gy.div(n), shape(0), params) };
  },
  simd: "f32 f64",
  samples: [
    { inputs: [[2, 3, 4]] },
    { inputs: [[2, 3, 4]], params: { dims: [1] } },
    { inputs: [[2, 3]], params: { dims: [-1], keepdim: true } },
    { inputs: [[]] },
    { inputs: [{ shape: [2, 2], dtype: "complex128" }], params: { dims: [0] } },
  ],
});

const count = (shape: readonly number[]): number => shape.reduce((n, len) => n * len, 1);
