import { Callable, NotImplementedError, pyClass, repr } from "@cognate/py";
import type { Tensor } from "../backend/tensor.js";
import { constructFrom } from "../saving/construct.js";

/** What all regularizers have in common: called with a tensor, they give a penalty. */
export class RegularizerImpl extends Callable {
  override __call__(_x: Tensor): Tensor | number {
    return 0;
  }
  get_config(): Record<string, unknown> {
    throw new NotImplementedError(`${repr(this)} does not implement get_config()`);
  }
  static from_config(config: Record<string, unknown>): unknown {
    return constructFrom(this as never, config);
  }
}
/** Regularizers are called with the tensor that they penalise. */
export interface RegularizerImpl {
  (x: Tensor): Tensor;
}

/** `keras.regularizers.Regularizer`: the base of regularizers of one's own, which override `__call__(x)`. */
export const Regularizer = pyClass("keras.src.regularizers.regularizers.Regularizer", "", RegularizerImpl);
export type Regularizer = RegularizerImpl;
