/**
 * TensorFlow 2: tensors, variables, tapes, functions, data sets and random streams as TensorFlow has them.
 *
 * @packageDocumentation
 */
import "./install.js";
import { leftOut } from "./ops/sparse.js";

export * as keras from "@cognate/keras";
export { initializers, losses, metrics, optimizers } from "@cognate/keras";
export {
  Constant as constant_initializer,
  Ones as ones_initializer,
  RandomNormal as random_normal_initializer,
  RandomUniform as random_uniform_initializer,
  Zeros as zeros_initializer,
} from "@cognate/keras/initializers";
export { GradientTape } from "@cognate/keras/tensorflow";
export { executing_eagerly } from "./core/context.js";
export * from "./core/public-dtypes.js";
export {
  case_,
  case_ as case,
  cond,
  foldl,
  foldr,
  group,
  map_fn,
  no_op,
  scan,
  switch_case,
  vectorized_map,
  while_loop,
} from "./function/control.js";
export { function_, function_ as function } from "./function/function.js";
export { Module, name_scope } from "./function/module.js";
export { control_dependencies, device, init_scope, inside_function } from "./function/scopes.js";
export { TensorShape, TensorSpec } from "./function/specs.js";
export { custom_gradient, grad_pass_through, recompute_grad, UnconnectedGradients } from "./function/tape.js";
export { TensorArray } from "./function/tensor-array.js";
export { Graph } from "./graph/graph.js";
export { Operation } from "./graph/operation.js";
export { matmul } from "./linalg/dispatch.js";
export * as bitwise from "./namespaces/bitwise.js";
export * as compat from "./namespaces/compat.js";
export * as config from "./namespaces/config.js";
export * as data from "./namespaces/data.js";
export * as debugging from "./namespaces/debugging.js";
export * as dtypes from "./namespaces/dtypes.js";
export * as errors from "./namespaces/errors.js";
export * as image from "./namespaces/image.js";
export * as io from "./namespaces/io.js";
export * as linalg from "./namespaces/linalg.js";
export * as lookup from "./namespaces/lookup.js";
export * as math from "./namespaces/math.js";
export * as nest from "./namespaces/nest.js";
export * as nn from "./namespaces/nn.js";
export * as random from "./namespaces/random.js";
export * as saved_model from "./namespaces/saved-model.js";
export * as sets from "./namespaces/sets.js";
export * as signal from "./namespaces/signal.js";
export * as sparse from "./namespaces/sparse.js";
export * as strings from "./namespaces/strings.js";
export * as train from "./namespaces/train.js";
export {
  batch_to_space,
  bitcast,
  boolean_mask,
  broadcast_dynamic_shape,
  broadcast_to,
  concat,
  dynamic_partition,
  dynamic_stitch,
  ensure_shape,
  expand_dims,
  gather,
  gather_nd,
  guarantee_const,
  identity,
  identity_n,
  meshgrid,
  one_hot,
  pad,
  parallel_stack,
  rank,
  repeat,
  reshape,
  reverse,
  reverse_sequence,
  roll,
  scatter_nd,
  searchsorted,
  sequence_mask,
  shape,
  shape_n,
  size,
  slice,
  space_to_batch,
  space_to_batch as space_to_batch_nd,
  split,
  squeeze,
  stack,
  stop_gradient,
  strided_slice,
  tensor_scatter_nd_add,
  tensor_scatter_nd_max,
  tensor_scatter_nd_min,
  tensor_scatter_nd_sub,
  tensor_scatter_nd_update,
  tile,
  transpose,
  unique,
  unique_with_counts,
  unravel_index,
  unstack,
} from "./ops/array.js";
export { clip_by_global_norm, clip_by_norm, clip_by_value } from "./ops/clip.js";
export {
  constant,
  convert_to_tensor,
  eye,
  fill,
  linspace,
  ones,
  ones_like,
  range,
  zeros,
  zeros_like,
} from "./ops/create.js";
export { Assert, assert_equal, assert_greater, assert_less, assert_rank } from "./ops/debugging.js";
export { fftnd, ifftnd, irfftnd, rfftnd } from "./ops/fft-nd.js";
export { eig, eigvals, einsum, norm, sqrtm as matrix_square_root, tensordot } from "./ops/linalg.js";
export {
  abs,
  acos,
  acosh,
  add,
  add_n,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cast,
  complex,
  cos,
  cosh,
  divide,
  equal,
  exp,
  floor,
  greater,
  greater_equal,
  less,
  less_equal,
  logical_and,
  logical_not,
  logical_or,
  maximum,
  minimum,
  multiply,
  negative,
  not_equal,
  pow,
  realdiv,
  round,
  saturate_cast,
  sigmoid,
  sign,
  sin,
  sinh,
  sqrt,
  square,
  subtract,
  tan,
  tanh,
  truediv,
  truncatediv,
  truncatemod,
  where,
} from "./ops/math.js";
export {
  get_static_value,
  histogram_fixed_width,
  histogram_fixed_width_bins,
  is_symbolic_tensor,
  is_tensor,
  numpy_function,
  py_function,
  timestamp,
} from "./ops/more.js";
export { print_, print_ as print } from "./ops/print.js";
export { random_index_shuffle } from "./ops/random/index-shuffle.js";
export { raw_ops } from "./ops/raw.js";
export {
  argmax,
  argmin,
  cumsum,
  reduce_all,
  reduce_any,
  reduce_logsumexp,
  reduce_max,
  reduce_mean,
  reduce_min,
  reduce_prod,
  reduce_sum,
} from "./ops/reduce.js";
export { argsort, scalar_mul, sort } from "./ops/sorting.js";
export { required_space_to_batch_paddings } from "./ops/space-to-batch.js";
export { SparseTensor } from "./ops/sparse.js";
export { as_string } from "./ops/strings.js";
export {
  AggregationMethod,
  approx_top_k,
  broadcast_static_shape,
  CriticalSection,
  conv,
  conv2d_backprop_filter_v2,
  conv2d_backprop_input_v2,
  edit_distance,
  extract_volume_patches,
  fingerprint,
  get_current_name_scope,
  get_logger,
  gradients,
  hessians,
  load_library,
  load_op_library,
  nondifferentiable_batch_function,
  register_tensor_conversion_function,
  tuple,
  VariableAggregation,
  VariableSynchronization,
} from "./ops/top-level.js";
export { DType, Tensor } from "./shared.js";
export { IndexedSlices } from "./variable/indexed-slices.js";
export { Variable } from "./variable/variable.js";

/** Left out, with an error that says so. */
export const ragged = leftOut("ragged");
export const newaxis = null;
export const __version__ = "2.21.0";
export const version = { VERSION: __version__ } as const;
export const autograph = {
  experimental: { do_not_convert: <F>(f: F): F => f },
  to_graph: <F>(f: F): F => f,
} as const;
