import { IndexRangeError, int64, ops } from "@cognate/kernel";
import { repr, ValueError, warn } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { epsilon } from "../../backend/config.js";
import { castValue, valueOf } from "../../backend/create.js";
import { kernelError } from "../../backend/errors.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { TensorShape } from "../../backend/tensor-shape.js";
import { apply, compute, computeMany, floating, op } from "../make.js";

/*
 * Cross entropies. Outputs that a softmax or sigmoid made are taken back to their logits, which loses no digits.
 */

interface Scores {
  readonly scores: Value;
  readonly from_logits: boolean;
}

/** The logits behind the output where they are known. */
function scoresOf(output: TensorLike, from_logits: boolean, kind: string, name: string): Scores {
  const logits = output instanceof Tensor ? output._keras_logits : undefined;
  if (!logits) return { scores: floating(output), from_logits };
  if (from_logits)
    warn(
      `"\`${name}\` received \`from_logits=True\`, but the \`output\` argument was produced by a ${kind} activation and thus does not represent logits. Was this intended?`,
    );
  return { scores: floating(logits), from_logits: true };
}

const text = (v: Value): string =>
  repr(new TensorShape(v.shape).as_list())
    .replace("[", "(")
    .replace("]", v.shape.length === 1 ? ",)" : ")");
const shapesText = (target: Value, output: Value): string =>
  `target.shape=${text(target)}, output.shape=${text(output)}`;

function checkSameShape(target: Value, output: Value): void {
  if (target.shape.length !== output.shape.length)
    throw new ValueError(
      `Arguments \`target\` and \`output\` must have the same rank (ndim). Received: ${shapesText(target, output)}`,
    );
  if (target.shape.some((n, i) => n !== output.shape[i]))
    throw new ValueError(
      `Arguments \`target\` and \`output\` must have the same shape. Received: ${shapesText(target, output)}`,
    );
}

const clipped = (v: Value): Value =>
  apply(ops.clamp, [v, v.full([], epsilon()), v.full([], 1 - epsilon())], undefined);

/** Labels in the type of the scores: TensorFlow has them in one type already. */
const labels = (target: TensorLike, scores: Value): Value => castValue(valueOf(target), scores.dtype);

/** −t·log p − (1 − t)·log(1 − p), or the same of logits. */
export const binary_crossentropy = op(
  "nn.BinaryCrossentropy",
  "binary_crossentropy",
  "target output from_logits",
  (target: TensorLike, output: TensorLike, from_logits = false): Tensor => {
    checkSameShape(valueOf(target), valueOf(output));
    const { scores: x, from_logits: logits } = scoresOf(
      output,
      from_logits,
      "Sigmoid",
      "binary_crossentropy",
    );
    const t = labels(target, x);
    if (logits) return compute(ops.binaryCrossEntropyWithLogits, [x, t, 1], undefined);
    const p = clipped(x);
    return compute(ops.neg, [t.mul(p.log()).add(t.rsub(1).mul(p.rsub(1).log()))], undefined);
  },
  { arity: 2 },
);

/** Σ t·(log Σeˣ − x), whose derivative TensorFlow defines as softmax(x) − t whatever the labels add up to. */
function softmaxCrossEntropy(t: Value, x: Value, dim: number): Tensor {
  const line = { dims: [dim], keepdim: true };
  const top = apply(ops.amax, [x.detach()], line);
  const shifted = x.sub(top);
  const lse = apply(ops.logsumexp, [shifted as Value], { dims: [dim] });
  const over = { dims: [dim] };
  const excess = t.sum(over).sub(1).mul(lse.detach());
  return compute(ops.add, [lse.sub(t.mul(shifted).sum(over)), excess], undefined);
}

/** −Σ t·log p along the classes. */
export const categorical_crossentropy = op(
  "nn.CategoricalCrossentropy",
  "categorical_crossentropy",
  "target output from_logits axis",
  (target: TensorLike, output: TensorLike, from_logits = false, axis = -1): Tensor => {
    const [given, out] = [valueOf(target), valueOf(output)];
    if (given.shape.length < 1)
      throw new ValueError(
        `Arguments \`target\` and \`output\` must be at least rank 1. Received: ${shapesText(given, out)}`,
      );
    checkSameShape(given, out);
    const { scores: x, from_logits: logits } = scoresOf(
      output,
      from_logits,
      "Softmax",
      "categorical_crossentropy",
    );
    const t = labels(target, x);
    const dim = axis < 0 ? axis + x.shape.length : axis;
    if (logits) return softmaxCrossEntropy(t, x, dim);
    const p = clipped(x.div(x.sum({ dims: [dim], keepdim: true })) as Value);
    return compute(ops.neg, [t.mul(p.log()).sum({ dims: [dim] })], undefined);
  },
  { arity: 2 },
);

