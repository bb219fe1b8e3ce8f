import type { MetaInfo } from "../data/meta-info.js";
import { f32 } from "../numeric/float32.js";
import type { ColumnSampler } from "../sampling/column-sampler.js";
import { SplitEvaluator } from "../tree/gain.js";
import { InteractionConstraints } from "../tree/interaction.js";
import type { RegTree } from "../tree/reg-tree.js";
import { Split } from "../tree/split.js";
import type { TrainParam } from "../tree/train-param.js";
import { Driver } from "./driver.js";
import { Enumerator, type NodeStats } from "./enumerate.js";
import type { GradientIndex } from "./gradient-index.js";
import { buildHistogram, type HistogramPool, subtractHistogram } from "./histogram.js";
import type { RowSets } from "./partition.js";

interface Entry {
  readonly node: number;
  readonly depth: number;
  readonly split: Split;
  readonly lossChg: number;
  readonly empty: boolean;
}

/** What stands in the place of a categorical split's value: the smallest float32. */
const NO_CUT = 2 ** -149;

/** What a tree is grown with. */
export interface GrowContext {
  readonly p: TrainParam;
  readonly info: MetaInfo;
  readonly sampler: ColumnSampler;
  readonly index: GradientIndex;
  /** Rows of the last tree, used again. */
  readonly sets: RowSets;
  readonly pool: HistogramPool;
  /** The root's sums are those of feature 0's bins (tree method hist on dense data) rather than of the rows. */
  readonly rootFromHistogram: boolean;
  /** Where the scanning kernel leaves its results; null without an arena. */
  readonly scanned: Float64Array | null;
}

/** Grows one tree from histograms (tree methods hist and approx). */
export class HistGrower {
  private readonly evaluator: SplitEvaluator;
  private readonly interaction: InteractionConstraints;
  private readonly enumerator: Enumerator;
  private readonly stats: NodeStats[] = [];

  constructor(private readonly c: GrowContext) {
    const { p, info } = c;
    this.evaluator = new SplitEvaluator(p, info.numCol);
    this.interaction = new InteractionConstraints(p.interaction);
    const types = Array.from({ length: info.numCol }, (_, f) => info.isCategorical(f));
    this.enumerator = new Enumerator(p, c.index, this.evaluator, types, c.scanned);
  }

  /** Grows the tree and gives each row's leaf, complemented (~leaf) for rows without weight. */
  grow(tree: RegTree, gpair: Float32Array): Int32Array {
    const { p, sets, index, pool } = this.c;
    sets.reset();
    const driver = new Driver<Entry>(p);
    driver.pushRoot(this.root(tree, gpair));
    for (let set = driver.pop(); set.length > 0; set = driver.pop()) {
      const growing: Entry[] = [];
      for (const e of set) {
        this.apply(tree, e);
        if (driver.childValid(e)) growing.push(e);
        else pool.release(e.node);
      }
      for (const e of set) sets.split(tree, e.node, index);
      for (const e of growing) this.histograms(tree, e, gpair);
      const children = growing.flatMap((e) => [tree.leftChild[e.node]!, tree.rightChild[e.node]!]);
      driver.push(this.evaluate(tree, children));
    }
    pool.clear();
    return positions(tree, sets, gpair);
  }

  private root(tree: RegTree, gpair: Float32Array): Entry {
    const { p, sets, index, pool } = this.c;
    const hist = pool.take(0);
    buildHistogram(hist, gpair, sets.rows, 0, sets.rows.length, index);
    let [g, h] = [0, 0];
    if (this.c.rootFromHistogram) {
      for (let b = 0; b < index.cuts.ptrs[1]!; b++) {
        g += hist[2 * b]!;
        h += hist[2 * b + 1]!;
      }
    } else
      for (let i = 0; i < gpair.length; i += 2) {
        g += gpair[i]!;
        h += gpair[i + 1]!;
      }
    const { evaluator } = this;
    this.stats[0] = { grad: g, hess: h, gain: evaluator.gain(0, g, h) };
    const weight = evaluator.weight(0, g, h);
    tree.sumHess[0] = h;
    tree.baseWeight[0] = weight;
    tree.splitCond[0] = f32(p.learningRate * weight);
    return this.evaluate(tree, [0])[0]!;
  }

  private evaluate(tree: RegTree, nodes: readonly number[]): Entry[] {
    const { sampler, pool } = this.c;
    const sets = nodes.map((node) => sampler.features(tree.depth(node)));
    return nodes.map((node, i) => {
      const split = new Split();
      const hist = pool.of(node);
      const stats = this.stats[node]!;
      for (const f of sets[i]!)
        if (this.interaction.allows(node, f)) this.enumerator.feature(split, hist, f, node, stats);
      const empty = split.leftHess === 0 || split.rightHess === 0;
      return { node, depth: tree.depth(node), split, lossChg: split.lossChg, empty };
    });
  }

  private apply(tree: RegTree, { node, split: s }: Entry): void {
    const { p } = this.c;
    const { evaluator } = this;
    const [g, h] = [s.leftGrad + s.rightGrad, s.leftHess + s.rightHess];
    const wl = evaluator.weight(node, s.leftGrad, s.leftHess);
    const wr = evaluator.weight(node, s.rightGrad, s.rightHess);
    const base = evaluator.weight(node, g, h);
    const left = tree.expand(node, s.feature, s.isCat ? NO_CUT : s.value, s.defaultLeft);
    const right = tree.rightChild[node]!;
    if (s.isCat) tree.setCategories(node, s.catBits!);
    tree.lossChg[node] = s.lossChg;
    tree.sumHess[node] = h;
    tree.baseWeight[node] = base;
    tree.splitCond[left] = tree.baseWeight[left] = f32(wl * p.learningRate);
    tree.splitCond[right] = tree.baseWeight[right] = f32(wr * p.learningRate);
    tree.sumHess[left] = s.leftHess;
    tree.sumHess[right] = s.rightHess;
    evaluator.addSplit(node, left, right, s.feature, wl, wr);
    this.stats[left] = {
      grad: s.leftGrad,
      hess: s.leftHess,
      gain: evaluator.gain(node, s.leftGrad, s.leftHess),
    };
    this.stats[right] = {
      grad: s.rightGrad,
      hess: s.rightHess,
      gain: evaluator.gain(node, s.rightGrad, s.rightHess),
    };
    this.interaction.split(node, s.feature, left, right);
  }

  /** The lighter child's histogram is summed, its sibling's is the rest of the parent's. */
  private histograms(tree: RegTree, { node, split }: Entry, gpair: Float32Array): void {
    const { sets, index, pool } = this.c;
    const [left, right] = [tree.leftChild[node]!, tree.rightChild[node]!];
    const rightFirst = split.rightHess < split.leftHess;
    const [built, rest] = rightFirst ? [right, left] : [left, right];
    const hist = pool.take(built);
    buildHistogram(hist, gpair, sets.rows, sets.begin[built]!, sets.end[built]!, index);
    subtractHistogram(pool.take(rest), pool.of(node), hist, index.arena);
    pool.release(node);
  }
}

function positions(tree: RegTree, sets: RowSets, gpair: Float32Array): Int32Array {
  const out = new Int32Array(sets.rows.length);
  for (let node = 0; node < tree.numNodes; node++) {
    if (!tree.isLeaf(node)) continue;
    for (let i = sets.begin[node]!; i < sets.end[node]!; i++) {
      const r = sets.rows[i]!;
      out[r] = gpair[2 * r + 1] === 0 ? ~node : node;
    }
  }
  return out;
}
