import { Callable, className, NotImplementedError, pyClass } from "@cognate/py";
import type { Tensor, TensorLike } from "../../backend/tensor.js";
import { constructFrom } from "../../saving/construct.js";

/** What all schedules have in common: called with the number of steps so far, they give the learning rate. */
export class LearningRateScheduleImpl extends Callable {
  override __call__(_step: TensorLike): Tensor | number {
    throw new NotImplementedError(
      `Learning rate schedule '${className(this.constructor)}' must override \`__call__(self, step)\`.`,
    );
  }
  get_config(): Record<string, unknown> {
    throw new NotImplementedError(
      `Learning rate schedule '${className(this.constructor)}' must override \`get_config()\` in order to be serializable.`,
    );
  }
  static from_config(config: Record<string, unknown>): unknown {
    return constructFrom(this as never, config);
  }
}
/** Schedules are called with the number of steps so far. */
export interface LearningRateScheduleImpl {
  (step: TensorLike): Tensor;
}

/** `keras.optimizers.schedules.LearningRateSchedule`: the base of schedules of one's own, which override `__call__(step)`. */
export const LearningRateSchedule = pyClass(
  "keras.src.optimizers.schedules.learning_rate_schedule.LearningRateSchedule",
  "",
  LearningRateScheduleImpl,
);
export type LearningRateSchedule = LearningRateScheduleImpl;
