import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { valueOf } from "../../backend/create.js";
import { kernelError } from "../../backend/errors.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { anyRow, apply, computeMany, op } from "../make.js";
import {
  channelsBehind,
  channelsSecond,
  type DataFormat,
  isLast,
  type Padding,
  paddingOf,
  perAxis,
} from "./windows.js";

/*
 * Pooling: the largest element or the mean of windows, which padding does not enter.
 */

type PerAxis = number | readonly number[];

/** A row that looks at the last axes, on an image of either format. */
function onImage(
  row: unknown,
  x: TensorLike,
  format: DataFormat,
  params: (lengths: number[]) => object,
): Tensor {
  const v = valueOf(x);
  const rank = v.shape.length;
  const last = isLast(format);
  const image = last ? apply(ops.permute, [v], { axes: channelsSecond(rank) }) : v;
  const [y] = computeMany(anyRow(row), [image], params(image.shape.slice(2) as number[]));
  return last ? wrap(apply(ops.permute, [y!._value], { axes: channelsBehind(rank) })) : y!;
}

const pooling = (cls: string, name: string, row: unknown, tf: string) =>
  op(
    `nn.${cls}`,
    name,
    "inputs pool_size strides padding data_format",
    (
      inputs: TensorLike,
      pool_size: PerAxis,
      strides: PerAxis | null = null,
      padding: Padding = "valid",
      data_format: DataFormat = null,
    ): Tensor =>
      onImage(row, inputs, data_format, (lengths) => {
        const axes = lengths.length;
        if (axes < 1 || axes > 3)
          throw new ValueError(
            `Pooling inputs's shape must be 3, 4 or 5, corresponding to 1D, 2D and 3D inputs. But received shape: ${valueOf(inputs).shape}.`,
          );
        const kernel = perAxis(pool_size, axes);
        const stride = strides === null ? kernel : perAxis(strides, axes);
        const dilation = perAxis(1, axes);
        const pads = paddingOf(padding, lengths, kernel, stride, dilation);
        lengths.forEach((n, i) => {
          if (n + pads[i]![0] + pads[i]![1] < kernel[i]!)
            throw kernelError(
              tf,
              `Computed output size would be negative: ${Math.trunc((n - kernel[i]! + stride[i]!) / stride[i]!)} [input_size: ${n}, effective_filter_size: ${kernel[i]}, stride: ${stride[i]}]`,
            );
        });
        return { kernel, stride, padding: pads, dilation };
      }),
  );
/** The largest element of each window; of equal ones the first gets the gradient. */
export const max_pool = pooling("MaxPool", "max_pool", ops.maxPool, "MaxPool");
/** The mean of each window; what lies outside of the input does not count. */
export const average_pool = pooling("AveragePool", "average_pool", ops.avgPool, "AvgPool");

const adaptive = (cls: string, name: string, row: unknown) =>
  op(
    `nn.${cls}`,
    name,
    "inputs output_size data_format",
    (inputs: TensorLike, output_size: PerAxis, data_format: DataFormat = null): Tensor =>
      onImage(row, inputs, data_format, (lengths) => ({ output: perAxis(output_size, lengths.length) })),
  );
/** The largest element of so many nearly equal parts. */
export const adaptive_max_pool = adaptive("AdaptiveMaxPool", "adaptive_max_pool", ops.adaptiveMaxPool);
/** The mean of so many nearly equal parts. */
export const adaptive_average_pool = adaptive(
  "AdaptiveAveragePool",
  "adaptive_average_pool",
  ops.adaptiveAvgPool,
);
