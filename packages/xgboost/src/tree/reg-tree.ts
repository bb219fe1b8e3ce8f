/** What stands for "no node" in `leftChild`, `rightChild` of a leaf and `parent` of the root. */
export const NO_NODE = -1;

/** Room for a tree's nodes; all arrays have `capacity` elements, of which the first `numNodes` count. */
const START = 64;

/**
 * One tree, a struct of arrays indexed by node.
 *
 * - A leaf has `leftChild = -1`. Its value stands in `splitCond` (one float32 shared with the split value, as in XGBoost's files).
 * - `splitCond` of a numeric split: a row goes left if x < splitCond.
 * - A categorical split (`splitType = 1`) has the bits of the categories that go **right**:
 *   `catBits[catBegin[node] … + catSize[node]]`, category c is bit `31 − c mod 32` of word `⌊c / 32⌋`.
 * - With `numTarget > 1`, the leaf's vector is `leafVectors[rightChild[node] · numTarget …]`, the node's weights are
 *   `baseWeight[node · numTarget …]`.
 */
export class RegTree {
  numNodes = 1;
  numDeleted = 0;
  leftChild = new Int32Array(START).fill(NO_NODE);
  rightChild = new Int32Array(START).fill(NO_NODE);
  parent = new Int32Array(START).fill(NO_NODE);
  splitIndex = new Int32Array(START);
  splitCond = new Float32Array(START);
  defaultLeft = new Uint8Array(START);
  splitType = new Uint8Array(START);
  /** 1 for a node that pruning removed; its number stays unused. */
  deleted = new Uint8Array(START);
  lossChg = new Float32Array(START);
  sumHess = new Float32Array(START);
  baseWeight: Float32Array;
  catBegin = new Int32Array(START);
  catSize = new Int32Array(START);
  catBits = new Uint32Array(0);
  /** Leaves' outputs of a multi-target tree, row by row. */
  leafVectors: Float32Array | null = null;
  private free: number[] = [];

  constructor(
    readonly numFeature: number,
    readonly numTarget = 1,
  ) {
    this.baseWeight = new Float32Array(START * numTarget);
  }

  get capacity(): number {
    return this.leftChild.length;
  }
  get isMultiTarget(): boolean {
    return this.numTarget > 1;
  }
  get hasCategorical(): boolean {
    return this.catBits.length > 0;
  }
  isLeaf(node: number): boolean {
    return this.leftChild[node] === NO_NODE;
  }
  isLeftChild(node: number): boolean {
    return this.leftChild[this.parent[node]!] === node;
  }
  depth(node: number): number {
    let d = 0;
    for (let at = node; this.parent[at] !== NO_NODE; at = this.parent[at]!) d++;
    return d;
  }
  /** The categories that go right at a categorical split, ascending. */
  categories(node: number): number[] {
    const out: number[] = [];
    const [begin, size] = [this.catBegin[node]!, this.catSize[node]!];
    for (let c = 0; c < size * 32; c++)
      if (((this.catBits[begin + (c >> 5)]! >>> (31 - (c & 31))) & 1) === 1) out.push(c);
    return out;
  }
  /** Gives a node its categories (those that go right). */
  setCategories(node: number, bits: Uint32Array): void {
    const all = new Uint32Array(this.catBits.length + bits.length);
    all.set(this.catBits);
    all.set(bits, this.catBits.length);
    this.catBegin[node] = this.catBits.length;
    this.catSize[node] = bits.length;
    this.catBits = all;
    this.splitType[node] = 1;
  }

  /** Makes room for `count` nodes. */
  reserve(count: number): void {
    if (count <= this.capacity) return;
    const size = Math.max(count, this.capacity * 2);
    const grown = <A extends Int32Array | Float32Array | Uint8Array>(old: A, n = size, fill = 0): A => {
      const fresh = new (old.constructor as new (n: number) => A)(n);
      fresh.set(old);
      if (fill !== 0) fresh.fill(fill, old.length);
      return fresh;
    };
    this.leftChild = grown(this.leftChild, size, NO_NODE);
    this.rightChild = grown(this.rightChild, size, NO_NODE);
    this.parent = grown(this.parent, size, NO_NODE);
    this.splitIndex = grown(this.splitIndex);
    this.splitCond = grown(this.splitCond);
    this.defaultLeft = grown(this.defaultLeft);
    this.splitType = grown(this.splitType);
    this.deleted = grown(this.deleted);
    this.lossChg = grown(this.lossChg);
    this.sumHess = grown(this.sumHess);
    this.baseWeight = grown(this.baseWeight, size * this.numTarget);
    this.catBegin = grown(this.catBegin);
    this.catSize = grown(this.catSize);
  }

  private take(): number {
    const old = this.free.pop();
    if (old !== undefined) {
      this.deleted[old] = 0;
      this.numDeleted--;
      this.splitIndex[old] = 0;
      return old;
    }
    this.reserve(this.numNodes + 1);
    return this.numNodes++;
  }

  /** Turns a leaf into a split with two leaves of value 0 and gives the left child's number; the right one's is `rightChild[node]`. */
  expand(node: number, feature: number, cond: number, defaultLeft: boolean): number {
    const left = this.take();
    const right = this.take();
    this.leftChild[node] = left;
    this.rightChild[node] = right;
    this.splitIndex[node] = feature;
    this.splitCond[node] = cond;
    this.defaultLeft[node] = defaultLeft ? 1 : 0;
    for (const child of [left, right]) {
      this.parent[child] = node;
      this.leftChild[child] = NO_NODE;
      this.rightChild[child] = NO_NODE;
      this.splitCond[child] = 0;
      this.lossChg[child] = 0;
    }
    return left;
  }

  /** Removes a split's two children, which must be leaves, and makes it a leaf. */
  changeToLeaf(node: number, value: number): void {
    for (const child of [this.leftChild[node]!, this.rightChild[node]!]) {
      this.deleted[child] = 1;
      this.numDeleted++;
      this.free.push(child);
    }
    this.leftChild[node] = NO_NODE;
    this.rightChild[node] = NO_NODE;
    this.splitCond[node] = value;
    this.splitIndex[node] = 0;
    this.defaultLeft[node] = 0;
    this.splitType[node] = 0;
  }

  /** The numbers of the nodes that are leaves, ascending. */
  leaves(): number[] {
    const out: number[] = [];
    for (let i = 0; i < this.numNodes; i++)
      if (this.leftChild[i] === NO_NODE && this.deleted[i] === 0) out.push(i);
    return out;
  }

  copy(): RegTree {
    const t = new RegTree(this.numFeature, this.numTarget);
    t.numNodes = this.numNodes;
    t.numDeleted = this.numDeleted;
    for (const key of ARRAYS) (t[key] as Float32Array) = this[key].slice() as Float32Array;
    t.leafVectors = this.leafVectors?.slice() ?? null;
    t.free = [...this.free];
    return t;
  }
}

const ARRAYS = [
  "leftChild",
  "rightChild",
  "parent",
  "splitIndex",
  "splitCond",
  "defaultLeft",
  "splitType",
  "deleted",
  "lossChg",
  "sumHess",
  "baseWeight",
  "catBegin",
  "catSize",
  "catBits",
] as const;
