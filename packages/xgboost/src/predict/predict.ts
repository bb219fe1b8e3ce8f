import type { Matrix } from "../data/matrix.js";
import { XGBoostError } from "../errors.js";
import type { Learner } from "../learner/learner.js";
import { approximateContributions, contributions } from "../shap/contributions.js";
import { interactions } from "../shap/interactions.js";
import { linearContributions, linearMargin } from "./linear.js";
import { baseMargins } from "./margin.js";
import { addTrees, leafIndices, type TreeRange } from "./trees.js";

/** What is predicted. */
export type PredictKind =
  | "value"
  | "margin"
  | "contribs"
  | "approx_contribs"
  | "interactions"
  | "approx_interactions"
  | "leaf";

/** Predictions with their shape. */
export interface Predicted {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

export interface PredictOptions {
  /** Boosting rounds from … to, 0 for all. */
  readonly begin?: number;
  readonly end?: number;
  readonly strictShape?: boolean;
}

/** The trees of some rounds. @throws XGBoostError for rounds that there are not */
export function treeRange(learner: Learner, begin: number, end: number): TreeRange {
  const { trees } = learner;
  const last = end === 0 ? trees.rounds : end;
  if (last > trees.rounds)
    throw new XGBoostError(
      `Check failed: end <= model.BoostedRounds() (${last} vs. ${trees.rounds}) : Out of range for tree layers.`,
    );
  const range = { begin: trees.iterationIndptr[begin] ?? 0, end: trees.iterationIndptr[last] ?? 0 };
  if (range.begin > range.end)
    throw new XGBoostError(`Check failed: tree_begin <= tree_end (${range.begin} vs. ${range.end}) : `);
  return range;
}

/** Margins, rows × outputs. */
export function predictMargin(learner: Learner, matrix: Matrix, begin = 0, end = 0): Float32Array {
  learner.configure();
  const groups = learner.outputs;
  const out = baseMargins(learner, matrix);
  if (learner.booster === "gblinear") linearMargin(learner.linear, matrix.rows, groups, out);
  else
    addTrees(
      learner.trees,
      matrix.rows,
      learner.numFeature,
      treeRange(learner, begin, end),
      groups,
      out,
      matrix.isDense,
    );
  return out;
}

/** Contributions and leaves count from the first round. */
function fromStart(range: TreeRange, what: string): void {
  if (range.begin !== 0)
    throw new XGBoostError(
      `Check failed: tree_begin == 0 (${range.begin} vs. 0) : Predict ${what} supports only iteration end: [0, n_iteration), ${what === "leaf" ? "use" : "using"} model slicing instead.`,
    );
}

/** Predictions of any kind. @throws XGBoostError */
export function predict(
  learner: Learner,
  matrix: Matrix,
  kind: PredictKind,
  options: PredictOptions = {},
): Predicted {
  const { begin = 0, end = 0, strictShape = false } = options;
  learner.configure();
  const { numRow: n, numCol } = matrix.info;
  if (numCol > learner.numFeature)
    throw new XGBoostError(
      `Check failed: learner_model_param_.num_feature >= p_fmat->Info().num_col_ (${learner.numFeature} vs. ${numCol}) : Number of columns does not match number of features in booster.`,
    );
  const groups = learner.outputs;
  if (kind === "value" || kind === "margin") {
    const margin = predictMargin(learner, matrix, begin, end);
    const values = kind === "margin" ? margin : learner.objective.predTransform(margin);
    const columns = n === 0 ? groups : values.length / n;
    return { values, shape: columns === 1 && !strictShape ? [n] : [n, columns] };
  }
  const linear = learner.booster === "gblinear";
  if (kind === "leaf") {
    if (linear) throw new XGBoostError("gblinear does not support prediction of leaf index");
    const range = treeRange(learner, begin, end);
    fromStart(range, "leaf");
    const width = range.end - range.begin;
    const values = leafIndices(learner.trees, matrix.rows, learner.numFeature, range);
    if (!strictShape) return { values, shape: width === 1 ? [n] : [n, width] };
    const rounds = (end === 0 ? learner.rounds : end) - begin;
    const forest = Math.max(1, Math.floor(width / (rounds * groups)));
    const size = n * rounds * groups * forest;
    if (size !== values.length) throw shapeError(size, values.length);
    return { values, shape: [n, rounds, groups, forest] };
  }
  const approximate = kind.startsWith("approx");
  const wide = learner.numFeature + 1;
  if (kind === "contribs" || kind === "approx_contribs") {
    const shape = groups === 1 && !strictShape ? [n, wide] : [n, groups, wide];
    if (linear) return { values: linearContributions(learner, matrix), shape };
    const range = treeRange(learner, begin, end);
    fromStart(range, "contribution");
    const values = (approximate ? approximateContributions : contributions)(learner, matrix, range.end);
    return { values, shape };
  }
  if (linear) throw shapeError(n * wide * wide * groups, n * learner.numFeature ** 2 * groups);
  const range = treeRange(learner, begin, end);
  fromStart(range, "contribution");
  const values = interactions(learner, matrix, range.end, approximate);
  return { values, shape: groups === 1 && !strictShape ? [n, wide, wide] : [n, groups, wide, wide] };
}

const shapeError = (wanted: number, got: number): XGBoostError =>
  new XGBoostError(
    `Check failed: std::accumulate(shape.cbegin(), shape.cend(), static_cast<bst_ulong>(1), std::multiplies<>{}) == chunksize * rows (${wanted} vs. ${got}) : `,
  );
