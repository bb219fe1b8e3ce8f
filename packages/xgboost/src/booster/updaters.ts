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

/** grow_quantile_histmaker: cuts are made once for a matrix. */
class HistMaker implements TreeUpdater {
  readonly name = "grow_quantile_histmaker";
  readonly modifies = false;
  readonly params = new ParamSet("hist_train_param");
  private sampler: ColumnSampler | null = null;
  private sets: RowSets | null = null;
  private pool: HistogramPool | null = null;
  private index: GradientIndex | null = null;

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
      const index = histIndex(matrix, p);
      if (index !== this.index || this.sets?.rows.length !== index.numRow) {
        this.index = index;
        this.sets = new RowSets(index.numRow);
        this.pool = new HistogramPool(2 * (index.totalBins + 1));
      }
      initSampler(sampler, p, matrix);
      const context = {
        p,
        info: matrix.info,
        sampler,
        index,
        sets: this.sets!,
        pool: this.pool!,
        rootFromHistogram: matrix.isDense,
      };
      const grower = targets > 1 ? new MultiHistGrower(context, targets) : new HistGrower(context);
      positions[i] = grower.grow(tree, own);
    });
  }
}

/** The matrix's bins for tree method hist. */
export function histIndex(matrix: Matrix, p: TrainParam): GradientIndex {
  const kept = matrix.cache.get("index") as KeptIndex | undefined;
  if (kept && kept.maxBin === p.maxBin && !kept.approx) return kept.index;
  const index = gradientIndex(matrix, streamCuts(matrix, p.maxBin));
  matrix.cache.set("index", { maxBin: p.maxBin, approx: false, index } satisfies KeptIndex);
  return index;
}

/** grow_histmaker: cuts are made for every tree, weighted by the hessian, unless that is constant. */
class ApproxMaker implements TreeUpdater {
  readonly name = "grow_histmaker";
  readonly modifies = false;
  readonly params = new ParamSet("hist_train_param");
  private sampler: ColumnSampler | null = null;

  update({ p, matrix, gpair, trees, positions, constHess }: UpdateTask): void {
    this.sampler ??= new ColumnSampler();
    const { sampler } = this;
    initSampler(sampler, p, matrix);
    const own = gpair.slice();
    sampleRows(own, 1, p);
    const hess = Float32Array.from({ length: own.length / 2 }, (_, i) => own[2 * i + 1]!);
    trees.forEach((tree, i) => {
      let kept = matrix.cache.get("index") as KeptIndex | undefined;
      if (!constHess || !kept?.approx || kept.maxBin !== p.maxBin) {
        const cuts = constHess
          ? streamCuts(matrix, p.maxBin, hess)
          : sortedCuts(sortedColumns(matrix), matrix.info, p.maxBin, hess);
        kept = { maxBin: p.maxBin, approx: true, index: gradientIndex(matrix, cuts) };
        matrix.cache.set("index", kept);
      }
      const { index } = kept;
      const grower = new HistGrower({
        p,
        info: matrix.info,
        sampler,
        index,
        sets: new RowSets(index.numRow),
        pool: new HistogramPool(2 * (index.totalBins + 1)),
        rootFromHistogram: false,
      });
      positions[i] = grower.grow(tree, own);
    });
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
