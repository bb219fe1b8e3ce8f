import type { Matrix } from "../data/matrix.js";
import { XGBoostError } from "../errors.js";
import { ExactGrower } from "../exact/grow.js";
import { sortedColumns } from "../exact/sorted-columns.js";
import { sortedCuts, streamCuts } from "../hist/cuts.js";
import { type GradientIndex, gradientIndex } from "../hist/gradient-index.js";
import { HistGrower } from "../hist/grow.js";
import { MultiHistGrower } from "../hist/grow-multi.js";
import { HistogramPool } from "../hist/histogram.js";
import { RowSets } from "../hist/partition.js";
import { ParamSet } from "../params/param-set.js";
import { ColumnSampler } from "../sampling/column-sampler.js";
import { sampleRows } from "../sampling/row-sampler.js";
import { pruneTree } from "../tree/prune.js";
import { refreshTree } from "../tree/refresh.js";
import type { RegTree } from "../tree/reg-tree.js";
import type { TrainParam } from "../tree/train-param.js";

export interface UpdateTask {
  readonly p: TrainParam;
  readonly matrix: Matrix;
  /** One pair a row and target. May be written to. */
  readonly gpair: Float32Array;
  readonly trees: readonly RegTree[];
  readonly constHess: boolean;
  /** Each tree's leaf of each row, filled by updaters that know it. */
  readonly positions: (Int32Array | undefined)[];
}

/** One step of growing or changing trees. */
export interface TreeUpdater {
  readonly name: string;
  readonly modifies: boolean;
  readonly params: ParamSet | null;
  update(task: UpdateTask): void;
}

interface KeptIndex {
  readonly maxBin: number;
  readonly approx: boolean;
  readonly index: GradientIndex;
}

const initSampler = (sampler: ColumnSampler, p: TrainParam, { info }: Matrix) =>
  sampler.init(info.numCol, info.featureWeights, p.colsampleByNode, p.colsampleByLevel, p.colsampleByTree);

/** What trees over one index are grown in: the arrays are used for every tree. */
class Workspace {
  readonly sets: RowSets;
  readonly pool: HistogramPool;
  readonly gpair: Float32Array | null;
  readonly scanned: Float64Array | null;

  constructor(readonly index: GradientIndex) {
    const { arena, numRow } = index;
    this.gpair = arena?.f32(2 * numRow) ?? null;
    this.scanned = arena?.f64(8) ?? null;
    this.sets = new RowSets(numRow, arena);
    this.pool = new HistogramPool(2 * (index.totalBins + 1), arena);
  }
  /** The pairs where kernels reach them. */
  pairs(gpair: Float32Array): Float32Array {
    if (this.gpair?.length !== gpair.length) return gpair;
    this.gpair.set(gpair);
    return this.gpair;
  }
}

/** Histograms that a tree may hold at once. */
function slotsOf(p: TrainParam): number {
  const byDepth = p.maxDepth > 0 && p.maxDepth < 11 ? 2 ** p.maxDepth + 2 : 1024;
  return p.maxLeaves > 0 ? Math.min(byDepth, 2 * p.maxLeaves + 2) : byDepth;
}

/** grow_quantile_histmaker: cuts are made once for a matrix. */
class HistMaker implements TreeUpdater {
  readonly name = "grow_quantile_histmaker";
  readonly modifies = false;
  readonly params = new ParamSet("hist_train_param");
  private sampler: ColumnSampler | null = null;
  private workspace: Workspace | null = null;

  update({ p, matrix, gpair, trees, positions }: UpdateTask): void {
    const first = !this.sampler;
    this.sampler ??= new ColumnSampler();
    const { sampler } = this;
    // XGBoost's builder draws a set of features when it is made, before the first tree draws its own.
    if (first) initSampler(sampler, p, matrix);
    const targets = trees[0]!.numTarget;
    trees.forEach((tree, i) => {
      const own = trees.length > 1 || targets > 1 ? gpair.slice() : gpair;
      sampleRows(own, targets, p);
      const workspace = this.workspaceFor(histIndex(matrix, p));
      initSampler(sampler, p, matrix);
      const context = { p, info: matrix.info, sampler, rootFromHistogram: matrix.isDense, ...workspace };
      const grower = targets > 1 ? new MultiHistGrower(context, targets) : new HistGrower(context);
      positions[i] = grower.grow(tree, targets > 1 ? own : workspace.pairs(own));
    });
  }
  private workspaceFor(index: GradientIndex): Workspace {
    if (this.workspace?.index !== index) this.workspace = new Workspace(index);
    return this.workspace;
  }
}

