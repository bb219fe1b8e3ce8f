import { freezeInto, repr, Tuple, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, float32, int32, int64, type TypeLike } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { concat, expand_dims, gather, reshape, shape, stack, where } from "./array-index.js";
import { type Data, def, type Name, unaryOf } from "./make.js";
import {
  abs,
  add,
  cast,
  divide,
  exp,
  log,
  log1p,
  maximum,
  multiply,
  negative,
  real,
  rsqrt,
  sigmoid,
  sqrt,
  square,
  squared_difference,
  subtract,
} from "./math.js";
import { type Axis, reduce_mean, reduce_sum } from "./reduce.js";

/* `tf.nn`. */

export const relu = unaryOf("nn.relu", "Relu", "features");
export const relu6 = unaryOf("nn.relu6", "Relu6", "features");
export const elu = unaryOf("nn.elu", "Elu", "features");
export const selu = unaryOf("nn.selu", "Selu", "features");
export const softplus = unaryOf("nn.softplus", "Softplus", "features");
export const leaky_relu = def(
  "tensorflow.nn.leaky_relu",
  "features alpha name",
  (features: Data, alpha = 0.2, name: Name = null): Tensor => {
    const x = toTensor(features);
    return one("LeakyRelu", [x.dtype.is_integer ? cast(x, float32) : x], { alpha }, name);
  },
);
export const crelu = def(
  "tensorflow.nn.crelu",
  "features axis name",
  (features: Data, axis = -1, _name: Name = null): Tensor => {
    const x = toTensor(features);
    return relu(concat([x, negative(x)], axis));
  },
);
/** x·Φ(x), or its approximation by tanh. */
export const gelu = def(
  "tensorflow.nn.gelu",
  "features approximate name",
  (features: Data, approximate = false, _name: Name = null): Tensor => {
    const x = toTensor(features);
    if (!x.dtype.is_floating && !x._value?.weak)
      throw new ValueError(
        `\`features.dtype\` must be a floating point tensor. Received:features.dtype=${String(x.dtype)}`,
      );
    if (approximate) {
      const inner = multiply(
        0.7978845608028654,
        add(
          x,
          multiply(
            0.044715,
            one("Pow", [x, toTensor(3, { dtype: x.dtype.is_floating ? x.dtype : float32 })]),
          ),
        ),
      );
      return multiply(multiply(0.5, x), add(toTensor(1, { dtype: inner.dtype }), one("Tanh", [inner])));
    }
    const half = multiply(0.5, x);
    return multiply(
      half,
      add(toTensor(1, { dtype: half.dtype }), one("Erf", [divide(x, cast(Math.SQRT2, half.dtype))])),
    );
  },
);
/** x·σ(βx). */
export const silu = def("tensorflow.nn.silu", "features beta", (features: Data, beta: Data = 1): Tensor => {
  const x = toTensor(features);
  return multiply(x, sigmoid(beta === 1 ? x : multiply(toTensor(beta, { dtype: x.dtype }), x)));
});
export const swish = silu;

/** An operation along the last axis, along any. */
function along(type: string, logits: Data, axis: number | null, name: Name): Tensor {
  const x = toTensor(logits);
  const n = x.shape.length;
  const at = axis ?? -1;
  if (at === -1 || at === n - 1 || n === 0) return one(type, [Array.isArray(logits) ? logits : x], {}, name);
  const d = at < 0 ? at + n : at;
  if (d < 0 || d >= n)
    throw new ValueError(`\`axis\` must be in range [${-n}, ${n}). Received: axis=${axis}`);
  const swap = Array.from({ length: n }, (_, i) => (i === d ? n - 1 : i === n - 1 ? d : i));
  const perm = toTensor(swap, { dtype: int32 });
  return one("Transpose", [one(type, [one("Transpose", [x, perm])], {}, name), perm]);
}
export const softmax = def(
  "tensorflow.nn.softmax",
  "logits axis name",
  (logits: Data, axis: number | null = null, name: Name = null): Tensor =>
    along("Softmax", logits, axis, name),
);
export const log_softmax = def(
  "tensorflow.nn.log_softmax",
  "logits axis name",
  (logits: Data, axis: number | null = null, name: Name = null): Tensor =>
    along("LogSoftmax", logits, axis, name),
);

