import { pyClass, RuntimeError, ValueError } from "@cognate/py";
import type { Variable } from "../backend/variable.js";
import type { OptimizerImpl } from "../optimizers/optimizer.js";
import { printMessage } from "../utils/io.js";
import { CallbackImpl, type Logs } from "./callback.js";

class TerminateOnNaNImpl extends CallbackImpl {
  readonly raise_error: boolean;
  constructor(raise_error = false) {
    super();
    this.raise_error = raise_error;
  }
  override on_batch_end(batch: number, logs: Logs | null = null): void {
    const loss = logs?.loss;
    if (loss === undefined || Number.isFinite(Number(loss))) return;
    if (this.raise_error)
      throw new RuntimeError(
        `NaN or Inf loss encountered at batch ${batch}. Loss value: ${lossText(Number(loss))}. Terminating training immediately.`,
      );
    printMessage(`Batch ${batch}: Invalid loss, terminating training`);
    this.model.stop_training = true;
  }
}
const lossText = (x: number): string => (Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf");
/** `keras.callbacks.TerminateOnNaN`: ends training when the loss is no finite number. */
export const TerminateOnNaN = pyClass(
  "keras.src.callbacks.terminate_on_nan.TerminateOnNaN",
  "raise_error",
  TerminateOnNaNImpl,
);
export type TerminateOnNaN = TerminateOnNaNImpl;

type AtEpoch = (epoch: number, logs: Logs) => unknown;
type AtAll = (logs: Logs) => unknown;

class LambdaCallbackImpl extends CallbackImpl {
  constructor(
    on_epoch_begin: AtEpoch | null = null,
    on_epoch_end: AtEpoch | null = null,
    on_train_begin: AtAll | null = null,
    on_train_end: AtAll | null = null,
    on_train_batch_begin: AtEpoch | null = null,
    on_train_batch_end: AtEpoch | null = null,
    others: Readonly<Record<string, unknown>> = {},
  ) {
    super();
    Object.assign(this, others);
    const given = {
      on_epoch_begin,
      on_epoch_end,
      on_train_begin,
      on_train_end,
      on_train_batch_begin,
      on_train_batch_end,
    };
    for (const [stage, f] of Object.entries(given))
      if (f !== null) (this as unknown as Record<string, unknown>)[stage] = f;
  }
}
/** `keras.callbacks.LambdaCallback`: functions that are called at stages of training: `{ on_epoch_end: (epoch, logs) => … }`. */
export const LambdaCallback = pyClass(
  "keras.src.callbacks.lambda_callback.LambdaCallback",
  "on_epoch_begin on_epoch_end on_train_begin on_train_end on_train_batch_begin on_train_batch_end **kwargs",
  LambdaCallbackImpl,
);
export type LambdaCallback = LambdaCallbackImpl;

class SwapEMAWeightsImpl extends CallbackImpl {
  readonly swap_on_epoch: boolean;
  private _averaged = false;
  constructor(swap_on_epoch = false) {
    super();
    this.swap_on_epoch = swap_on_epoch;
  }
  /** Calls `f` with each weight of optimizers that keep averages, and its average. */
  private _each(f: (weight: Variable, average: Variable) => void): void {
    const outer = this.model.optimizer as OptimizerImpl & {
      inner_optimizer?: OptimizerImpl;
      optimizers?: readonly OptimizerImpl[];
    };
    const own = outer.inner_optimizer ?? outer;
    const inner = (own as { optimizers?: readonly OptimizerImpl[] }).optimizers;
    if (inner && !inner.some((o) => o.use_ema))
      throw new ValueError(
        "SwapEMAWeights must be used when at least one inner optimizer has `use_ema=True` set. Received a MultiOptimizer with all inner optimizers having `use_ema=False`.",
      );
    for (const o of inner ? inner.filter((x) => x.use_ema) : [own]) {
      const averages = o._model_variables_moving_average;
      if (!averages)
        throw new ValueError(
          `SwapEMAWeights must be used when \`use_ema=True\` is set on the optimizer. Received: use_ema=${o.use_ema ? "True" : "False"}`,
        );
      o._trainable_variables.forEach((v, i) => {
        if (averages[i]) f(v, averages[i]);
      });
    }
  }
  private _swap(): void {
    this._each((weight, average) => {
      const kept = weight._current;
      weight._take(average._current);
      average._take(kept);
    });
    this._averaged = !this._averaged;
  }
  override on_epoch_begin(): void {
    if (this.swap_on_epoch && this._averaged) this._swap();
  }
  override on_epoch_end(epoch: number): void {
    if (!this.swap_on_epoch || this._averaged) return;
    this._swap();
    if (epoch === this.params!.epochs - 1) this._each((weight, average) => average._take(weight._current));
  }
  override on_test_begin(): void {
    if (!this._averaged) this._swap();
  }
  override on_test_end(): void {
    if (this._averaged) this._swap();
  }
  override on_predict_begin(): void {
    if (!this._averaged) this._swap();
  }
  override on_predict_end(): void {
    if (!this._averaged) this._swap();
  }
}
/** `keras.callbacks.SwapEMAWeights`: puts the moving averages of an optimizer in place of the weights while testing. */
export const SwapEMAWeights = pyClass(
  "keras.src.callbacks.swap_ema_weights.SwapEMAWeights",
  "swap_on_epoch",
  SwapEMAWeightsImpl,
);
export type SwapEMAWeights = SwapEMAWeightsImpl;
