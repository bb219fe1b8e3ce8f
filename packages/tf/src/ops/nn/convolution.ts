import { toTensor } from "../../core/convert.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { expand_dims, reshape } from "../array-index.js";
import { type Data, def, type Name } from "../make.js";
import { type Padding, padAttrs, perAxis } from "./windows.js";

export const conv2d = def(
  "tensorflow.nn.conv2d",
  "input filters strides padding data_format dilations name",
  (
    input: Data,
    filters: Data,
    strides: number | readonly number[],
    padding: Padding,
    data_format = "NHWC",
    dilations: number | readonly number[] | null = null,
    name: Name = null,
  ): Tensor => {
    const x = toTensor(input);
    const lead = x.shape.length > 4 ? [...x.shape].slice(0, -3) : null;
    const own = lead ? reshape(x, [-1, ...[...x.shape].slice(-3)]) : x;
    const y = one(
      "Conv2D",
      [own, filters],
      {
        strides: perAxis(strides, 2, data_format, "strides"),
        dilations: perAxis(dilations, 2, data_format, "dilations"),
        data_format,
        ...padAttrs(padding),
      },
      name,
    );
    return lead ? reshape(y, [...lead, ...[...y.shape].slice(1)] as number[]) : y;
  },
);
export const conv1d = def(
  "tensorflow.nn.conv1d",
  "input filters stride padding data_format dilations name",
  (
    input: Data,
    filters: Data,
    stride: number | readonly number[],
    padding: string,
    data_format = "NWC",
    dilations: number | readonly number[] | null = null,
    _name: Name = null,
  ): Tensor => {
    const last = data_format === "NWC" || data_format === "NHWC";
    const at = last ? -3 : -2;
    const one_ = (v: number | readonly number[] | null): number =>
      v === null ? 1 : typeof v === "number" ? v : v.length === 3 ? v[last ? 1 : 2]! : v[0]!;
    const [s, d] = [one_(stride), one_(dilations)];
    const y = one("Conv2D", [expand_dims(input, at), expand_dims(filters, 0)], {
      strides: last ? [1, 1, s, 1] : [1, 1, 1, s],
      dilations: last ? [1, 1, d, 1] : [1, 1, 1, d],
      data_format: last ? "NHWC" : "NCHW",
      padding,
    });
    return one("Squeeze", [y], { squeeze_dims: [at] });
  },
);
export const conv3d = def(
  "tensorflow.nn.conv3d",
  "input filters strides padding data_format dilations name",
  (
    input: Data,
    filters: Data,
    strides: number | readonly number[],
    padding: string,
    data_format = "NDHWC",
    dilations: number | readonly number[] | null = null,
    name: Name = null,
  ): Tensor =>
    one(
      "Conv3D",
      [input, filters],
      {
        strides: perAxis(strides, 3, data_format, "strides"),
        dilations: perAxis(dilations, 3, data_format, "dilations"),
        data_format,
        padding,
      },
      name,
    ),
);
export const convolution = def(
  "tensorflow.nn.convolution",
  "input filters strides padding data_format dilations name",
  (
    input: Data,
    filters: Data,
    strides: number | readonly number[] | null = null,
    padding: string = "VALID",
    data_format: string | null = null,
    dilations: number | readonly number[] | null = null,
    name: Name = null,
  ): Tensor => {
    const axes = toTensor(filters).shape.length - 2;
    const s = strides ?? 1;
    if (axes === 1) return conv1d(input, filters, s, padding, data_format ?? "NWC", dilations, name);
    if (axes === 2) return conv2d(input, filters, s, padding, data_format ?? "NHWC", dilations, name);
    return conv3d(input, filters, s, padding, data_format ?? "NDHWC", dilations, name);
  },
);
export const atrous_conv2d = def(
  "tensorflow.nn.atrous_conv2d",
  "value filters rate padding name",
  (value: Data, filters: Data, rate: number, padding: string, name: Name = null): Tensor =>
    conv2d(value, filters, 1, padding, "NHWC", rate, name),
);
export const depthwise_conv2d = def(
  "tensorflow.nn.depthwise_conv2d",
  "input filter strides padding data_format dilations name",
  (
    input: Data,
    filter: Data,
    strides: readonly number[],
    padding: Padding,
    data_format: string | null = null,
    dilations: number | readonly number[] | null = null,
    name: Name = null,
  ): Tensor => {
    const format = data_format ?? "NHWC";
    return one(
      "DepthwiseConv2dNative",
      [input, filter],
      {
        strides: [...strides],
        dilations: perAxis(dilations, 2, format, "dilations"),
        data_format: format,
        ...padAttrs(padding),
      },
      name,
    );
  },
);
export const separable_conv2d = def(
  "tensorflow.nn.separable_conv2d",
  "input depthwise_filter pointwise_filter strides padding data_format dilations name",
  (
    input: Data,
    depthwise_filter: Data,
    pointwise_filter: Data,
    strides: readonly number[],
    padding: Padding,
    data_format: string | null = null,
    dilations: number | readonly number[] | null = null,
    _name: Name = null,
  ): Tensor => {
    const y = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations);
    return conv2d(y, pointwise_filter, 1, "VALID", data_format ?? "NHWC");
  },
);

const depthwiseGradient = (py: string, type: string, first: string, second: string) =>
  def(
    `tensorflow.nn.${py}`,
    `${first} ${second} out_backprop strides padding data_format dilations name`,
    (
      a: Data,
      b: Data,
      out_backprop: Data,
      strides: readonly number[],
      padding: Padding,
      data_format = "NHWC",
      dilations: number | readonly number[] | null = null,
      name: Name = null,
    ): Tensor =>
      one(
        type,
        [a, b, out_backprop],
        {
          strides: [...strides],
          dilations: perAxis(dilations, 2, data_format, "dilations"),
          data_format,
          ...padAttrs(padding),
        },
        name,
      ),
  );
/** The gradient of a depthwise convolution in its filter. */
export const depthwise_conv2d_backprop_filter = depthwiseGradient(
  "depthwise_conv2d_backprop_filter",
  "DepthwiseConv2dNativeBackpropFilter",
  "input",
  "filter_sizes",
);
/** The gradient of a depthwise convolution in its image. */
export const depthwise_conv2d_backprop_input = depthwiseGradient(
  "depthwise_conv2d_backprop_input",
  "DepthwiseConv2dNativeBackpropInput",
  "input_sizes",
  "filter",
);
