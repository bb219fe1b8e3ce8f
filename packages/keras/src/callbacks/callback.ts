import type { ndarray } from "@cognate/ndarray";
import { pyClass } from "@cognate/py";
import type { TensorLike } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import type { Optimizer } from "../optimizers/index.js";

/** Values by name, as callbacks get them: numbers. */
export type Logs = Record<string, number>;

/** What callbacks know of the call of `fit`, `evaluate` or `predict` that they belong to. */
export interface CallbackParams {
  verbose: number | string;
  epochs: number;
  /** How many batches an epoch has, `null` if unknown. */
  steps: number | null;
}

/** What callbacks use of a model. */
export interface TrainedModel {
  stop_training: boolean;
  readonly built: boolean;
  readonly optimizer: Optimizer;
  readonly metrics: readonly unknown[];
  readonly trainable_variables: readonly Variable[];
  history: unknown;
  _initial_epoch: number | null;
  get_weights(): ndarray[];
  set_weights(weights: readonly TensorLike[]): void;
  save(filepath?: unknown, overwrite?: boolean): unknown;
  save_weights(filepath?: unknown, overwrite?: boolean): unknown;
  load_weights(filepath: unknown): void;
}

/** What all callbacks have in common: methods that training calls at its stages. */
export class CallbackImpl {
  params: CallbackParams | null = null;
  declare _model: TrainedModel | null;

  constructor() {
    hide(this, "_model", null);
  }
  set_params(params: CallbackParams): void {
    this.params = params;
  }
  set_model(model: TrainedModel): void {
    this._model = model;
  }
  get model(): TrainedModel {
    return this._model!;
  }

  on_batch_begin(_batch: number, _logs?: Logs | null): void {}
  on_batch_end(_batch: number, _logs?: Logs | null): void {}
  on_epoch_begin(_epoch: number, _logs?: Logs | null): void {}
  on_epoch_end(_epoch: number, _logs?: Logs | null): void {}
  on_train_batch_begin(batch: number, logs?: Logs | null): void {
    this.on_batch_begin(batch, logs);
  }
  on_train_batch_end(batch: number, logs?: Logs | null): void {
    this.on_batch_end(batch, logs);
  }
  on_test_batch_begin(_batch: number, _logs?: Logs | null): void {}
  on_test_batch_end(_batch: number, _logs?: Logs | null): void {}
  on_predict_batch_begin(_batch: number, _logs?: Logs | null): void {}
  on_predict_batch_end(_batch: number, _logs?: Logs | null): void {}
  on_train_begin(_logs?: Logs | null): void {}
  on_train_end(_logs?: Logs | null): void {}
  on_test_begin(_logs?: Logs | null): void {}
  on_test_end(_logs?: Logs | null): void {}
  on_predict_begin(_logs?: Logs | null): void {}
  on_predict_end(_logs?: Logs | null): void {}
}

/** The names of the stages. */
export type Stage = {
  [K in keyof CallbackImpl]: K extends `on_${string}` ? K : never;
}[keyof CallbackImpl];

const base = CallbackImpl.prototype as unknown as Record<string, unknown>;
/** Whether a callback does nothing at a stage. */
export const isIdle = (callback: CallbackImpl, stage: Stage): boolean => {
  if (callback[stage] !== base[stage]) return false;
  if (stage === "on_train_batch_begin") return callback.on_batch_begin === base.on_batch_begin;
  if (stage === "on_train_batch_end") return callback.on_batch_end === base.on_batch_end;
  return true;
};

/**
 * `keras.callbacks.Callback`: the base of callbacks of one's own, which override the stages that they care about; the model
 * is at `this.model`, and `this.model.stop_training = true` ends training.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * class Announce extends keras.callbacks.Callback {
 *   override on_epoch_begin(epoch: number) {
 *     print("epoch", epoch);
 *   }
 * }
 * const model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1)]);
 * model.compile({ loss: "mse" });
 * model.fit(keras.ops.ones([4, 1]), keras.ops.ones([4, 1]), { verbose: 0, epochs: 2, callbacks: [new Announce()] });
 * // prints
 * // epoch 0
 * // epoch 1
 * ```
 */
export const Callback = pyClass("keras.src.callbacks.callback.Callback", "", CallbackImpl);
export type Callback = CallbackImpl;
