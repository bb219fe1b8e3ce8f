/**
 * TensorFlow 1: graphs, placeholders, sessions, variables and optimizers, as `import tensorflow.compat.v1 as tf;
 * tf.disable_v2_behavior()` gives them.
 *
 * @packageDocumentation
 */
import "../install.js";
import "../graph/keyword-methods.js";
import "../graph/state-executors.js";
import "../graph/apply-executors.js";
import "../graph/random-executors.js";
import "../graph/tensor-lists.js";
import "../saved/executors.js";
import "./session-parts.js";

export { app, appFlags as flags } from "./app.js";
export * from "./clip.js";
export { ConfigProto, GPUOptions, logging } from "./config.js";
export * as contrib from "./contrib.js";
export { case_ as case, cond, foldl, foldr, map_fn, scan, while_loop } from "./control.js";
export * from "./core.js";
export * as gfile from "./gfile.js";
export { gradients, hessians } from "./gradient.js";
export {
  add_to_collection,
  add_to_collections,
  colocate_with,
  control_dependencies,
  device,
  Graph,
  GraphKeys,
  get_collection,
  get_collection_ref,
  get_default_graph,
  get_default_session,
  get_seed,
  group,
  InteractiveSession,
  name_scope,
  no_op,
  Operation,
  placeholder,
  placeholder_with_default,
  reset_default_graph,
  Session,
  set_random_seed,
  tuple,
} from "./graph.js";
export { GraphDef, MetaGraphDef } from "./graph-messages.js";
export * as graph_util from "./graph-util.js";
export * as image from "./image.js";
export { IndexedSlices, IndexedSlicesValue } from "./indexed-slices.js";
export {
  constant_initializer,
  glorot_normal_initializer,
  glorot_uniform_initializer,
  ones_initializer,
  orthogonal_initializer,
  random_normal_initializer,
  random_uniform_initializer,
  truncated_normal_initializer,
  uniform_unit_scaling_initializer,
  variance_scaling_initializer,
  zeros_initializer,
} from "./initializers.js";
export * as io from "./io.js";
export * as losses from "./losses/index.js";
export {
  arg_max,
  arg_min,
  argmax,
  argmin,
  cast,
  constant,
  count_nonzero,
  div,
  expand_dims,
  ones,
  ones_like,
  pad,
  reduce_all,
  reduce_any,
  reduce_logsumexp,
  reduce_max,
  reduce_mean,
  reduce_min,
  reduce_prod,
  reduce_sum,
  squeeze,
  to_bfloat16,
  to_complex64,
  to_double,
  to_float,
  to_int32,
  to_int64,
  where,
  zeros,
  zeros_like,
} from "./math.js";
export { matmul } from "./matmul.js";
export * as metrics from "./metrics.js";
export * from "./mode.js";
export * from "./modules.js";
export * as data from "./namespaces/data.js";
export * as errors from "./namespaces/errors.js";
export * as initializers from "./namespaces/initializers.js";
export * as layers from "./namespaces/layers.js";
export * as lookup from "./namespaces/lookup.js";
export * as nn from "./namespaces/nn.js";
export * as queue from "./namespaces/queue.js";
export * as random from "./namespaces/random.js";
export * as sparse from "./namespaces/sparse.js";
export * as test from "./namespaces/test.js";
export * as train from "./namespaces/train.js";
export * from "./old-names.js";
export {
  fixed_size_partitioner,
  min_max_variable_partitioner,
  variable_axis_size_partitioner,
} from "./partitioned.js";
export { Assert, numpy_function, Print, py_func } from "./py-func.js";
export * as python_io from "./python-io.js";
export { count_up_to } from "./queues/producers.js";
export {
  FIFOQueue,
  PaddingFIFOQueue,
  PriorityQueue,
  QueueBase,
  RandomShuffleQueue,
} from "./queues/queue.js";
export {
  FixedLengthRecordReader,
  IdentityReader,
  ReaderBase,
  TextLineReader,
  TFRecordReader,
  WholeFileReader,
} from "./queues/readers.js";
export * as saved_model from "./saved-model.js";
export { import_graph_def } from "./saved-model.js";
export {
  SparseTensor,
  SparseTensorValue,
  sparse_add,
  sparse_concat,
  sparse_fill_empty_rows,
  sparse_mask,
  sparse_maximum,
  sparse_merge,
  sparse_minimum,
  sparse_placeholder,
  sparse_reduce_max,
  sparse_reduce_max_sparse,
  sparse_reduce_sum,
  sparse_reduce_sum_sparse,
  sparse_reorder,
  sparse_reset_shape,
  sparse_reshape,
  sparse_retain,
  sparse_segment_mean,
  sparse_segment_sqrt_n,
  sparse_segment_sum,
  sparse_slice,
  sparse_softmax,
  sparse_split,
  sparse_tensor_dense_matmul,
  sparse_tensor_to_dense,
  sparse_to_dense,
  sparse_to_indicator,
  sparse_transpose,
} from "./sparse.js";
export * as summary from "./summary.js";
export { Summary } from "./summary.js";

export const newaxis = null;
export const __version__ = "2.21.0";
export const VERSION = __version__;
export { get_local_variable, get_variable } from "./get-variable.js";
export {
  multinomial,
  random_gamma,
  random_normal,
  random_poisson,
  random_shuffle,
  random_uniform,
  truncated_normal,
} from "./random-ops.js";
export {
  AUTO_REUSE,
  get_variable_scope,
  VariableScope,
  variable_scope,
} from "./variable-scope.js";
export {
  all_variables,
  assign,
  assign_add,
  assign_sub,
  disable_resource_variables,
  enable_resource_variables,
  global_variables,
  global_variables_initializer,
  initialize_all_variables,
  initialize_variables,
  is_variable_initialized,
  local_variables,
  local_variables_initializer,
  model_variables,
  moving_average_variables,
  report_uninitialized_variables,
  resource_variables_enabled,
  scatter_add,
  scatter_div,
  scatter_max,
  scatter_min,
  scatter_mul,
  scatter_sub,
  scatter_update,
  tables_initializer,
  trainable_variables,
  Variable,
  variables_initializer,
} from "./variables.js";
