import { Tuple, TypeError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { IndexedSlices } from "../variable/indexed-slices.js";
import { global_norm } from "./linalg.js";
import { type Data, def, type Name } from "./make.js";
import { divide, maximum, minimum, multiply, sqrt, square } from "./math.js";
import { type Axis, reduce_mean, reduce_sum } from "./reduce.js";

/* `tf.clip_by_*`. */

export const clip_by_value = def(
  "tensorflow.clip_by_value",
  "t clip_value_min clip_value_max name",
  (t: Data, clip_value_min: Data, clip_value_max: Data, _name: Name = null): Tensor => {
    const x = toTensor(t);
    return maximum(minimum(x, isTensor(clip_value_max) ? clip_value_max : clip_value_max), clip_value_min);
  },
);
export const clip_by_norm = def(
  "tensorflow.clip_by_norm",
  "t clip_norm axes name",
  (
    t: Data | IndexedSlices,
    clip_norm: Data,
    axes: Axis = null,
    _name: Name = null,
  ): Tensor | IndexedSlices => {
    const x = toTensor(t instanceof IndexedSlices ? t.values : t);
    const given = toTensor(clip_norm, { dtype: x.dtype });
    const limit = x.dtype.is_complex ? given : maximum(given, toTensor(0, { dtype: x.dtype }));
    const total = reduce_sum(multiply(x, x), axes, true);
    const positive = one("Greater", [total, toTensor(0, { dtype: x.dtype })]);
    const safe = one("SelectV2", [positive, total, one("OnesLike", [total])]);
    const norm = one("SelectV2", [positive, sqrt(safe), total]);
    const y = divide(multiply(x, limit), maximum(norm, limit));
    return t instanceof IndexedSlices ? new IndexedSlices(y, t.indices, t.dense_shape) : y;
  },
);
export const clip_by_average_norm = def(
  "tensorflow.clip_by_average_norm",
  "t clip_norm name",
  (t: Data, clip_norm: Data, _name: Name = null): Tensor => {
    const x = toTensor(t);
    const limit = toTensor(clip_norm, { dtype: x.dtype });
    return divide(multiply(x, limit), maximum(sqrt(reduce_mean(square(x), null)), limit));
  },
);
type Item = Data | IndexedSlices | null;
/** Tensors scaled down together where their norm is past the limit, and the norm. */
export const clip_by_global_norm = def(
  "tensorflow.clip_by_global_norm",
  "t_list clip_norm use_norm name",
  (
    t_list: readonly Item[],
    clip_norm: Data,
    use_norm: Data | null = null,
    _name: Name = null,
  ): Tuple<unknown> => {
    if (isTensor(t_list) || !Array.isArray(t_list)) throw new TypeError("t_list should be a sequence");
    const values = t_list.map((t) => (t instanceof IndexedSlices ? t.values : t));
    const norm = use_norm === null ? global_norm(values as Data[]) : toTensor(use_norm);
    const unit = toTensor(1, { dtype: norm.dtype });
    const scale = multiply(
      clip_norm,
      minimum(divide(unit, norm), divide(unit, toTensor(clip_norm, { dtype: norm.dtype }))),
    );
    const safe = one("SelectV2", [
      one("IsFinite", [norm]),
      scale,
      toTensor(Number.NaN, { dtype: norm.dtype }),
    ]);
    const clipped = t_list.map((t, i) => {
      if (t === null) return null;
      const y = one("Identity", [multiply(values[i] as Data, safe)]);
      return t instanceof IndexedSlices ? new IndexedSlices(y, t.indices, t.dense_shape) : y;
    });
    return Tuple.of_([clipped, norm]);
  },
);
