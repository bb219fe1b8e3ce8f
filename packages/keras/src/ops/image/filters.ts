import { type as pyType, repr, TypeError, ValueError } from "@cognate/py";
import { castValue, valueOf } from "../../backend/create.js";
import { shapeText } from "../../backend/shape.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { floating, op, shapes } from "../make.js";
import { conv, depthwise_conv } from "../nn/conv.js";
import { type DataFormat, isLast } from "../nn/windows.js";
import * as np from "../numpy/index.js";
import { onBatch } from "./checks.js";

/*
 * Weighted sums over the neighbourhood of every place.
 */

const tensor = (x: TensorLike): Tensor => (x instanceof Tensor ? x : np.array(x));
/** Two numbers, also out of a tensor. */
const pairOf = (x: TensorLike | readonly TensorLike[]): [number, number] =>
  (Array.isArray(x) ? x.map(Number) : ((x as Tensor).tolist() as number[]).map(Number)) as [number, number];

/** The bell curve at whole distances from the middle, adding up to one. */
function bell(size: number, sigma: number, type: string): Tensor {
  const x = np.subtract(np.arange(size, null, null, type as never), (size - 1) / 2);
  const y = np.exp(np.multiply(np.square(np.divide(x, sigma)), -0.5));
  return np.divide(y, np.sum(y));
}

/** Images blurred by a bell curve. */
export const gaussian_blur = op(
  "image.GaussianBlur",
  "gaussian_blur",
  "images kernel_size sigma data_format",
  (
    images: TensorLike,
    kernel_size: TensorLike | readonly TensorLike[] = [3, 3],
    sigma: TensorLike | readonly TensorLike[] = [1, 1],
    data_format: DataFormat = null,
  ): Tensor => {
    const x = tensor(images);
    const [sizes, spreads] = [pairOf(kernel_size).map(Math.trunc), pairOf(sigma)];
    const type = x._type.name;
    return onBatch(x, data_format, (batch) => {
      const channels = batch.shape[3]!;
      const [across, down] = [0, 1].map((i) => bell(sizes[i]!, spreads[i]!, type)) as [Tensor, Tensor];
      const one = np.reshape(np.outer(down, across), [sizes[0]!, sizes[1]!, 1, 1]);
      return depthwise_conv(batch, np.tile(one, [1, 1, channels, 1]), 1, "same", "channels_last");
    });
  },
  { shape: shapes.same, keepsType: true },
);

const SOBEL = [
  [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ],
  [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ],
] as const;
/** How images change downwards and to the right: a last axis of two. */
export const sobel_edges = op(
  "image.SobelEdges",
  "sobel_edges",
  "images data_format",
  (images: TensorLike, data_format: DataFormat = null): Tensor => {
    const given = tensor(images);
    if (given.ndim !== 4)
      throw new ValueError(
        `Invalid images rank: expected rank 4 (batch of images). Received: images.shape=${shapeText(given.shape)}`,
      );
    const last = isLast(data_format);
    const x = last ? given : np.transpose(given, [0, 2, 3, 1]);
    const channels = x.shape[3]!;
    const kernels = np.transpose(np.array(SOBEL, x.dtype as never), [1, 2, 0]);
    const padded = np.pad(
      x,
      [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ],
      "reflect",
    );
    const each = np.tile(np.expand_dims(kernels, 2), [1, 1, channels, 1]);
    const y = depthwise_conv(padded, each, 1, "valid", "channels_last");
    const edges = np.reshape(y, [...x.shape, 2]);
    return last ? edges : np.transpose(edges, [0, 3, 1, 2, 4]);
  },
  { shape: ([s]) => [...s!, 2], keepsType: true },
);

