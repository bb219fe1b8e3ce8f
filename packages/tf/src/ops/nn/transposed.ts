import { repr, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { int32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { expand_dims } from "../array-index.js";
import { type Data, def, type Name } from "../make.js";
import { perAxis } from "./windows.js";

const transposed = (py: string, type: string, axes: number, format: string) =>
  def(
    `tensorflow.nn.${py}`,
    "input filters output_shape strides padding data_format dilations name",
    (
      input: Data,
      filters: Data,
      output_shape: Data,
      strides: number | readonly number[],
      padding: string = "SAME",
      data_format: string = format,
      dilations: number | readonly number[] | null = null,
      name: Name = null,
    ): Tensor =>
      one(
        type,
        [isTensor(output_shape) ? output_shape : toTensor(output_shape, { dtype: int32 }), filters, input],
        {
          strides: perAxis(strides, axes, data_format, "strides"),
          dilations: perAxis(dilations, axes, data_format, "dilations"),
          data_format,
          padding,
        },
        name,
      ),
  );
export const conv2d_transpose = transposed("conv2d_transpose", "Conv2DBackpropInput", 2, "NHWC");
export const conv3d_transpose = transposed("conv3d_transpose", "Conv3DBackpropInputV2", 3, "NDHWC");
export const conv1d_transpose = def(
  "tensorflow.nn.conv1d_transpose",
  "input filters output_shape strides padding data_format dilations name",
  (
    input: Data,
    filters: Data,
    output_shape: readonly number[],
    strides: number | readonly number[],
    padding: string = "SAME",
    data_format = "NWC",
    dilations: number | readonly number[] | null = null,
    _name: Name = null,
  ): Tensor => {
    const last = data_format === "NWC";
    const at = last ? 1 : 2;
    const one_ = (v: number | readonly number[] | null): number =>
      v === null ? 1 : typeof v === "number" ? v : v.length === 3 ? v[last ? 1 : 2]! : v[0]!;
    const [s, d] = [one_(strides), one_(dilations)];
    const full = [...output_shape.slice(0, at), 1, ...output_shape.slice(at)];
    const y = one(
      "Conv2DBackpropInput",
      [toTensor(full, { dtype: int32 }), expand_dims(filters, 0), expand_dims(input, at)],
      {
        strides: last ? [1, 1, s, 1] : [1, 1, 1, s],
        dilations: last ? [1, 1, d, 1] : [1, 1, 1, d],
        data_format: last ? "NHWC" : "NCHW",
        padding,
      },
    );
    return one("Squeeze", [y], { squeeze_dims: [at] });
  },
);

/** The transposed convolution of one, two or three axes, by the length of the wanted shape. */
export const conv_transpose = def(
  "tensorflow.nn.conv_transpose",
  "input filters output_shape strides padding data_format dilations name",
  (
    input: Data,
    filters: Data,
    output_shape: Data,
    strides: number | readonly number[],
    padding: string = "SAME",
    data_format: string | null = null,
    dilations: number | readonly number[] | null = null,
    name: Name = null,
  ): Tensor => {
    const sizes = toTensor(output_shape, { hint: int32 });
    const n = sizes.shape[0]! - 2;
    const by = [conv1d_transpose, conv2d_transpose, conv3d_transpose][n - 1];
    if (!by)
      throw new ValueError(
        `\`output_shape\` must be of length 3, 4 or 5. Received: output_shape=${repr(output_shape)} of length ${n + 2}.`,
      );
    const format = data_format ?? ["NWC", "NHWC", "NDHWC"][n - 1]!;
    const shape = n === 1 ? (sizes.tolist() as number[]) : sizes;
    return (by as typeof conv2d_transpose)(input, filters, shape, strides, padding, format, dilations, name);
  },
);
/** The transpose of a convolution with holes. */
export const atrous_conv2d_transpose = def(
  "tensorflow.nn.atrous_conv2d_transpose",
  "value filters output_shape rate padding name",
  (
    value: Data,
    filters: Data,
    output_shape: Data,
    rate: number,
    padding: string,
    name: Name = null,
  ): Tensor => {
    if (rate < 1) throw new ValueError(`\`rate\` cannot be less than one. Received: rate=${rate}`);
    if (padding !== "SAME" && padding !== "VALID")
      throw new ValueError(`\`padding\` must be either 'VALID' or 'SAME'. Received: padding=${padding}`);
    return conv2d_transpose(value, filters, output_shape, 1, padding, "NHWC", rate, name);
  },
);
