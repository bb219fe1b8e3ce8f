import { dtypeNamed } from "@cognate/kernel";
import { pyClass, repr, Tuple, ValueError, warn } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import type { DTypePolicyLike } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { toSameRank } from "../losses/reduce.js";
import { add, divide, isinf, multiply, square, subtract, where } from "../ops/numpy/elementwise.js";
import { mean, sum } from "../ops/numpy/reduction.js";
import { broadcast_to, expand_dims } from "../ops/numpy/shape.js";
import { MetricImpl, namedUpdates, type Weights } from "./metric.js";

type Aggregation = "uniform_average" | "variance_weighted_average" | null;
const shapeOf = (x: Tensor): string => repr(Tuple.of_(x._value.shape));

class R2ScoreImpl extends MetricImpl {
  readonly class_aggregation: Aggregation;
  readonly num_regressors: number;
  declare _built: boolean;
  declare num_samples: Variable;
  declare squared_sum: Variable;
  declare sum: Variable;
  declare total_mse: Variable;
  declare count: Variable;

  constructor(
    class_aggregation: Aggregation = "uniform_average",
    num_regressors = 0,
    name: string | null = "r2_score",
    dtype: DTypePolicyLike | null = null,
  ) {
    super(dtype, name);
    this._direction = "up";
    if (![null, "uniform_average", "variance_weighted_average"].includes(class_aggregation))
      throw new ValueError(
        `Invalid value for argument \`class_aggregation\`. Expected one of (None, 'uniform_average', 'variance_weighted_average'). Received: class_aggregation=${String(class_aggregation)}`,
      );
    if (num_regressors < 0)
      throw new ValueError(
        `Invalid value for argument \`num_regressors\`. Expected a value >= 0. Received: num_regressors=${num_regressors}`,
      );
    this.class_aggregation = class_aggregation;
    this.num_regressors = num_regressors;
    hide(this, "num_samples", this.add_variable([], "zeros", null, "sum", "num_samples"));
    hide(this, "_built", false);
  }

  private _build(t: Tensor, p: Tensor): void {
    if (t.ndim !== 2 || p.ndim !== 2)
      throw new ValueError(
        `R2Score expects 2D inputs with shape (batch_size, output_dim). Received input shapes: y_pred.shape=${shapeOf(p)} and y_true.shape=${shapeOf(t)}.`,
      );
    const own = { squared_sum: "squared_sum", sum: "sum", total_mse: "residual", count: "count" };
    for (const [key, name] of Object.entries(own))
      hide(this, key, this.add_variable([p._value.shape[1]!], "zeros", null, "sum", name));
    this._built = true;
  }

  override update_state(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights = null): void {
    const dtype = dtypeNamed(this.dtype)!;
    const [t, p] = toSameRank(wrap(valueOf(y_true, dtype)), wrap(valueOf(y_pred, dtype))) as [Tensor, Tensor];
    if (!this._built) this._build(t, p);
    let weight = wrap(valueOf(sample_weight ?? 1, dtype));
    if (weight.ndim === 1) weight = expand_dims.impl(weight, 1) as Tensor;
    weight = broadcast_to.impl(weight, t._value.shape) as Tensor;
    const weighted = multiply.impl(t, weight);
    const more = (v: Variable, x: Tensor): void => {
      v.assign(add.impl(v.value, x));
    };
    more(this.sum, sum.impl(weighted, 0));
    more(this.squared_sum, sum.impl(multiply.impl(t, weighted), 0));
    more(this.total_mse, sum.impl(multiply.impl(square.impl(subtract.impl(t, p)), weight), 0));
    more(this.count, sum.impl(weight, 0));
    this.num_samples.assign(Number(this.num_samples) + t.size);
  }
  override result(): Tensor {
    const average = divide.impl(this.sum.value, this.count.value);
    const total = subtract.impl(this.squared_sum.value, multiply.impl(this.sum.value, average));
    const raw = subtract.impl(1, divide.impl(this.total_mse.value, total));
    const scores = where.impl(isinf.impl(raw), 0, raw) as Tensor;
    let score = scores;
    if (this.class_aggregation === "uniform_average") score = mean.impl(scores);
    else if (this.class_aggregation !== null)
      score = divide.impl(sum.impl(multiply.impl(total, scores)), sum.impl(total));
    const { num_regressors: k } = this;
    const n = Number(this.num_samples);
    if (k === 0) return score;
    if (k > n - 1)
      warn(
        "More independent predictors than datapoints in adjusted R2 score. Falling back to standard R2 score.",
      );
    else if (k === n - 1) warn("Division by zero in Adjusted R2 score. Falling back to standard R2 score.");
    else return subtract.impl(1, divide.impl(multiply.impl(subtract.impl(1, score), n - 1), n - k - 1));
    return score;
  }
  override get_config(): Record<string, unknown> {
    const { class_aggregation, num_regressors } = this;
    return { ...super.get_config(), class_aggregation, num_regressors };
  }
}
namedUpdates(R2ScoreImpl);
/** `keras.metrics.R2Score`: how much of the variance of targets predictions explain. */
export const R2Score = pyClass(
  "keras.src.metrics.regression_metrics.R2Score",
  "class_aggregation num_regressors name dtype",
  R2ScoreImpl,
);
export type R2Score = R2ScoreImpl;
