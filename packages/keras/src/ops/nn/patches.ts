import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, compute, op, promoted, shapes } from "../make.js";
import { type DataFormat, isLast, perAxis } from "./windows.js";

type Pair = number | readonly number[];

const windowsOf = (kernel_size: Pair, dilation: Pair, padding: Pair, stride: Pair) => ({
  kernel: perAxis(kernel_size, 2),
  dilation: perAxis(dilation, 2),
  padding: perAxis(padding, 2).map((p): [number, number] => [p, p]),
  stride: perAxis(stride, 2),
});

/** Patches of images `[N, C, H, W]` as columns `[N, C·kH·kW, L]`. */
export const unfold = op(
  "nn.Unfold",
  "unfold",
  "x kernel_size dilation padding stride",
  (x: TensorLike, kernel_size: Pair, dilation: Pair = 1, padding: Pair = 0, stride: Pair = 1): Tensor =>
    compute(ops.im2col, [valueOf(x)], windowsOf(kernel_size, dilation, padding, stride)),
);
/** Columns added up to images, the transpose of `unfold`. */
export const fold = op(
  "nn.Fold",
  "fold",
  "x output_size kernel_size dilation padding stride",
  (
    x: TensorLike,
    output_size: Pair,
    kernel_size: Pair,
    dilation: Pair = 1,
    padding: Pair = 0,
    stride: Pair = 1,
  ): Tensor =>
    compute(ops.col2im, [valueOf(x)], {
      ...windowsOf(kernel_size, dilation, padding, stride),
      spatial: perAxis(output_size, 2),
    }),
);

/** Channels laid out as blocks of pixels. */
export const depth_to_space = op(
  "nn.DepthToSpace",
  "depth_to_space",
  "x block_size data_format",
  (x: TensorLike, block_size: number, data_format: DataFormat = "channels_last"): Tensor => {
    const v = valueOf(x);
    const b = Number(block_size);
    if (isLast(data_format)) {
      const [n, h, w, c] = v.shape as readonly [number, number, number, number];
      if (c % (b * b) !== 0)
        throw new ValueError(`The number of channels (${c}) must be divisible by block_size**2 (${b * b}).`);
      const cut = apply(ops.reshape, [v], { shape: [n, h, w, b, b, c / (b * b)] });
      const turned = apply(ops.permute, [cut], { axes: [0, 1, 3, 2, 4, 5] });
      return compute(ops.reshape, [turned], { shape: [n, h * b, w * b, c / (b * b)] });
    }
    const [n, c, h, w] = v.shape as readonly [number, number, number, number];
    const cut = apply(ops.reshape, [v], { shape: [n, b, b, c / (b * b), h, w] });
    const turned = apply(ops.permute, [cut], { axes: [0, 3, 4, 1, 5, 2] });
    return compute(ops.reshape, [turned], { shape: [n, c / (b * b), h * b, w * b] });
  },
);
/** Blocks of pixels laid out as channels. */
export const space_to_depth = op(
  "nn.SpaceToDepth",
  "space_to_depth",
  "x block_size data_format",
  (x: TensorLike, block_size: number, data_format: DataFormat = "channels_last"): Tensor => {
    const v = valueOf(x);
    const b = Number(block_size);
    if (isLast(data_format)) {
      const [n, h, w, c] = v.shape as readonly [number, number, number, number];
      const cut = apply(ops.reshape, [v], { shape: [n, h / b, b, w / b, b, c] });
      const turned = apply(ops.permute, [cut], { axes: [0, 1, 3, 2, 4, 5] });
      return compute(ops.reshape, [turned], { shape: [n, h / b, w / b, c * b * b] });
    }
    const [n, c, h, w] = v.shape as readonly [number, number, number, number];
    const cut = apply(ops.reshape, [v], { shape: [n, c, h / b, b, w / b, b] });
    const turned = apply(ops.permute, [cut], { axes: [0, 3, 5, 1, 2, 4] });
    return compute(ops.reshape, [turned], { shape: [n, c * b * b, h / b, w / b] });
  },
);

/** A complex number of a length and an angle. */
export const polar = op(
  "nn.Polar",
  "polar",
  "abs_ angle",
  (abs_: TensorLike, angle: TensorLike): Tensor => {
    const [r, a] = promoted([abs_, angle], "float").values;
    return wrap(apply(ops.polar, [r!, a!], undefined));
  },
  { arity: 2, shape: shapes.stretched },
);
