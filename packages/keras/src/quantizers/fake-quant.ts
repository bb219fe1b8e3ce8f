import { def } from "@cognate/py";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";

/**
 * `keras.quantizers.fake_quant_with_min_max_vars`: x on a grid of 2^bits steps between min and max, moved so that 0 lies on it;
 * gradients pass where x lies between, else they go to the bound.
 *
 * @param axis - min and max by position along it; for the whole by default
 */
export const fake_quant_with_min_max_vars = def(
  "keras.quantizers.fake_quant_with_min_max_vars",
  "inputs min_vals max_vals num_bits narrow_range axis",
  (
    inputs: TensorLike,
    min_vals: TensorLike,
    max_vals: TensorLike,
    num_bits = 8,
    narrow_range = false,
    axis: number | null = null,
  ): Tensor => {
    const x = K.convert_to_tensor(inputs) as Tensor;
    const at = axis === null ? null : axis < 0 ? axis + x.ndim : axis;
    const shape = x.shape.map((n, i) => (i === at ? (n as number) : 1));
    const bound = (v: TensorLike): Tensor =>
      K.reshape(K.cast(v, "float32"), at === null ? [] : shape) as Tensor;
    const f = K.custom_gradient((v: Tensor, low: Tensor, high: Tensor) => {
      const [qmin, qmax] = [narrow_range ? 1 : 0, 2 ** num_bits - 1];
      const [min, max] = [bound(low), bound(high)];
      const step = K.divide(K.subtract(max, min), qmax - qmin);
      const zero = K.round(K.clip(K.subtract(qmin, K.divide(min, step)), qmin, qmax));
      const from = K.multiply(K.subtract(qmin, zero), step);
      const to = K.multiply(K.subtract(qmax, zero), step);
      const inverse = K.divide(qmax - qmin, K.subtract(max, min));
      const w = K.cast(v, "float32");
      const origin = K.floor(K.add(K.multiply(K.negative(from), inverse), 0.5));
      const clamped = K.subtract(K.minimum(K.maximum(w, from), to), from);
      const grid = K.floor(K.add(K.subtract(K.multiply(clamped, inverse), origin), 0.5));
      const y = K.cast(K.multiply(grid, step), K.dtype(v));
      const back = (upstream: Tensor): unknown[] => {
        const inside = K.logical_and(K.greater_equal(w, from), K.less_equal(w, to));
        const axes = x.shape.map((_, i) => i).filter((i) => i !== at);
        const sum = (where: unknown, like: Tensor): unknown =>
          K.reshape(K.sum(K.where(where as Tensor, upstream, 0), axes), like.shape as never);
        return [K.where(inside, upstream, 0), sum(K.less(w, from), low), sum(K.greater(w, to), high)];
      };
      return [y, back] as const;
    });
    return f(x, K.convert_to_tensor(min_vals), K.convert_to_tensor(max_vals)) as Tensor;
  },
);
