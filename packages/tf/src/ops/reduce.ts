import { ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { as_dtype, bool, float32, int32, int64, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { type Data, def, type Name } from "./make.js";
import {
  abs,
  cast,
  divide,
  exp,
  greater,
  is_finite,
  log,
  maximum,
  multiply,
  not_equal,
  real,
  sqrt,
  square,
  subtract,
  where,
} from "./math.js";

/* `tf.math.reduce_*`, `segment_*`, scans: functions along axes. */

export type Axis = number | readonly number[] | Tensor | null;

/** The axes to reduce over: those given, or all. */
export function axesFor(x: Tensor, axis: Axis): unknown {
  if (axis !== null) return axis;
  const { rank } = x.shape as { rank: number | null };
  if (rank !== null && rank !== undefined) return toTensor(range(rank), { dtype: int32 });
  return one("Range", [0, one("Rank", [x]), 1]);
}
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const reduce = (type: string, x: Tensor, axis: Axis, keepdims: boolean | null, name: Name): Tensor =>
  one(type, [x, axesFor(x, axis)], { keep_dims: keepdims ?? false }, name);

const reduction = (py: string, type: string) =>
  def(
    `tensorflow.math.${py}`,
    "input_tensor axis keepdims name",
    (input_tensor: Data, axis: Axis = null, keepdims: boolean | null = false, name: Name = null): Tensor =>
      reduce(type, toTensor(input_tensor), axis, keepdims, name),
  );

export const reduce_sum = reduction("reduce_sum", "Sum");
export const reduce_prod = reduction("reduce_prod", "Prod");
export const reduce_mean = reduction("reduce_mean", "Mean");
export const reduce_max = reduction("reduce_max", "Max");
export const reduce_min = reduction("reduce_min", "Min");
export const reduce_euclidean_norm = reduction("reduce_euclidean_norm", "EuclideanNorm");

const logical = (py: string, type: string) =>
  def(
    `tensorflow.math.${py}`,
    "input_tensor axis keepdims name",
    (input_tensor: Data, axis: Axis = null, keepdims: boolean | null = false, name: Name = null): Tensor =>
      reduce(type, toTensor(input_tensor, { hint: bool }), axis, keepdims, name),
  );
export const reduce_all = logical("reduce_all", "All");
export const reduce_any = logical("reduce_any", "Any");

/** The mean of |x − mean|². @throws TypeError for integers */
export const reduce_variance = def(
  "tensorflow.math.reduce_variance",
  "input_tensor axis keepdims name",
  (input_tensor: Data, axis: Axis = null, keepdims: boolean | null = false, name: Name = null): Tensor => {
    const x = toTensor(input_tensor);
    if (x.dtype.is_integer && !x._value?.weak) throw new TypeErrorOfInput(x);
    const v = x._value?.weak ? cast(x, float32) : x;
    const means = reduce("Mean", v, axis, true, null);
    const diff = subtract(v, means);
    const squares = v.dtype.is_complex ? real(multiply(diff, one("Conj", [diff]))) : square(diff);
    return reduce("Mean", squares, axis, keepdims, name);
  },
);
class TypeErrorOfInput extends ValueError {
  constructor(x: Tensor) {
    super(`Input must be either real or complex. Received integer type ${x.dtype}.`);
  }
}
export const reduce_std = def(
  "tensorflow.math.reduce_std",
  "input_tensor axis keepdims name",
  (input_tensor: Data, axis: Axis = null, keepdims: boolean | null = false, name: Name = null): Tensor =>
    sqrt(reduce_variance(input_tensor, axis, keepdims), name),
);

/** log Σ eˣ without overflow. */
export const reduce_logsumexp = def(
  "tensorflow.math.reduce_logsumexp",
  "input_tensor axis keepdims name",
  (input_tensor: Data, axis: Axis = null, keepdims: boolean | null = false, _name: Name = null): Tensor => {
    const x = toTensor(input_tensor);
    const raw = reduce("Max", x, axis, true, null);
    const finite = one("StopGradient", [where(is_finite(raw), raw, one("ZerosLike", [raw]))]);
    const total = log(reduce("Sum", exp(subtract(x, finite)), axis, true, null));
    const kept = one("AddV2", [total, finite]);
    return keepdims ? kept : dropped(kept, x, axis);
  },
);
function dropped(x: Tensor, like: Tensor, axis: Axis): Tensor {
  if (axis === null) return one("Reshape", [x, toTensor([], { dtype: int32 })]);
  const dims = Array.isArray(axis) ? axis : [axis];
  if (dims.every((d) => typeof d === "number"))
    return one("Squeeze", [x], { squeeze_dims: dims.map(Number) });
  return one("Reshape", [x, one("Shape", [reduce("Sum", like, axis, false, null)])]);
}

export const count_nonzero = def(
  "tensorflow.math.count_nonzero",
  "input axis keepdims dtype name",
  (
    input: Data,
    axis: Axis = null,
    keepdims: boolean | null = null,
    dtype: TypeLike = int64,
    _name: Name = null,
  ): Tensor => {
    const x = toTensor(input);
    const zero = x.dtype.name === "string" ? toTensor("") : cast(0, x.dtype);
    return cast(reduce("Sum", cast(not_equal(x, zero), int64), axis, keepdims, null), dtype);
  },
);

const arg = (py: string, type: string) =>
  def(
    `tensorflow.math.${py}`,
    "input axis output_type name",
    (
      input: Data,
      axis: number | Tensor | null = null,
      output_type: TypeLike = int64,
      name: Name = null,
    ): Tensor => one(type, [input, axis ?? 0], { output_type: as_dtype(output_type) }, name),
  );
export const argmax = arg("argmax", "ArgMax");
export const argmin = arg("argmin", "ArgMin");

const scan = (py: string, type: string) =>
  def(
    `tensorflow.math.${py}`,
    "x axis exclusive reverse name",
    (x: Data, axis: number | Tensor = 0, exclusive = false, reverse = false, name: Name = null): Tensor =>
      one(type, [toTensor(x), axis], { exclusive, reverse }, name),
  );
export const cumsum = scan("cumsum", "Cumsum");
export const cumprod = scan("cumprod", "Cumprod");
export const cumulative_logsumexp = scan("cumulative_logsumexp", "CumulativeLogsumexp");

const segment = (py: string, type: string) =>
  def(
    `tensorflow.math.${py}`,
    "data segment_ids name",
    (data: Data, segment_ids: Data, name: Name = null): Tensor => one(type, [data, segment_ids], {}, name),
  );
export const segment_sum = segment("segment_sum", "SegmentSum");
export const segment_mean = segment("segment_mean", "SegmentMean");
export const segment_prod = segment("segment_prod", "SegmentProd");
export const segment_max = segment("segment_max", "SegmentMax");
export const segment_min = segment("segment_min", "SegmentMin");

const unsorted = (py: string, type: string) =>
  def(
    `tensorflow.math.${py}`,
    "data segment_ids num_segments name",
    (data: Data, segment_ids: Data, num_segments: number | Tensor, name: Name = null): Tensor =>
      one(type, [data, segment_ids, num_segments], {}, name),
  );
export const unsorted_segment_sum = unsorted("unsorted_segment_sum", "UnsortedSegmentSum");
export const unsorted_segment_prod = unsorted("unsorted_segment_prod", "UnsortedSegmentProd");
export const unsorted_segment_max = unsorted("unsorted_segment_max", "UnsortedSegmentMax");
export const unsorted_segment_min = unsorted("unsorted_segment_min", "UnsortedSegmentMin");

/** How many rows each segment has, at least 1, shaped to divide by. */
function counts(data: Tensor, ids: Tensor, n: number | Tensor): Tensor {
  const ones = one("OnesLike", [cast(ids, data.dtype)]);
  const sums = unsorted_segment_sum(ones, ids, n);
  const extra = data.shape.length - ids.shape.length;
  let shaped = sums;
  for (let i = 0; i < extra; i++) shaped = one("ExpandDims", [shaped, -1]);
  return maximum(shaped, cast(1, data.dtype));
}
export const unsorted_segment_mean = def(
  "tensorflow.math.unsorted_segment_mean",
  "data segment_ids num_segments name",
  (data: Data, segment_ids: Data, num_segments: number | Tensor, _name: Name = null): Tensor => {
    const [x, ids] = [toTensor(data), toTensor(segment_ids)];
    return divide(unsorted_segment_sum(x, ids, num_segments), counts(x, ids, num_segments));
  },
);
export const unsorted_segment_sqrt_n = def(
  "tensorflow.math.unsorted_segment_sqrt_n",
  "data segment_ids num_segments name",
  (data: Data, segment_ids: Data, num_segments: number | Tensor, _name: Name = null): Tensor => {
    const [x, ids] = [toTensor(data), toTensor(segment_ids)];
    return divide(unsorted_segment_sum(x, ids, num_segments), sqrt(counts(x, ids, num_segments)));
  },
);

/** How many elements are zero, as a share of all. */
export const zero_fraction = def(
  "tensorflow.math.zero_fraction",
  "value name",
  (value: Data, _name: Name = null): Tensor => {
    const x = toTensor(value);
    const zeros = reduce("Sum", cast(one("Equal", [x, one("ZerosLike", [x])]), float32), null, false, null);
    return divide(zeros, cast(one("Size", [x], { out_type: int64 }), float32));
  },
);
export { abs, greater };
