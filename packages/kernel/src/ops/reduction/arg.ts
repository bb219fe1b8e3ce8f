import { type ReduceParams, reduction } from "../engines/lines.js";
import { argmaxOfLine, argminOfLine } from "./amax.js";

export interface ArgParams extends ReduceParams {
  /** Of several equal elements take the last. */
  readonly last?: boolean;
}

const facts = {
  dtype: "index",
  bigint: "reference",
  nonEmpty: true,
  noGradient: "the result is positions",
  samples: [
    { inputs: [[3, 4]] },
    { inputs: [[3, 4]], params: { dims: [1] } },
    { inputs: [[3, 4]], params: { dims: [0], keepdim: true, last: true } },
  ],
} as const;

/** A line read from its end. */
const reversed = (x: Float64Array): Float64Array => x.slice().reverse();

/** The position of the largest element along the axes taken as one line; the first NaN wins. */
export const argmax = reduction<ArgParams>({
  ...facts,
  name: "argmax",
  simd: { float32: "argmax", float64: "argmax", int32: "argmax", int64: "argmax" },
  reference: (x, p) => (p.last ? x.length - 1 - argmaxOfLine(reversed(x)) : argmaxOfLine(x)),
});

/** The position of the smallest element along the axes taken as one line; the first NaN wins. */
export const argmin = reduction<ArgParams>({
  ...facts,
  name: "argmin",
  simd: { float32: "argmin", float64: "argmin", int32: "argmin", int64: "argmin" },
  reference: (x, p) => (p.last ? x.length - 1 - argminOfLine(reversed(x)) : argminOfLine(x)),
});