/** How alike two images are in brightness, contrast and structure, 1 for equal ones: one number an image. */
export const ssim = op(
  "image.SSIM",
  "ssim",
  "image1 image2 max_val filter_size filter_sigma k1 k2 data_format",
  (
    image1: TensorLike,
    image2: TensorLike,
    max_val = 1,
    filter_size = 11,
    filter_sigma = 1.5,
    k1 = 0.01,
    k2 = 0.03,
    data_format: DataFormat = null,
  ): Tensor => {
    const given = tensor(image1);
    const [a, b] = [wrap(floating(image1)), wrap(floating(image2))];
    for (const [x, name] of [
      [a, "image1"],
      [b, "image2"],
    ] as const)
      if (x.ndim !== 3 && x.ndim !== 4)
        throw new ValueError(
          `Invalid ${name} rank: expected rank 3 (single image) or rank 4 (batch of images). Received input with shape: ${name}.shape=${shapeText(x.shape)}`,
        );
    const single = a.ndim === 3;
    const planes = (x: Tensor): Tensor => {
      const batch = single ? np.expand_dims(x, 0) : x;
      const first = isLast(data_format) ? np.transpose(batch, [0, 3, 1, 2]) : batch;
      return np.reshape(first, [-1, ...first.shape.slice(2), 1]);
    };
    const [p, q] = [planes(a), planes(b)];
    const line = bell(filter_size, filter_sigma, a._type.name);
    const kernel = np.reshape(np.outer(line, line), [filter_size, filter_size, 1, 1]);
    const mean = (x: Tensor): Tensor => conv(x, kernel, 1, "valid", "channels_last");
    const [mp, mq] = [mean(p), mean(q)];
    const around = (x: Tensor, y: Tensor, mx: Tensor, my: Tensor): Tensor =>
      np.subtract(mean(np.multiply(x, y)), np.multiply(mx, my));
    const [c1, c2] = [(k1 * max_val) ** 2, (k2 * max_val) ** 2];
    const twice = (x: Tensor, c: number): Tensor => np.add(np.multiply(x, 2), c);
    const top = np.multiply(twice(np.multiply(mp, mq), c1), twice(around(p, q, mp, mq), c2));
    const bottom = np.multiply(
      np.add(np.add(np.square(mp), np.square(mq)), c1),
      np.add(np.add(around(p, p, mp, mp), around(q, q, mq, mq)), c2),
    );
    const each = np.mean(np.divide(top, bottom), [1, 2, 3]);
    const batch = single ? 1 : a.shape[0]!;
    const y = np.mean(np.reshape(each, [batch, -1]), -1);
    return wrap(castValue((single ? np.squeeze(y, 0) : y)._value, given._value.dtype));
  },
  { arity: 2, shape: ([s]) => (s!.length === 3 ? [] : [s![0]!]), keepsType: true },
);

/** Windows of images or volumes laid out along the channels. */
function patches(
  images: Tensor,
  size: readonly number[],
  strides: number | readonly number[] | null,
  dilation: number | readonly number[],
  padding: string,
  format: DataFormat,
): Tensor {
  const axes = size.length;
  const channels = images.shape.at(isLast(format) ? -1 : -1 - axes)!;
  const count = size.reduce((n, k) => n * k, channels);
  const kernel = np.reshape(np.eye(count, null, 0, images.dtype as never), [...size, channels, count]);
  const single = images.ndim === axes + 1;
  const batch = single ? np.expand_dims(images, 0) : images;
  const y = conv(batch, kernel, strides ?? size, padding, format, dilation);
  return single ? np.squeeze(y, 0) : y;
}
/** Windows of images (a size of two) or volumes (of three), laid out along the channels. @throws ValueError */
export const extract_patches = op(
  "image.ExtractPatches",
  "extract_patches",
  "images size strides dilation_rate padding data_format",
  (
    images: TensorLike,
    size: number | readonly number[],
    strides: number | readonly number[] | null = null,
    dilation_rate: number | readonly number[] = 1,
    padding = "valid",
    data_format: DataFormat = null,
  ): Tensor => {
    if (typeof size !== "number") {
      if (!Array.isArray(size))
        throw new TypeError(
          `Invalid \`size\` argument. Expected an int or a tuple. Received: size=${String(size)} of type ${(pyType(size) as { __name__: string }).__name__}`,
        );
      if (size.length !== 2 && size.length !== 3)
        throw new ValueError(
          `Invalid \`size\` argument. Expected a tuple of length 2 or 3. Received: size=${repr(size)} with length ${size.length}`,
        );
    }
    const own = typeof size === "number" ? [size, size] : size;
    return patches(wrap(valueOf(images)), own, strides, dilation_rate, padding, data_format);
  },
);
/** Windows of volumes, laid out along the channels. */
export const extract_patches_3d = op(
  "image.ExtractPatches",
  "extract_patches_3d",
  "images size strides dilation_rate padding data_format",
  (
    volumes: TensorLike,
    size: number | readonly number[],
    strides: number | readonly number[] | null = null,
    dilation_rate: number | readonly number[] = 1,
    padding = "valid",
    data_format: DataFormat = null,
  ): Tensor => {
    const own = typeof size === "number" ? [size, size, size] : size;
    return patches(wrap(valueOf(volumes)), own, strides, dilation_rate, padding, data_format);
  },
);
