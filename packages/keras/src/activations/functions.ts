import { ops } from "@cognate/kernel";
import { def } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import * as K from "../ops/index.js";
import { apply, compute, floating, op, shapes } from "../ops/make.js";

/*
 * `keras.activations`: the functions that layers are given by name.
 */

/** The rectified linear unit, with a slope below, a ceiling and a threshold. */
export const relu = op(
  "activations.ReLU",
  "relu",
  "x negative_slope max_value threshold",
  (x: TensorLike, negative_slope = 0, max_value: number | null = null, threshold = 0): Tensor => {
    const v = valueOf(x);
    const [slope, at] = [Number(negative_slope), Number(threshold)];
    if (slope === 0 && max_value === null && at === 0) return compute(ops.relu, [v], undefined);
    if (slope !== 0 && max_value === null && at === 0)
      return compute(ops.leakyRelu, [floating(v)], { slope });
    const below = slope === 0 ? null : apply(ops.relu, [at === 0 ? v.neg() : v.rsub(at)], undefined);
    let y = at === 0 ? apply(ops.relu, [v], undefined) : apply(ops.where, [v, v.gt(at), 0], undefined);
    if (at === 0 && Number(max_value) === 6 && max_value !== null)
      y = apply(ops.hardtanh, [v], { min: 0, max: 6 });
    else if (max_value !== null)
      y = apply(ops.clamp, [y, y.full([], 0), y.full([], Number(max_value))], undefined);
    return below === null ? wrap(y) : compute(ops.sub, [y, below.mul(slope)], undefined);
  },
  { shape: shapes.same },
);

/** x itself. */
export const linear = def("keras.activations.linear", "x", <X>(x: X): X => x);
/** x·tanh(log(1 + eˣ)). */
export const mish = op(
  "activations.Mish",
  "mish",
  "x",
  (x: TensorLike): Tensor => compute(ops.mish, [floating(x)], undefined),
  { shape: shapes.same },
);
/** eˣ. */
export const exponential = def(
  "keras.activations.exponential",
  "x",
  (x: TensorLike | KerasTensor): Tensor => K.exp(x),
);
/** x·Φ(x), exactly by default. */
export const gelu = def(
  "keras.activations.gelu",
  "x approximate",
  (x: TensorLike | KerasTensor, approximate = false): Tensor => K.gelu(x, approximate),
);
export const {
  celu,
  elu,
  glu,
  hard_shrink,
  hard_sigmoid,
  hard_silu,
  hard_tanh,
  leaky_relu,
  log_sigmoid,
  log_softmax,
  relu6,
  selu,
  sigmoid,
  silu,
  soft_shrink,
  softmax,
  softplus,
  softsign,
  sparse_plus,
  sparse_sigmoid,
  sparsemax,
  squareplus,
  tanh,
  tanh_shrink,
  threshold,
} = K;
/** Other names. */
export { hard_silu as hard_swish, silu as swish };
