import { def, ValueError } from "@cognate/py";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";

/** `keras.quantizers.compute_float8_scale`: the step for the largest number that was seen, or the old one. */
export const compute_float8_scale = def(
  "keras.quantizers.compute_float8_scale",
  "amax scale dtype_max margin",
  (amax: TensorLike, scale: TensorLike, dtype_max: TensorLike, margin = 0): Tensor => {
    const old = K.reciprocal(scale);
    const fresh = K.divide(K.divide(dtype_max, amax), 2 ** margin);
    const positive = K.where(K.greater(amax, 0), fresh, old);
    return K.reciprocal(K.where(K.isfinite(amax), positive, old)) as Tensor;
  },
);
/** `keras.quantizers.compute_float8_amax_history`: the history moved by one, with the largest |x| at its start. */
export const compute_float8_amax_history = def(
  "keras.quantizers.compute_float8_amax_history",
  "x amax_history",
  (x: TensorLike, amax_history: TensorLike): Tensor => {
    const history = K.convert_to_tensor(amax_history) as Tensor;
    const most = K.cast(K.max(K.abs(x)), K.dtype(history));
    return K.scatter_update(K.roll(history, -1), [[0]], K.reshape(most, [1])) as Tensor;
  },
);

/** Bits of the fraction, least exponent and largest number of the eight-bit floats. */
const FORMATS: Readonly<Record<string, readonly [bits: number, least: number, most: number]>> = {
  float8_e4m3fn: [3, -6, 448],
  float8_e5m2: [2, -14, 57344],
};

/**
 * `keras.quantizers.quantize_and_dequantize`: x / scale as an eight-bit float, times scale.
 *
 * Source: Micikevicius et al., FP8 formats for deep learning (2022).
 */
export const quantize_and_dequantize = def(
  "keras.quantizers.quantize_and_dequantize",
  "inputs scale quantized_dtype compute_dtype",
  (inputs: TensorLike, scale: TensorLike, quantized_dtype: string, compute_dtype: string): Tensor => {
    const format = FORMATS[quantized_dtype];
    if (!format) throw new ValueError(`Invalid dtype: ${quantized_dtype}`);
    const [bits, least, most] = format;
    const factor = K.cast(scale, compute_dtype);
    const x = K.cast(K.clip(K.divide(inputs, factor), -most, most), "float32");
    // Numbers between two powers of two lie on a grid of their own; below the least, on its.
    const exponent = K.maximum(K.floor(K.log2(K.maximum(K.abs(x), 2 ** least))), least);
    const step = K.power(2, K.subtract(exponent, bits));
    const rounded = K.multiply(K.round(K.divide(x, step)), step);
    return K.multiply(K.cast(rounded, compute_dtype), factor) as Tensor;
  },
);
