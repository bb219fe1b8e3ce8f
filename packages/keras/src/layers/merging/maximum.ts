import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { stock } from "../stock.js";
import { functional, Merge, mergeMasked } from "./merge.js";

export class MaximumImpl extends Merge {
  override _merge(inputs: readonly Tensor[]): Tensor {
    return mergeMasked(inputs, (a, b) => K.maximum(a, b));
  }
}

/** `keras.layers.Maximum`: the largest of the inputs, place by place. */
export const Maximum = stock("merging.maximum.Maximum", "**kwargs", MaximumImpl);
export type Maximum = MaximumImpl;
/** `keras.layers.maximum`: {@link Maximum} made and called. */
export const maximum = functional("maximum", Maximum);