export const l2_loss = def(
  "tensorflow.nn.l2_loss",
  "t name",
  (t: Data, name: Name = null): Tensor => one("L2Loss", [t], {}, name),
);
export const l2_normalize = def(
  "tensorflow.math.l2_normalize",
  "x axis epsilon name",
  (x: Data, axis: Axis = null, epsilon = 1e-12, _name: Name = null): Tensor => {
    const t = toTensor(x);
    if (t.dtype.is_complex) {
      const squares = reduce_sum(
        add(square(real(t)), square(one("Imag", [t], { Tout: t.dtype.real_dtype }))),
        axis,
        true,
      );
      return multiply(t, cast(rsqrt(maximum(squares, epsilon)), t.dtype));
    }
    const squares = reduce_sum(square(t), axis, true);
    return multiply(t, rsqrt(maximum(squares, epsilon)));
  },
);
export const bias_add = def(
  "tensorflow.nn.bias_add",
  "value bias data_format name",
  (value: Data, bias: Data, data_format: string | null = null, name: Name = null): Tensor => {
    if (data_format !== null && !/^N.*C$|^NC/.test(data_format))
      throw new ValueError(
        `\`data_format\` must be of the form \`N...C\` or \`NC...\`. Received: data_format=${data_format}`,
      );
    const x = toTensor(value);
    return one(
      "BiasAdd",
      [x, toTensor(bias, { dtype: x.dtype })],
      { data_format: data_format?.startsWith("NC") ? "NCHW" : "NHWC" },
      name ?? null,
    );
  },
);

/** Numbers for each axis of an image: one, one a spatial axis, or all. */
function perAxis(x: number | readonly number[] | null, axes: number, format: string, what: string): number[] {
  const list = x === null ? [1] : typeof x === "number" ? [x] : [...x];
  const rank = axes + 2;
  if (list.length === rank) return list;
  const inner = list.length === 1 ? new Array<number>(axes).fill(list[0]!) : list;
  if (inner.length !== axes)
    throw new ValueError(
      `${what} should be of length 1, ${axes} or ${rank}. Received: ${what}=${repr(x)} of length ${list.length}`,
    );
  return format.startsWith("NC") ? [1, 1, ...inner] : [1, ...inner, 1];
}
type Padding = string | readonly (readonly number[])[];
const padAttrs = (padding: Padding): Record<string, unknown> =>
  typeof padding === "string" ? { padding } : { padding: "EXPLICIT", explicit_paddings: padding.flat() };

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

const pool2d = (py: string, type: string) =>
  def(
    `tensorflow.nn.${py}`,
    "input ksize strides padding data_format name",
    (
      input: Data,
      ksize: number | readonly number[],
      strides: number | readonly number[],
      padding: Padding,
      data_format = "NHWC",
      name: Name = null,
    ): Tensor =>
      one(
        type,
        [input],
        {
          ksize: perAxis(ksize, 2, data_format, "ksize"),
          strides: perAxis(strides, 2, data_format, "strides"),
          data_format,
          ...padAttrs(padding),
        },
        name,
      ),
  );
export const max_pool2d = pool2d("max_pool2d", "MaxPool");
export const avg_pool2d = pool2d("avg_pool2d", "AvgPool");
const pool3d = (py: string, type: string) =>
  def(
    `tensorflow.nn.${py}`,
    "input ksize strides padding data_format name",
    (
      input: Data,
      ksize: number | readonly number[],
      strides: number | readonly number[],
      padding: string,
      data_format = "NDHWC",
      name: Name = null,
    ): Tensor =>
      one(
        type,
        [input],
        {
          ksize: perAxis(ksize, 3, data_format, "ksize"),
          strides: perAxis(strides, 3, data_format, "strides"),
          data_format,
          padding,
        },
        name,
      ),
  );
