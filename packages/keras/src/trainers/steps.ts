import { ops } from "@cognate/kernel";
import { type Arguments, isPlainObject, ValueError, warn } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { floatx } from "../backend/config.js";
import { castValue } from "../backend/create.js";
import { kernelType } from "../backend/dtype.js";
import { GradientTape } from "../backend/tape.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import { keywordMethods } from "../keyword-methods.js";
import { apply } from "../ops/make.js";
import { sum } from "../ops/numpy/reduction.js";
import * as tree from "../tree.js";
import {
  COMPUTE_LOSS,
  COMPUTE_METRICS,
  type ComputeLossArguments,
  type ComputeMetricsArguments,
} from "./call-arguments.js";
import { CompiledImpl } from "./compiled.js";
import { type Batch, unpack_x_y_sample_weight } from "./data-adapters/data-adapter.js";

/** Results by name, as steps give them. */
export type StepLogs = Readonly<Record<string, unknown>>;
export type LazyLogs = StepLogs | (() => StepLogs);

/** What a model does with one batch. */
export abstract class StepsImpl extends CompiledImpl {
  /** The loss of a batch: that of `compile`, and what layers add. @throws ValueError where there is none */
  compute_loss(
    _x: unknown = null,
    y: unknown = null,
    y_pred: unknown = null,
    sample_weight: unknown = null,
    _training = true,
  ): Tensor | null {
    const losses: Tensor[] = [];
    if (this._compile_loss !== null) {
      const loss = this._compile_loss._total(y, y_pred, sample_weight);
      if (loss !== null) losses.push(loss);
    }
    for (const loss of this.losses) losses.push(additional(loss));
    if (losses.length === 0)
      throw new ValueError("No loss to compute. Provide a `loss` argument in `compile()`.");
    return losses.length === 1 ? losses[0]! : losses.reduce((a, b) => wrap(added(a, b)));
  }
  /** Adds a batch to the metrics of `compile`, and gives all results. */
  compute_metrics(_x: unknown, y: unknown, y_pred: unknown, sample_weight: unknown = null): StepLogs {
    this._updateMetrics(y, y_pred, sample_weight);
    return this.get_metrics_result();
  }
  private _updateMetrics(y: unknown, y_pred: unknown, sample_weight: unknown): void {
    const own = this._compile_metrics as { update_state(...args: unknown[]): void } | null;
    own?.update_state(y, y_pred, ...(sample_weight === null ? [] : [sample_weight]));
  }
  private _predict(x: unknown, training: boolean): unknown {
    const call = this as unknown as (x: unknown, options?: object) => unknown;
    // A dict of inputs would be taken for keywords.
    return this._callTakesTraining
      ? this._invoke({ args: [x], kwargs: { training } })
      : isPlainObject(x)
        ? this._invoke({ args: [x], kwargs: {} })
        : call(x);
  }
  private get _callTakesTraining(): boolean {
    return this._signature.names.includes("training");
  }
  private _computeLoss(x: unknown, y: unknown, y_pred: unknown, weight: unknown, training: boolean): Tensor {
    return this.compute_loss(x, y, y_pred, weight, training) as Tensor;
  }
  private _trackLoss(loss: Tensor, x: unknown): void {
    const first = tree.flatten(x).find((leaf) => leaf !== null) as Tensor;
    this._loss_tracker!._addScalar(loss._value, first._value.shape[0] ?? 1);
  }

  /** One step of training; models of one's own may override it. */
  train_step(data: Batch): StepLogs {
    this._train(data);
    return this.get_metrics_result();
  }
  private _train(data: Batch): void {
    const [x, y, weight] = unpack_x_y_sample_weight(data);
    let y_pred: unknown;
    const [tape, loss] = GradientTape((tape) => {
      y_pred = this._predict(x, true);
      const value = this._computeLoss(x, y, y_pred, weight, true);
      this._trackLoss(value, x);
      return [tape, this.optimizer ? this.optimizer.scale_loss(value) : value] as const;
    });
    const weights = this.trainable_weights;
    if (weights.length > 0) {
      const gradients = tape.gradient(loss, weights) as (Tensor | null)[];
      this.optimizer.apply(gradients, weights);
    } else warn("The model does not have any trainable weights.");
    if (this.compute_metrics === StepsImpl.prototype.compute_metrics) this._updateMetrics(y, y_pred, weight);
    else this.compute_metrics(x, y, y_pred, weight);
  }
  /** One step of evaluation; models of one's own may override it. */
  test_step(data: Batch): StepLogs {
    this._test(data);
    return this.get_metrics_result();
  }
  private _test(data: Batch): void {
    const [x, y, weight] = unpack_x_y_sample_weight(data);
    const y_pred = this._predict(x, false);
    this._trackLoss(this._computeLoss(x, y, y_pred, weight, false), x);
    if (this.compute_metrics === StepsImpl.prototype.compute_metrics) this._updateMetrics(y, y_pred, weight);
    else this.compute_metrics(x, y, y_pred, weight);
  }
  /** One step of prediction; models of one's own may override it. */
  predict_step(data: Batch): unknown {
    return this._predict(unpack_x_y_sample_weight(data)[0], false);
  }
  /** A step's logs; those of the model's own steps are made when somebody asks. */
  protected _step(kind: "train" | "test", data: Batch): LazyLogs {
    const proto = StepsImpl.prototype;
    const custom = this.compute_metrics !== proto.compute_metrics;
    if (kind === "train" && (custom || this.train_step !== proto.train_step)) return this.train_step(data);
    if (kind === "test" && (custom || this.test_step !== proto.test_step)) return this.test_step(data);
    if (kind === "train") this._train(data);
    else this._test(data);
    return () => this.get_metrics_result();
  }

  /** Results by name: those of the metrics, unless a step of one's own gave others. */
  protected _resultOf(logs: LazyLogs): StepLogs {
    if (typeof logs === "function") return logs();
    const own = this.get_metrics_result();
    const [a, b] = [Object.keys(logs), Object.keys(own)];
    return a.length === b.length && a.every((k) => k in own) ? own : logs;
  }
}

/** Losses and metrics of a batch, their arguments also by name. */
export interface StepsImpl {
  compute_loss(...args: Arguments<typeof COMPUTE_LOSS, ComputeLossArguments>): Tensor | null;
  compute_metrics(...args: Arguments<typeof COMPUTE_METRICS, ComputeMetricsArguments>): StepLogs;
}
keywordMethods("TensorFlowTrainer", StepsImpl, {
  compute_loss: COMPUTE_LOSS,
  compute_metrics: COMPUTE_METRICS,
});

/** A loss that a layer adds, as one float. */
function additional(loss: Tensor): Tensor {
  const v = loss._value;
  const float = v.dtype.kind === "float" ? v : castValue(v, kernelType(floatx()));
  return float.shape.length === 0 ? wrap(float) : sum.impl(wrap(float));
}
const added = (a: Tensor, b: Tensor): Value =>
  apply(ops.add, [a._value, castValue(b._value, a._type)], undefined);
