import type { RegTree } from "../tree/reg-tree.js";
import { categoryGoesLeft } from "./decide.js";

/**
 * A tree laid out for many rows: children stand side by side (`left[i]` and `left[i] + 1`), and a leaf's children are the
 * leaf itself, so that every row takes `depth` steps and none asks whether it has arrived.
 */
export interface FlatTree {
  readonly left: Int32Array;
  readonly feature: Int32Array;
  /** NaN at leaves: no value is ≥ NaN. */
  readonly cond: Float32Array;
  /** 1 where a missing value goes right. */
  readonly missingRight: Uint8Array;
  /** The node's number in its tree. */
  readonly id: Int32Array;
  readonly depth: number;
  readonly tree: RegTree;
}

export function flatten(t: RegTree): FlatTree {
  const order: number[] = [0];
  const left: number[] = [];
  let depth = 0;
  // Breadth first: a level's end is where its last node's children begin.
  for (let i = 0, levelEnd = 1; i < order.length; i++) {
    if (i === levelEnd) {
      depth++;
      levelEnd = order.length;
    }
    const node = order[i]!;
    if (t.leftChild[node] === -1) left.push(i);
    else {
      left.push(order.length);
      order.push(t.leftChild[node]!, t.rightChild[node]!);
    }
  }
  const id = Int32Array.from(order);
  const leaf = (node: number): boolean => t.leftChild[node] === -1;
  return {
    left: Int32Array.from(left),
    feature: id.map((node) => (leaf(node) ? 0 : t.splitIndex[node]!)),
    cond: Float32Array.from(id, (node) => (leaf(node) ? Number.NaN : t.splitCond[node]!)),
    missingRight: Uint8Array.from(id, (node) => (leaf(node) || t.defaultLeft[node] === 1 ? 0 : 1)),
    id,
    depth,
    tree: t,
  };
}

/**
 * The flat nodes where `count` rows end, written to `out`. Row i's features begin at `at + i · stride`.
 */
export type Walk = (
  t: FlatTree,
  values: Float32Array,
  at: number,
  stride: number,
  count: number,
  out: Int32Array,
) => void;

/** Nothing is missing: comparisons become numbers, and four rows go side by side, so that the machine need not guess. */
export const walkPresent: Walk = (t, values, at, stride, count, out) => {
  const { left, feature, cond, depth } = t;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const r0 = at + i * stride;
    const r1 = r0 + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = 0; k < depth; k++) {
      a = left[a]! + +(values[r0 + feature[a]!]! >= cond[a]!);
      b = left[b]! + +(values[r1 + feature[b]!]! >= cond[b]!);
      c = left[c]! + +(values[r2 + feature[c]!]! >= cond[c]!);
      d = left[d]! + +(values[r3 + feature[d]!]! >= cond[d]!);
    }
    out[i] = a;
    out[i + 1] = b;
    out[i + 2] = c;
    out[i + 3] = d;
  }
  for (; i < count; i++) {
    const r = at + i * stride;
    let a = 0;
    for (let k = 0; k < depth; k++) a = left[a]! + +(values[r + feature[a]!]! >= cond[a]!);
    out[i] = a;
  }
};

/**
 * Some values are missing: `x ≥ cond` sends NaN left, `not x < cond` sends it right; the two agree on every number, and the
 * node's direction chooses.
 */
export const walkMissing: Walk = (t, values, at, stride, count, out) => {
  const { left, feature, cond, depth, missingRight } = t;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const r0 = at + i * stride;
    const r1 = r0 + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = 0; k < depth; k++) {
      const x = values[r0 + feature[a]!]!;
      const y = values[r1 + feature[b]!]!;
      const z = values[r2 + feature[c]!]!;
      const w = values[r3 + feature[d]!]!;
      a = left[a]! + (+(x >= cond[a]!) | (+!(x < cond[a]!) & missingRight[a]!));
      b = left[b]! + (+(y >= cond[b]!) | (+!(y < cond[b]!) & missingRight[b]!));
      c = left[c]! + (+(z >= cond[c]!) | (+!(z < cond[c]!) & missingRight[c]!));
      d = left[d]! + (+(w >= cond[d]!) | (+!(w < cond[d]!) & missingRight[d]!));
    }
    out[i] = a;
    out[i + 1] = b;
    out[i + 2] = c;
    out[i + 3] = d;
  }
  for (; i < count; i++) {
    const r = at + i * stride;
    let a = 0;
    for (let k = 0; k < depth; k++) {
      const x = values[r + feature[a]!]!;
      a = left[a]! + (+(x >= cond[a]!) | (+!(x < cond[a]!) & missingRight[a]!));
    }
    out[i] = a;
  }
};

export const walkCategorical: Walk = (
  { left, feature, cond, missingRight, id, tree },
  values,
  at,
  stride,
  count,
  out,
) => {
  const { splitType, catBits, catBegin, catSize } = tree;
  for (let i = 0; i < count; i++) {
    const r = at + i * stride;
    let a = 0;
    while (left[a] !== a) {
      const x = values[r + feature[a]!]!;
      const node = id[a]!;
      const right = Number.isNaN(x)
        ? missingRight[a]!
        : splitType[node] === 1
          ? +!categoryGoesLeft(x, catBits, catBegin[node]!, catSize[node]!)
          : +(x >= cond[a]!);
      a = left[a]! + right;
    }
    out[i] = a;
  }
};
