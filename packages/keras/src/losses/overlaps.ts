import { repr, Tuple, ValueError } from "@cognate/py";
import { epsilon } from "../backend/config.js";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { softplus } from "../ops/nn/activation.js";
import { ctc_loss } from "../ops/nn/loss.js";
import { eye, full } from "../ops/numpy/creation.js";
import {
  add,
  divide,
  equal,
  greater,
  logical_and,
  logical_not,
  maximum,
  multiply,
  not_equal,
  subtract,
  where,
} from "../ops/numpy/elementwise.js";
import { logsumexp, sum } from "../ops/numpy/reduction.js";
import { reshape, transpose } from "../ops/numpy/shape.js";
import { type LossInput, lossFunction, paired } from "./functions.js";
import { tensorOf, typeOf } from "./reduce.js";

/*
 * Losses of overlapping regions, of distances between embeddings, and of alignments.
 */

type Axis = number | readonly number[] | null;

/** 1 − 2·Σ y_true·y_pred / (Σ y_true + Σ y_pred). */
export const dice = lossFunction(
  "dice",
  " axis",
  (y_true: LossInput, y_pred: LossInput, axis: Axis = null): Tensor => {
    const [t, p] = paired(y_true, y_pred);
    const both = sum.impl(multiply.impl(t, p), axis);
    const total = add.impl(add.impl(sum.impl(t, axis), sum.impl(p, axis)), epsilon());
    return subtract.impl(1, divide.impl(multiply.impl(2, both), total));
  },
);

/** 1 − i / (i + α·fp + β·fn) with the intersection i = Σ y_true·y_pred. */
export const tversky = lossFunction(
  "tversky",
  " alpha beta axis",
  (y_true: LossInput, y_pred: LossInput, alpha = 0.5, beta = 0.5, axis: Axis = null): Tensor => {
    const [t, p] = paired(y_true, y_pred);
    const both = sum.impl(multiply.impl(t, p), axis);
    const missed = sum.impl(multiply.impl(subtract.impl(1, p), t), axis);
    const extra = sum.impl(multiply.impl(p, subtract.impl(1, t)), axis);
    const total = add.impl(add.impl(both, multiply.impl(missed, alpha)), multiply.impl(extra, beta));
    return subtract.impl(1, divide.impl(both, add.impl(total, epsilon())));
  },
);

const column = (labels: TensorLike): Tensor => {
  const x = tensorOf(labels, "int32") as Tensor;
  return x.ndim === 1 ? reshape.impl(x, [-1, 1]) : x;
};

/**
 * The circle loss of embeddings `[batch, size]` of length 1 with class labels: pulls those of one class together and
 * pushes others apart, each pair at its own pace.
 */
export const circle = lossFunction(
  "circle",
  " ref_labels ref_embeddings remove_diagonal gamma margin",
  (
    y_true: LossInput,
    y_pred: LossInput,
    ref_labels: TensorLike | null = null,
    ref_embeddings: TensorLike | null = null,
    remove_diagonal = true,
    gamma = 80,
    margin = 0.4,
  ): Tensor => {
    const p = tensorOf(y_pred) as Tensor;
    const others = ref_embeddings === null ? p : (tensorOf(ref_embeddings) as Tensor);
    const query = column(y_true as TensorLike);
    const key = ref_labels === null ? query : column(ref_labels);
    const distances = maximum.impl(subtract.impl(1, p.matmul(transpose.impl(others))), 0);
    const same = equal.impl(query, transpose.impl(key));
    const apart = logical_not.impl(same);
    const alike = remove_diagonal
      ? logical_and.impl(same, logical_not.impl(eye.impl(query.size, key.size, 0, "bool")))
      : same;
    const type = typeOf(p);
    const scores = (mask: Tensor, weight: Tensor, slack: Tensor, sign: number): Tensor => {
      const factor = tensorOf(mask, type);
      const pace = maximum.impl(multiply.impl(weight, factor), 0);
      const scaled = multiply.impl(multiply.impl(sign * gamma, pace), slack);
      const absent = full.impl(scaled._value.shape, Number.NEGATIVE_INFINITY, type);
      return logsumexp.impl(where.impl(mask, scaled, absent) as Tensor, 1);
    };
    const pull = scores(alike, add.impl(margin, distances), subtract.impl(margin, distances), -1);
    const push = scores(apart, subtract.impl(1 + margin, distances), subtract.impl(1 - margin, distances), 1);
    const loss = softplus.impl(add.impl(pull, push));
    loss._keras_mask = greater.impl(loss, 0);
    return loss;
  },
);

const shapeOf = (x: TensorLike): string => repr(Tuple.of_(valueOf(x).shape));

/**
 * Connectionist temporal classification of logits `[batch, steps, classes]` and labels `[batch, length]`, of which 0
 * stands for none.
 */
export const ctc = lossFunction("ctc", "", (y_true: TensorLike, y_pred: TensorLike): Tensor => {
  const [t, p] = [valueOf(y_true), valueOf(y_pred)];
  if (t.shape.length !== 2)
    throw new ValueError(
      `Targets \`y_true\` are expected to be a tensor of shape \`(batch_size, max_length)\` in integer format. Received: y_true.shape=${shapeOf(y_true)}`,
    );
  if (p.shape.length !== 3)
    throw new ValueError(
      `Logits \`y_pred\` are expected to be a tensor of shape \`(batch_size, max_length, num_classes)\`. Received: y_pred.shape=${shapeOf(y_pred)}`,
    );
  const [batch, steps] = p.shape as readonly [number, number];
  const lengths = sum.impl(tensorOf(not_equal.impl(wrap(t), 0), "int32"), -1);
  return ctc_loss.impl(wrap(t), wrap(p), lengths, full.impl([batch], steps, "int32"), 0);
});
