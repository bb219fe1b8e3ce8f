import { namedTuple, str, Tuple, ValueError } from "@cognate/py";
import { float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import * as nnOps from "../../ops/nn.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";

/* Functions of `tf.nn` whose parameters were others in TensorFlow 1. */

const pick = (a: unknown, b: unknown, otherwise: unknown): unknown => a ?? b ?? otherwise;

const alongLast = (name: string, type: string) =>
  v1(
    name,
    "logits axis name dim",
    (logits: unknown, axis: unknown = null, own: string | null = null, dim: unknown = null): GraphTensor => {
      const g = get_default_graph();
      const at = Number(pick(axis, dim, -1));
      const x = toGraphTensor(g, logits, undefined, "logits");
      const rank = x._dims?.length;
      if (at === -1 || (rank !== undefined && at === rank - 1)) return node(g, type, [x], {}, own ?? type);
      const axisNow = at < 0 ? at + rank! : at;
      return g.scoped(own ?? type, () => {
        const order = Array.from({ length: rank! }, (_, i) =>
          i === axisNow ? rank! - 1 : i === rank! - 1 ? axisNow : i,
        );
        return node(
          g,
          "Transpose",
          [node(g, type, [node(g, "Transpose", [x, order], {}, "transpose")]), order],
          {},
          "transpose",
        );
      });
    },
  );
export const softmax = alongLast("softmax", "Softmax");
export const log_softmax = alongLast("log_softmax", "LogSoftmax");

function bothGiven(name: string, labels: unknown, logits: unknown): void {
  if (labels === null || logits === null)
    throw new ValueError(
      `Both \`labels\` and \`logits\` must be provided for ${name}Received: labels=${str(labels)} and logits=${str(logits)}`,
    );
}

/** −Σ labels · log softmax(logits) along an axis. @throws ValueError where one is left out */
function softmaxCrossEntropy(
  labels: unknown,
  logits: unknown,
  dim: number,
  name: string | null,
  stop: boolean,
): GraphTensor {
  bothGiven("softmax_cross_entropy_with_logits", labels, logits);
  const g = get_default_graph();
  return g.scoped(
    name ?? (stop ? "softmax_cross_entropy_with_logits_sg" : "softmax_cross_entropy_with_logits"),
    () => {
      const z = toGraphTensor(g, logits, undefined, "logits");
      const given = toGraphTensor(g, labels, z.dtype, "labels");
      const y = stop ? node(g, "StopGradient", [given], {}, "labels_stop_gradient") : given;
      const rank = z._dims!.length;
      const at = dim < 0 ? dim + rank : dim;
      const order = Array.from({ length: rank }, (_, i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
      const last = (t: GraphTensor): GraphTensor =>
        at === rank - 1 ? t : node(g, "Transpose", [t, order], {}, "transpose");
      const [a, b] = [last(z), last(y)];
      const classes = a._dims!.at(-1) ?? -1;
      const flat = (t: GraphTensor): GraphTensor => node(g, "Reshape", [t, [-1, classes]]);
      const cost = g.createOp(
        "SoftmaxCrossEntropyWithLogits",
        [flat(a), flat(b)],
        {},
        "SoftmaxCrossEntropyWithLogits",
      )[0] as GraphTensor;
      const dims = a._dims!.slice(0, -1);
      const out = node(
        g,
        "Reshape",
        [cost, dims.filter((d) => d === null).length > 1 ? leading(g, a) : dims.map((d) => d ?? -1)],
        {},
        "Reshape_2",
      );
      out.set_shape(dims);
      return out;
    },
  );
}
const leading = (g: Graph, t: GraphTensor): GraphTensor =>
  node(g, "StridedSlice", [node(g, "Shape", [t]), [0], [-1], [1]], { begin_mask: 1 }, "strided_slice");

export const softmax_cross_entropy_with_logits = v1(
  "softmax_cross_entropy_with_logits",
  "labels logits dim name axis",
  (
    labels: unknown = null,
    logits: unknown = null,
    dim: number = -1,
    name: string | null = null,
    axis: number | null = null,
  ): GraphTensor => softmaxCrossEntropy(labels, logits, axis ?? dim, name, true),
);
export const softmax_cross_entropy_with_logits_v2 = v1(
  "softmax_cross_entropy_with_logits_v2",
  "labels logits axis name dim",
  (
    labels: unknown,
    logits: unknown,
    axis: number | null = null,
    name: string | null = null,
    dim: number | null = null,
  ): GraphTensor => softmaxCrossEntropy(labels, logits, axis ?? dim ?? -1, name, false),
);

export const sparse_softmax_cross_entropy_with_logits = v1(
  "sparse_softmax_cross_entropy_with_logits",
  "labels logits name",
  (labels: unknown = null, logits: unknown = null, name: string | null = null): GraphTensor => {
    bothGiven("sparse_softmax_cross_entropy_with_logits", labels, logits);
    const g = get_default_graph();
    return g.scoped(name ?? "SparseSoftmaxCrossEntropyWithLogits", () => {
      const z = toGraphTensor(g, logits, undefined, "logits");
      const y = toGraphTensor(g, labels, undefined, "labels");
      const [a, b] = [z._dims, y._dims];
      if (a !== null && a.length === 0)
        throw new ValueError(`\`logits\` cannot be a scalar. Received logits=${z}`);
      if (a !== null && b !== null && b.length !== a.length - 1)
        throw new ValueError(
          `\`labels.shape.rank\` must equal \`logits.shape.rank - 1\`. Received: labels.shape=${y.shape} of rank ${b.length} and logits.shape=${z.shape} of rank ${a.length}`,
        );
      if (a === null || a.length === 2)
        return node(
          g,
          "SparseSoftmaxCrossEntropyWithLogits",
          [z, y],
          {},
          "SparseSoftmaxCrossEntropyWithLogits",
        );
      const cost = node(g, "SparseSoftmaxCrossEntropyWithLogits", [
        node(g, "Reshape", [z, [-1, a.at(-1) ?? -1]]),
        node(g, "Reshape", [y, [-1]]),
      ]);
      const out = node(g, "Reshape", [cost, node(g, "Shape", [y])], {}, "Reshape_2");
      out.set_shape(b);
      return out;
    });
  },
);

export const sigmoid_cross_entropy_with_logits = v1(
  "sigmoid_cross_entropy_with_logits",
  "labels logits name",
  (labels: unknown = null, logits: unknown = null, name: string | null = null): GraphTensor => {
    bothGiven("sigmoid_cross_entropy_with_logits", labels, logits);
    const g = get_default_graph();
    return g.scoped(name ?? "logistic_loss", (scope) => {
      const z = toGraphTensor(g, logits, undefined, "logits");
      const y = toGraphTensor(g, labels, z.dtype, "labels");
      const zero = node(g, "ZerosLike", [z], {}, "zeros_like");
      const positive = node(g, "GreaterEqual", [z, zero]);
      const relu = node(g, "SelectV2", [positive, z, zero], {}, "Select");
      const away = node(g, "SelectV2", [positive, node(g, "Neg", [z]), z], {}, "Select_1");
      const linear = node(g, "Sub", [relu, node(g, "Mul", [z, y], {}, "mul")], {}, "sub");
      return node(g, "AddV2", [linear, node(g, "Log1p", [node(g, "Exp", [away])])], {}, scope);
    });
  },
);
export const weighted_cross_entropy_with_logits = v1(
  "weighted_cross_entropy_with_logits",
  "labels logits pos_weight name targets",
  (
    labels: unknown = null,
    logits: unknown = null,
    pos_weight: unknown = null,
    name: string | null = null,
    targets: unknown = null,
  ): unknown =>
    (nnOps.weighted_cross_entropy_with_logits as unknown as (...a: unknown[]) => unknown)(
      labels ?? targets,
      logits,
      pos_weight,
      name,
    ),
);

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
