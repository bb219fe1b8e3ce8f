import type { Matrix } from "../data/matrix.js";
import { XGBoostError } from "../errors.js";
import type { GBTreeModel } from "../model/gbtree-model.js";
import { f32 } from "../numeric/float32.js";
import { leavesOf } from "../tree/traverse.js";

/** Margins of a matrix by the first `version` rounds. */
export interface PredictionCache {
  margins: Float32Array | null;
  version: number;
}

/** Margins before any tree: the matrix's own, or base_score's. */
export function initialMargins(matrix: Matrix, base: readonly number[], outputs: number): Float32Array {
  const { info } = matrix;
  const out = new Float32Array(info.numRow * outputs);
  if (info.baseMargin) {
    if (info.baseMargin.length !== out.length)
      throw new XGBoostError(
        `Check failed: expected == base_margin.Size() (${out.length} vs. ${info.baseMargin.length}) : Invalid shape of base_margin. Expected: (${info.numRow}, ${outputs})`,
      );
    out.set(info.baseMargin);
  } else if (base.length === 1) out.fill(base[0]!);
  else for (let i = 0; i < out.length; i++) out[i] = base[i % outputs]!;
  return out;
}

/** Adds trees `from … to` to margins, each tree's leaf in float32, times its weight for dart. */
export function addTrees(
  margins: Float32Array,
  model: GBTreeModel,
  matrix: Matrix,
  from: number,
  to: number,
  outputs: number,
  skip: ReadonlySet<number> | null = null,
): void {
  for (let t = from; t < to; t++) {
    if (skip?.has(t)) continue;
    const tree = model.trees[t]!;
    const leaves = leavesOf(tree, matrix.rows);
    if (tree.isMultiTarget) {
      addVectors(margins, tree.leafVectors!, leaves, tree.rightChild, outputs);
      continue;
    }
    const group = model.treeInfo[t]!;
    const { splitCond } = tree;
    const weight = model.weightDrop[t];
    if (weight === undefined)
      for (let i = 0, k = group; i < leaves.length; i++, k += outputs) margins[k]! += splitCond[leaves[i]!]!;
    else
      for (let i = 0, k = group; i < leaves.length; i++, k += outputs)
        margins[k]! += f32(splitCond[leaves[i]!]! * weight);
  }
}

export function addVectors(
  margins: Float32Array,
  vectors: Float32Array,
  leaves: Int32Array,
  rightChild: Int32Array,
  outputs: number,
): void {
  for (let i = 0; i < leaves.length; i++) {
    const at = rightChild[leaves[i]!]! * outputs;
    for (let j = 0; j < outputs; j++) margins[i * outputs + j]! += vectors[at + j]!;
  }
}
