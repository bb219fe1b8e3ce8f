import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { f32, RT_EPS } from "../numeric/float32.js";
import { ParamSet } from "../params/param-set.js";
import type { GroupName } from "../params/table.js";
import type { RegTree } from "../tree/reg-tree.js";

/** Settings as they come: names and texts. */
export type Args = readonly (readonly [string, string])[];

/**
 * A loss. Predictions are margins, row-major with `targets` columns; gradient pairs are interleaved float32 in the same order.
 */
export abstract class Objective {
  abstract readonly name: string;
  abstract readonly defaultMetric: string;
  /** The hessian does not depend on the predictions, so that tree method approx keeps its cuts. */
  readonly constHess: boolean = false;
  /** Leaves are set from the residuals after a tree has grown. */
  readonly adaptive: boolean = false;
  readonly task: "regression" | "other" = "regression";
  readonly params: ParamSet | null;

  constructor(group: GroupName | null = null) {
    this.params = group ? new ParamSet(group) : null;
  }
  configure(args: Args): void {
    this.params?.update(args);
  }
  /** What model files hold beside the parameters: the position biases of unbiased LambdaMART. */
  get vectors(): Readonly<Record<string, Float32Array>> {
    return {};
  }
  set vectors(_given: Readonly<Record<string, ArrayLike<number>>>) {}
  /** Parameters that the default metric takes over. */
  defaultMetricArgs(): Args {
    return [];
  }
  targets(info: MetaInfo): number {
    return Math.max(1, info.labelShape[1]);
  }
  abstract gradient(preds: Float32Array, info: MetaInfo, iteration: number, out: Float32Array): void;
  /** From margins to what `predict` gives, in place or in a new array. */
  predTransform(preds: Float32Array): Float32Array {
    return preds;
  }
  /** From margins to what metrics take. */
  evalTransform(preds: Float32Array): Float32Array {
    return this.predTransform(preds);
  }
  /** From `base_score` to a margin. */
  probToMargin(base: readonly number[]): number[] {
    return [...base];
  }
  /** The `base_score` for these labels. */
  initEstimation(_info: MetaInfo): number[] {
    return [0.5];
  }
  /** For adaptive objectives: new values of the leaves of a tree just grown. */
  updateLeaves(
    _tree: RegTree,
    _position: Int32Array,
    _info: MetaInfo,
    _preds: Float32Array,
    _group: number,
    _learningRate: number,
  ): void {}
}

/** Only one column of labels. */
export function singleTarget(info: MetaInfo): number {
  if (info.labelShape[1] > 1)
    throw new XGBoostError("multioutput is not supported by the current objective function");
  return 1;
}

export function checkShapes(info: MetaInfo, preds: Float32Array | null): void {
  const n = info.labels?.length ?? 0;
  if (info.labelShape[0] !== info.numRow)
    throw new XGBoostError(
      `Check failed: info.labels.Shape(0) == info.num_row_ (${info.labelShape[0]} vs. ${info.numRow}) : Invalid shape of labels.`,
    );
  if (info.weights && info.weights.length !== info.numRow)
    throw new XGBoostError(
      `Check failed: info.weights_.Size() == info.num_row_ (${info.weights.length} vs. ${info.numRow}) : Number of weights should be equal to number of data points.`,
    );
  if (preds && n !== preds.length)
    throw new XGBoostError(
      `Check failed: info.labels.Size() == preds.Size() (${n} vs. ${preds.length}) : Invalid shape of labels.`,
    );
}

/** The mean of each column of labels, weighted by row, in float64 as XGBoost sums it. */
export function meanLabels(info: MetaInfo): number[] {
  checkShapes(info, null);
  const { labels, weights, numRow: n } = info;
  const columns = info.numTargets;
  let total = 0;
  if (weights) for (const w of weights) total += w;
  return Array.from({ length: columns }, (_, j) => {
    let mean = 0;
    for (let i = 0; i < n; i++) {
      const y = labels![i * columns + j]!;
      mean += weights ? (y / total) * weights[i]! : y / n;
    }
    return f32(mean);
  });
}

/** One Newton step from margin 0, then the inverse link. */
export function fitStump(objective: Objective, info: MetaInfo): number[] {
  if (objective.task === "regression") checkShapes(info, null);
  const columns = objective.targets(info);
  const n = info.labels?.length ?? 0;
  const gpair = new Float32Array(2 * n);
  objective.gradient(new Float32Array(n), info, 0, gpair);
  const out = new Float32Array(columns);
  for (let j = 0; j < columns; j++) {
    let [g, h] = [0, 0];
    for (let i = j; i < n; i += columns) {
      g += gpair[2 * i]!;
      h += gpair[2 * i + 1]!;
    }
    out[j] = -g / Math.max(h, RT_EPS);
  }
  return Array.from(objective.predTransform(out));
}
