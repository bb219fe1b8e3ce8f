import { XGBoostError } from "../errors.js";
import { f32 } from "../numeric/float32.js";
import { rawWeight, thresholdL1 } from "../tree/gain.js";
import type { RegTree } from "../tree/reg-tree.js";
import { Driver } from "./driver.js";
import type { GrowContext } from "./grow.js";
import { buildHistogram, HistogramPool, subtractHistogram } from "./histogram.js";

/** What stands in the place of a leaf's split value: the smallest float32. */
const NO_CUT = 2 ** -149;

/** The best split of a node, with the sums of every target on both sides, interleaved pairs. */
interface Entry {
  readonly node: number;
  readonly depth: number;
  lossChg: number;
  empty: boolean;
  feature: number;
  value: number;
  defaultLeft: boolean;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Grows one tree for all targets: gains are summed over targets, leaves are vectors. */
export class MultiHistGrower {
  private readonly targets: number;
  private readonly pools: HistogramPool[];
  private readonly sums: Float64Array[] = [];
  private readonly gains: number[] = [];

  constructor(
    private readonly c: GrowContext,
    targets: number,
  ) {
    const { p, index } = c;
    if (index.cuts.hasCategorical)
      throw new XGBoostError("Categorical features support for multi-target tree is not yet implemented.");
    if (p.monotone.length > 0)
      throw new XGBoostError("Monotonic constraint support for multi-target tree is not yet implemented.");
    if (p.interaction !== "")
      throw new XGBoostError("Interaction constraint support for multi-target tree is not yet implemented.");
    this.targets = targets;
    this.pools = Array.from({ length: targets }, () => new HistogramPool(2 * (index.totalBins + 1)));
  }

  /** `gpair` has one pair a row and target. Gives rows' leaves as `HistGrower.grow`. */
  grow(tree: RegTree, gpair: Float32Array): Int32Array {
    const { p, sets, index } = this.c;
    const byTarget = separate(gpair, this.targets);
    sets.reset();
    const driver = new Driver<Entry>(p);
    driver.pushRoot(this.root(tree, byTarget));
    for (let set = driver.pop(); set.length > 0; set = driver.pop()) {
      const growing: Entry[] = [];
      for (const e of set) {
        this.apply(tree, e);
        if (driver.childValid(e)) growing.push(e);
        else for (const pool of this.pools) pool.release(e.node);
      }
      for (const e of set) sets.split(tree, e.node, index);
      for (const e of growing) this.histograms(tree, e, byTarget);
      driver.push(
        this.evaluate(
          tree,
          growing.flatMap((e) => [tree.leftChild[e.node]!, tree.rightChild[e.node]!]),
        ),
      );
    }
    for (const pool of this.pools) pool.clear();
    this.setLeaves(tree);
    return this.positions(tree, byTarget);
  }

  private root(tree: RegTree, byTarget: readonly Float32Array[]): Entry {
    const { p, sets, index } = this.c;
    const sums = new Float64Array(2 * this.targets);
    let cover = 0;
    byTarget.forEach((gpair, t) => {
      for (let i = 0; i < gpair.length; i += 2) {
        sums[2 * t]! += gpair[i]!;
        sums[2 * t + 1]! += gpair[i + 1]!;
      }
      buildHistogram(this.pools[t]!.take(0), gpair, sets.rows, 0, sets.rows.length, index);
      const w = f32(rawWeight(p, sums[2 * t]!, sums[2 * t + 1]!));
      tree.baseWeight[t] = w * p.learningRate;
      cover = f32(cover + f32(sums[2 * t + 1]!));
    });
    this.sums[0] = sums;
    this.gains[0] = this.gain(sums);
    tree.sumHess[0] = cover;
    tree.splitCond[0] = NO_CUT;
    return this.evaluate(tree, [0])[0]!;
  }

  /** −Σ w·T(G), the weights in float32, the sum in float64. */
  private gain(sums: Float64Array): number {
    const { p } = this.c;
    let gain = 0;
    for (let t = 0; t < this.targets; t++) {
      const g = sums[2 * t]!;
      gain += -f32(rawWeight(p, g, sums[2 * t + 1]!)) * thresholdL1(g, p.alpha);
    }
    return gain;
  }

  private evaluate(tree: RegTree, nodes: readonly number[]): Entry[] {
    const sets = nodes.map((node) => this.c.sampler.features(tree.depth(node)));
    return nodes.map((node, i) => {
      const e: Entry = {
        node,
        depth: tree.depth(node),
        lossChg: 0,
        empty: true,
        feature: 0,
        value: 0,
        defaultLeft: false,
        left: new Float64Array(2 * this.targets),
        right: new Float64Array(2 * this.targets),
      };
      for (const f of sets[i]!) if (this.scan(e, f, 1)) this.scan(e, f, -1);
      const none = (sums: Float64Array) => sums.every((v, k) => k % 2 === 0 || v === 0);
      e.empty = none(e.left) || none(e.right);
      return e;
    });
  }

