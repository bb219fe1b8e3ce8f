import { dtypeNamed } from "@cognate/kernel";
import { asFloat, pyClass, repr, Tuple, type, ValueError } from "@cognate/py";
import { epsilon } from "../backend/config.js";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import type { DTypePolicyLike } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { cast } from "../ops/core/tensors.js";
import {
  absolute,
  add,
  divide,
  greater,
  greater_equal,
  logical_and,
  multiply,
  subtract,
} from "../ops/numpy/elementwise.js";
import { max, mean, sum } from "../ops/numpy/reduction.js";
import { expand_dims } from "../ops/numpy/shape.js";
import { MetricImpl, namedUpdates, type Weights } from "./metric.js";

const PATH = "keras.src.metrics.f_score_metrics";
type Average = "micro" | "macro" | "weighted" | null;

const shapeOf = (x: Tensor): string => repr(Tuple.of_(x._value.shape));

class FBetaScoreImpl extends MetricImpl {
  readonly average: Average;
  readonly beta: number;
  readonly threshold: number | null;
  declare _built: boolean;
  declare true_positives: Variable;
  declare false_positives: Variable;
  declare false_negatives: Variable;
  declare intermediate_weights: Variable;

  constructor(
    average: Average = null,
    beta = 1,
    threshold: number | null = null,
    name: string | null = "fbeta_score",
    dtype: DTypePolicyLike | null = null,
  ) {
    super(dtype, name);
    this._direction = "up";
    if (![null, "micro", "macro", "weighted"].includes(average))
      throw new ValueError(
        `Invalid \`average\` argument value. Expected one of: {None, 'micro', 'macro', 'weighted'}. Received: average=${String(average)}`,
      );
    const numeric = (x: unknown): boolean => typeof x === "number" || x instanceof Number;
    if (!numeric(beta))
      throw new ValueError(
        `Invalid \`beta\` argument value. It should be a Python float. Received: beta=${repr(beta)} of type '${repr(type(beta))}'`,
      );
    if (!(beta > 0))
      throw new ValueError(`Invalid \`beta\` argument value. It should be > 0. Received: beta=${repr(beta)}`);
    if (threshold !== null) {
      if (!numeric(threshold))
        throw new ValueError(
          `Invalid \`threshold\` argument value. It should be a Python float. Received: threshold=${repr(threshold)} of type '${repr(type(threshold))}'`,
        );
      if (!(threshold > 0 && threshold <= 1))
        throw new ValueError(
          `Invalid \`threshold\` argument value. It should verify 0 < threshold <= 1. Received: threshold=${repr(threshold)}`,
        );
    }
    this.average = average;
    this.beta = Number(beta);
    this.threshold = threshold;
    hide(this, "_built", false);
  }

  private _build(t: Tensor, p: Tensor): void {
    if (t.ndim !== 2 || p.ndim !== 2)
      throw new ValueError(
        `FBetaScore expects 2D inputs with shape (batch_size, output_dim). Received input shapes: y_pred.shape=${shapeOf(p)} and y_true.shape=${shapeOf(t)}.`,
      );
    const shape = this.average === "micro" ? [] : [p._value.shape[1]!];
    for (const key of ["true_positives", "false_positives", "false_negatives", "intermediate_weights"])
      hide(this, key, this.add_variable(shape, "zeros", this.dtype, "sum", key));
    this._built = true;
  }

  override update_state(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights = null): void {
    const dtype = dtypeNamed(this.dtype)!;
    const [t, scores] = [wrap(valueOf(y_true, dtype)), wrap(valueOf(y_pred, dtype))];
    if (!this._built) this._build(t, scores);
    const decided =
      this.threshold === null
        ? logical_and.impl(
            greater_equal.impl(scores, max.impl(scores, -1, true) as Tensor),
            greater.impl(absolute.impl(scores), 1e-9),
          )
        : greater.impl(scores, this.threshold);
    const p = cast.impl(decided, this.dtype) as Tensor;
    const weight = sample_weight === null ? null : expand_dims.impl(wrap(valueOf(sample_weight, dtype)), 1);
    const axis = this.average === "micro" ? null : 0;
    const count = (v: Variable, x: Tensor): void => {
      v.assign(add.impl(v.value, sum.impl(weight === null ? x : multiply.impl(x, weight), axis)));
    };
    count(this.true_positives, multiply.impl(p, t));
    count(this.false_positives, multiply.impl(p, subtract.impl(1, t)));
    count(this.false_negatives, multiply.impl(subtract.impl(1, p), t));
    count(this.intermediate_weights, t);
  }
  override result(): Tensor {
    const tp = this.true_positives.value;
    const share = (other: Variable): Tensor =>
      divide.impl(tp, add.impl(add.impl(tp, other.value), epsilon()));
    const [precision, recall] = [share(this.false_positives), share(this.false_negatives)];
    const square = this.beta ** 2;
    const total = add.impl(multiply.impl(square, precision), recall);
    const ratio = divide.impl(multiply.impl(precision, recall), add.impl(total, epsilon()));
    const score = multiply.impl(ratio, 1 + square);
    if (this.average === "weighted") {
      const w = this.intermediate_weights.value;
      return sum.impl(multiply.impl(score, divide.impl(w, add.impl(sum.impl(w), epsilon()))));
    }
    return this.average === null ? score : mean.impl(score);
  }
  override get_config(): Record<string, unknown> {
    const { average, beta, threshold } = this;
    return { ...super.get_config(), average, beta: asFloat(beta), threshold };
  }
}
namedUpdates(FBetaScoreImpl);
/** `keras.metrics.FBetaScore`: (1 + β²)·precision·recall / (β²·precision + recall), for each class or averaged. */
export const FBetaScore = pyClass(`${PATH}.FBetaScore`, "average beta threshold name dtype", FBetaScoreImpl);
export type FBetaScore = FBetaScoreImpl;

class F1ScoreImpl extends FBetaScoreImpl {
  constructor(
    average: Average = null,
    threshold: number | null = null,
    name: string | null = "f1_score",
    dtype: DTypePolicyLike | null = null,
  ) {
    super(average, 1, threshold, name, dtype);
  }
  override get_config(): Record<string, unknown> {
    const { beta: _, ...config } = super.get_config();
    return config;
  }
}
/** `keras.metrics.F1Score`: the harmonic mean of precision and recall. */
export const F1Score = pyClass(`${PATH}.F1Score`, "average threshold name dtype", F1ScoreImpl);
export type F1Score = F1ScoreImpl;
