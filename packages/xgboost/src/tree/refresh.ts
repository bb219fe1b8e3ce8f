import type { Matrix } from "../data/matrix.js";
import { f32 } from "../numeric/float32.js";
import { rawGain, rawWeight } from "./gain.js";
import type { RegTree } from "./reg-tree.js";
import type { TrainParam } from "./train-param.js";
import { leavesOf } from "./traverse.js";

/** Renews a tree's statistics, and its leaves with `refresh_leaf`, from other data. */
export function refreshTree(tree: RegTree, p: TrainParam, matrix: Matrix, gpair: Float32Array): void {
  const leaves = leavesOf(tree, matrix.rows);
  const grad = new Float64Array(tree.numNodes);
  const hess = new Float64Array(tree.numNodes);
  for (let r = 0; r < leaves.length; r++)
    for (let n = leaves[r]!; n !== -1; n = tree.parent[n]!) {
      grad[n]! += gpair[2 * r]!;
      hess[n]! += gpair[2 * r + 1]!;
    }
  const gain = (n: number) => rawGain(p, grad[n]!, hess[n]!);
  const stack = [0];
  for (let n = stack.pop(); n !== undefined; n = stack.pop()) {
    tree.baseWeight[n] = rawWeight(p, grad[n]!, hess[n]!);
    tree.sumHess[n] = hess[n]!;
    if (tree.isLeaf(n)) {
      if (p.refreshLeaf) tree.splitCond[n] = f32(tree.baseWeight[n]! * p.learningRate);
      continue;
    }
    const [l, r] = [tree.leftChild[n]!, tree.rightChild[n]!];
    tree.lossChg[n] = gain(l) + gain(r) - gain(n);
    stack.push(l, r);
  }
}