/** The matrix's bins for tree method hist. */
export function histIndex(matrix: Matrix, p: TrainParam): GradientIndex {
  const kept = matrix.cache.get("index") as KeptIndex | undefined;
  if (kept && kept.maxBin === p.maxBin && !kept.approx) return kept.index;
  const index = gradientIndex(matrix, streamCuts(matrix, p.maxBin), slotsOf(p));
  matrix.cache.set("index", { maxBin: p.maxBin, approx: false, index } satisfies KeptIndex);
  return index;
}

/** grow_histmaker: cuts are made for every tree, weighted by the hessian, unless that is constant. */
class ApproxMaker implements TreeUpdater {
  readonly name = "grow_histmaker";
  readonly modifies = false;
  readonly params = new ParamSet("hist_train_param");
  private sampler: ColumnSampler | null = null;
  private workspace: Workspace | null = null;

  update({ p, matrix, gpair, trees, positions, constHess }: UpdateTask): void {
    this.sampler ??= new ColumnSampler();
    const { sampler } = this;
    initSampler(sampler, p, matrix);
    const own = gpair.slice();
    sampleRows(own, 1, p);
    const hess = Float32Array.from({ length: own.length / 2 }, (_, i) => own[2 * i + 1]!);
    trees.forEach((tree, i) => {
      const index = this.indexFor(matrix, p, hess, constHess);
      if (this.workspace?.index !== index) this.workspace = new Workspace(index);
      const context = { p, info: matrix.info, sampler, rootFromHistogram: false, ...this.workspace };
      positions[i] = new HistGrower(context).grow(tree, this.workspace.pairs(own));
    });
  }
  private indexFor(matrix: Matrix, p: TrainParam, hess: Float32Array, constHess: boolean): GradientIndex {
    const kept = matrix.cache.get("index") as KeptIndex | undefined;
    if (constHess && kept?.approx && kept.maxBin === p.maxBin) return kept.index;
    const cuts = constHess
      ? streamCuts(matrix, p.maxBin, hess)
      : sortedCuts(sortedColumns(matrix), matrix.info, p.maxBin, hess);
    const old = this.workspace?.index;
    const spare = old && old === kept?.index ? old.arena : null;
    const index = gradientIndex(matrix, cuts, slotsOf(p), spare);
    matrix.cache.set("index", { maxBin: p.maxBin, approx: true, index } satisfies KeptIndex);
    return index;
  }
}

/** grow_colmaker: every gap between two values is tried. */
class ColMaker implements TreeUpdater {
  readonly name = "grow_colmaker";
  readonly modifies = false;
  readonly params = new ParamSet("colmaker_train_param");

  update({ p, matrix, gpair, trees }: UpdateTask): void {
    if (matrix.info.hasCategorical)
      throw new XGBoostError(
        "Updater `grow_colmaker` or `exact` tree method doesn't support categorical features.",
      );
    if (p.colsampleByNode !== 1)
      throw new XGBoostError("column sample by node is not yet supported by the exact tree method");
    for (const tree of trees) new ExactGrower(p, this.params, matrix).grow(tree, gpair);
  }
}

const simple = (name: string, update: (task: UpdateTask) => void): TreeUpdater => ({
  name,
  modifies: true,
  params: null,
  update,
});

const UPDATERS: Readonly<Record<string, () => TreeUpdater>> = {
  grow_quantile_histmaker: () => new HistMaker(),
  grow_histmaker: () => new ApproxMaker(),
  grow_colmaker: () => new ColMaker(),
  prune: () => simple("prune", ({ p, trees }) => trees.forEach((t) => void pruneTree(t, p))),
  refresh: () =>
    simple("refresh", ({ p, matrix, gpair, trees }) =>
      trees.forEach((t) => void refreshTree(t, p, matrix, gpair)),
    ),
  sync: () => simple("sync", () => undefined),
};

export function createUpdater(name: string): TreeUpdater {
  const make = UPDATERS[name];
  if (!make) throw new XGBoostError(`Unknown tree updater ${name}`);
  return make();
}
