import type { Rows } from "../data/storage.js";
import { denseRow } from "../data/storage.js";
import { hasBit } from "../hist/enumerate.js";
import type { RegTree } from "./reg-tree.js";

/** The child that a value leads to; a missing value goes the default way, a category that the split does not know left. */
export function nextNode(tree: RegTree, node: number, value: number): number {
  const left = tree.leftChild[node]!;
  const right = tree.rightChild[node]!;
  if (Number.isNaN(value)) return tree.defaultLeft[node] === 1 ? left : right;
  if (tree.splitType[node] === 1) {
    if (value < 0 || value >= 16777216) return left;
    return hasBit(tree.catBits, tree.catBegin[node]!, tree.catSize[node]!, Math.trunc(value)) ? right : left;
  }
  return value < tree.splitCond[node]! ? left : right;
}

/** The leaf of one row, given densely with NaN where missing from `at` on. */
export function leafOf(tree: RegTree, values: Float32Array, at: number): number {
  let node = 0;
  if (tree.catBits.length > 0) {
    while (tree.leftChild[node] !== -1) node = nextNode(tree, node, values[at + tree.splitIndex[node]!]!);
    return node;
  }
  const { leftChild, rightChild, splitIndex, splitCond, defaultLeft } = tree;
  for (let left = leftChild[0]!; left !== -1; left = leftChild[node]!) {
    const v = values[at + splitIndex[node]!]!;
    if (v < splitCond[node]!) node = left;
    else if (Number.isNaN(v)) node = defaultLeft[node] === 1 ? left : rightChild[node]!;
    else node = rightChild[node]!;
  }
  return node;
}

/** Every row's leaf. Rows narrower than the tree's features miss the rest. */
export function leavesOf(tree: RegTree, data: Rows): Int32Array {
  const out = new Int32Array(data.rows);
  if (data.kind === "dense" && data.cols >= tree.numFeature) {
    for (let i = 0; i < data.rows; i++) out[i] = leafOf(tree, data.values, i * data.cols);
    return out;
  }
  const row = new Float32Array(Math.max(tree.numFeature, data.cols)).fill(Number.NaN);
  for (let i = 0; i < data.rows; i++) out[i] = leafOf(tree, denseRow(data, i, row), 0);
  return out;
}
