import type { Rows } from "../data/storage.js";
import type { GBTreeModel } from "../model/gbtree-model.js";
import { BLOCK, type Block, blocks } from "./blocks.js";
import { leafOf } from "./decide.js";
import { type FlatTree, flatten, walkCategorical, walkMissing, walkPresent } from "./flat-tree.js";

/** The trees of some boosting rounds. */
export interface TreeRange {
  readonly begin: number;
  readonly end: number;
}

/** Fewer rows are not worth laying the trees out anew. */
const FEW_ROWS = 16;

function walk(t: FlatTree, b: Block, out: Int32Array): void {
  const how = t.tree.hasCategorical ? walkCategorical : b.missing ? walkMissing : walkPresent;
  how(t, b.values, b.at, b.stride, b.count, out);
}

/** Calls `visit` with the leaves (numbers within their tree) of a block's rows for each tree in turn. */
export function eachLeaf(
  model: GBTreeModel,
  rows: Rows,
  features: number,
  { begin, end }: TreeRange,
  visit: (tree: number, block: Block, leaves: Int32Array) => void,
): void {
  const leaves = new Int32Array(BLOCK);
  if (rows.rows < FEW_ROWS) {
    for (const b of blocks(rows, features))
      for (let t = begin; t < end; t++) {
        for (let i = 0; i < b.count; i++) leaves[i] = leafOf(model.trees[t]!, b.values, b.at + i * b.stride);
        visit(t, b, leaves);
      }
    return;
  }
  const flat = model.trees.slice(begin, end).map(flatten);
  for (const b of blocks(rows, features))
    for (let t = begin; t < end; t++) {
      const f = flat[t - begin]!;
      walk(f, b, leaves);
      const { id } = f;
      for (let i = 0; i < b.count; i++) leaves[i] = id[leaves[i]!]!;
      visit(t, b, leaves);
    }
}

/**
 * Adds the trees' leaves to `out` (rows × groups), tree after tree in float32 as XGBoost does. `weights` are dart's factors.
 */
export function addTrees(
  model: GBTreeModel,
  rows: Rows,
  features: number,
  range: TreeRange,
  groups: number,
  out: Float32Array,
): void {
  const { trees, treeInfo, weightDrop } = model;
  eachLeaf(model, rows, features, range, (t, b, leaves) => {
    const tree = trees[t]!;
    const factor = weightDrop.length > 0 ? weightDrop[t]! : 1;
    if (tree.leafVectors) {
      const { leafVectors, rightChild, numTarget } = tree;
      for (let i = 0; i < b.count; i++) {
        const from = rightChild[leaves[i]!]! * numTarget;
        const to = (b.first + i) * groups;
        for (let g = 0; g < numTarget; g++) out[to + g]! += Math.fround(leafVectors[from + g]! * factor);
      }
      return;
    }
    const { splitCond } = tree;
    const group = treeInfo[t]!;
    if (factor === 1)
      for (let i = 0, to = b.first * groups + group; i < b.count; i++, to += groups)
        out[to]! += splitCond[leaves[i]!]!;
    else
      for (let i = 0, to = b.first * groups + group; i < b.count; i++, to += groups)
        out[to]! += Math.fround(splitCond[leaves[i]!]! * factor);
  });
}

/** The leaf in which each row ends, rows × trees. */
export function leafIndices(
  model: GBTreeModel,
  rows: Rows,
  features: number,
  range: TreeRange,
): Float32Array {
  const width = range.end - range.begin;
  const out = new Float32Array(rows.rows * width);
  eachLeaf(model, rows, features, range, (t, b, leaves) => {
    for (let i = 0; i < b.count; i++) out[(b.first + i) * width + t - range.begin] = leaves[i]!;
  });
  return out;
}
