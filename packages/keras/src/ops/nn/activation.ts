import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { TensorShape } from "../../backend/tensor-shape.js";
import { apply, compute, floating, op, shapes, unary } from "../make.js";

/*
 * Activation functions of `keras.ops`.
 */

export const relu = unary("nn.Relu", "relu", ops.relu);
export const softsign = unary("nn.Softsign", "softsign", ops.softsign, "float");
export const silu = unary("nn.Silu", "silu", ops.silu, "float");
export const swish = unary("nn.Silu", "swish", ops.silu, "float");
export const log_sigmoid = unary("nn.LogSigmoid", "log_sigmoid", ops.logSigmoid, "float");
export const tanh_shrink = unary("nn.TanhShrink", "tanh_shrink", ops.tanhshrink, "float");
export const hard_sigmoid = unary("nn.HardSigmoid", "hard_sigmoid", ops.hardsigmoid, "float");
export const softplus = unary("nn.Softplus", "softplus", ops.softplus, "float");
/** x between 0 and 6; no gradient at either bound. */
export const relu6 = unary("nn.Relu6", "relu6", ops.hardtanh, "any", { min: 0, max: 6 });
/** x between −1 and 1. */
export const hard_tanh = op(
  "nn.HardTanh",
  "hard_tanh",
  "x",
  (x: TensorLike): Tensor => {
    const v = floating(x);
    return compute(ops.clamp, [v, v.full([], -1), v.full([], 1)], undefined);
  },
  { shape: shapes.same },
);
/** Scaled exponential linear unit with Klambauer's constants. */
export const selu = unary("nn.Selu", "selu", ops.elu, "float", {
  alpha: 1.6732632423543772,
  scale: 1.0507009873554805,
});

/** 1/(1 + e⁻ˣ); losses can ask the result for its logits. */
export const sigmoid = op(
  "nn.Sigmoid",
  "sigmoid",
  "x",
  (x: TensorLike): Tensor => {
    const v = floating(x);
    const y = compute(ops.sigmoid, [v], undefined);
    y._keras_logits = wrap(v);
    return y;
  },
  { shape: shapes.same },
);

/** x·min(max(x/6 + ½, 0), 1). */
const hardSilu = (x: TensorLike): Tensor => {
  const v = floating(x);
  return compute(ops.mul, [v, apply(ops.hardsigmoid, [v], undefined)], undefined);
};
export const hard_silu = op("nn.HardSilu", "hard_silu", "x", hardSilu, { shape: shapes.same });
export const hard_swish = op("nn.HardSilu", "hard_swish", "x", hardSilu, { shape: shapes.same });

/** x above 0, slope·x below. */
export const leaky_relu = op(
  "nn.LeakyRelu",
  "leaky_relu",
  "x negative_slope",
  (x: TensorLike, negative_slope = 0.2): Tensor =>
    compute(ops.leakyRelu, [floating(x)], { slope: Number(negative_slope) }),
  { shape: shapes.same },
);
/** x above 0, α·(eˣ − 1) below. */
export const elu = op(
  "nn.Elu",
  "elu",
  "x alpha",
  (x: TensorLike, alpha = 1): Tensor => compute(ops.elu, [floating(x)], { alpha: Number(alpha) }),
  { shape: shapes.same },
);
/** x above 0, α·(e^(x/α) − 1) below. */
export const celu = op(
  "nn.Celu",
  "celu",
  "x alpha",
  (x: TensorLike, alpha = 1): Tensor =>
    compute(ops.elu, [floating(x)], { alpha: Number(alpha), inputScale: 1 / Number(alpha) }),
  { shape: shapes.same },
);
/** x·Φ(x), by default Φ's approximation with tanh. */
export const gelu = op(
  "nn.Gelu",
  "gelu",
  "x approximate",
  (x: TensorLike, approximate = true): Tensor =>
    compute(ops.gelu, [floating(x)], { approximate: approximate ? "tanh" : "none" }),
  { shape: shapes.same },
);
/** The first half times the sigmoid of the second. */
export const glu = op("nn.Glu", "glu", "x axis", (x: TensorLike, axis = -1): Tensor => {
  const v = floating(x);
  if (v.shape.at(axis)! % 2 !== 0)
    throw new ValueError(
      `axis size must be divisible by 2. Received: x.shape=${new TensorShape(v.shape)} with axis=${axis}`,
    );
  return compute(ops.glu, [v], { dim: axis });
});
export const soft_shrink = op(
  "nn.SoftShrink",
  "soft_shrink",
  "x threshold",
  (x: TensorLike, threshold = 0.5): Tensor =>
    compute(ops.softshrink, [floating(x)], { lambda: Number(threshold) }),
  { shape: shapes.same },
);
export const hard_shrink = op(
  "nn.HardShrink",
  "hard_shrink",
  "x threshold",
  (x: TensorLike, threshold = 0.5): Tensor =>
    compute(ops.hardshrink, [floating(x)], { lambda: Number(threshold) }),
  { shape: shapes.same },
);
/** x above the threshold, `default_value` elsewhere. */
export const threshold = op(
  "nn.Threshold",
  "threshold",
  "x threshold default_value",
  (x: TensorLike, threshold: number, default_value: number): Tensor =>
    compute(ops.threshold, [floating(x)], { threshold: Number(threshold), value: Number(default_value) }),
  { shape: shapes.same },
);
/** (x + √(x² + b))/2. */
export const squareplus = op(
  "nn.Squareplus",
  "squareplus",
  "x b",
  (x: TensorLike, b = 4): Tensor => {
    const v = floating(x);
    return compute(ops.div, [v.add(v.square().add(Number(b)).sqrt()), 2], undefined);
  },
  { shape: shapes.same },
);
/** 0 up to −1, 1 from 1 on, (x + 1)/2 between. */
export const sparse_sigmoid = op(
  "nn.SparseSigmoid",
  "sparse_sigmoid",
  "x",
  (x: TensorLike): Tensor => {
    const v = floating(x);
    const between = v.add(1).mul(0.5).where(v.lt(1), v.full([], 1));
    return compute(ops.where, [v.full([], 0), v.le(-1), between], undefined);
  },
  { shape: shapes.same },
);
/** 0 up to −1, x from 1 on, (x + 1)²/4 between. */
export const sparse_plus = op(
  "nn.SparsePlus",
  "sparse_plus",
  "x",
  (x: TensorLike): Tensor => {
    const v = floating(x);
    const between = v.add(1).square().mul(0.25).where(v.lt(1), v);
    return compute(ops.where, [v.full([], 0), v.le(-1), between], undefined);
  },
  { shape: shapes.same },
);
