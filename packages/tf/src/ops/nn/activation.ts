import { ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { float32, int32 } from "../../core/dtypes.js";
import { InvalidArgumentError } from "../../core/errors.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { concat } from "../array-index.js";
import { type Data, def, type Name, unaryOf } from "../make.js";
import { add, cast, maximum, multiply, negative, real, rsqrt, sigmoid, square } from "../math.js";
import { type Axis, reduce_sum } from "../reduce.js";

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
    const given = toTensor(features);
    const x = given._value?.weak ? cast(given, float32) : given;
    if (!x.dtype.is_floating)
      throw new ValueError(
        `\`features.dtype\` must be a floating point tensor. Received:features.dtype=${String(x.dtype)}`,
      );
    const own = (value: number): Tensor => toTensor(value, { dtype: x.dtype });
    // Constants that TensorFlow casts are float32 before.
    const cut = (value: number): Tensor => cast(toTensor(value, { dtype: float32 }), x.dtype);
    const half = multiply(own(0.5), x);
    if (!approximate) return multiply(half, one("Erfc", [multiply(one("Neg", [x]), cut(Math.SQRT1_2))]));
    const inner = multiply(own(0.7978845608028654), add(x, multiply(cut(0.044715), one("Pow", [x, own(3)]))));
    return multiply(half, add(own(1), one("Tanh", [inner])));
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
    throw new InvalidArgumentError(
      `\`dim\` must be in the range [${-n}, ${n}) where ${n} is the number of dimensions in the input. Received: dim=${axis}`,
    );
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
  "x axis epsilon name dim",
  (x: Data, given: Axis = null, epsilon = 1e-12, _name: Name = null, dim: Axis = null): Tensor => {
    const t = toTensor(x);
    const axis = dim ?? given;
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
