/**
 * TensorFlow 2: tensors, variables, tapes, functions, data sets and random streams as TensorFlow has them.
 *
 * @packageDocumentation
 */
import "./install.js";

export { GradientTape } from "@cognate/keras/tensorflow";
export { executing_eagerly } from "./core/context.js";
export {
  as_dtype, bfloat16, bool, complex64, complex128, float16, float32, float64, float64 as double, float16 as half, int8, int16,
  int32, int64, qint8, qint16, qint32, quint8, quint16, resource, string, uint8Type as uint8, uint16, uint32, uint64, variant,
} from "./core/dtypes.js";
export * as bitwise from "./namespaces/bitwise.js";
export * as dtypes from "./namespaces/dtypes.js";
export * as math from "./namespaces/math.js";
export * as nn from "./namespaces/nn.js";
export {
  batch_to_space, bitcast, boolean_mask, broadcast_dynamic_shape, broadcast_to, concat, dynamic_partition, dynamic_stitch,
  ensure_shape, expand_dims, gather, gather_nd, guarantee_const, identity, identity_n, meshgrid, one_hot, pad, parallel_stack,
  rank, repeat, reshape, reverse, reverse_sequence, roll, scatter_nd, searchsorted, sequence_mask, shape, shape_n, size, slice,
  space_to_batch, split, squeeze, stack, stop_gradient, strided_slice, tensor_scatter_nd_add, tensor_scatter_nd_max,
  tensor_scatter_nd_min, tensor_scatter_nd_sub, tensor_scatter_nd_update, tile, transpose, unique, unique_with_counts,
  unravel_index, unstack,
} from "./ops/array.js";
export { constant, convert_to_tensor, eye, fill, linspace, ones, ones_like, range, zeros, zeros_like } from "./ops/create.js";
export {
  abs, acos, acosh, add, add_n, asin, asinh, atan, atan2, atanh, cast, complex, cos, cosh, divide, equal, exp, floor, greater,
  greater_equal, less, less_equal, logical_and, logical_not, logical_or, maximum, minimum, multiply, negative, not_equal, pow,
  round, saturate_cast, sigmoid, sign, sin, sinh, sqrt, square, subtract, tan, tanh, truncatediv, truncatemod, where,
} from "./ops/math.js";
export { matmul } from "./ops/matmul.js";
export {
  argmax, argmin, cumsum, reduce_all, reduce_any, reduce_logsumexp, reduce_max, reduce_mean, reduce_min, reduce_prod, reduce_sum,
} from "./ops/reduce.js";
export { DType, Tensor, TensorShape } from "./shared.js";
export { Variable } from "./variable/variable.js";
