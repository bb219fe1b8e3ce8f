import { float32, float64, type NumericData } from "../../dtype/dtype.js";
import { type Strided, sizeOf } from "../../strided/strided.js";
import { type AccumulateParams, reduction } from "../engines/lines.js";
import type { Value } from "../value.js";
import { bigSum, complexSum, integerSum, pairwise, pairwiseSum } from "./pairwise.js";

/** Σ x along the axes; 0 for no elements. Accumulates in float64 and pairwise, so that the error does not grow with n. */
export const sum = reduction<AccumulateParams>({
  name: "sum",
  dtype: "accumulate",
  reference: (x) => pairwiseSum(x, 0, x.length),
  integer: integerSum,
  bigint: bigSum,
  complex: complexSum,
  whole: sumContiguous,
  vjp: (gy, _saved, { params, shape }) => ({ x: spread(gy, shape(0), params) }),
  simd: { float32: "sum_f32" },
  samples: [
    { inputs: [[2, 3, 4]] },
    { inputs: [[2, 3, 4]], params: { dims: [1] } },
    { inputs: [[2, 3, 4]], params: { dims: [-1, 0], keepdim: true } },
    { inputs: [[]] },
    { inputs: [[0, 2]], params: { dims: [0] } },
    { inputs: [{ shape: [2, 2], dtype: "complex128" }], params: { dims: [1] } },
  ],
});

/** Row-major floats reduced over their first or their last axes, straight from memory. */
function sumContiguous(x: Strided, y: Strided, dims: readonly number[]): true | undefined {
  const { dtype, rank } = x;
  if (
    (dtype !== float32 && dtype !== float64) ||
    !x.contiguous ||
    y.dtype.half ||
    y.dtype.big ||
    y.dtype.lanes === 2
  )
    return undefined;
  const data = x.peek as NumericData;
  const to = y.data as NumericData;
  const kept = rank - dims.length;
  if (dims.length === 0 || dims[0] === kept) {
    const n = sizeOf(x.shape.slice(kept));
    for (let k = 0, p = x.offset; k < y.size; k++, p += n) to[k] = pairwise(data, p, n, 1);
    return true;
  }
  if (dims[dims.length - 1] !== dims.length - 1) return undefined;
  // Whole rows are added up, as NumPy does for leading axes.
  const n = y.size;
  const rows = sizeOf(x.shape.slice(0, dims.length));
  const sums = dtype === float64 && y.dtype === float64 ? (to as Float64Array) : new Float64Array(n);
  for (let r = 0, p = x.offset; r < rows; r++, p += n) for (let i = 0; i < n; i++) sums[i]! += data[p + i]!;
  if ((sums as NumericData) !== to) to.set(sums);
  return true;
}

/** A reduced gradient stretched back over the axes that were reduced. */
export function spread(gy: Value, shape: readonly number[], { dims, keepdim }: AccumulateParams = {}): Value {
  if (shape.length === 0) return gy;
  return keptAxes(gy, shape, dims, keepdim).expand({ shape });
}

/** A reduction's result with the reduced axes back as axes of length 1. */
export function keptAxes(
  y: Value,
  shape: readonly number[],
  dims: readonly number[] | undefined,
  keepdim: boolean | undefined,
): Value {
  if (keepdim || shape.length === 0) return y;
  const axes = (dims ?? shape.map((_, i) => i)).map((d) => (d < 0 ? d + shape.length : d));
  return y.reshape({ shape: shape.map((n, i) => (axes.includes(i) ? 1 : n)) });
}
