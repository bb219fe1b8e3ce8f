import { IndexRangeError, type Value as KernelValue, ops } from "@cognate/kernel";
import { def, RuntimeError, ValueError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { inTorchWords } from "../../../errors.js";
import { type Int, int, shown, valueOf } from "../../../ops/args.js";
import { scalarName } from "../../../promotion.js";
import type { Tensor, TensorLike } from "../../../tensor/tensor.js";
import { wrap } from "../../../tensor/tensor.js";
import {
  alike,
  done,
  floating,
  notDifferentiable,
  number,
  type Optional,
  type Reduction,
  reduced,
  reductionOf,
} from "../args.js";
import { pairwise_distance } from "../distance.js";
import { promoted, refuse, size } from "./common.js";

const named = (loss: KernelValue, how: Reduction, gradFn: string): Tensor =>
  done(reduced(loss, how), how === "none" ? gradFn : how === "mean" ? "MeanBackward0" : "SumBackward0");

/** max(0, −target · (input1 − input2) + margin). */
export const margin_ranking_loss = def(
  "torch.nn.functional.margin_ranking_loss",
  "input1 input2 target margin size_average reduce reduction",
  (
    input1: TensorLike,
    input2: TensorLike,
    target: TensorLike,
    margin: number | Number = 0,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const [a, b, t] = promoted(input1, input2, target) as [Value, Value, Value];
    if (a.shape.length !== b.shape.length || a.shape.length !== t.shape.length)
      throw new RuntimeError(
        `margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: ${size(a)}, input2: ${size(b)}, target: ${size(t)} `,
      );
    return inTorchWords("margin_ranking_loss", () =>
      named(
        floating(t.neg().mul(a.sub(b)) as Value)
          .add(number(margin))
          .clampMin(0),
        how,
        "ClampMinBackward0",
      ),
    );
  },
);

/** input where target is 1, max(0, margin − input) where it is −1. */
export const hinge_embedding_loss = def(
  "torch.nn.functional.hinge_embedding_loss",
  "input target margin size_average reduce reduction",
  (
    input: TensorLike,
    target: TensorLike,
    margin: number | Number = 1,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const [[x], t] = [alike<[Value]>(input), valueOf(target)];
    return inTorchWords("hinge_embedding_loss", () => {
      const far = x.rsub(number(margin)).clampMin(0).where(t.ne(1), 0);
      return named(far.add(x.where(t.ne(-1), 0)), how, "AddBackward0");
    });
  },
);

/** log(1 + e^(−target · input)). */
export const soft_margin_loss = def(
  "torch.nn.functional.soft_margin_loss",
  "input target size_average reduce reduction",
  (
    input: TensorLike,
    target: TensorLike,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const [x, t] = promoted(input, target) as [Value, Value];
    return inTorchWords("soft_margin_loss", () =>
      done(reduced(call(ops.softMargin, [x, t], undefined), how), "SoftMarginLossBackward0"),
    );
  },
);

/** Rows of classes `(N, C)` or one of them `(C)`. @throws RuntimeError for anything else */
function rows(x: Value): [Value, boolean] {
  const rank = x.shape.length;
  if (rank > 2 || (rank > 0 && x.shape[rank - 1] === 0))
    throw new RuntimeError(
      `Expected non-empty vector or matrix with optional 0-dim batch size, but got: ${shown(x.shape)}`,
    );
  return rank === 2 ? [x, false] : [x.reshape({ shape: [1, Math.max(x.size, 1)] }) as Value, true];
}

const deliver = (each: KernelValue, single: boolean, how: Reduction, gradFn: string): Tensor =>
  done(single && how === "none" ? each.reshape({ shape: [] }) : reduced(each, how), gradFn);

/** Σ max(0, margin − input[target] + input[j])^p / C over the classes j that are not the target. */
export const multi_margin_loss = def(
  "torch.nn.functional.multi_margin_loss",
  "input target p margin weight size_average reduce reduction",
  (
    input: TensorLike,
    target: TensorLike,
    p: Int = 1,
    margin: number | Number = 1,
    weight: Optional = null,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    if (int(p) !== 1 && int(p) !== 2) throw new ValueError("only p == 1 and p == 2 supported");
    const [given, w] = alike<[Value, Value | null]>(input, weight);
    if (w && w.shape.length !== 1) throw new ValueError("weight must be one-dimensional");
    const [x, single] = rows(given);
    const [batch, classes] = x.shape as readonly [number, number];
    const labels = valueOf(target);
    if (labels.size !== batch || labels.shape.length > 1)
      throw new RuntimeError(
        `multi_margin_loss: target tensor should be 1-D with size equal to the number of input samples (batch size). Expected target size [${batch}], but got ${shown(labels.shape)}. Input has shape ${shown(given.shape)}.`,
      );
    if (w && w.size !== classes)
      throw new RuntimeError(`inconsistent weight size, expected ${classes} but got ${shown(w.shape)}`);
    refuse("multi_margin_loss", x);
    notDifferentiable("multi_margin_loss", { weight: w });
    if (labels.dtype.kind === "float")
      throw new RuntimeError(`expected scalar type Long but found ${scalarName(labels.dtype)}`);
    const t = labels.reshape({ shape: [batch] }) as Value;
    let others: KernelValue;
    try {
      others = call(ops.oneHot, [t], { classes, dtype: x.dtype }).rsub(1);
    } catch (e) {
      if (e instanceof IndexRangeError) throw new RuntimeError("target out of range");
      throw e;
    }
    const gap = x.sub(x.gather(t.reshape({ shape: [batch, 1] }), { dim: 1 })).add(number(margin));
    const positive = gap.where(gap.gt(0), 0);
    const power = int(p) === 1 ? positive : positive.square();
    const each = power
      .mul(others)
      .sum({ dims: [1] })
      .div(classes);
    return deliver(w ? each.mul(w.gather(t, { dim: 0 })) : each, single, how, "MultiMarginLossBackward0");
  },
);

/** Σ max(0, 1 − input[t] + input[j]) / C over the classes t that a row of target lists (up to −1) and the others j. */
export const multilabel_margin_loss = def(
  "torch.nn.functional.multilabel_margin_loss",
  "input target size_average reduce reduction",
  (
    input: TensorLike,
    target: TensorLike,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const [given] = alike<[Value]>(input);
    const [x, single] = rows(given);
    const t = valueOf(target);
    if (t.size !== x.size || t.shape.length !== given.shape.length)
      throw new RuntimeError(
        `inconsistent target size: ${shown(t.shape)} for input of size: ${shown(given.shape)}`,
      );
    refuse("multilabel_margin_loss_forward_out_frame", x);
    try {
      const each = call(ops.multilabelMargin, [x, t.reshape({ shape: x.shape }) as Value], undefined);
      return deliver(each, single, how, "MultilabelMarginLossBackward0");
    } catch (e) {
      if (e instanceof IndexRangeError) throw new RuntimeError("argument #2 'target' is out of range");
      throw e;
    }
  },
);

/** The mean over classes of the binary cross entropies of logits. */
export const multilabel_soft_margin_loss = def(
  "torch.nn.functional.multilabel_soft_margin_loss",
  "input target weight size_average reduce reduction",
  (
    input: TensorLike,
    target: TensorLike,
    weight: Optional = null,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const [x, t] = promoted(input, target) as [Value, Value];
    const old = size_average !== null || reduce !== null;
    const how = old ? reductionOf(reduction, size_average, reduce) : reduction;
    if (how !== "none" && how !== "mean" && how !== "sum") throw new ValueError(`${how} is not valid`);
    return inTorchWords("multilabel_soft_margin_loss", () => {
      const loss = t.mul(x.logSigmoid()).add(t.rsub(1).mul(x.neg().logSigmoid())).neg();
      const each = weight === null ? loss : loss.mul(valueOf(weight).cast({ dtype: x.dtype }));
      const dim = x.shape.length - 1;
      return named(each.sum({ dims: [dim] }).div(x.shape[dim]!), how, "DivBackward0");
    });
  },
);

/** Keeps the sums of squares away from 0. */
const EPSILON = 1e-12;

/** 1 − cos(input1, input2) where target is 1, max(0, cos − margin) where it is −1. */
export const cosine_embedding_loss = def(
  "torch.nn.functional.cosine_embedding_loss",
  "input1 input2 target margin size_average reduce reduction",
  (
    input1: TensorLike,
    input2: TensorLike,
    target: TensorLike,
    margin: number | Number = 0,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const [a, b] = promoted(input1, input2) as [Value, Value];
    const t = valueOf(target);
    const rank = t.shape.length;
    if (rank > 1) throw new RuntimeError("0D or 1D target tensor expected, multi-target not supported");
    if (a.shape.length !== rank + 1 || b.shape.length !== rank + 1)
      throw new RuntimeError(
        `${rank}D target tensor expects ${rank + 1}D input tensors, but found inputs with sizes ${shown(a.shape)} and ${shown(b.shape)}.`,
      );
    return inTorchWords("cosine_embedding_loss", () => {
      const dims = { dims: [rank] };
      const dot = (u: Value, v: Value): Value => floating(u.mul(v).sum(dims) as Value);
      const length = (v: Value): KernelValue => dot(v, v).add(EPSILON);
      const cos = dot(a, b).div(length(a).mul(length(b)).sqrt());
      const near = cos.rsub(1).where(t.eq(1), 0);
      const far = cos.sub(number(margin)).clampMin(0).where(t.eq(-1), 0);
      return named(near.add(far), how, "AddBackward0");
    });
  },
);

function checkTriplet(anchor: Value, positive: Value, negative: Value, margin: number | Number): void {
  if (number(margin) <= 0) throw new ValueError(`margin must be greater than 0, got ${margin}`);
  const [a, p, n] = [anchor, positive, negative].map((v) => v.shape.length);
  if (a !== p || p !== n)
    throw new RuntimeError(
      `The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: anchor ${a}D, positive ${p}D, and negative ${n}D inputs`,
    );
}

/** max(0, margin + d(anchor, positive) − d(anchor, negative)) for a distance d. */
function triplet(
  distance: (a: Tensor, b: Tensor) => Tensor,
  [anchor, positive, negative]: readonly [Value, Value, Value],
  margin: number,
  swap: boolean,
  how: Reduction,
): Tensor {
  const d = (a: Value, b: Value): Value => distance(wrap(a), wrap(b))._value;
  const near = d(anchor, positive);
  const own = d(anchor, negative);
  const far = swap ? own.minimum(d(positive, negative)) : own;
  return named(near.add(margin).sub(far).clampMin(0), how, "ClampMinBackward0");
}

/** max(0, margin + d(anchor, positive) − d(anchor, negative)) for the p-norm distance d. */
export const triplet_margin_loss = def(
  "torch.nn.functional.triplet_margin_loss",
  "anchor positive negative margin p eps swap size_average reduce reduction",
  (
    anchor: TensorLike,
    positive: TensorLike,
    negative: TensorLike,
    margin: number | Number = 1,
    p: number | Number = 2,
    eps: number | Number = 1e-6,
    swap = false,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const values = promoted(anchor, positive, negative) as [Value, Value, Value];
    checkTriplet(...values, margin);
    return inTorchWords("triplet_margin_loss", () =>
      triplet((a, b) => pairwise_distance(a, b, Number(p), Number(eps)), values, number(margin), swap, how),
    );
  },
);

/** {@link triplet_margin_loss} with any distance: a function of two tensors. */
export const triplet_margin_with_distance_loss = def(
  "torch.nn.functional.triplet_margin_with_distance_loss",
  "anchor positive negative * distance_function margin swap reduction",
  (
    anchor: TensorLike,
    positive: TensorLike,
    negative: TensorLike,
    distance_function: ((a: Tensor, b: Tensor) => Tensor) | null = null,
    margin: number | Number = 1,
    swap = false,
    reduction = "mean",
  ): Tensor => {
    if (reduction !== "mean" && reduction !== "sum" && reduction !== "none")
      throw new ValueError(`${reduction} is not a valid value for reduction`);
    const values = promoted(anchor, positive, negative) as [Value, Value, Value];
    checkTriplet(...values, margin);
    const distance = distance_function ?? ((a, b) => pairwise_distance(a, b));
    return inTorchWords("triplet_margin_with_distance_loss", () =>
      triplet(distance, values, number(margin), swap, reduction),
    );
  },
);
