import { TreeArena } from "@cognate/kernel";
import type { Rows } from "../data/storage.js";
import { BLOCK, type Block } from "./blocks.js";
import type { FlatTree } from "./flat-tree.js";

/** A node in the kernels' memory: the left child's place, the feature's, the threshold, the missing values' direction. */
const NODE = 16;

interface Packed {
  readonly nodes: number;
  readonly leaves: number;
  readonly depth: number;
}

/** Trees in the memory of the kernels that walk them, with room for a block of rows. Trees with categories are left out. */
export class PackedForest {
  private constructor(
    private readonly arena: TreeArena,
    private readonly trees: readonly (Packed | null)[],
    private readonly values: Float32Array,
    private readonly out: Float32Array,
    private readonly ids: Int32Array,
  ) {}

  /** @returns null where WASM is off or there is no room */
  static of(flat: readonly FlatTree[], rows: Rows, features: number, groups: number): PackedForest | null {
    const stride = Math.max(rows.cols, features, 1);
    const count = flat.reduce((n, t) => n + t.left.length, 0);
    const arena = TreeArena.of(
      count * (NODE + 4) + 64 * flat.length + 4 * BLOCK * (stride + groups + 1) + 1024,
    );
    if (!arena) return null;
    const trees = flat.map((t) => (t.tree.hasCategorical ? null : pack(arena, t)));
    const values = arena.f32(BLOCK * stride);
    const out = arena.f32(BLOCK * groups);
    const ids = arena.i32(BLOCK);
    if (!values || !out || !ids) return null;
    return new PackedForest(arena, trees, values, out, ids);
  }

  /** Whether a tree is walked here. */
  has(tree: number): boolean {
    return this.trees[tree] !== null;
  }
  /** Brings in a block's rows. */
  load(b: Block): void {
    this.values.set(b.values.subarray(b.at, b.at + b.count * b.stride));
  }
  /** The flat nodes where the loaded rows end. */
  walk(tree: number, b: Block): Int32Array {
    const t = this.trees[tree]!;
    this.arena.kernels.walk_ids(
      t.nodes,
      t.depth,
      this.values.byteOffset,
      4 * b.stride,
      b.count,
      this.ids.byteOffset,
    );
    return this.ids;
  }
  /** Brings in the sums of the block's rows. */
  begin(sums: Float32Array): void {
    this.out.set(sums);
  }
  /** Adds the leaves of the loaded rows to one group's sums. */
  add(tree: number, b: Block, missing: boolean, group: number, groups: number): void {
    const t = this.trees[tree]!;
    const { walk_add, walk_add_present } = this.arena.kernels;
    const add = missing ? walk_add : walk_add_present;
    add(
      t.nodes,
      t.depth,
      this.values.byteOffset,
      4 * b.stride,
      b.count,
      t.leaves,
      this.out.byteOffset + 4 * group,
      4 * groups,
    );
  }
  end(sums: Float32Array): void {
    sums.set(this.out.subarray(0, sums.length));
  }
}

function pack(arena: TreeArena, t: FlatTree): Packed | null {
  const n = t.left.length;
  const words = arena.i32(4 * n);
  const leaves = arena.f32(n);
  if (!words || !leaves) return null;
  const floats = new Float32Array(words.buffer, words.byteOffset, 4 * n);
  for (let i = 0; i < n; i++) {
    words[4 * i] = t.left[i]! * NODE;
    words[4 * i + 1] = t.feature[i]! * 4;
    floats[4 * i + 2] = t.cond[i]!;
    words[4 * i + 3] = t.missingRight[i]!;
    leaves[i] = t.tree.splitCond[t.id[i]!]!;
  }
  return { nodes: words.byteOffset, leaves: leaves.byteOffset, depth: t.depth };
}
