import { Callable, className, NotImplementedError, pyClass } from "@cognate/py";
import { floatx } from "../backend/config.js";
import type { DTypeLike } from "../backend/dtype.js";
import { autoName } from "../backend/global-state.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import { Tensor, type TensorLike } from "../backend/tensor.js";
import { type DTypePolicy, type DTypePolicyLike, get as policyOf } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { keywordMethods } from "../keyword-methods.js";
import { logical_and } from "../ops/numpy/elementwise.js";
import { constructFrom } from "../saving/construct.js";
import * as tree from "../tree.js";
import { type Either, type Reduction, reduceWeighted, standardizeReduction, tensorOf } from "./reduce.js";

/** Targets and predictions: a tensor, or a structure of them where a loss takes that. */
export type Targets = TensorLike | KerasTensor | readonly Targets[] | { readonly [key: string]: Targets };

const maskOf = (x: unknown): Either | null => (x as { _keras_mask?: Either } | null)?._keras_mask ?? null;

/** What all losses have in common: called with targets and predictions, they give a weighted mean. */
export class LossImpl extends Callable {
  name: string;
  reduction: Reduction;
  declare readonly _policy: DTypePolicy;

  constructor(
    name: string | null = null,
    reduction: Reduction = "sum_over_batch_size",
    dtype: DTypePolicyLike | null = null,
  ) {
    super();
    this.name = name ?? autoName(className(this.constructor));
    this.reduction = standardizeReduction(reduction);
    hide(this, "_policy", policyOf(dtype ?? floatx()));
  }

  get dtype(): string {
    return this._policy.compute_dtype;
  }

  override __call__(y_true: Targets, y_pred: Targets, sample_weight: TensorLike | null = null): Tensor {
    const { dtype } = this;
    const inMask = maskOf(y_pred);
    const convert = (x: Targets): unknown =>
      isLeaf(x) ? tensorOf(x as TensorLike, dtype) : tree.map((leaf: TensorLike) => tensorOf(leaf, dtype), x);
    const losses = this.call(convert(y_true) as never, convert(y_pred) as never) as Either;
    const outMask = maskOf(losses);
    const mask = inMask && outMask ? logical_and.impl(inMask, outMask) : (inMask ?? outMask);
    return reduceWeighted(losses, sample_weight, mask, this.reduction, dtype) as Tensor;
  }
  /** Losses of single entries; losses of one's own override this. */
  call(_y_true: Tensor, _y_pred: Tensor): TensorLike | KerasTensor {
    throw new NotImplementedError();
  }
  get_config(): Record<string, unknown> {
    return { name: this.name, reduction: this.reduction };
  }
  static from_config(config: Record<string, unknown>): unknown {
    return constructFrom(this as never, config);
  }
  _obj_type(): string {
    return "Loss";
  }
}
keywordMethods("Loss", LossImpl, { __call__: "y_true:dict y_pred:dict sample_weight" });

/** Whether an argument is one array: a list that holds no tensors is one, too. */
const isLeaf = (x: unknown): boolean =>
  x instanceof Tensor ||
  x instanceof KerasTensor ||
  !tree.isNested(x) ||
  (Array.isArray(x) && !holdsTensors(x));
const holdsTensors = (x: readonly unknown[]): boolean =>
  x.some((item) => item instanceof Tensor || item instanceof KerasTensor);

/** Losses are called with targets, predictions, and weights of the entries. */
export interface LossImpl {
  (
    y_true: Targets,
    y_pred: Targets,
    sample_weight?: TensorLike | null | { sample_weight?: TensorLike | null },
  ): Tensor;
}

/**
 * `keras.losses.Loss`: the base of losses of one's own, which override `call(y_true, y_pred)`.
 *
 * @param name - what logs call it
 * @param reduction - how losses of single entries become one number; `null` leaves them
 * @param dtype - the type in which it computes
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * class Cubes extends keras.losses.Loss {
 *   override call(y_true: keras.Tensor, y_pred: keras.Tensor) {
 *     return keras.ops.power(keras.ops.abs(y_true.sub(y_pred)), 3);
 *   }
 * }
 * print(new Cubes()([0, 1], [2, 1.5])); // prints tf.Tensor(4.0625, shape=(), dtype=float32)
 * ```
 */
export const Loss = pyClass("keras.src.losses.loss.Loss", "name reduction dtype", LossImpl);
export type Loss = LossImpl;

/** An element type, as options take it. */
export type LossType = DTypePolicyLike | DTypeLike | null;