/** −log p of the class that each number names. */
export const sparse_categorical_crossentropy = op(
  "nn.SparseCategoricalCrossentropy",
  "sparse_categorical_crossentropy",
  "target output from_logits axis",
  (target: TensorLike, output: TensorLike, from_logits = false, axis = -1): Tensor => {
    const rank = valueOf(output).shape.length;
    if (axis !== -1 && axis !== rank - 1)
      throw new ValueError(`Only axis=-1 is currently supported. Received: axis=${axis}`);
    const { scores, from_logits: logits } = scoresOf(
      output,
      from_logits,
      "Softmax",
      "sparse_categorical_crossentropy",
    );
    let t = valueOf(target, int64);
    if (rank < 1)
      throw new ValueError(
        `Argument \`output\` must be at least rank 1. Received: output.shape=${text(scores)}`,
      );
    if (t.shape.length === rank && t.shape[rank - 1] === 1)
      t = apply(ops.reshape, [t], { shape: t.shape.slice(0, -1) });
    const lead = scores.shape.slice(0, -1);
    if (t.shape.length !== rank - 1)
      throw new ValueError(
        `Argument \`output\` must have rank (ndim) \`target.ndim - 1\`. Received: ${shapesText(t, scores)}`,
      );
    if (t.shape.some((n, i) => n !== lead[i]))
      throw new ValueError(
        `Arguments \`target\` and \`output\` must have the same shape up until the last dimension: ${shapesText(t, scores)}`,
      );
    const x = logits ? scores : apply(ops.log, [clipped(scores)], undefined);
    const classes = x.shape[rank - 1]!;
    const rows = apply(ops.reshape, [x], { shape: [t.size, classes] });
    const ids = apply(ops.reshape, [t], { shape: [t.size] });
    try {
      const [y] = computeMany(ops.crossEntropy, [rows, ids, null], { reduction: "none" });
      return wrap(apply(ops.reshape, [y!._value], { shape: lead }));
    } catch (e) {
      if (!(e instanceof IndexRangeError)) throw e;
      throw kernelError(
        "SparseSoftmaxCrossEntropyWithLogits",
        `Received a label value of ${e.index} which is outside the valid range of [0, ${classes}).  Label values: ${(wrap(ids).tolist() as unknown[]).join(" ")}`,
      );
    }
  },
  { arity: 2 },
);

/** 20·log₁₀(max) − 10·log₁₀ of the mean squared difference. */
export const psnr = op(
  "nn.PSNR",
  "psnr",
  "x1 x2 max_val",
  (x1: TensorLike, x2: TensorLike, max_val: number): Tensor => {
    const [a, b] = [valueOf(x1), valueOf(x2)];
    if (a.shape.length !== b.shape.length || a.shape.some((n, i) => n !== b.shape[i]))
      throw new ValueError(`Input shapes ${text(a)} and ${text(b)} must match for PSNR calculation. `);
    const mse = a
      .sub(b)
      .square()
      .mean({ dims: a.shape.map((_, i) => i) });
    return compute(ops.sub, [b.full([], 20 * Math.log10(Number(max_val))), mse.log10().mul(10)], undefined);
  },
  { arity: 2 },
);

/** Connectionist temporal classification: −log of the probability of the target under all alignments. */
export const ctc_loss = op(
  "nn.CTCLoss",
  "ctc_loss",
  "target output target_length output_length mask_index",
  (
    target: TensorLike,
    output: TensorLike,
    target_length: TensorLike,
    output_length: TensorLike,
    mask_index = 0,
  ): Tensor => {
    const logits = floating(output);
    const logp = apply(ops.logSoftmax, [apply(ops.permute, [logits], { axes: [1, 0, 2] })], { dim: 2 });
    const [y] = computeMany(
      ops.ctc,
      [logp, valueOf(target, int64), valueOf(output_length, int64), valueOf(target_length, int64)],
      { blank: mask_index < 0 ? mask_index + logits.shape[2]! : mask_index },
    );
    return y!;
  },
  { arity: 4 },
);
