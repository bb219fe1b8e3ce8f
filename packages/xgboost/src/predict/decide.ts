import type { RegTree } from "../tree/reg-tree.js";

/** Categories from here on cannot be told apart by a float32. */
const MOST_CATEGORIES = 2 ** 24;

/** Whether category `x` goes left: it does unless it is in the node's set, and so does what is no category. */
export function categoryGoesLeft(x: number, bits: Uint32Array, begin: number, size: number): boolean {
  if (x < 0 || x >= MOST_CATEGORIES) return true;
  const c = Math.trunc(x);
  const word = c >> 5;
  if (word >= size) return true;
  return ((bits[begin + word]! >>> (31 - (c & 31))) & 1) === 0;
}

/** The child that a value leads to; NaN is missing. */
export function nextNode(t: RegTree, node: number, x: number): number {
  const left = Number.isNaN(x)
    ? t.defaultLeft[node] === 1
    : t.splitType[node] === 1
      ? categoryGoesLeft(x, t.catBits, t.catBegin[node]!, t.catSize[node]!)
      : x < t.splitCond[node]!;
  return left ? t.leftChild[node]! : t.rightChild[node]!;
}

/** The leaf of one row, whose values begin at `at`. */
export function leafOf(t: RegTree, values: Float32Array, at: number): number {
  let node = 0;
  while (t.leftChild[node] !== -1) node = nextNode(t, node, values[at + t.splitIndex[node]!]!);
  return node;
}
