import { f32 } from "../numeric/float32.js";
import type { RegTree } from "./reg-tree.js";
import type { TrainParam } from "./train-param.js";

/** Removes, from the leaves upwards, splits that gain less than gamma or lie deeper than max_depth. */
export function pruneTree(tree: RegTree, p: TrainParam): void {
  for (let n = 0; n < tree.numNodes; n++)
    if (tree.isLeaf(n) && tree.deleted[n] === 0) pruneFrom(tree, p, n, tree.depth(n));
}

function pruneFrom(tree: RegTree, p: TrainParam, leaf: number, depth0: number): void {
  let depth = depth0;
  for (let parent = tree.parent[leaf]!; parent !== -1; parent = tree.parent[parent]!) {
    if (!tree.isLeaf(tree.leftChild[parent]!) || !tree.isLeaf(tree.rightChild[parent]!)) return;
    const weak = tree.lossChg[parent]! < p.minSplitLoss || (p.maxDepth !== 0 && depth > p.maxDepth);
    if (!weak) return;
    tree.changeToLeaf(parent, f32(p.learningRate * tree.baseWeight[parent]!));
    depth--;
  }
}
