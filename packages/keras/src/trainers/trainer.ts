import { ops } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray";
import { type Arguments, isPlainObject, repr, Tuple, type, ValueError, warn } from "@cognate/py";
import { valueOf } from "../backend/create.js";
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
import { keywordMethods } from "../keyword-methods.js";
import { apply } from "../ops/make.js";
import { OptimizerImpl } from "../optimizers/optimizer.js";
import * as tree from "../tree.js";
import {
  EVALUATE,
  type EvaluateArguments,
  FIT,
  type FitArguments,
  PREDICT,
  type PredictArguments,
  TEST_ON,
  type TestOnArguments,
  TRAIN_ON,
  type TrainOnArguments,
} from "./call-arguments.js";
import { CompileMetrics } from "./compile-metrics.js";
import type { Dict } from "./compiled.js";
import type { Shuffle } from "./data-adapters/array-data-adapter.js";
import { type ClassWeight, classWeights, trainValidationSplit } from "./data-adapters/arrays.js";
import { type Batch, isArray, unpack_x_y_sample_weight } from "./data-adapters/data-adapter.js";
import { drive, driveAsync } from "./drive.js";
import { EpochIterator } from "./epoch-iterator.js";
import { type LazyLogs, type StepLogs, StepsImpl } from "./steps.js";

/** What models know of training. */
export abstract class TrainerImpl extends StepsImpl {
  private get _asTrained(): TrainedModel {
    return this as unknown as TrainedModel;
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

/** Training, its arguments also by name. */
export interface TrainerImpl {
  fit(...args: Arguments<typeof FIT, FitArguments>): History;
  fit_async(...args: Arguments<typeof FIT, FitArguments>): Promise<History>;
  evaluate(...args: Arguments<typeof EVALUATE, EvaluateArguments>): EvaluateResult;
  evaluate_async(...args: Arguments<typeof EVALUATE, EvaluateArguments>): Promise<EvaluateResult>;
  predict(...args: Arguments<typeof PREDICT, PredictArguments>): Predicted;
  predict_async(...args: Arguments<typeof PREDICT, PredictArguments>): Promise<Predicted>;
  train_on_batch(...args: Arguments<typeof TRAIN_ON, TrainOnArguments>): EvaluateResult;
  test_on_batch(...args: Arguments<typeof TEST_ON, TestOnArguments>): EvaluateResult;
}
keywordMethods("TensorFlowTrainer", TrainerImpl, {
  fit: FIT,
  fit_async: FIT,
  evaluate: EVALUATE,
  evaluate_async: EVALUATE,
  predict: PREDICT,
  predict_async: PREDICT,
  train_on_batch: TRAIN_ON,
  test_on_batch: TEST_ON,
});

/** An array of a batch as a tensor of its own type. */
const batchLeaf = (x: unknown): unknown => (isArray(x) && !(x instanceof Tensor) ? wrap(valueOf(x)) : x);
const asBatch = (x: unknown, y: unknown, weight: unknown): Batch =>
  Tuple.of_([x, y, weight].map((part) => (part === null ? null : tree.map(batchLeaf, part))));

/** Whether validation data is a source of batches rather than a tuple of arrays. */
const isDatasetLike = (x: unknown): boolean =>
  typeof x === "object" && x !== null && !Array.isArray(x) && !isPlainObject(x) && !isArray(x);
