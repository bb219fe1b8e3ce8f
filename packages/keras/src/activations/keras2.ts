import { def } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";

/** `hard_sigmoid` as Keras 2 had it, 0.2·x + ½ between 0 and 1; Keras 3 has a sixth of x instead. */
export const hard_sigmoid_keras2 = def(
  "keras.activations.hard_sigmoid_keras2",
  "x",
  (x: TensorLike | KerasTensor): Tensor => K.clip(K.add(K.multiply(x as Tensor, 0.2), 0.5), 0, 1),
);
