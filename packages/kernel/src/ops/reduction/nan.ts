import { type AccumulateParams, reduction } from "../engines/lines.js";
import { bigSum, complexSum, integerSum, pairwiseSum } from "./pairwise.js";
import { spread } from "./sum.js";

/** The line's numbers that are not NaN. */
function numbers(x: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  let n = 0;
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i])) out[n++] = x[i]!;
  return out.subarray(0, n);
}

/** The same for complex numbers, of which neither part may be NaN. */
function complexNumbers(x: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  let n = 0;
  for (let i = 0; i < x.length; i += 2)
    if (!Number.isNaN(x[i]) && !Number.isNaN(x[i + 1])) {
      out[n++] = x[i]!;
      out[n++] = x[i + 1]!;
    }
  return out.subarray(0, n);
}

const samples = [
  { inputs: [[2, 3]] },
  { inputs: [[2, 3]], params: { dims: [1] } },
  { inputs: [[2, 3]], params: { dims: [0], keepdim: true } },
] as const;

/** Σ x along the axes without the NaNs. */
export const nansum = reduction<AccumulateParams, "x">({
  name: "nansum",
  dtype: "accumulate",
  reference: (x) => {
    const v = numbers(x);
    return pairwiseSum(v, 0, v.length);
  },
  integer: integerSum,
  bigint: bigSum,
  complex: (x) => complexSum(complexNumbers(x)),
  saves: ["x"],
  vjp: (gy, { x }, { params, shape }) => ({
    x: spread(gy, shape(0), params).where(x.isnan().logicalNot(), 0),
  }),
  samples,
});

/** The mean along the axes of what is not NaN; NaN where nothing is. */
export const nanmean = reduction<AccumulateParams, "x">({
  name: "nanmean",
  dtype: "accumulate",
  floatOnly: true,
  reference: (x) => {
    const v = numbers(x);
    return pairwiseSum(v, 0, v.length) / v.length;
  },
  complex: (x) => {
    const v = complexNumbers(x);
    const [re, im] = complexSum(v);
    return [re / (v.length / 2), im / (v.length / 2)];
  },
  saves: ["x"],
  vjp: (gy, { x }, { params, shape }) => {
    const there = x.isnan().logicalNot();
    const count = there.cast({ dtype: gy.dtype }).sum({ dims: params?.dims, keepdim: params?.keepdim });
    return { x: spread(gy.div(count), shape(0), params).mul(there.cast({ dtype: gy.dtype })) };
  },
  samples,
});
