import type { Rows } from "../data/storage.js";
import type { GBTreeModel } from "../model/gbtree-model.js";
import { BLOCK, type Block, blocks } from "./blocks.js";
import { leafOf } from "./decide.js";
import { type FlatTree, flatten, walkCategorical, walkMissing, walkPresent } from "./flat-tree.js";
import { PackedForest } from "./packed.js";

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

/** Fewer rows are not worth memory of their own. */
const MANY_ROWS = 512;

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
  const packed = rows.rows < MANY_ROWS ? null : PackedForest.of(flat, rows, features, 1);
  for (const b of blocks(rows, features)) {
    packed?.load(b);
    for (let t = begin; t < end; t++) {
      const f = flat[t - begin]!;
      const own = packed?.has(t - begin) ? packed.walk(t - begin, b) : leaves;
      if (own === leaves) walk(f, b, leaves);
      const { id } = f;
      for (let i = 0; i < b.count; i++) leaves[i] = id[own[i]!]!;
      visit(t, b, leaves);
    }
  }
}

/** Adds trees of one output each to many rows in the kernels' memory; false where that cannot be. */
function addPacked(
  model: GBTreeModel,
  rows: Rows,
  features: number,
  { begin, end }: TreeRange,
  groups: number,
  out: Float32Array,
  present: boolean,
): boolean {
  const used = model.trees.slice(begin, end);
  if (rows.rows < MANY_ROWS || model.weightDrop.length > 0) return false;
  if (used.some((t) => t.hasCategorical || t.isMultiTarget)) return false;
  const packed = PackedForest.of(used.map(flatten), rows, features, groups);
  if (!packed) return false;
  for (const b of blocks(rows, features)) {
    const sums = out.subarray(b.first * groups, (b.first + b.count) * groups);
    packed.load(b);
    packed.begin(sums);
    const missing = !present && b.missing;
    for (let t = begin; t < end; t++) packed.add(t - begin, b, missing, model.treeInfo[t]!, groups);
    packed.end(sums);
  }
  return true;
}

/** Adds the trees' leaves to `out` (rows × groups), tree after tree in float32 as XGBoost does, times dart's factors; `present` where no value is known to be missing. */
export function addTrees(
  model: GBTreeModel,
  rows: Rows,
  features: number,
  range: TreeRange,
  groups: number,
  out: Float32Array,
  present = false,
): void {
  if (addPacked(model, rows, features, range, groups, out, present && rows.cols >= features)) return;
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
