import { ops } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray";
import { type Arguments, isPlainObject, repr, Tuple, type, ValueError, warn } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { floatx } from "../backend/config.js";
import { castValue, valueOf } from "../backend/create.js";
import { kernelType } from "../backend/dtype.js";
import { GradientTape } from "../backend/tape.js";
import { Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import type { TrainedModel } from "../callbacks/callback.js";
import {
  CallbackList,
  CallbackListImpl,
  type CallbackListImpl as Callbacks,
} from "../callbacks/callback-list.js";
import type { History } from "../callbacks/history.js";
import { plainLogs } from "../callbacks/logs.js";
import { max_epochs } from "../config/limits.js";
import { hide } from "../hide.js";
import { keywordMethods } from "../keyword-methods.js";
import { LayerImpl, type LayerOptions } from "../layers/layer.js";
import type { MetricImpl } from "../metrics/metric.js";
import { Mean, type MeanImpl } from "../metrics/reduction.js";
import { deserialized, serialized } from "../object-registry.js";
import { apply } from "../ops/make.js";
import { sum } from "../ops/numpy/reduction.js";
import {
  LossScaleOptimizer,
  type Optimizer,
  type OptimizerLike,
  get as optimizerOf,
} from "../optimizers/index.js";
import { OptimizerImpl } from "../optimizers/optimizer.js";
import * as tree from "../tree.js";
import { CompileLoss } from "./compile-loss.js";
import { CompileMetrics } from "./compile-metrics.js";
import type { Shuffle } from "./data-adapters/array-data-adapter.js";
import { type ClassWeight, classWeights, trainValidationSplit } from "./data-adapters/arrays.js";
import { type Batch, isArray, unpack_x_y_sample_weight } from "./data-adapters/data-adapter.js";
import { drive, driveAsync } from "./drive.js";
import { EpochIterator } from "./epoch-iterator.js";

type Dict = Record<string, unknown>;
/** Results by name, as steps give them. */
export type StepLogs = Readonly<Record<string, unknown>>;
type LazyLogs = StepLogs | (() => StepLogs);

/** What models know of training. */
export abstract class TrainerImpl extends LayerImpl {
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
    if (this.compile !== TrainerImpl.prototype.compile) {
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
        .filter((layer) => !(layer instanceof TrainerImpl))
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
  get_metrics_result(): Dict {
    const results: Dict = {};
    for (const m of this.metrics) {
      const result = m.result();
      if (isPlainObject(result)) Object.assign(results, result);
      else results[m.name] = result;
    }
    return results;
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
    if (this.compute_metrics === TrainerImpl.prototype.compute_metrics)
      this._updateMetrics(y, y_pred, weight);
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
    if (this.compute_metrics === TrainerImpl.prototype.compute_metrics)
      this._updateMetrics(y, y_pred, weight);
    else this.compute_metrics(x, y, y_pred, weight);
  }
  /** One step of prediction; models of one's own may override it. */
  predict_step(data: Batch): unknown {
    return this._predict(unpack_x_y_sample_weight(data)[0], false);
  }
  /** A step's logs; those of the model's own steps are made when somebody asks. */
  private _step(kind: "train" | "test", data: Batch): LazyLogs {
    const proto = TrainerImpl.prototype;
    const custom = this.compute_metrics !== proto.compute_metrics;
    if (kind === "train" && (custom || this.train_step !== proto.train_step)) return this.train_step(data);
    if (kind === "test" && (custom || this.test_step !== proto.test_step)) return this.test_step(data);
    if (kind === "train") this._train(data);
    else this._test(data);
    return () => this.get_metrics_result();
  }

  private _assertCompiled(): void {
    if (!this.compiled) throw new ValueError("You must call `compile()` before using the model.");
  }
  private get _asTrained(): TrainedModel {
    return this as unknown as TrainedModel;
  }
  /** Results by name: those of the metrics, unless a step of one's own gave others. */
  private _resultOf(logs: LazyLogs): StepLogs {
    if (typeof logs === "function") return logs();
    const own = this.get_metrics_result();
    const [a, b] = [Object.keys(logs), Object.keys(own)];
    return a.length === b.length && a.every((k) => k in own) ? own : logs;
  }
  private _shouldEvaluate(epoch: number, frequency: unknown): boolean {
    if (Number.isInteger(frequency)) return (epoch + 1) % (frequency as number) === 0;
    if (Array.isArray(frequency)) return frequency.map(Number).includes(epoch + 1);
    throw new ValueError(
      `Expected \`validation_freq\` to be a list or int. Received: validation_freq=${typeof frequency === "string" ? frequency : repr(frequency)} of the type ${repr(type(frequency))}.`,
    );
  }

  /** Trains for a number of epochs. */
  fit(...args: unknown[]): History {
    return drive(this._fit(...(args as unknown as FitArguments)));
  }
  /** {@link fit}, giving way to the page now and then. */
  fit_async(...args: unknown[]): Promise<History> {
    return driveAsync(this._fit(...(args as unknown as FitArguments)));
  }
  private *_fit(
    given_x: unknown = null,
    given_y: unknown = null,
    batch_size: number | null = null,
    given_epochs = 1,
    verbose: number | string | boolean = "auto",
    callbacks: unknown = null,
    validation_split = 0,
    given_validation: unknown = null,
    shuffle: Shuffle = true,
    class_weight: ClassWeight | null = null,
    given_weight: unknown = null,
    given_initial = 0,
    steps_per_epoch: number | null = null,
    validation_steps: number | null = null,
    validation_batch_size: number | null = null,
    validation_freq: number | readonly number[] = 1,
  ): Generator<void, History> {
    this._assertCompiled();
    const most = max_epochs();
    const limited = most !== null && most !== 0 && most < given_epochs;
    if (limited) warn(`Limiting epochs to ${most}`);
    const epochs = limited ? most : given_epochs;
    let [x, y, sample_weight] = [given_x, given_y, given_weight];
    let validation: readonly unknown[] | null =
      given_validation === null ? null : unpack_x_y_sample_weight(given_validation);
    if (isDatasetLike(given_validation)) validation = [given_validation, null, null];
    if (validation_split && validation === null) {
      const [train, rest] = trainValidationSplit([x, y, sample_weight], Number(validation_split));
      [x, y, sample_weight] = train;
      validation = rest;
    }
    const epochIterator = new EpochIterator(
      { x, y, sample_weight, batch_size, steps: steps_per_epoch, shuffle, class_weight },
      this.steps_per_execution,
    );
    epochIterator.reset();
    const list =
      callbacks instanceof CallbackListImpl
        ? callbacks
        : this._callbackList(callbacks, verbose, epochs, epochIterator.num_batches, true);
    this.stop_training = false;
    list.on_train_begin();
    let evaluation: EpochIterator | null = null;
    let training: StepLogs | null = null;
    let logs: LazyLogs = {};
    for (let epoch = this._initial_epoch || given_initial; epoch < epochs; epoch++) {
      this.reset_metrics();
      list.on_epoch_begin(epoch);
      for (const { first, last, batches } of epochIterator.epoch()) {
        list.on_train_batch_begin(first);
        for (const batch of batches) logs = this._step("train", batch);
        list.on_train_batch_end(last, logs);
        if (this.stop_training) break;
        yield;
      }
      const epochLogs: Dict = { ...this._resultOf(logs) };
      if (validation !== null && this._shouldEvaluate(epoch, validation_freq)) {
        // Results must be numbers before evaluation resets the metrics.
        for (const [key, value] of Object.entries(plainLogs(epochLogs))) epochLogs[key] = value;
        const [vx, vy, vw] = validation;
        evaluation ??= new EpochIterator(
          {
            x: vx,
            y: vy,
            sample_weight: vw,
            batch_size: validation_batch_size || batch_size,
            steps: validation_steps,
            shuffle: false,
            class_weight: null,
          },
          this.steps_per_execution,
        );
        const found = yield* this._evaluateOver(evaluation, list);
        for (const [key, value] of Object.entries(found)) epochLogs[`val_${key}`] = value;
      }
      list.on_epoch_end(epoch, epochLogs);
      training = epochLogs;
      if (this.stop_training) break;
    }
    if (this.optimizer instanceof OptimizerImpl && epochs > 0)
      this.optimizer.finalize_variable_values(this.trainable_weights);
    list.on_train_end(training);
    return this.history;
  }

  private _callbackList(
    callbacks: unknown,
    verbose: number | string | boolean,
    epochs: number,
    steps: number | null,
    history = false,
  ): Callbacks {
    const level = typeof verbose === "boolean" ? Number(verbose) : verbose;
    return CallbackList(callbacks, history, level !== 0, this._asTrained, {
      verbose: level,
      epochs,
      steps,
    } as never);
  }

  private *_evaluateOver(iterator: EpochIterator, list: Callbacks): Generator<void, StepLogs> {
    iterator.reset();
    this.stop_evaluating = false;
    list.on_test_begin();
    let logs: LazyLogs = {};
    this.reset_metrics();
    for (const { first, last, batches } of iterator.epoch()) {
      list.on_test_batch_begin(first);
      for (const batch of batches) logs = this._step("test", batch);
      list.on_test_batch_end(last, logs);
      if (this.stop_evaluating) break;
      yield;
    }
    const results = plainLogs(this._resultOf(logs));
    list.on_test_end(results);
    return results;
  }

  /** The loss and the metrics over data. */
  evaluate(...args: unknown[]): EvaluateResult {
    return drive(this._evaluate(...(args as unknown as EvaluateArguments)));
  }
  /** {@link evaluate}, giving way to the page now and then. */
  evaluate_async(...args: unknown[]): Promise<EvaluateResult> {
    return driveAsync(this._evaluate(...(args as unknown as EvaluateArguments)));
  }
  private *_evaluate(
    x: unknown = null,
    y: unknown = null,
    batch_size: number | null = null,
    verbose: number | string | boolean = "auto",
    sample_weight: unknown = null,
    steps: number | null = null,
    callbacks: unknown = null,
    return_dict = false,
    others: Readonly<Dict> = {},
  ): Generator<void, EvaluateResult> {
    this._assertCompiled();
    if (Object.keys(others).length > 0) throw new ValueError(`Arguments not recognized: ${repr(others)}`);
    const iterator = new EpochIterator(
      { x, y, sample_weight, batch_size, steps, shuffle: false, class_weight: null },
      this.steps_per_execution,
    );
    const list =
      callbacks instanceof CallbackListImpl
        ? callbacks
        : this._callbackList(callbacks, verbose, 1, iterator.num_batches);
    const logs = yield* this._evaluateOver(iterator, list);
    return this._returned(logs, return_dict);
  }

  /** What the model computes of data, as arrays. */
  predict(...args: unknown[]): Predicted {
    return drive(this._predictAll(...(args as unknown as PredictArguments)));
  }
  /** {@link predict}, giving way to the page now and then. */
  predict_async(...args: unknown[]): Promise<Predicted> {
    return driveAsync(this._predictAll(...(args as unknown as PredictArguments)));
  }
  private *_predictAll(
    x: unknown,
    batch_size: number | null = null,
    verbose: number | string | boolean = "auto",
    steps: number | null = null,
    callbacks: unknown = null,
  ): Generator<void, Predicted> {
    const iterator = new EpochIterator(
      { x, y: null, sample_weight: null, batch_size, steps, shuffle: false, class_weight: null },
      this.steps_per_execution,
    );
    const list =
      callbacks instanceof CallbackListImpl
        ? callbacks
        : this._callbackList(callbacks, verbose, 1, iterator.num_batches);
    this.stop_predicting = false;
    list.on_predict_begin();
    const found: unknown[] = [];
    for (const { first, last, batches } of iterator.epoch()) {
      list.on_predict_batch_begin(first);
      const outputs = batches.map((batch) => this.predict_step(batch));
      found.push(...outputs);
      list.on_predict_batch_end(last, { outputs: outputs[outputs.length - 1] });
      if (this.stop_predicting) break;
      yield;
    }
    list.on_predict_end();
    return tree.map(
      (...parts: Tensor[]) =>
        parts.length === 1
          ? parts[0]!.numpy()
          : wrap(
              apply(
                ops.cat,
                parts.map((p) => p._value),
                { dim: 0 },
              ),
            ).numpy(),
      found[0],
      ...found.slice(1),
    ) as Predicted;
  }

  /** One step of training on a batch. */
  train_on_batch(
    x: unknown,
    y: unknown = null,
    sample_weight: unknown = null,
    class_weight: ClassWeight | null = null,
    return_dict = false,
  ): EvaluateResult {
    this._assertCompiled();
    let weight = sample_weight;
    if (class_weight !== null) {
      if (sample_weight !== null)
        throw new ValueError(
          `Arguments \`sample_weight\` and \`class_weight\` cannot be specified at the same time. Received: sample_weight=${repr(sample_weight)}, class_weight=${repr(class_weight)}`,
        );
      weight = classWeights(y as TensorLike, class_weight);
    }
    this.reset_metrics();
    const logs = this._step("train", asBatch(x, y, weight));
    return this._returned(plainLogs(typeof logs === "function" ? logs() : logs), return_dict);
  }
  /** The loss and the metrics of a batch. */
  test_on_batch(
    x: unknown,
    y: unknown = null,
    sample_weight: unknown = null,
    return_dict = false,
  ): EvaluateResult {
    this._assertCompiled();
    this.reset_metrics();
    const logs = this._step("test", asBatch(x, y, sample_weight));
    return this._returned(plainLogs(typeof logs === "function" ? logs() : logs), return_dict);
  }
  /** What the model computes of a batch, as arrays. */
  predict_on_batch(x: unknown): Predicted {
    const outputs = this.predict_step(Tuple.of_([tree.map(batchLeaf, x)]));
    return tree.map((y: Tensor) => y.numpy(), outputs) as Predicted;
  }

  /** Results as a dict, or in the order of the metrics: a number where there is one. */
  private _returned(logs: StepLogs, asDict: boolean): EvaluateResult {
    if (asDict) return logs as Record<string, number>;
    const names = this.metrics.flatMap((m) =>
      m instanceof CompileMetrics ? m.metrics.map((s) => s.name) : [m.name],
    );
    const results = names.filter((n) => n in logs).map((n) => logs[n]);
    for (const key of Object.keys(logs).sort()) if (!names.includes(key)) results.push(logs[key]);
    return (results.length === 1 ? results[0] : results) as number | number[];
  }
}

/** What `evaluate` and the like give: one number, several, or all by name. */
export type EvaluateResult = number | number[] | Record<string, number>;
/** What `predict` gives: arrays in the structure of the outputs. */
export type Predicted = ndarray;

export type FitArguments = [
  x?: unknown,
  y?: unknown,
  batch_size?: number | null,
  epochs?: number,
  verbose?: number | string | boolean,
  callbacks?: unknown,
  validation_split?: number,
  validation_data?: unknown,
  shuffle?: Shuffle,
  class_weight?: ClassWeight | null,
  sample_weight?: unknown,
  initial_epoch?: number,
  steps_per_epoch?: number | null,
  validation_steps?: number | null,
  validation_batch_size?: number | null,
  validation_freq?: number | readonly number[],
];
export type EvaluateArguments = [
  x?: unknown,
  y?: unknown,
  batch_size?: number | null,
  verbose?: number | string | boolean,
  sample_weight?: unknown,
  steps?: number | null,
  callbacks?: unknown,
  return_dict?: boolean,
  others?: Readonly<Dict>,
];
export type PredictArguments = [
  x: unknown,
  batch_size?: number | null,
  verbose?: number | string | boolean,
  steps?: number | null,
  callbacks?: unknown,
];

/** Training, its arguments also by name. */
export interface TrainerImpl {
  compile(...args: Arguments<typeof COMPILE, CompileArguments>): void;
  fit(...args: Arguments<typeof FIT, FitArguments>): History;
  fit_async(...args: Arguments<typeof FIT, FitArguments>): Promise<History>;
  evaluate(...args: Arguments<typeof EVALUATE, EvaluateArguments>): EvaluateResult;
  evaluate_async(...args: Arguments<typeof EVALUATE, EvaluateArguments>): Promise<EvaluateResult>;
  predict(...args: Arguments<typeof PREDICT, PredictArguments>): Predicted;
  predict_async(...args: Arguments<typeof PREDICT, PredictArguments>): Promise<Predicted>;
  train_on_batch(...args: Arguments<typeof TRAIN_ON, TrainOnArguments>): EvaluateResult;
  test_on_batch(...args: Arguments<typeof TEST_ON, TestOnArguments>): EvaluateResult;
  compute_loss(...args: Arguments<typeof COMPUTE_LOSS, ComputeLossArguments>): Tensor | null;
  compute_metrics(...args: Arguments<typeof COMPUTE_METRICS, ComputeMetricsArguments>): StepLogs;
}
type CompileArguments = [
  optimizer?: OptimizerLike,
  loss?: unknown,
  loss_weights?: unknown,
  metrics?: unknown,
  weighted_metrics?: unknown,
  run_eagerly?: boolean,
  steps_per_execution?: number,
  jit_compile?: boolean | string,
  auto_scale_loss?: boolean,
];
type TrainOnArguments = [
  x: unknown,
  y?: unknown,
  sample_weight?: unknown,
  class_weight?: ClassWeight | null,
  return_dict?: boolean,
];
type TestOnArguments = [x: unknown, y?: unknown, sample_weight?: unknown, return_dict?: boolean];
type ComputeLossArguments = [
  x?: unknown,
  y?: unknown,
  y_pred?: unknown,
  sample_weight?: unknown,
  training?: boolean,
];
type ComputeMetricsArguments = [x: unknown, y: unknown, y_pred: unknown, sample_weight?: unknown];

const COMPILE =
  "optimizer loss:dict loss_weights:dict metrics:dict weighted_metrics:dict run_eagerly steps_per_execution jit_compile auto_scale_loss";
const COMPUTE_LOSS = "x:dict y:dict y_pred:dict sample_weight:dict training";
const COMPUTE_METRICS = "x:dict y:dict y_pred:dict sample_weight:dict";
const TRAIN_ON = "x:dict y:dict sample_weight:dict class_weight:dict return_dict";
const TEST_ON = "x:dict y:dict sample_weight:dict return_dict";
const FIT =
  "x:dict y:dict batch_size epochs verbose callbacks validation_split validation_data shuffle class_weight:dict sample_weight:dict initial_epoch steps_per_epoch validation_steps validation_batch_size validation_freq";
const EVALUATE = "x:dict y:dict batch_size verbose sample_weight:dict steps callbacks return_dict **kwargs";
const PREDICT = "x:dict batch_size verbose steps callbacks";
keywordMethods("TensorFlowTrainer", TrainerImpl, {
  compile: COMPILE,
  compute_loss: COMPUTE_LOSS,
  compute_metrics: COMPUTE_METRICS,
  fit: FIT,
  fit_async: FIT,
  evaluate: EVALUATE,
  evaluate_async: EVALUATE,
  predict: PREDICT,
  predict_async: PREDICT,
  train_on_batch: TRAIN_ON,
  test_on_batch: TEST_ON,
});

/** A loss that a layer adds, as one float. */
function additional(loss: Tensor): Tensor {
  const v = loss._value;
  const float = v.dtype.kind === "float" ? v : castValue(v, kernelType(floatx()));
  return float.shape.length === 0 ? wrap(float) : sum.impl(wrap(float));
}
const added = (a: Tensor, b: Tensor): Value =>
  apply(ops.add, [a._value, castValue(b._value, a._type)], undefined);

/** An array of a batch as a tensor of its own type. */
const batchLeaf = (x: unknown): unknown => (isArray(x) && !(x instanceof Tensor) ? wrap(valueOf(x)) : x);
const asBatch = (x: unknown, y: unknown, weight: unknown): Batch =>
  Tuple.of_([x, y, weight].map((part) => (part === null ? null : tree.map(batchLeaf, part))));

/** Whether validation data is a source of batches rather than a tuple of arrays. */
const isDatasetLike = (x: unknown): boolean =>
  typeof x === "object" && x !== null && !Array.isArray(x) && !isPlainObject(x) && !isArray(x);
