import { repr, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { stock } from "../stock.js";
import { functional, Merge, shapesText } from "./merge.js";

export class SubtractImpl extends Merge {
  override build(input_shape: readonly Shape[]): void {
    super.build(input_shape);
    if (input_shape.length !== 2)
      throw new ValueError(
        `A \`Subtract\` layer should be called on exactly 2 inputs. Received: input_shape=${shapesText(input_shape)}`,
      );
  }
  override _merge(inputs: readonly Tensor[]): Tensor {
    if (inputs.length !== 2)
      throw new ValueError(
        `A \`Subtract\` layer should be called on exactly 2 inputs. Received: inputs=${repr(inputs)}`,
      );
    return K.subtract(inputs[0]!, inputs[1]!);
  }
}

/** `keras.layers.Subtract`: the first of two inputs less the second. */
export const Subtract = stock("merging.subtract.Subtract", "**kwargs", SubtractImpl);
export type Subtract = SubtractImpl;
/** `keras.layers.subtract`: {@link Subtract} made and called. */
export const subtract = functional("subtract", Subtract);
