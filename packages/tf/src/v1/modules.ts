import * as bitwiseModule from "../namespaces/bitwise.js";
import * as debuggingModule from "../namespaces/debugging.js";
import * as setsModule from "../namespaces/sets.js";
import * as signalModule from "../namespaces/signal.js";
import * as stringsModule from "../namespaces/strings.js";
import * as arrayOps from "../ops/array.js";
import * as debugOps from "../ops/debugging.js";
import * as linalgOps from "../ops/linalg.js";
import * as mathOps from "../ops/math.js";
import * as more from "../ops/more.js";
import * as nnOps from "../ops/nn.js";
import * as draws from "../ops/random.js";
import * as sorting from "../ops/sorting.js";
import * as stringOps from "../ops/strings.js";
import * as topLevel from "../ops/top-level.js";
import { recorded } from "./make.js";

/* Modules that are the same in TensorFlow 1 and 2, and the old names of their functions. */

export const bitwise = recorded(bitwiseModule);
export const debugging = recorded(debuggingModule);
export const sets = recorded(setsModule);
export const signal = recorded(signalModule);
export const spectral = recorded(signalModule);
export const strings = recorded(stringsModule);
export const manip = recorded({
  batch_to_space_nd: arrayOps.batch_to_space,
  gather_nd: arrayOps.gather_nd,
  reshape: arrayOps.reshape,
  reverse: arrayOps.reverse,
  roll: arrayOps.roll,
  scatter_nd: arrayOps.scatter_nd,
  space_to_batch_nd: arrayOps.space_to_batch,
  tile: arrayOps.tile,
});

export const {
  assert_equal,
  assert_greater,
  assert_greater_equal,
  assert_integer,
  assert_less,
  assert_less_equal,
  assert_near,
  assert_negative,
  assert_non_negative,
  assert_non_positive,
  assert_none_equal,
  assert_positive,
  assert_proper_iterable,
  assert_rank,
  assert_rank_at_least,
  assert_rank_in,
  assert_same_float_dtype,
  assert_scalar,
  assert_type,
  check_numerics,
  is_numeric_tensor,
} = recorded(debugOps);
export const { fft, fft2d, fft3d, ifft, ifft2d, ifft3d } = recorded(signalModule);
export const { argsort, is_non_decreasing, is_strictly_increasing, scalar_mul, sort } = recorded(sorting);
export const {
  as_string,
  join: string_join,
  reduce_join,
  regex_replace,
  strip: string_strip,
  substr,
  to_hash_bucket_fast: string_to_hash_bucket_fast,
  to_hash_bucket_strong: string_to_hash_bucket_strong,
  to_number: string_to_number,
} = recorded(stringOps);
export const { to_hash_bucket: string_to_hash_bucket } = recorded(stringOps);
export const {
  batch_to_space: batch_to_space_nd,
  broadcast_dynamic_shape,
  reverse: reverse_v2,
  space_to_batch: space_to_batch_nd,
  tensor_scatter_nd_add: tensor_scatter_add,
  tensor_scatter_nd_sub: tensor_scatter_sub,
  tensor_scatter_nd_update: tensor_scatter_update,
} = recorded(arrayOps);
export const { depth_to_space, space_to_depth } = recorded(nnOps);
export const { broadcast_static_shape, edit_distance, extract_volume_patches, get_logger } =
  recorded(topLevel);
export const { get_static_value, histogram_fixed_width, histogram_fixed_width_bins, is_tensor, timestamp } =
  recorded(more);
export const { sqrtm: matrix_square_root } = recorded(linalgOps);
export const { floordiv: floor_div, realdiv, where: where_v2 } = recorded(mathOps);
export const { accumulate_n } = recorded(mathOps);
export const { random_crop } = recorded(draws);
export { custom_gradient, recompute_grad, UnconnectedGradients } from "../function/tape.js";
export { TensorArray } from "../function/tensor-array.js";
export * as config from "../namespaces/config.js";
export * as dtypes from "../namespaces/dtypes.js";
export * as nest from "../namespaces/nest.js";
export { SparseTensor } from "../ops/sparse.js";
