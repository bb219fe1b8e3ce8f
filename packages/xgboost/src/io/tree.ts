import type { ModelObject } from "@cognate/formats";
import { NO_NODE, RegTree } from "../tree/reg-tree.js";
import type { Place } from "./read-values.js";

/** A root's parent in files of trees with one output. */
const NO_PARENT = 2147483647;
/** The feature of a node that pruning removed (its highest bit stands with the default directions). */
const DELETED = 2147483647;
/** What stands for a threshold where there is none: the smallest float32. */
const NO_THRESHOLD = 2 ** -149;

/** Categories of the nodes that split by them, as bits of those that go right. */
function readCategories(t: RegTree, p: Place): void {
  const nodes = p.at("categories_nodes").numbers();
  const segments = p.at("categories_segments").numbers(nodes.length);
  const sizes = p.at("categories_sizes").numbers(nodes.length);
  const all = p.at("categories").numbers();
  for (let k = 0; k < nodes.length; k++) {
    const [node, from, size] = [nodes[k]!, segments[k]!, sizes[k]!];
    if (!(node >= 0 && node < t.numNodes)) throw p.fail(`categories of node ${node}`, "nodes of the tree");
    if (!(from >= 0 && size > 0 && from + size <= all.length))
      throw p.fail(`categories ${from} to ${from + size}`, `at most ${all.length}`);
    let most = 0;
    for (let i = from; i < from + size; i++) {
      const c = all[i]!;
      if (!(Number.isInteger(c) && c >= 0 && c < 2 ** 24)) throw p.fail(`category ${c}`, "0 to 2^24");
      most = Math.max(most, c);
    }
    const bits = new Uint32Array((most >> 5) + 1);
    for (let i = from; i < from + size; i++) bits[all[i]! >> 5]! |= 1 << (31 - (all[i]! & 31));
    t.setCategories(node, bits);
  }
}

/** Every node must be reached from the root once, so that walks end. */
function checkShape(t: RegTree, p: Place): void {
  const seen = new Uint8Array(t.numNodes);
  const open = [0];
  const leaves = t.leafVectors ? t.leafVectors.length / t.numTarget : 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen[node]) throw p.fail(`node ${node} below two others`, "a tree");
    seen[node] = 1;
    if (t.leftChild[node] === NO_NODE) {
      if (t.leafVectors && !(t.rightChild[node]! >= 0 && t.rightChild[node]! < leaves))
        throw p.fail(`leaf ${t.rightChild[node]} of node ${node}`, `at most ${leaves - 1}`);
      continue;
    }
    if (!(t.splitIndex[node]! >= 0 && t.splitIndex[node]! < t.numFeature))
      throw p.fail(`feature ${t.splitIndex[node]} of node ${node}`, `at most ${t.numFeature - 1}`);
    for (const child of [t.leftChild[node]!, t.rightChild[node]!]) {
      if (!(child >= 0 && child < t.numNodes))
        throw p.fail(`child ${child} of node ${node}`, `at most ${t.numNodes - 1}`);
      open.push(child);
    }
  }
  for (let node = 0; node < t.numNodes; node++) if (!seen[node]) t.deleted[node] = 1;
}

/** A tree of a model's document. @throws FormatError */
export function readTree(p: Place, features: number): RegTree {
  const param = p.at("tree_param");
  const left = p.at("left_children").numbers();
  const n = left.length;
  if (n < 1 || param.at("num_nodes").whole !== n) throw p.fail(`a tree of ${n} nodes`, "as many as it says");
  const width = Math.max(1, param.at("size_leaf_vector").whole);
  const t = new RegTree(features, width);
  t.reserve(n);
  t.numNodes = n;
  t.numDeleted = param.at("num_deleted").exists ? param.at("num_deleted").whole : 0;
  t.leftChild.set(left);
  t.rightChild.set(p.at("right_children").numbers(n));
  const parents = p.at("parents").numbers(n);
  // Files of JSON text that passed through a float32 have 2147483648.
  for (let i = 0; i < n; i++) t.parent[i] = parents[i]! >= NO_PARENT ? NO_NODE : parents[i]!;
  t.splitIndex.set(p.at("split_indices").numbers(n));
  t.splitCond.set(p.at("split_conditions").numbers(n));
  t.defaultLeft.set(p.at("default_left").numbers(n));
  if (p.at("loss_changes").exists) t.lossChg.set(p.at("loss_changes").numbers(n));
  if (p.at("sum_hessian").exists) t.sumHess.set(p.at("sum_hessian").numbers(n));
  const base = p.at("base_weights");
  if (base.exists) {
    const values = base.numbers();
    if (values.length > t.baseWeight.length)
      throw base.fail(`${values.length} numbers`, `${n * width} numbers`);
    t.baseWeight.set(values);
  }
  if (p.at("split_type").exists) t.splitType.set(p.at("split_type").numbers(n));
  if (width > 1) {
    const given = p.at("leaf_weights");
    if (given.exists) t.leafVectors = Float32Array.from(given.numbers());
    else {
      // Before 3.1 the leaves' outputs stood among the nodes' weights.
      t.leafVectors = t.baseWeight.slice(0, n * width);
      for (let i = 0; i < n; i++) if (t.leftChild[i] === NO_NODE) t.rightChild[i] = i;
    }
  }
  if (p.at("categories_nodes").exists) readCategories(t, p);
  checkShape(t, p);
  return t;
}

/** A tree as a model's document has it. */
export function treeObject(t: RegTree, id: number): ModelObject {
  const n = t.numNodes;
  const multi = t.isMultiTarget;
  const categories: number[] = [];
  const nodes: number[] = [];
  const segments: number[] = [];
  const sizes: number[] = [];
  for (let node = 0; node < n; node++) {
    if (t.splitType[node] !== 1 || t.isLeaf(node)) continue;
    const own = t.categories(node);
    nodes.push(node);
    segments.push(categories.length);
    sizes.push(own.length);
    categories.push(...own);
  }
  const cond = t.splitCond.slice(0, n);
  for (let node = 0; node < n; node++)
    if (t.isLeaf(node) ? multi : t.splitType[node] === 1) cond[node] = NO_THRESHOLD;
  const splitIndex = t.splitIndex.slice(0, n);
  const defaultLeft = t.defaultLeft.slice(0, n);
  for (let node = 0; node < n; node++)
    if (t.deleted[node] === 1) {
      splitIndex[node] = DELETED;
      defaultLeft[node] = 1;
    }
  const parents = t.parent.slice(0, n);
  if (!multi)
    parents.forEach((p, i) => {
      if (p === NO_NODE) parents[i] = NO_PARENT;
    });
  return {
    base_weights: t.baseWeight.slice(0, n * t.numTarget),
    categories: Int32Array.from(categories),
    categories_nodes: Int32Array.from(nodes),
    categories_segments: BigInt64Array.from(segments, BigInt),
    categories_sizes: BigInt64Array.from(sizes, BigInt),
    default_left: defaultLeft,
    id,
    ...(multi ? { leaf_weights: t.leafVectors ?? new Float32Array(0) } : {}),
    left_children: t.leftChild.slice(0, n),
    loss_changes: t.lossChg.slice(0, n),
    parents,
    right_children: t.rightChild.slice(0, n),
    split_conditions: cond,
    split_indices: splitIndex,
    split_type: t.splitType.slice(0, n),
    sum_hessian: t.sumHess.slice(0, n),
    tree_param: {
      num_deleted: String(t.numDeleted),
      num_feature: String(t.numFeature),
      num_nodes: String(n),
      size_leaf_vector: String(t.numTarget),
    },
  };
}
