import type { TreeArena } from "@cognate/kernel";
import type { RegTree } from "../tree/reg-tree.js";
import { hasBit } from "./enumerate.js";
import { binOf, type GradientIndex } from "./gradient-index.js";

/** The rows of every node: one array in which a node's rows are neighbours, in their first order. */
export class RowSets {
  readonly rows: Uint32Array;
  private readonly spare: Uint32Array;
  private readonly table: Uint8Array | null;
  readonly begin: number[] = [0];
  readonly end: number[];

  constructor(
    count: number,
    private readonly arena: TreeArena | null = null,
  ) {
    this.rows = arena?.u32(count) ?? new Uint32Array(count);
    this.spare = arena?.u32(count + 1) ?? new Uint32Array(count);
    this.table = arena?.u8(257) ?? null;
    this.end = [count];
    this.reset();
  }
  reset(): void {
    for (let i = 0; i < this.rows.length; i++) this.rows[i] = i;
    this.begin.length = 1;
    this.end.length = 1;
  }
  count(node: number): number {
    return this.end[node]! - this.begin[node]!;
  }

  /** Gives a split node's rows to its children. */
  split(tree: RegTree, node: number, index: GradientIndex): void {
    const from = this.begin[node]!;
    const to = this.end[node]!;
    const f = tree.splitIndex[node]!;
    const first = index.cuts.ptrs[f]!;
    const goesLeft = leftBins(tree, node, index);
    const middle =
      index.columns === null
        ? this.splitSparse(from, to, f, first, goesLeft, index)
        : this.splitDense(
            from,
            to,
            index.columns.subarray(f * index.numRow, (f + 1) * index.numRow),
            goesLeft,
          );
    const left = tree.leftChild[node]!;
    const right = tree.rightChild[node]!;
    this.begin[left] = from;
    this.end[left] = middle;
    this.begin[right] = middle;
    this.end[right] = to;
  }

  private splitDense(
    from: number,
    to: number,
    column: Uint8Array | Uint16Array | Uint32Array,
    goesLeft: Uint8Array,
  ): number {
    const { rows, spare, arena, table } = this;
    if (arena && table && column instanceof Uint8Array) {
      if (arena.holds(rows) && arena.holds(spare) && arena.holds(column)) {
        table.set(goesLeft);
        const first = rows.byteOffset + 4 * from;
        const { kernels } = arena;
        return (
          from + kernels.partition8(first, spare.byteOffset, to - from, column.byteOffset, table.byteOffset)
        );
      }
    }
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const r = rows[i]!;
      // Written to both places without a branch; the counters decide which one stays.
      const l = goesLeft[column[r]!]!;
      rows[left] = r;
      spare[right] = r;
      left += l;
      right += 1 - l;
    }
    rows.set(spare.subarray(0, right), left);
    return left;
  }

  private splitSparse(
    from: number,
    to: number,
    f: number,
    first: number,
    goesLeft: Uint8Array,
    index: GradientIndex,
  ): number {
    const { rows, spare } = this;
    const missing = goesLeft.length - 1;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const r = rows[i]!;
      const b = binOf(index, r, f);
      if (goesLeft[b < 0 ? missing : b - first] === 1) rows[left++] = r;
      else spare[right++] = r;
    }
    rows.set(spare.subarray(0, right), left);
    return left;
  }
}

/** For each bin of a node's split feature, and last for a missing value, whether it goes left. */
function leftBins(tree: RegTree, node: number, { cuts }: GradientIndex): Uint8Array {
  const f = tree.splitIndex[node]!;
  const begin = cuts.ptrs[f]!;
  const count = cuts.ptrs[f + 1]! - begin;
  const out = new Uint8Array(count + 1);
  out[count] = tree.defaultLeft[node]!;
  if (tree.splitType[node] === 1) {
    const [at, size] = [tree.catBegin[node]!, tree.catSize[node]!];
    for (let c = 0; c < count; c++) out[c] = hasBit(tree.catBits, at, size, cuts.values[begin + c]!) ? 0 : 1;
    return out;
  }
  let last = -1;
  for (let b = 0; b < count; b++) if (cuts.values[begin + b] === tree.splitCond[node]) last = b;
  out.fill(1, 0, last + 1);
  return out;
}