export const max_pool3d = pool3d("max_pool3d", "MaxPool3D");
export const avg_pool3d = pool3d("avg_pool3d", "AvgPool3D");
const pool1d = (py: string, type: string) =>
  def(
    `tensorflow.nn.${py}`,
    "input ksize strides padding data_format name",
    (
      input: Data,
      ksize: number | readonly number[],
      strides: number | readonly number[],
      padding: string,
      data_format = "NWC",
      _name: Name = null,
    ): Tensor => {
      const format = data_format === "NCW" ? "NCHW" : "NHWC";
      const at = format === "NHWC" ? 1 : 2;
      const wide = (v: number | readonly number[]): number[] => {
        const list = typeof v === "number" ? [v] : [...v];
        const n = list.length === 3 ? list[format === "NHWC" ? 1 : 2]! : list[0]!;
        return format === "NHWC" ? [1, 1, n, 1] : [1, 1, 1, n];
      };
      const y = one(type, [expand_dims(input, at)], {
        ksize: wide(ksize),
        strides: wide(strides),
        data_format: format,
        padding,
      });
      return one("Squeeze", [y], { squeeze_dims: [at] });
    },
  );
export const max_pool1d = pool1d("max_pool1d", "MaxPool");
export const avg_pool1d = pool1d("avg_pool1d", "AvgPool");
type PoolCall = (
  input: Data,
  ksize: number | readonly number[],
  strides: number | readonly number[],
  padding: string,
  data_format?: string,
  name?: Name,
) => Tensor;
const poolAny = (py: string, by: readonly unknown[]) =>
  def(
    `tensorflow.nn.${py}`,
    "input ksize strides padding data_format name",
    (
      input: Data,
      ksize: number | readonly number[],
      strides: number | readonly number[],
      padding: Padding,
      data_format: string | null = null,
      name: Name = null,
    ): Tensor => {
      const axes = toTensor(input).shape.length - 2;
      const f = by[axes - 1] as PoolCall | undefined;
      if (!f)
        throw new ValueError(
          `\`input.shape.rank\` must be 3, 4 or 5. Received: input.shape=${String(toTensor(input).shape)} of rank ${axes + 2}`,
        );
      return f(
        input,
        ksize,
        strides,
        padding as string,
        data_format ?? (["NWC", "NHWC", "NDHWC"] as const)[axes - 1]!,
        name,
      );
    },
  );
export const max_pool = poolAny("max_pool", [max_pool1d, max_pool2d, max_pool3d]);
export const avg_pool = poolAny("avg_pool", [avg_pool1d, avg_pool2d, avg_pool3d]);
export const pool = def(
  "tensorflow.nn.pool",
  "input window_shape pooling_type strides padding data_format dilations name",
  (
    input: Data,
    window_shape: readonly number[],
    pooling_type: string,
    strides: number | readonly number[] | null = null,
    padding: string = "VALID",
    data_format: string | null = null,
    _dilations: unknown = null,
    name: Name = null,
  ): Tensor =>
    (pooling_type === "MAX" ? max_pool : avg_pool)(
      input,
      window_shape as number[],
      strides ?? new Array<number>(window_shape.length).fill(1),
      padding,
      data_format,
      name,
    ),
);
export const max_pool_with_argmax = def(
  "tensorflow.nn.max_pool_with_argmax",
  "input ksize strides padding data_format output_dtype include_batch_in_index name",
  (
    input: Data,
    ksize: number | readonly number[],
    strides: number | readonly number[],
    padding: string,
    data_format = "NHWC",
    output_dtype: TypeLike = int64,
    include_batch_in_index = false,
    name: Name = null,
  ): Tensor[] =>
    op(
      "MaxPoolWithArgmax",
      [input],
      {
        ksize: perAxis(ksize, 2, data_format, "ksize"),
        strides: perAxis(strides, 2, data_format, "strides"),
        padding,
        Targmax: as_dtype(output_dtype),
        include_batch_in_index,
      },
      name,
    ),
);
export const dilation2d = def(
  "tensorflow.nn.dilation2d",
  "input filters strides padding data_format dilations name",
  (
    input: Data,
    filters: Data,
    strides: readonly number[],
    padding: string,
    _format: string,
    dilations: readonly number[],
    name: Name = null,
  ): Tensor =>
    one("Dilation2D", [input, filters], { strides: [...strides], rates: [...dilations], padding }, name),
);
export const erosion2d = def(
  "tensorflow.nn.erosion2d",
  "value filters strides padding data_format dilations name",
  (
    value: Data,
    filters: Data,
    strides: readonly number[],
    padding: string,
    _format: string,
    dilations: readonly number[],
    name: Name = null,
  ): Tensor =>
    negative(
      one(
        "Dilation2D",
        [negative(value), one("ReverseV2", [filters, [0, 1]])],
        { strides: [...strides], rates: [...dilations], padding },
        name,
      ),
    ),
);
export const local_response_normalization = def(
  "tensorflow.nn.local_response_normalization",
  "input depth_radius bias alpha beta name",
  (
    input: Data,
    depth_radius = 5,
    bias: number = 1,
    alpha: number = 1,
    beta = 0.5,
    name: Name = null,
  ): Tensor => one("LRN", [input], { depth_radius, bias, alpha, beta }, name),
);
export const lrn = local_response_normalization;

