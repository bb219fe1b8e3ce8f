import type { GradientBooster, LearnerShape } from "../booster/booster.js";
import type { PredictionCache } from "../booster/prediction.js";
import type { Matrix } from "../data/matrix.js";
import { XGBoostError } from "../errors.js";
import { GBLinearModel } from "../model/gbtree-model.js";
import { f32 } from "../numeric/float32.js";
import type { Args } from "../objective/objective.js";
import { ParamSet } from "../params/param-set.js";
import { LinearTask } from "./coordinate.js";
import { createSelector, type Selector } from "./selector.js";

/** A generalised linear model by coordinate descent (updaters coord_descent, and shotgun as one thread runs it). */
export class GBLinear implements GradientBooster {
  readonly train = new ParamSet("gblinear_train_param");
  readonly linear = new ParamSet("linear_train_param");
  readonly coordinate = new ParamSet("coordinate_param");
  private selector: Selector | null = null;
  private totalWeight: number | null = null;
  private previous: Float32Array | null = null;
  private converged = false;

  constructor(readonly model = new GBLinearModel()) {}

  get fitted(): boolean {
    return this.model.rounds !== 0;
  }
  get groups(): readonly ParamSet[] {
    const shotgun = this.train.text("updater") === "shotgun";
    return shotgun ? [this.train, this.linear] : [this.train, this.linear, this.coordinate];
  }
  get rounds(): number {
    return this.model.rounds;
  }

  configure(args: Args): void {
    this.train.update(args);
    const updater = this.train.text("updater");
    if (updater !== "shotgun" && updater !== "coord_descent")
      throw new XGBoostError(`Unknown linear updater ${updater}`);
    this.linear.update(args);
    this.coordinate.update(args);
    const order = this.linear.choice("feature_selector");
    if (updater === "shotgun" && order !== "cyclic" && order !== "shuffle")
      throw new XGBoostError(
        "Unsupported feature selector for shotgun updater.\nSupported options are: {cyclic, shuffle}",
      );
    this.selector = createSelector(order);
  }

  copyParams(other: GradientBooster): void {
    if (!(other instanceof GBLinear)) return;
    this.train.copyFrom(other.train);
    this.linear.copyFrom(other.linear);
    this.coordinate.copyFrom(other.coordinate);
  }

  boost(shape: LearnerShape, matrix: Matrix, gpair: Float32Array): void {
    if (matrix.info.hasCategorical)
      throw new XGBoostError("`gblinear` doesn't support categorical features.");
    const { model } = this;
    model.init(shape.numFeature, shape.outputs);
    this.totalWeight ??= sumWeights(matrix);
    if (!this.checkConvergence()) this.update(shape, matrix, gpair, this.totalWeight);
    model.rounds++;
  }

  private update(shape: LearnerShape, matrix: Matrix, gpair: Float32Array, total: number): void {
    const { numFeature, outputs: groups } = shape;
    const selector = this.selector!;
    const shotgun = this.train.text("updater") === "shotgun";
    const task = new LinearTask(
      matrix,
      gpair,
      this.model.weights,
      numFeature,
      groups,
      this.linear.number("learning_rate"),
      f32(this.linear.number("reg_alpha") * total),
      f32(this.linear.number("reg_lambda") * total),
      shotgun ? 0 : this.coordinate.number("top_k"),
    );
    for (let group = 0; group < groups; group++) task.updateBias(group);
    selector.setup(task);
    if (shotgun) {
      for (let i = 0; i < numFeature; i++) {
        const f = selector.next(task, i, 0);
        for (let group = 0; group < groups; group++) task.updateFeature(f, group);
      }
      return;
    }
    for (let group = 0; group < groups; group++)
      for (let i = 0; i < numFeature; i++) {
        const f = selector.next(task, i, group);
        if (f < 0) break;
        task.updateFeature(f, group);
      }
  }

  private checkConvergence(): boolean {
    const tolerance = this.train.number("tolerance");
    if (tolerance === 0) return false;
    if (this.converged) return true;
    const { weights } = this.model;
    const before = this.previous;
    this.previous = weights.slice();
    if (!before) return false;
    let largest = 0;
    for (let i = 0; i < weights.length; i++)
      largest = Math.max(largest, Math.abs(f32(weights[i]! - before[i]!)));
    this.converged = largest <= tolerance;
    return this.converged;
  }

  predict(
    shape: LearnerShape,
    matrix: Matrix,
    cache: PredictionCache,
    _training: boolean,
    begin: number,
  ): void {
    if (begin !== 0)
      throw new XGBoostError(
        `Check failed: layer_begin == 0 (${begin} vs. 0) : Linear booster does not support prediction range.`,
      );
    const { numFeature, outputs, baseMargin } = shape;
    this.model.init(numFeature, outputs);
    const { weights } = this.model;
    const { info, rows: data } = matrix;
    const out = new Float32Array(info.numRow * outputs);
    for (let i = 0; i < out.length; i++) {
      const group = i % outputs;
      // XGBoost takes the first output's base_score for every group.
      out[i] =
        weights[numFeature * outputs + group]! + (info.baseMargin ? info.baseMargin[i]! : baseMargin[0]!);
    }
    const add = (row: number, feature: number, value: number) => {
      if (feature >= numFeature) return;
      for (let g = 0; g < outputs; g++)
        out[row * outputs + g]! += f32(value * weights[feature * outputs + g]!);
    };
    if (data.kind === "dense")
      for (let i = 0, k = 0; i < data.rows; i++)
        for (let f = 0; f < data.cols; f++, k++) {
          const v = data.values[k]!;
          if (!Number.isNaN(v)) add(i, f, v);
        }
    else
      for (let i = 0; i < data.rows; i++)
        for (let k = data.indptr[i]!; k < data.indptr[i + 1]!; k++) add(i, data.indices[k]!, data.values[k]!);
    cache.margins = out;
    cache.version = 0;
  }
}

function sumWeights({ info }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < info.numRow; i++) sum += info.weight(i);
  return sum;
}
