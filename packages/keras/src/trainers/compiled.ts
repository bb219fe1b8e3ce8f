import { type Arguments, isPlainObject, ValueError, warn } from "@cognate/py";
import type { History } from "../callbacks/history.js";
import { hide } from "../hide.js";
import { keywordMethods } from "../keyword-methods.js";
import { LayerImpl, type LayerOptions } from "../layers/layer.js";
import type { MetricImpl } from "../metrics/metric.js";
import { Mean, type MeanImpl } from "../metrics/reduction.js";
import { deserialized, serialized } from "../object-registry.js";
import {
  LossScaleOptimizer,
  type Optimizer,
  type OptimizerLike,
  get as optimizerOf,
} from "../optimizers/index.js";
import { COMPILE, type CompileArguments } from "./call-arguments.js";
import { CompileLoss } from "./compile-loss.js";
import { CompileMetrics } from "./compile-metrics.js";

export type Dict = Record<string, unknown>;

/** What a model knows of how it is trained and judged. */
export abstract class CompiledImpl extends LayerImpl {
  declare compiled: boolean;
  declare stop_training: boolean;
  declare stop_evaluating: boolean;
  declare stop_predicting: boolean;
  declare optimizer: Optimizer;
  declare loss: unknown;
  declare history: History;
  declare run_eagerly: boolean;
  declare jit_compile: boolean;
  declare steps_per_execution: number;
  declare _initial_epoch: number | null;
  declare _compile_loss: CompileLoss | null;
  declare _compile_metrics: CompileMetrics | null;
  declare _loss_tracker: MeanImpl | null;
  declare private _compileConfig: Dict | null;

  constructor(options: LayerOptions = {}) {
    super(options);
    const fields = {
      compiled: false,
      stop_training: false,
      stop_evaluating: false,
      stop_predicting: false,
      optimizer: null,
      loss: null,
      history: null,
      run_eagerly: false,
      jit_compile: false,
      steps_per_execution: 1,
      _initial_epoch: null,
      _compile_loss: null,
      _compile_metrics: null,
      _loss_tracker: null,
      _compileConfig: null,
    };
    for (const [key, value] of Object.entries(fields)) hide(this, key, value);
  }

  /** Sets how the model is trained and judged. */
  compile(
    optimizer: OptimizerLike = "rmsprop",
    loss: unknown = null,
    loss_weights: unknown = null,
    metrics: unknown = null,
    weighted_metrics: unknown = null,
    run_eagerly = false,
    steps_per_execution = 1,
    _jit_compile: boolean | string = "auto",
    auto_scale_loss = true,
  ): void {
    const own = optimizerOf(optimizer);
    this.optimizer = own as Optimizer;
    if (
      auto_scale_loss &&
      this.dtype_policy.name === "mixed_float16" &&
      own &&
      !(own instanceof LossScaleOptimizer)
    )
      this.optimizer = LossScaleOptimizer(own, { name: "loss_scale_optimizer" });
    const names = (this as { output_names?: readonly string[] }).output_names ?? null;
    this._compile_loss = loss === null ? null : new CompileLoss(loss, loss_weights, names);
    this.loss = loss;
    this._compile_metrics =
      metrics === null && weighted_metrics === null
        ? null
        : new CompileMetrics(metrics, weighted_metrics, names);
    this.run_eagerly = run_eagerly;
    this.jit_compile = false;
    this.steps_per_execution = steps_per_execution;
    this.stop_training = false;
    this.compiled = true;
    this._loss_tracker = Mean({ name: "loss" });
    this._compileConfig = {
      optimizer: own,
      loss,
      loss_weights,
      metrics,
      weighted_metrics,
      run_eagerly,
      steps_per_execution,
      jit_compile: false,
    };
  }
  /** What `compile` was given, as files hold it. */
  get_compile_config(): Dict {
    return this._compileConfig === null ? {} : (serialized(this._compileConfig) as Dict);
  }
  /** `compile` as a file tells it. */
  compile_from_config(config: Dict): void {
    if (this.compile !== CompiledImpl.prototype.compile) {
      warn(
        "`compile()` was not called as part of model loading because the model's `compile()` method is custom. All subclassed Models that have `compile()` overridden should also override `get_compile_config()` and `compile_from_config(config)`. Alternatively, you can call `compile()` manually after loading.",
      );
      return;
    }
    this.compile(deserialized(config) as never);
    if (this.optimizer && this.built) this.optimizer.build(this.trainable_variables);
  }

  override get metrics(): MetricImpl[] {
    return [
      ...this._get_own_metrics(),
      ...this._flatten_layers(false)
        .filter((layer) => !(layer instanceof CompiledImpl))
        .flatMap((layer) => [...layer._metrics] as MetricImpl[]),
    ];
  }
  _get_own_metrics(): MetricImpl[] {
    const own: (MetricImpl | null)[] = this.compiled
      ? [this._loss_tracker, this._compile_metrics, ...(this._compile_loss?.metrics ?? [])]
      : [];
    return [...own, ...(this._metrics as unknown as MetricImpl[])].filter((m) => m !== null);
  }
  get metrics_names(): string[] {
    return this.metrics.map((m) => m.name);
  }
  reset_metrics(): void {
    for (const m of this.metrics) m.reset_state();
  }

  get_metrics_result(): Dict {
    const results: Dict = {};
    for (const m of this.metrics) {
      const result = m.result();
      if (isPlainObject(result)) Object.assign(results, result);
      else results[m.name] = result;
    }
    return results;
  }

  protected _assertCompiled(): void {
    if (!this.compiled) throw new ValueError("You must call `compile()` before using the model.");
  }
}

/** Its arguments also by name. */
export interface CompiledImpl {
  compile(...args: Arguments<typeof COMPILE, CompileArguments>): void;
}
keywordMethods("TensorFlowTrainer", CompiledImpl, { compile: COMPILE });
