import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { stock } from "../stock.js";
import { functional, Merge, wideMask } from "./merge.js";

export class MultiplyImpl extends Merge {
  override _merge(inputs: readonly Tensor[]): Tensor {
    const masks = inputs.map(wideMask);
    const all = masks.every((m) => m !== null);
    const factors = inputs.map((x, i) => (masks[i] ? (K.where(masks[i], x, K.ones_like(x)) as Tensor) : x));
    const y = factors.slice(1).reduce((a, b) => K.multiply(a, b), factors[0]!);
    if (!all) return y;
    const mask = (masks as Tensor[]).reduce((a, b) => K.logical_or(a, b));
    const out = K.where(mask, y, K.zeros_like(y)) as Tensor;
    out._keras_mask = K.any(mask, -1);
    return out;
  }
}

/** `keras.layers.Multiply`: the product of the inputs; what a mask hides counts as 1. */
export const Multiply = stock("merging.multiply.Multiply", "**kwargs", MultiplyImpl);
export type Multiply = MultiplyImpl;
/** `keras.layers.multiply`: {@link Multiply} made and called. */
export const multiply = functional("multiply", Multiply);
