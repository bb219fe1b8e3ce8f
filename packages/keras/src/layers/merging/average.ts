import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { stock } from "../stock.js";
import { functional, Merge } from "./merge.js";

export class AverageImpl extends Merge {
  override _merge(inputs: readonly Tensor[]): Tensor {
    const sum = inputs.slice(1).reduce((a, b) => K.add(a, b), inputs[0]!);
    return K.divide(sum, inputs.length);
  }
}

/** `keras.layers.Average`: the mean of the inputs. */
export const Average = stock("merging.average.Average", "**kwargs", AverageImpl);
export type Average = AverageImpl;
/** `keras.layers.average`: {@link Average} made and called. */
export const average = functional("average", Average);
