import { float32, float64, type NumericData } from "../../dtype/dtype.js";
import { rowsInMemory } from "../../strided/runs.js";
import type { Strided } from "../../strided/strided.js";
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
  whole: sumRows,
  vjp: (gy, _saved, { params, shape }) => ({ x: spread(gy, shape(0), params) }),
  simd: { float32: "sum_f32", float64: "sum_f64", int64: "sum_i64", int32: "sum_i32", bool: "sum_u8" },
  samples: [
    { inputs: [[2, 3, 4]] },
    { inputs: [[2, 3, 4]], params: { dims: [1] } },
    { inputs: [[2, 3, 4]], params: { dims: [-1, 0], keepdim: true } },
    { inputs: [[]] },
    { inputs: [[0, 2]], params: { dims: [0] } },
    { inputs: [{ shape: [2, 2], dtype: "complex128" }], params: { dims: [1] } },
  ],
});

/** Room for a few sums. */
const FEW = new Float64Array(256);

/** Floats reduced over one run of axes, straight from memory: pairwise along lines, row by row across them, as NumPy does. */
function sumRows(x: Strided, y: Strided, dims: readonly number[]): true | undefined {
  const { dtype } = x;
  const plain = (dtype === float32 || dtype === float64) && !y.dtype.half && !y.dtype.big;
  if (plain && x.contiguous && dims.length === x.shape.length && y.dtype.lanes === 1) {
    y.peek[0] = pairwise(x.peek as NumericData, x.offset, x.size, 1);
    return true;
  }
  const rows = plain && y.dtype.lanes === 1 ? rowsInMemory(x, dims) : null;
  if (!rows) return undefined;
  const { outer, n, inner } = rows;
  const data = x.peek as NumericData;
  const to = y.data as NumericData;
  let p = x.offset;
  if (inner === 1) {
    for (let k = 0; k < outer; k++, p += n) to[k] = pairwise(data, p, n, 1);
    return true;
  }
  const sums = inner <= FEW.length ? FEW : new Float64Array(inner);
  for (let k = 0, o = 0; k < outer; k++) {
    for (let i = 0; i < inner; i++) sums[i] = 0;
    for (let r = 0; r < n; r++, p += inner) for (let i = 0; i < inner; i++) sums[i]! += data[p + i]!;
    for (let i = 0; i < inner; i++) to[o++] = sums[i]!;
  }
  return true;
}

/** {@link sumRows} divided by how many elements were added. */
export function meanRows(x: Strided, y: Strided, dims: readonly number[]): true | undefined {
  if (x.dtype === float32 && y.dtype === float32 && x.contiguous && dims.length === x.shape.length) {
    y.peek[0] = pairwise(x.peek as NumericData, x.offset, x.size, 1) / x.size;
    return true;
  }
  if (x.dtype !== float64 || y.dtype !== float64 || !sumRows(x, y, dims)) return undefined;
  const to = y.data as Float64Array;
  const count = x.size / y.size;
  for (let i = 0; i < to.length; i++) to[i]! /= count;
  return true;
}

/** A reduced gradient stretched back over the axes that were reduced. */
export function spread(gy: Value, shape: readonly number[], { dims, keepdim }: AccumulateParams = {}): Value {
  if (shape.length === 0) return gy;
  // What has no axes stretches as it is.
  if (gy.shape.length === 0) return gy.expand({ shape });
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
