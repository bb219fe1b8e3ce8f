import { def, Tuple } from "@cognate/py";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";

type Range = readonly [number, number];

/**
 * `keras.quantizers.abs_max_quantize`: x · s rounded and clipped to the range, with s = r / (max|x| + ε) along axes and r the
 * range's end; and s.
 *
 * Source: absolute maximum quantization as in Keras 3.15, `quantizers.py`.
 */
export const abs_max_quantize = def(
  "keras.quantizers.abs_max_quantize",
  "inputs axis value_range dtype epsilon to_numpy",
  (
    inputs: TensorLike,
    axis: number | readonly number[],
    value_range: Range = [-127, 127],
    dtype = "int8",
    epsilon = 1e-7,
    _to_numpy = false,
  ): Tuple<Tensor> => {
    const x = K.convert_to_tensor(inputs) as Tensor;
    const most = K.max(K.abs(x), axis as never, true);
    const scale = K.cast(K.divide(value_range[1], K.add(most, epsilon)), K.dtype(x));
    const q = K.clip(K.round(K.multiply(x, scale)), value_range[0], value_range[1]);
    return Tuple.of_([K.cast(q, dtype), scale] as Tensor[]);
  },
);

/**
 * `keras.quantizers.abs_max_quantize_grouped_with_zero_point`: each block of rows gets a step and a zero point of its own, by
 * column: round(x / step) + zero, step = (max − min + ε) / (range's length).
 */
export const abs_max_quantize_grouped_with_zero_point = def(
  "keras.quantizers.abs_max_quantize_grouped_with_zero_point",
  "inputs block_size value_range dtype epsilon to_numpy",
  (
    inputs: TensorLike,
    block_size: number,
    value_range: Range = [-8, 7],
    dtype = "int8",
    epsilon = 1e-7,
    _to_numpy = false,
  ): Tuple<Tensor> => {
    const x = K.convert_to_tensor(inputs) as Tensor;
    const [rows, columns] = x.shape as readonly number[] as [number, number];
    const groups = Math.ceil(rows / block_size);
    const [low, high] = value_range;
    const more = groups * block_size - rows;
    const padded = more > 0 ? K.concatenate([x, K.zeros([more, columns], x.dtype as never)], 0) : x;
    const blocks = K.reshape(padded, [groups, block_size, columns]);
    const [min, max] = [K.min(blocks, 1, true), K.max(blocks, 1, true)];
    const step = K.divide(K.add(K.subtract(max, min), epsilon), high - low);
    const zero = K.clip(K.add(K.round(K.divide(K.negative(min), step)), low), low, high);
    const q = K.clip(K.add(K.round(K.divide(blocks, step)), zero), low, high);
    const whole = K.reshape(K.cast(q, dtype), [groups * block_size, columns]) as Tensor;
    return Tuple.of_([
      whole.at(`:${rows}`),
      K.squeeze(step, 1),
      K.cast(K.squeeze(zero, 1), "int8"),
    ] as Tensor[]);
  },
);
