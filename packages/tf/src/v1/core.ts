import { pyClass } from "@cognate/py";
import { GraphShape } from "../graph/shape.js";
import * as array from "../ops/array.js";
import * as create from "../ops/create.js";
import * as linalgOps from "../ops/linalg.js";
import * as mathOps from "../ops/math.js";
import * as more from "../ops/math-more.js";
import * as reduceOps from "../ops/reduce.js";
import { recorded } from "./make.js";

/* Functions of TensorFlow 1 that are those of TensorFlow 2, recorded in the default graph. */

export { Tensor } from "../shared.js";
export { Dimension } from "../graph/shape.js";
export {
  as_dtype,
  bfloat16,
  bool,
  complex64,
  complex128,
  float16,
  float16 as half,
  float32,
  float64,
  float64 as double,
  int8,
  int16,
  int32,
  int64,
  qint8,
  qint16,
  qint32,
  quint8,
  quint16,
  resource,
  string,
  uint8Type as uint8,
  uint16,
  uint32,
  uint64,
  variant,
} from "../core/dtypes.js";

export const {
  abs, acos, acosh, add, add_n, angle, asin, asinh, atan, atan2, atanh, betainc, bessel_i0, bessel_i0e, bessel_i1, bessel_i1e, ceil,
  complex, conj, cos, cosh, digamma, divide, equal, erf, erfc, exp, expm1, floor, floordiv, floormod, greater, greater_equal,
  igamma, igammac, imag, is_finite, is_inf, is_nan, less, less_equal, lgamma, log, log1p, log_sigmoid, logical_and, logical_not,
  logical_or, logical_xor, maximum, minimum, mod, multiply, negative, not_equal, polygamma, pow, real, reciprocal, rint, round,
  rsqrt, saturate_cast, sigmoid, sign, sin, sinh, sqrt, square, squared_difference, subtract, tan, tanh, truediv, truncatediv,
  truncatemod, zeta, divide_no_nan: div_no_nan,
} = recorded(mathOps);
export const {
  batch_to_space, bitcast, boolean_mask, broadcast_to, concat, dynamic_partition, dynamic_stitch, ensure_shape, gather, gather_nd,
  guarantee_const, identity, identity_n, meshgrid, one_hot, parallel_stack, rank, repeat, reshape, reverse, reverse_sequence, roll,
  scatter_nd, searchsorted, sequence_mask, shape, shape_n, size, slice, space_to_batch, split, stack, stop_gradient,
  strided_slice, tensor_scatter_nd_add, tensor_scatter_nd_max, tensor_scatter_nd_min, tensor_scatter_nd_sub,
  tensor_scatter_nd_update, tile, transpose, unique, unique_with_counts, unravel_index, unstack,
} = recorded(array);
export const { convert_to_tensor, eye, fill, linspace, range } = recorded(create);
export const { linspace: lin_space } = recorded(create);
export const {
  cumprod, cumsum, segment_max, segment_mean, segment_min, segment_prod, segment_sum, unsorted_segment_max, unsorted_segment_mean,
  unsorted_segment_min, unsorted_segment_prod, unsorted_segment_sqrt_n, unsorted_segment_sum,
} = recorded(reduceOps);
export const { bincount, confusion_matrix, invert_permutation, lbeta } = recorded(more);
export const {
  cholesky, cholesky_solve, cross, diag: matrix_diag, diag_part: matrix_diag_part, set_diag: matrix_set_diag, band_part: matrix_band_part,
  det: matrix_determinant, inv: matrix_inverse, solve: matrix_solve, triangular_solve: matrix_triangular_solve, lstsq: matrix_solve_ls,
  matrix_transpose, norm, qr, svd, eigh: self_adjoint_eig, eigvalsh: self_adjoint_eigvals, tensordot, einsum, trace,
  tensor_diag: diag, tensor_diag_part: diag_part,
} = recorded(linalgOps);
/** `tf.TensorShape`: lengths of axes, `null` where unknown; `null` for an unknown number of them. */
export const TensorShape = pyClass("tensorflow.python.framework.tensor_shape.TensorShape", "dims", GraphShape as unknown as new (dims: unknown) => GraphShape);
export const linalg = recorded(linalgOps);
export const math = recorded({ ...mathOps, ...reduceOps, ...more });
