import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { stock } from "../stock.js";
import { functional, Merge, mergeMasked } from "./merge.js";

export class MinimumImpl extends Merge {
  override _merge(inputs: readonly Tensor[]): Tensor {
    return mergeMasked(inputs, (a, b) => K.minimum(a, b));
  }
}

/** `keras.layers.Minimum`: the smallest of the inputs, place by place. */
export const Minimum = stock("merging.minimum.Minimum", "**kwargs", MinimumImpl);
export type Minimum = MinimumImpl;
/** `keras.layers.minimum`: {@link Minimum} made and called. */
export const minimum = functional("minimum", Minimum);
