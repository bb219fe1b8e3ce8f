import { repr, Tuple, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { type DataFormat, isLast } from "../nn/windows.js";
import * as np from "../numpy/index.js";

/*
 * What functions of images have in common.
 */

/** @throws ValueError for anything but an image or a batch of them */
export function checkImageRank(shape: Shape): void {
  if (shape.length !== 3 && shape.length !== 4)
    throw new ValueError(
      `Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). Received input with shape: images.shape=${shapeText(shape)}`,
    );
}
export const INTERPOLATIONS = ["nearest", "bilinear"] as const;
/** @throws ValueError */
export function checkInterpolation(interpolation: string): void {
  if (!(INTERPOLATIONS as readonly string[]).includes(interpolation))
    throw new ValueError(
      `Invalid value for argument \`interpolation\`. Expected of one ${repr(Tuple.of_([...INTERPOLATIONS]))}. Received: interpolation=${interpolation}`,
    );
}
export const FILL_MODES = ["constant", "nearest", "wrap", "reflect"] as const;
/** @throws ValueError */
export function checkFillMode(fill_mode: string): void {
  if (!(FILL_MODES as readonly string[]).includes(fill_mode))
    throw new ValueError(
      `Invalid value for argument \`fill_mode\`. Expected of one ${repr(Tuple.of_([...FILL_MODES]))}. Received: fill_mode=${fill_mode}`,
    );
}

/** One of two numbers place by place. */
export const chosen = (at: Tensor, yes: Tensor | number, no: Tensor | number): Tensor =>
  np.where(at, yes, no) as Tensor;

/** What `f` makes of a batch with its channels last, for one image or a batch with its channels anywhere. */
export function onBatch(images: Tensor, format: DataFormat, f: (batch: Tensor) => Tensor): Tensor {
  checkImageRank(images.shape);
  const single = images.ndim === 3;
  const batch = single ? np.expand_dims(images, 0) : images;
  const last = isLast(format);
  const y = f(last ? batch : np.transpose(batch, [0, 2, 3, 1]));
  const own = last ? y : np.transpose(y, [0, 3, 1, 2]);
  return single ? np.squeeze(own, 0) : own;
}
