import type { Matrix } from "../data/matrix.js";
import type { Rows } from "../data/storage.js";
import type { Learner } from "../learner/learner.js";
import type { GBLinearModel } from "../model/gbtree-model.js";
import { baseMargins } from "./margin.js";

/** Calls `visit` for every present value of a row that has a weight. */
function eachValue(rows: Rows, row: number, features: number, visit: (f: number, x: number) => void): void {
  if (rows.kind === "dense") {
    for (let f = 0; f < Math.min(rows.cols, features); f++) {
      const x = rows.values[row * rows.cols + f]!;
      if (!Number.isNaN(x)) visit(f, x);
    }
    return;
  }
  for (let k = rows.indptr[row]!; k < rows.indptr[row + 1]!; k++)
    if (rows.indices[k]! < features) visit(rows.indices[k]!, rows.values[k]!);
}

/** Adds bias + Σ weight · value to `out`, rows × groups, in float32 and in the order of the features. */
export function linearMargin(model: GBLinearModel, rows: Rows, groups: number, out: Float32Array): void {
  const { weights } = model;
  const features = weights.length / groups - 1;
  if (features < 0) return;
  for (let i = 0; i < rows.rows; i++)
    for (let g = 0; g < groups; g++) {
      let sum = Math.fround(weights[features * groups + g]! + out[i * groups + g]!);
      eachValue(rows, i, features, (f, x) => {
        sum = Math.fround(sum + Math.fround(x * weights[f * groups + g]!));
      });
      out[i * groups + g] = sum;
    }
}

/** Each feature's term of the sum, and the bias, rows × groups × (features + 1). */
export function linearContributions(learner: Learner, matrix: Matrix): Float32Array {
  const groups = learner.outputs;
  const { weights } = learner.linear;
  const features = learner.numFeature;
  const wide = features + 1;
  const base = baseMargins(learner, matrix);
  const out = new Float32Array(matrix.info.numRow * groups * wide);
  for (let i = 0; i < matrix.info.numRow; i++)
    for (let g = 0; g < groups; g++) {
      const at = (i * groups + g) * wide;
      eachValue(matrix.rows, i, features, (f, x) => {
        out[at + f] = x * weights[f * groups + g]!;
      });
      out[at + features] = weights[features * groups + g]! + base[i * groups + g]!;
    }
  return out;
}