  /** One direction over a feature's bins; true if some rows lack the feature. */
  private scan(e: Entry, f: number, step: 1 | -1): boolean {
    const { ptrs, values, mins } = this.c.index.cuts;
    const begin = ptrs[f]!;
    const end = ptrs[f + 1]!;
    const parent = this.sums[e.node]!;
    const hists = this.pools.map((pool) => pool.of(e.node));
    const near = new Float64Array(parent.length);
    const far = new Float64Array(parent.length);
    const to = step > 0 ? end : begin - 1;
    for (let b = step > 0 ? begin : end - 1; b !== to; b += step) {
      hists.forEach((hist, t) => {
        near[2 * t]! += hist[2 * b]!;
        near[2 * t + 1]! += hist[2 * b + 1]!;
        far[2 * t] = parent[2 * t]! - near[2 * t]!;
        far[2 * t + 1] = parent[2 * t + 1]! - near[2 * t + 1]!;
      });
      const loss = f32(this.gain(far) + this.gain(near) - this.gains[e.node]!);
      if (!Number.isFinite(loss)) continue;
      if (!(e.feature <= f ? loss > e.lossChg : !(e.lossChg > loss))) continue;
      e.lossChg = loss;
      e.feature = f;
      e.defaultLeft = step < 0;
      e.value = step > 0 ? values[b]! : b === begin ? mins[f]! : values[b - 1]!;
      e.left.set(step > 0 ? near : far);
      e.right.set(step > 0 ? far : near);
    }
    return near.some((v, k) => v !== parent[k]);
  }

  private apply(tree: RegTree, e: Entry): void {
    const { p } = this.c;
    const { targets } = this;
    const left = tree.expand(e.node, e.feature, e.value, e.defaultLeft);
    const right = tree.rightChild[e.node]!;
    const parent = this.sums[e.node]!;
    let [coverLeft, coverRight] = [0, 0];
    for (let t = 0; t < targets; t++) {
      const weight = (sums: Float64Array) => rawWeight(p, sums[2 * t]!, sums[2 * t + 1]!);
      tree.baseWeight[e.node * targets + t] = weight(parent);
      tree.baseWeight[left * targets + t] = weight(e.left) * p.learningRate;
      tree.baseWeight[right * targets + t] = weight(e.right) * p.learningRate;
      coverLeft = f32(coverLeft + e.left[2 * t + 1]!);
      coverRight = f32(coverRight + e.right[2 * t + 1]!);
    }
    tree.lossChg[e.node] = e.lossChg;
    tree.sumHess[e.node] = coverLeft + coverRight;
    tree.sumHess[left] = coverLeft;
    tree.sumHess[right] = coverRight;
    tree.splitCond[left] = NO_CUT;
    tree.splitCond[right] = NO_CUT;
    for (const [child, sums] of [
      [left, e.left],
      [right, e.right],
    ] as const) {
      this.sums[child] = sums;
      this.gains[child] = this.gain(sums);
    }
  }

  private histograms(tree: RegTree, e: Entry, byTarget: readonly Float32Array[]): void {
    const { sets, index } = this.c;
    const cover = (sums: Float64Array) => sums.reduce((a, v, k) => (k % 2 === 1 ? a + v : a), 0);
    const [left, right] = [tree.leftChild[e.node]!, tree.rightChild[e.node]!];
    const [built, rest] = cover(e.right) < cover(e.left) ? [right, left] : [left, right];
    this.pools.forEach((pool, t) => {
      const hist = pool.take(built);
      buildHistogram(hist, byTarget[t]!, sets.rows, sets.begin[built]!, sets.end[built]!, index);
      subtractHistogram(pool.take(rest), pool.of(e.node), hist, index.arena);
      pool.release(e.node);
    });
  }

  /** Leaves take their node's weights; a leaf's right child is its place among them. */
  private setLeaves(tree: RegTree): void {
    const { targets } = this;
    const leaves = tree.leaves();
    const vectors = new Float32Array(leaves.length * targets);
    leaves.forEach((leaf, i) => {
      vectors.set(tree.baseWeight.subarray(leaf * targets, (leaf + 1) * targets), i * targets);
      tree.rightChild[leaf] = i;
    });
    tree.leafVectors = vectors;
  }

  private positions(tree: RegTree, byTarget: readonly Float32Array[]): Int32Array {
    const { sets } = this.c;
    const out = new Int32Array(sets.rows.length);
    for (const leaf of tree.leaves())
      for (let i = sets.begin[leaf]!; i < sets.end[leaf]!; i++) {
        const r = sets.rows[i]!;
        out[r] = byTarget.every((gpair) => gpair[2 * r + 1] === 0) ? ~leaf : leaf;
      }
    return out;
  }
}

function separate(gpair: Float32Array, targets: number): Float32Array[] {
  const rows = gpair.length / (2 * targets);
  return Array.from({ length: targets }, (_, t) => {
    const out = new Float32Array(2 * rows);
    for (let i = 0; i < rows; i++) {
      out[2 * i] = gpair[2 * (i * targets + t)]!;
      out[2 * i + 1] = gpair[2 * (i * targets + t) + 1]!;
    }
    return out;
  });
}
