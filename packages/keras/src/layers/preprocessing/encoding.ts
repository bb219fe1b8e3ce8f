import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";

/** Numbers of classes as they are, or as ones, flags or counts at the places of the classes. */
export function encodeCategorical(
  given: Tensor,
  output_mode: string,
  depth: number,
  dtype: string,
  count_weights: Tensor | null = null,
): Tensor {
  if (output_mode === "int") return K.cast(given, dtype);
  const x = given.ndim === 0 ? K.expand_dims(given, -1) : given;
  if (output_mode === "multi_hot") return K.multi_hot(x, depth, -1, dtype);
  if (output_mode === "one_hot") {
    const { shape } = x;
    const one = shape.length > 1 && shape[shape.length - 1] === 1;
    return K.one_hot(one ? K.reshape(x, shape.slice(0, -1)) : x, depth, -1, dtype);
  }
  const each = K.one_hot(x, depth, -1, count_weights === null ? dtype : K.dtype(count_weights));
  const weighed = count_weights === null ? each : K.multiply(each, K.expand_dims(count_weights, -1));
  return K.sum(weighed, x.ndim > 1 ? 1 : 0);
}
