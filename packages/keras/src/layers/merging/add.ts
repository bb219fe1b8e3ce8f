import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { stock } from "../stock.js";
import { functional, Merge } from "./merge.js";

export class AddImpl extends Merge {
  override _merge(inputs: readonly Tensor[]): Tensor {
    return inputs.slice(1).reduce((sum, x) => K.add(sum, x), inputs[0]!);
  }
}

/** `keras.layers.Add`: the sum of inputs of one shape, or of shapes that stretch to one. */
export const Add = stock("merging.add.Add", "**kwargs", AddImpl);
export type Add = AddImpl;
/** `keras.layers.add`: {@link Add} made and called. */
export const add = functional("add", Add);
