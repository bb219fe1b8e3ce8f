import { pyClass } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { float32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { Variable, type VariableImpl } from "../variable/variable.js";

/** Averages of variables that move slowly: average −= (1 − decay) · (average − variable). */
class ExponentialMovingAverageImpl {
  private readonly _averages = new Map<VariableImpl, VariableImpl>();
  constructor(
    readonly decay: number,
    private readonly _updates: number | VariableImpl | null = null,
    readonly zero_debias = false,
    readonly name: string = "ExponentialMovingAverage",
  ) {}
  /** Moves the averages; those that there were none of start at the variables' values. */
  apply(var_list: readonly VariableImpl[] | null = null): void {
    const n =
      this._updates === null
        ? null
        : Number(typeof this._updates === "number" ? this._updates : this._updates.value().item());
    const decay = n === null ? this.decay : Math.min(this.decay, (1 + n) / (10 + n));
    const single = { dtype: float32 };
    const step: Tensor = one("Sub", [toTensor(1, single), toTensor(decay, single)]);
    for (const v of var_list ?? []) {
      const average = this._averages.get(v);
      if (!average) {
        const made = Variable(v.value(), { name: this.average_name(v), trainable: false }) as VariableImpl;
        this._averages.set(v, made);
        continue;
      }
      const gap: Tensor = one("Sub", [average.value(), v.value()]);
      average.assign_sub(one("Mul", [gap, one("Cast", [step], { DstT: v.dtype })]));
    }
  }
  average(v: VariableImpl): VariableImpl | null {
    return this._averages.get(v) ?? null;
  }
  average_name(v: VariableImpl): string {
    return `${v.name.split(":")[0]}/${this.name}`;
  }
  /** Variables by the names that their averages have in checkpoints. */
  variables_to_restore(
    moving_avg_variables: readonly VariableImpl[] | null = null,
  ): Record<string, VariableImpl> {
    return Object.fromEntries((moving_avg_variables ?? []).map((v) => [this.average_name(v), v]));
  }
}
/**
 * `tf.train.ExponentialMovingAverage`.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * const v = tf.Variable(1.5);
 * const ema = tf.train.ExponentialMovingAverage(0.5);
 * ema.apply([v]);
 * v.assign(3.5);
 * ema.apply([v]);
 * print(ema.average(v)!.numpy()); // prints 2.5
 * ```
 */
export const ExponentialMovingAverage = pyClass(
  "tensorflow.python.training.moving_averages.ExponentialMovingAverage",
  "decay num_updates zero_debias name",
  ExponentialMovingAverageImpl,
);
class CheckpointOptionsImpl {
  constructor(
    readonly experimental_io_device: string | null = null,
    readonly experimental_enable_async_checkpoint = false,
    readonly experimental_write_callbacks: unknown = null,
    readonly enable_async = false,
    readonly experimental_sharding_callback: unknown = null,
  ) {}
}
/** `tf.train.CheckpointOptions`: kept and not looked at, as checkpoints are written at once into one file. */
export const CheckpointOptions = pyClass(
  "tensorflow.python.checkpoint.checkpoint_options.CheckpointOptions",
  "experimental_io_device experimental_enable_async_checkpoint experimental_write_callbacks enable_async experimental_sharding_callback",
  CheckpointOptionsImpl,
);
