import { namedTuple, Tuple } from "@cognate/py";
import { float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";

/* Functions of `tf.nn` whose parameters were others in TensorFlow 1. */

export const l2_normalize = v1(
  "l2_normalize",
  "x axis epsilon name dim",
  (
    x: unknown,
    axis: unknown = null,
    epsilon: number = 1e-12,
    name: string | null = null,
    dim: unknown = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "l2_normalize", (scope) => {
      const t = toGraphTensor(g, x, undefined, "x");
      const over = axis ?? dim ?? Array.from({ length: t._dims!.length }, (_, i) => i);
      const sum = node(g, "Sum", [node(g, "Square", [t]), over], { keep_dims: true });
      const inverse = node(g, "Rsqrt", [node(g, "Maximum", [sum, epsilon])]);
      return node(g, "Mul", [t, inverse], {}, scope);
    });
  },
);

/** Mean and variance over axes. */
export const moments = v1(
  "moments",
  "x axes shift name keep_dims keepdims",
  (
    x: unknown,
    axes: unknown,
    _shift: unknown = null,
    name: string | null = null,
    keep_dims: boolean | null = null,
    keepdims: boolean | null = null,
  ): Tuple<GraphTensor> => {
    const g = get_default_graph();
    const keep = keepdims ?? keep_dims ?? false;
    return g.scoped(name ?? "moments", () => {
      const given = toGraphTensor(g, x, undefined, "x");
      const half = given.dtype.name === "float16";
      const t = half ? node(g, "Cast", [given], { DstT: float32 }) : given;
      const mean = node(g, "Mean", [t, axes], { keep_dims: true }, "mean");
      const spread = node(g, "SquaredDifference", [t, node(g, "StopGradient", [mean])]);
      const variance = node(g, "Mean", [spread, axes], { keep_dims: true }, "variance");
      const dims = (Array.isArray(axes) ? axes : [axes]) as number[];
      const shaped = (v: GraphTensor, label: string): GraphTensor =>
        keep ? v : node(g, "Squeeze", [v], { squeeze_dims: dims }, label);
      const out = [shaped(mean, "Squeeze"), shaped(variance, "Squeeze_1")];
      return Tuple.of_(half ? out.map((v) => node(g, "Cast", [v], { DstT: given.dtype })) : out);
    });
  },
);

export const batch_normalization = v1(
  "batch_normalization",
  "x mean variance offset scale variance_epsilon name",
  (
    x: unknown,
    mean: unknown,
    variance: unknown,
    offset: unknown,
    scale: unknown,
    variance_epsilon: number,
    name: string | null = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "batchnorm", () => {
      let inverse = node(g, "Rsqrt", [node(g, "AddV2", [variance, variance_epsilon], {}, "add")]);
      if (scale !== null) inverse = node(g, "Mul", [inverse, scale], {}, "mul");
      const shift = node(g, "Mul", [mean, inverse], {}, "mul_2");
      const moved = offset === null ? node(g, "Neg", [shift]) : node(g, "Sub", [offset, shift], {}, "sub");
      return node(g, "AddV2", [node(g, "Mul", [x, inverse], {}, "mul_1"), moved], {}, "add_1");
    });
  },
);

/** x · weights + biases */
export const xw_plus_b = v1(
  "xw_plus_b",
  "x weights biases name",
  (x: unknown, weights: unknown, biases: unknown, name: string | null = null): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "xw_plus_b", (scope) =>
      node(g, "BiasAdd", [node(g, "MatMul", [x, weights]), biases], {}, scope),
    );
  },
);
export const relu_layer = v1(
  "relu_layer",
  "x weights biases name",
  (x: unknown, weights: unknown, biases: unknown, name: string | null = null): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "relu_layer", (scope) =>
      node(g, "Relu", [node(g, "BiasAdd", [node(g, "MatMul", [x, weights]), biases])], {}, scope),
    );
  },
);

