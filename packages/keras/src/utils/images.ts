import type { ndarray } from "@cognate/ndarray";
import { def, ValueError } from "@cognate/py";
import { floatx } from "../backend/config.js";
import { shapeText } from "../backend/shape.js";
import { Tensor, type TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";
import { type DataFormat, isLast } from "../ops/nn/windows.js";

/*
 * Images as arrays. An image that has been opened is an array of bytes here, [height, width] or [height, width, channels].
 */

const arrayOf = (x: TensorLike, dtype: string | null): Tensor =>
  x instanceof Tensor && dtype === null ? K.cast(x, floatx()) : K.array(x, (dtype ?? floatx()) as never);

/**
 * `keras.utils.img_to_array`: an image with an axis of channels, in the default float.
 *
 * @throws ValueError for anything but two or three axes
 */
export const img_to_array = def(
  "keras.utils.img_to_array",
  "img data_format dtype",
  (img: TensorLike, data_format: DataFormat = null, dtype: string | null = null): ndarray => {
    const x = arrayOf(img, dtype);
    if (x.ndim !== 2 && x.ndim !== 3) throw new ValueError(`Unsupported image shape: ${shapeText(x.shape)}`);
    const own = x.ndim === 2 ? K.expand_dims(x, -1) : x;
    return (isLast(data_format) ? own : K.transpose(own, [2, 0, 1])).numpy();
  },
);

/**
 * `keras.utils.array_to_img`: an array as an image of bytes, its channels last; grey ones without an axis of channels.
 *
 * @param scale - whether the values are stretched to 0 … 255
 * @throws ValueError for anything but one image of 1, 3 or 4 channels
 */
export const array_to_img = def(
  "keras.utils.array_to_img",
  "x data_format scale dtype",
  (x: TensorLike, data_format: DataFormat = null, scale = true, dtype: string | null = null): ndarray => {
    const given = arrayOf(x, dtype);
    if (given.ndim !== 3)
      throw new ValueError(
        `Expected image array to have rank 3 (single image). Got array with shape: ${shapeText(given.shape)}`,
      );
    const last = isLast(data_format) ? given : K.transpose(given, [1, 2, 0]);
    const channels = last.shape[2]!;
    if (channels !== 1 && channels !== 3 && channels !== 4)
      throw new ValueError(`Unsupported channel number: ${channels}`);
    const own = scale ? stretched(last) : last;
    const plane = channels === 1 ? K.squeeze(own, 2) : own;
    return K.cast(plane, channels === 1 && Number(K.max(own)) > 255 ? "int32" : "uint8").numpy();
  },
);
function stretched(x: Tensor): Tensor {
  const from = K.subtract(x, K.min(x));
  const top = Number(K.max(from));
  return K.multiply(top === 0 ? from : K.divide(from, top), 255);
}