/** max(x, 0) − x·z + log(1 + e^−|x|). */
export const sigmoid_cross_entropy_with_logits = def(
  "tensorflow.nn.sigmoid_cross_entropy_with_logits",
  "labels logits name",
  (labels: Data | null = null, logits: Data | null = null, _name: Name = null): Tensor => {
    if (labels === null || logits === null)
      throw new ValueError("Both `labels` and `logits` must be provided.");
    const x = toTensor(logits);
    const z = toTensor(labels, isTensor(labels) ? {} : { dtype: x.dtype });
    if (!compatible(x, z))
      throw new ValueError(
        `\`logits\` and \`labels\` must have the same shape, received (${shapeShown(x)} vs ${shapeShown(z)}).`,
      );
    const zeros = one("ZerosLike", [x]);
    const cond = one("GreaterEqual", [x, zeros]);
    const reluX = where(cond, x, zeros);
    const negAbs = where(cond, negative(x), x);
    return add(subtract(reluX, multiply(x, z)), log1p(exp(negAbs)));
  },
);
const compatible = (a: Tensor, b: Tensor): boolean => {
  const [x, y] = [a.shape, b.shape] as unknown as [(number | null)[], (number | null)[]];
  return x.length === y.length && x.every((d, i) => d === null || y[i] === null || d === y[i]);
};
const shapeShown = (t: Tensor): string => String(t.shape);
export const weighted_cross_entropy_with_logits = def(
  "tensorflow.nn.weighted_cross_entropy_with_logits",
  "labels logits pos_weight name",
  (labels: Data, logits: Data, pos_weight: Data, _name: Name = null): Tensor => {
    const x = toTensor(logits);
    const z = toTensor(labels, { dtype: x.dtype });
    if (!compatible(x, z))
      throw new ValueError(
        `\`logits\` and \`labels\` must have the same shape, received (${shapeShown(x)} vs ${shapeShown(z)}).`,
      );
    const one_ = toTensor(1, { dtype: x.dtype });
    const weight = add(one_, multiply(subtract(toTensor(pos_weight, { dtype: x.dtype }), one_), z));
    return add(
      multiply(subtract(one_, z), x),
      multiply(weight, add(log1p(exp(negative(abs(x)))), relu(negative(x)))),
    );
  },
);
export const softmax_cross_entropy_with_logits = def(
  "tensorflow.nn.softmax_cross_entropy_with_logits",
  "labels logits axis name",
  (labels: Data, logits: Data, axis = -1, name: Name = "softmax_cross_entropy_with_logits"): Tensor => {
    let x = toTensor(logits);
    let t = toTensor(labels, isTensor(labels) ? {} : { dtype: x.dtype });
    const n = x.shape.length;
    const d = axis < 0 ? axis + n : axis;
    const order = Array.from({ length: n }, (_, i) => i);
    if (d !== n - 1) {
      const perm = toTensor([...order.filter((i) => i !== d), d], { dtype: int32 });
      x = one("Transpose", [x, perm]);
      t = one("Transpose", [t, perm]);
    }
    const lead = ([...x.shape] as (number | null)[]).slice(0, -1);
    const classes = ([...x.shape] as (number | null)[])[n - 1]!;
    const flat = (v: Tensor): Tensor => (n === 2 ? v : reshape(v, [-1, classes]));
    const [loss] = op("SoftmaxCrossEntropyWithLogits", [flat(x), flat(t)], {}, n === 2 ? name : null);
    if (n === 2) return loss!;
    return reshape(
      loss!,
      lead.includes(null) ? one("StridedSlice", [shape(x), [0], [n - 1], [1]]) : (lead as number[]),
    );
  },
);
export const sparse_softmax_cross_entropy_with_logits = def(
  "tensorflow.nn.sparse_softmax_cross_entropy_with_logits",
  "labels logits name",
  (labels: Data, logits: Data, name: Name = null): Tensor => {
    const l = toTensor(labels);
    const x = toTensor(logits);
    const n = x.shape.length;
    if (n === 0)
      throw new ValueError(
        `\`logits\` cannot be a scalar. Received logits=${repr(x)}\` with shape ${String(x.shape)}`,
      );
    if (l.shape.length !== n - 1)
      throw new ValueError(
        `\`labels.shape.rank\` must equal \`logits.shape.rank - 1\`. Received: labels.shape=${String(l.shape)} of rank ${l.shape.length} and logits.shape=${String(x.shape)} of rank ${n}`,
      );
    const dims = [...x.shape] as (number | null)[];
    const own = [...l.shape] as (number | null)[];
    if (own.some((d, i) => d !== null && dims[i] !== null && d !== dims[i]))
      throw new ValueError(
        `\`labels.shape\` must equal \`logits.shape\` except for the last dimension. Received: labels.shape=${String(l.shape)} and logits.shape=${String(x.shape)}`,
      );
    if (n === 2) return op("SparseSoftmaxCrossEntropyWithLogits", [x, l], {}, name)[0]!;
    const [loss] = op(
      "SparseSoftmaxCrossEntropyWithLogits",
      [reshape(x, [-1, dims[n - 1]!]), reshape(l, [-1])],
      {},
      name,
    );
    return reshape(loss!, own.includes(null) ? shape(l) : (own as number[]));
  },
);
/** e^x − z·x, plus Stirling's term where asked for. */
export const log_poisson_loss = def(
  "tensorflow.nn.log_poisson_loss",
  "targets log_input compute_full_loss name",
  (targets: Data, log_input: Data, compute_full_loss = false, _name: Name = null): Tensor => {
    const x = toTensor(log_input);
    const z = toTensor(targets, { dtype: x.dtype });
    const loss = subtract(exp(x), multiply(x, z));
    if (!compute_full_loss) return loss;
    const stirling = add(subtract(multiply(z, log(z)), z), multiply(0.5, log(multiply(2 * Math.PI, z))));
    const zeros = one("ZerosLike", [z]);
    const ones = one("OnesLike", [z]);
    const cond = one("LogicalAnd", [one("GreaterEqual", [z, zeros]), one("LessEqual", [z, ones])]);
    return add(loss, where(cond, zeros, stirling));
  },
);
/** Mean and variance over axes. */
export const moments = def(
  "tensorflow.nn.moments",
  "x axes shift keepdims name",
  (x: Data, axes: Axis, _shift: unknown = null, keepdims = false, _name: Name = null): Tuple<Tensor> => {
    const t = toTensor(x);
    const y = ["float16", "bfloat16"].includes(t.dtype.name) ? cast(t, float32) : t;
    const mean = reduce_mean(y, axes, true);
    const variance = reduce_mean(squared_difference(y, one("StopGradient", [mean])), axes, true);
    const dims = Array.isArray(axes) ? (axes as number[]) : [axes as number];
    const out = [mean, variance].map((v) => (keepdims ? v : one("Squeeze", [v], { squeeze_dims: dims })));
    return Tuple.of_(out.map((v) => (y === t ? v : cast(v, t.dtype))));
  },
);
export const weighted_moments = def(
  "tensorflow.nn.weighted_moments",
  "x axes frequency_weights keepdims name",
  (x: Data, axes: Axis, frequency_weights: Data, keepdims = false, _name: Name = null): Tuple<Tensor> => {
    const t = toTensor(x);
    const w = toTensor(frequency_weights, { dtype: t.dtype });
    const wide = add(w, one("ZerosLike", [t]));
    const total = reduce_sum(wide, axes, true);
    const mean = divide(reduce_sum(multiply(w, t), axes, true), total);
    const variance = divide(reduce_sum(multiply(w, squared_difference(t, mean)), axes, true), total);
    const dims = Array.isArray(axes) ? (axes as number[]) : [axes as number];
    return Tuple.of_(
      [mean, variance].map((v) => (keepdims ? v : one("Squeeze", [v], { squeeze_dims: dims }))),
    );
  },
);
export const sufficient_statistics = def(
  "tensorflow.nn.sufficient_statistics",
  "x axes shift keepdims name",
  (
    x: Data,
    axes: readonly number[],
    shift: Data | null = null,
    keepdims = false,
    _name: Name = null,
  ): Tuple<Tensor | null> => {
    const t = toTensor(x);
    const n = axes.reduce((p, a) => p * t.shape.at(a), 1);
    const s = shift === null ? null : toTensor(shift, { dtype: t.dtype });
    const m = reduce_sum(s ? subtract(t, s) : t, axes, keepdims);
    const v = reduce_sum(s ? squared_difference(t, s) : square(t), axes, keepdims);
    return Tuple.of_([toTensor(n, { dtype: t.dtype }), m, v, s]);
  },
);
export const normalize_moments = def(
  "tensorflow.nn.normalize_moments",
  "counts mean_ss variance_ss shift name",
  (
    counts: Data,
    mean_ss: Data,
    variance_ss: Data,
    shift: Data | null = null,
    _name: Name = null,
  ): Tuple<Tensor> => {
    const divisor = one("Reciprocal", [counts]);
    const shifted = multiply(mean_ss, divisor);
    const mean = shift === null ? shifted : add(shifted, shift);
    return Tuple.of_([mean, subtract(multiply(variance_ss, divisor), square(shifted))]);
  },
);
export const batch_normalization = def(
  "tensorflow.nn.batch_normalization",
  "x mean variance offset scale variance_epsilon name",
  (
    x: Data,
    mean: Data,
    variance: Data,
    offset: Data | null,
    scale: Data | null,
    variance_epsilon: number,
    _name: Name = null,
  ): Tensor => {
    let inv = rsqrt(add(variance, variance_epsilon));
    if (scale !== null) inv = multiply(inv, scale);
    const t = toTensor(x);
    const c = (v: Data): Tensor => cast(v, t.dtype);
    const bias = offset !== null ? subtract(offset, multiply(mean, inv)) : multiply(negative(mean), inv);
    return add(multiply(t, c(inv)), c(bias));
  },
);
/** Batch normalization by given statistics, scaled by gamma if that is wanted. */
export const batch_norm_with_global_normalization = def(
  "tensorflow.nn.batch_norm_with_global_normalization",
  "input mean variance beta gamma variance_epsilon scale_after_normalization name",
  (
    input: Data,
    mean: Data,
    variance: Data,
    beta: Data,
    gamma: Data,
    variance_epsilon: number,
    scale_after_normalization: boolean,
    _name: Name = null,
  ): Tensor =>
    batch_normalization(
      input,
      mean,
      variance,
      beta,
      scale_after_normalization ? gamma : null,
      variance_epsilon,
    ),
);
/** Parts of vectors of embeddings; several tables are taken in turn. */
export const embedding_lookup = def(
  "tensorflow.nn.embedding_lookup",
  "params ids max_norm name",
  (params: Data | readonly Data[], ids: Data, max_norm: number | null = null, name: Name = null): Tensor => {
    const list =
      Array.isArray(params) && params.length > 0 && isTensor(params[0]) ? (params as Data[]) : null;
    const table = list ? (list.length === 1 ? list[0]! : interleaved(list)) : (params as Data);
    const y = gather(table, toTensor(ids), null, null, 0, name);
    if (max_norm === null) return y;
    return clipRows(y, max_norm, toTensor(ids).shape.length);
  },
);
function interleaved(list: readonly Data[]): Tensor {
  const rows = list.map((t) => toTensor(t));
  return reshape(stack(rows as Data[], 1), [-1, ...[...rows[0]!.shape].slice(1)]);
}
function clipRows(y: Tensor, norm: number, from: number): Tensor {
  const axes = Array.from({ length: y.shape.length - from }, (_, i) => from + i);
  const l2 = sqrt(reduce_sum(square(y), axes, true));
  return divide(
    multiply(y, toTensor(norm, { dtype: y.dtype })),
    maximum(l2, toTensor(norm, { dtype: y.dtype })),
  );
}
export const top_k = def(
  "tensorflow.math.top_k",
  "input k sorted index_type name",
  (
    input: Data,
    k: number | Tensor = 1,
    sorted = true,
    index_type: TypeLike = int32,
    name: Name = null,
  ): TopK => {
    const [values, indices] = op("TopKV2", [input, k], { sorted, index_type: as_dtype(index_type) }, name);
    return topKPair(values!, as_dtype(index_type) === int32 ? indices! : cast(indices!, index_type));
  },
);
export type TopK = Tuple<Tensor> & { readonly values: Tensor; readonly indices: Tensor };
function topKPair(values: Tensor, indices: Tensor): TopK {
  const t = new NamedPair(values, indices);
  return t as unknown as TopK;
}
class NamedPair extends Tuple<Tensor> {
  declare readonly values: never;
  declare readonly indices: Tensor;
  constructor(values: Tensor, indices: Tensor) {
    super();
    Object.defineProperty(this, "values", { value: values });
    Object.defineProperty(this, "indices", { value: indices });
    freezeInto(this, [values, indices]);
  }
  override __repr__(): string {
    return `TopKV2(values=${repr(this[0])}, indices=${repr(this[1])})`;
  }
}
export const in_top_k = def(
  "tensorflow.math.in_top_k",
  "targets predictions k name",
  (targets: Data, predictions: Data, k: number | Tensor, name: Name = null): Tensor =>
    one("InTopKV2", [predictions, targets, k], {}, name),
);
export const space_to_depth = def(
  "tensorflow.nn.space_to_depth",
  "input block_size data_format name",
  (input: Data, block_size: number, data_format = "NHWC", name: Name = null): Tensor =>
    one("SpaceToDepth", [input], { block_size, data_format }, name),
);
export const depth_to_space = def(
  "tensorflow.nn.depth_to_space",
  "input block_size data_format name",
  (input: Data, block_size: number, data_format = "NHWC", name: Name = null): Tensor =>
    one("DepthToSpace", [input], { block_size, data_format }, name),
);
/** Losses of sequences by connectionist temporal classification; dense labels. */
export const ctc_loss = def(
  "tensorflow.nn.ctc_loss",
  "labels logits label_length logit_length logits_time_major unique blank_index name",
  (
    labels: Data,
    logits: Data,
    label_length: Data,
    logit_length: Data,
    logits_time_major = true,
    _unique: unknown = null,
    blank_index: number | null = null,
    _name: Name = null,
  ): Tensor => {
    let x = toTensor(logits);
    if (!logits_time_major) x = one("Transpose", [x, [1, 0, 2]]);
    const classes = x.shape[2]!;
    const blank = blank_index === null ? 0 : blank_index < 0 ? blank_index + classes : blank_index;
    const dense = toTensor(labels);
    const rows = dense.shape[0]!;
    const lengths = toTensor(label_length).tolist() as number[];
    const list = (dense.tolist() as number[][]).map((r, i) => r.slice(0, lengths[i]));
    // The operation wants the blank last: its column is moved there.
    const order = Array.from({ length: classes }, (_, i) => i).filter((i) => i !== blank);
    const moved = blank === classes - 1 ? x : gather(x, [...order, blank], null, 2);
    const place = (l: number): number => (l > blank ? l - 1 : l);
    const indices = list.flatMap((r, i) => r.map((_, j) => [i, j]));
    const values = list.flatMap((r) => r.map(place));
    void rows;
    return op(
      "CTCLoss",
      [
        moved,
        toTensor(indices, { dtype: int64 }),
        toTensor(values, { dtype: int32 }),
        cast(logit_length, int32),
      ],
      { ignore_longer_outputs_than_inputs: false },
    )[0]!;
  },
);