const window = (x: unknown, format: string): number[] => {
  const list = Array.isArray(x) ? x.map(Number) : [Number(x)];
  const two = list.length === 1 ? [list[0]!, list[0]!] : list;
  return two.length === 2 ? (format === "NCHW" ? [1, 1, ...two] : [1, ...two, 1]) : two;
};
const pooling = (name: string, type: string) =>
  v1(
    name,
    "value ksize strides padding data_format name input",
    (
      value: unknown = null,
      ksize: unknown = null,
      strides: unknown = null,
      padding: unknown = null,
      data_format = "NHWC",
      own: string | null = null,
      input: unknown = null,
    ): GraphTensor =>
      node(
        get_default_graph(),
        type,
        [value ?? input],
        { ksize: window(ksize, data_format), strides: window(strides, data_format), padding, data_format },
        own ?? type,
      ),
  );
export const max_pool = pooling("max_pool", "MaxPool");
export const avg_pool = pooling("avg_pool", "AvgPool");

export const conv2d = v1(
  "conv2d",
  "input filter strides padding use_cudnn_on_gpu data_format dilations name filters",
  (
    input: unknown,
    filter: unknown = null,
    strides: unknown = null,
    padding: unknown = null,
    _cudnn: unknown = true,
    data_format = "NHWC",
    dilations: unknown = [1, 1, 1, 1],
    name: string | null = null,
    filters: unknown = null,
  ): GraphTensor => {
    const explicit = Array.isArray(padding);
    return node(
      get_default_graph(),
      "Conv2D",
      [input, filter ?? filters],
      {
        strides: window(strides, data_format),
        padding: explicit ? "EXPLICIT" : padding,
        ...(explicit ? { explicit_paddings: (padding as number[][]).flat() } : {}),
        data_format,
        dilations: window(dilations, data_format),
      },
      name ?? "Conv2D",
    );
  },
);
export const depthwise_conv2d_native = v1(
  "depthwise_conv2d_native",
  "input filter strides padding data_format dilations name",
  (
    input: unknown,
    filter: unknown,
    strides: unknown,
    padding: unknown,
    data_format = "NHWC",
    dilations: unknown = [1, 1, 1, 1],
    name: string | null = null,
  ): GraphTensor =>
    node(
      get_default_graph(),
      "DepthwiseConv2dNative",
      [input, filter],
      { strides, padding, data_format, dilations },
      name ?? "depthwise_conv2d_native",
    ),
);
export const conv2d_transpose = v1(
  "conv2d_transpose",
  "value filter output_shape strides padding data_format name input filters dilations",
  (
    value: unknown = null,
    filter: unknown = null,
    output_shape: unknown = null,
    strides: unknown = null,
    padding = "SAME",
    data_format = "NHWC",
    name: string | null = null,
    input: unknown = null,
    filters: unknown = null,
    dilations: unknown = null,
  ): GraphTensor => {
    const g = get_default_graph();
    const s = window(strides, data_format);
    return node(
      g,
      "Conv2DBackpropInput",
      [output_shape, filter ?? filters, value ?? input],
      {
        strides: s,
        padding,
        data_format,
        dilations: dilations === null ? [1, 1, 1, 1] : window(dilations, data_format),
      },
      name ?? "conv2d_transpose",
    );
  },
);

/** The largest values along the last axis, and where they stand. */
const TopK = namedTuple<{ values: unknown; indices: unknown }>("tensorflow.python.ops.gen_nn_ops.TopKV2", [
  "values",
  "indices",
]);
export const top_k = v1(
  "top_k",
  "input k sorted name",
  (input: unknown, k: unknown = 1, sorted = true, name: string | null = null) => {
    const [values, indices] = get_default_graph().createOp(
      "TopKV2",
      [input, k],
      { sorted },
      name ?? "TopKV2",
    );
    return TopK(values, indices);
  },
);
