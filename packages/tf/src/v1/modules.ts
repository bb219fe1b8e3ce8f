import { get_default_graph } from "../graph/current.js";
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
export const sets = recorded({
  ...setsModule,
  set_difference: setsModule.difference,
  set_intersection: setsModule.intersection,
  set_size: setsModule.size,
  set_union: setsModule.union,
});
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

/** A check as an operation that others can wait for. */
function operation<F extends (...args: never[]) => unknown>(check: F): (...args: Parameters<F>) => unknown {
  const own = recorded(check) as unknown as (...args: unknown[]) => unknown;
  return (...args) => {
    const g = get_default_graph();
    const before = g.get_operations().length;
    const out = own(...args);
    const made = g.get_operations();
    return made.length > before ? made[made.length - 1] : out;
  };
}
export const assert_equal = operation(debugOps.assert_equal as never) as typeof debugOps.assert_equal;
export const assert_greater = operation(debugOps.assert_greater as never) as typeof debugOps.assert_greater;
export const assert_greater_equal = operation(
  debugOps.assert_greater_equal as never,
) as typeof debugOps.assert_greater_equal;
export const assert_integer = operation(debugOps.assert_integer as never) as typeof debugOps.assert_integer;
export const assert_less = operation(debugOps.assert_less as never) as typeof debugOps.assert_less;
export const assert_less_equal = operation(
  debugOps.assert_less_equal as never,
) as typeof debugOps.assert_less_equal;
export const assert_near = operation(debugOps.assert_near as never) as typeof debugOps.assert_near;
export const assert_negative = operation(
  debugOps.assert_negative as never,
) as typeof debugOps.assert_negative;
export const assert_non_negative = operation(
  debugOps.assert_non_negative as never,
) as typeof debugOps.assert_non_negative;
export const assert_non_positive = operation(
  debugOps.assert_non_positive as never,
) as typeof debugOps.assert_non_positive;
export const assert_none_equal = operation(
  debugOps.assert_none_equal as never,
) as typeof debugOps.assert_none_equal;
export const assert_positive = operation(
  debugOps.assert_positive as never,
) as typeof debugOps.assert_positive;
export const assert_rank = operation(debugOps.assert_rank as never) as typeof debugOps.assert_rank;
export const assert_rank_at_least = operation(
  debugOps.assert_rank_at_least as never,
) as typeof debugOps.assert_rank_at_least;
export const assert_rank_in = operation(debugOps.assert_rank_in as never) as typeof debugOps.assert_rank_in;
export const assert_scalar = operation(debugOps.assert_scalar as never) as typeof debugOps.assert_scalar;
export const assert_type = operation(debugOps.assert_type as never) as typeof debugOps.assert_type;
export const { assert_proper_iterable, assert_same_float_dtype, check_numerics, is_numeric_tensor } =
  recorded(debugOps);
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
export const {
  broadcast_static_shape,
  edit_distance,
  extract_volume_patches,
  fingerprint,
  get_logger,
  register_tensor_conversion_function,
} = recorded(topLevel);
export const { get_static_value, histogram_fixed_width, histogram_fixed_width_bins, is_tensor, timestamp } =
  recorded(more);
export const { sqrtm: matrix_square_root } = recorded(linalgOps);
export const { floordiv: floor_div, realdiv, where: where_v2 } = recorded(mathOps);
export const { accumulate_n } = recorded(mathOps);
export const { random_crop, random_index_shuffle } = recorded(draws);
export { custom_gradient, recompute_grad, UnconnectedGradients } from "../function/tape.js";
export * as config from "../namespaces/config.js";
export * as dtypes from "../namespaces/dtypes.js";
export * as nest from "../namespaces/nest.js";
export { TensorArray } from "./tensor-array.js";
