import type { Matrix } from "../data/matrix.js";
import { XGBoostError } from "../errors.js";
import type { Learner } from "../learner/learner.js";
import { f32 } from "../numeric/float32.js";
import { blocks } from "../predict/blocks.js";
import { nextNode } from "../predict/decide.js";
import { baseMargins } from "../predict/margin.js";
import type { RegTree } from "../tree/reg-tree.js";
import { TreeShap } from "./tree-shap.js";

/** Each node's expected value: its leaves weighed by their hessians. */
export function meanValues(t: RegTree): Float32Array {
  const out = new Float32Array(t.numNodes);
  const fill = (node: number): number => {
    if (t.leftChild[node] === -1) {
      out[node] = t.splitCond[node]!;
      return out[node]!;
    }
    const [left, right] = [t.leftChild[node]!, t.rightChild[node]!];
    let sum = f32(fill(left) * t.sumHess[left]!);
    sum = f32(sum + f32(fill(right) * t.sumHess[right]!));
    out[node] = sum / t.sumHess[node]!;
    return out[node]!;
  };
  fill(0);
  return out;
}

const depthOf = (t: RegTree, node = 0): number =>
  t.leftChild[node] === -1
    ? 0
    : 1 + Math.max(depthOf(t, t.leftChild[node]!), depthOf(t, t.rightChild[node]!));

/** Fills one tree's contributions of one row: `phi` has a value a feature and the bias behind them. */
type OneTree = (tree: number, values: Float32Array, at: number, phi: Float32Array) => void;

/** Adds up `one` over the trees, rows × groups × (features + 1), and the base margin to the bias. */
function overTrees(learner: Learner, matrix: Matrix, end: number, one: OneTree): Float32Array {
  const { trees, treeInfo, weightDrop } = learner.trees;
  if (trees.some((t) => t.isMultiTarget))
    throw new XGBoostError("Predict contribution support for multi-target tree is not yet implemented.");
  const groups = learner.outputs;
  const wide = learner.numFeature + 1;
  const out = new Float32Array(matrix.info.numRow * groups * wide);
  const phi = new Float32Array(wide);
  for (const b of blocks(matrix.rows, learner.numFeature))
    for (let i = 0; i < b.count; i++)
      for (let t = 0; t < end; t++) {
        phi.fill(0);
        one(t, b.values, b.at + i * b.stride, phi);
        const to = ((b.first + i) * groups + treeInfo[t]!) * wide;
        const weight = weightDrop.length > 0 ? weightDrop[t]! : 1;
        for (let f = 0; f < wide; f++) out[to + f]! += f32(phi[f]! * weight);
      }
  const base = baseMargins(learner, matrix);
  for (let k = 0; k < base.length; k++) out[k * wide + wide - 1]! += base[k]!;
  return out;
}

/** Exact Shapley values; see {@link TreeShap} for `condition`. */
export function contributions(
  learner: Learner,
  matrix: Matrix,
  end: number,
  condition = 0,
  conditionFeature = 0,
): Float32Array {
  const used = learner.trees.trees.slice(0, end);
  const means = used.map((t) => (t.isMultiTarget ? 0 : meanValues(t)[0]!));
  const shap = new TreeShap(Math.max(0, ...used.map((t) => depthOf(t))));
  const bias = learner.numFeature;
  return overTrees(learner, matrix, end, (t, values, at, phi) => {
    if (condition === 0) phi[bias]! += means[t]!;
    shap.run(used[t]!, values, at, phi, condition, conditionFeature);
  });
}

/** Saabas' attribution: what the expected value gains at each split on the row's way. */
export function approximateContributions(learner: Learner, matrix: Matrix, end: number): Float32Array {
  const used = learner.trees.trees.slice(0, end);
  const means = used.map((t) => (t.isMultiTarget ? new Float32Array(1) : meanValues(t)));
  const bias = learner.numFeature;
  return overTrees(learner, matrix, end, (t, values, at, phi) => {
    const tree = used[t]!;
    const mean = means[t]!;
    let node = 0;
    let value = mean[0]!;
    phi[bias]! += value;
    let split = 0;
    if (tree.leftChild[0] === -1) return;
    while (tree.leftChild[node] !== -1) {
      split = tree.splitIndex[node]!;
      node = nextNode(tree, node, values[at + split]!);
      phi[split]! += f32(mean[node]! - value);
      value = mean[node]!;
    }
    phi[split]! += f32(tree.splitCond[node]! - value);
  });
}
