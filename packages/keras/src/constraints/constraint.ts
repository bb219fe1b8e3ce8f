import { Callable, pyClass } from "@cognate/py";
import type { Tensor } from "../backend/tensor.js";
import { constructFrom } from "../saving/construct.js";

/** What all constraints have in common: called with a weight, they give the nearest one that is allowed. */
export class ConstraintImpl extends Callable {
  override __call__(w: Tensor): Tensor {
    return w;
  }
  get_config(): Record<string, unknown> {
    return {};
  }
  static from_config(config: Record<string, unknown>): unknown {
    return constructFrom(this as never, config);
  }
}
/** Constraints are called with the weight. */
export interface ConstraintImpl {
  (w: Tensor): Tensor;
}

/** `keras.constraints.Constraint`: the base of constraints of one's own, which override `__call__(w)`. */
export const Constraint = pyClass("keras.src.constraints.constraints.Constraint", "", ConstraintImpl);
export type Constraint = ConstraintImpl;
