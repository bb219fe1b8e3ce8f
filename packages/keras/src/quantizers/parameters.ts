import type { Tensor, TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";

const mapped = (x: TensorLike, g_idx: TensorLike, axis: number): Tensor =>
  K.take(x, K.cast(g_idx, "int32") as Tensor, axis) as Tensor;

/** (w − zero) · step, with the numbers of each position's group along an axis of `scale` and `zero`. */
export function dequantize_with_sz_map(
  weights_matrix: TensorLike,
  scale: TensorLike,
  zero: TensorLike,
  g_idx: TensorLike,
  group_axis = -1,
): Tensor {
  const step = mapped(scale, g_idx, group_axis);
  const shift = K.cast(mapped(zero, g_idx, group_axis), K.dtype(step));
  return K.multiply(K.subtract(weights_matrix, shift), step) as Tensor;
}
