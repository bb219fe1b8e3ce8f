import { toTensor } from "../../core/convert.js";
import { int32, int64 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { concat, expand_dims, reshape, shape, stop_gradient } from "../array.js";
import { type Data, def, type Name } from "../make.js";
import { add, cast, divide, log, multiply, subtract } from "../math.js";
import { matmul } from "../matmul.js";
import { compute_accidental_hits, log_uniform_candidate_sampler, sampledTriple } from "./candidates.js";
import { sigmoid_cross_entropy_with_logits, softmax_cross_entropy_with_logits } from "./cross-entropy.js";
import { lookup, type Partition } from "./embedding.js";

/* Losses of many classes that look at the true ones and a sample of the others. */

export interface Sampled {
  readonly weights: Data | readonly Data[];
  readonly biases: Data | readonly Data[];
  readonly labels: Data;
  readonly inputs: Data;
  readonly num_sampled: number;
  readonly num_classes: number;
  readonly num_true: number;
  readonly sampled_values: readonly Data[] | null;
  readonly remove_accidental_hits: boolean;
  readonly seed: number | null;
  /** How rows of several tables are numbered: in turn, or table by table. */
  readonly partition_strategy: Partition;
}

/** Logits of true and sampled classes `[batch, num_true + num_sampled]`, and their labels. */
function sampledLogits(p: Sampled): [logits: Tensor, labels: Tensor] {
  const x = toTensor(p.inputs);
  const given = toTensor(p.labels);
  const labels = given.dtype === int64 ? given : cast(given, int64);
  const flat = reshape(labels, [-1]);
  const values =
    p.sampled_values ??
    log_uniform_candidate_sampler(labels, p.num_true, p.num_sampled, true, p.num_classes, p.seed);
  const [drawn, trueExpected, sampledExpected] = sampledTriple(values).map((v) => stop_gradient(v)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const sampled = cast(drawn, int64);
  const ids = concat([flat, sampled], 0);
  const count = one("Size", [flat]);
  const pair = (a: Data, b: Data): Tensor => one("Pack", [[a, b]], { axis: 0, N: 2 });
  const int = (v: number): Tensor => toTensor(v, { dtype: int32 });
  const table = lookup(p.weights, ids, p.partition_strategy);
  const w = table.dtype === x.dtype ? table : cast(table, x.dtype);
  const trueW = one("Slice", [w, [0, 0], pair(count, int(-1))]);
  const sampledW = one("Slice", [w, pair(count, int(0)), [-1, -1]]);
  const offsets = lookup(p.biases, ids, p.partition_strategy);
  const b = offsets.dtype === x.dtype ? offsets : cast(offsets, x.dtype);
  const trueB = one("Slice", [b, [0], reshape(count, [1])]);
  const sampledB = one("Slice", [b, reshape(count, [1]), [-1]]);
  const width = (w.shape as unknown as (number | null)[])[1] ?? -1;
  const dots = multiply(expand_dims(x, 1), reshape(trueW, [-1, p.num_true, width]));
  let trueLogits = add(reshape(one("Sum", [dots, [2]]), [-1, p.num_true]), reshape(trueB, [-1, p.num_true]));
  let sampledLogits_ = add(matmul(x, sampledW, { transpose_b: true }), sampledB);
  if (p.remove_accidental_hits) {
    const [rows, places, weights] = compute_accidental_hits(labels, sampled, p.num_true) as unknown as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const at = concat([reshape(rows, [-1, 1]), reshape(cast(places, int32), [-1, 1])], 1);
    const own = weights.dtype === x.dtype ? weights : cast(weights, x.dtype);
    sampledLogits_ = add(sampledLogits_, one("ScatterNd", [at, own, shape(sampledLogits_)]));
  }
  trueLogits = subtract(trueLogits, log(trueExpected));
  sampledLogits_ = subtract(sampledLogits_, log(sampledExpected));
  return [
    concat([trueLogits, sampledLogits_], 1),
    concat([divide(one("OnesLike", [trueLogits]), p.num_true), one("ZerosLike", [sampledLogits_])], 1),
  ];
}

/** Noise-contrastive estimation: sigmoid losses of true and sampled classes, added up. */
export function nceLoss(p: Sampled): Tensor {
  const [logits, labels] = sampledLogits(p);
  return one("Sum", [sigmoid_cross_entropy_with_logits(labels, logits), [1]]);
}
/** Softmax loss over true and sampled classes. */
export function sampledSoftmaxLoss(p: Sampled): Tensor {
  const [logits, labels] = sampledLogits(p);
  return softmax_cross_entropy_with_logits(stop_gradient(labels), logits);
}

export const nce_loss = def(
  "tensorflow.nn.nce_loss",
  "weights biases labels inputs num_sampled num_classes num_true sampled_values remove_accidental_hits name",
  (
    weights: Data | readonly Data[],
    biases: Data | readonly Data[],
    labels: Data,
    inputs: Data,
    num_sampled: number,
    num_classes: number,
    num_true = 1,
    sampled_values: readonly Data[] | null = null,
    remove_accidental_hits = false,
    _name: Name = "nce_loss",
  ): Tensor =>
    nceLoss({
      weights,
      biases,
      labels,
      inputs,
      num_sampled,
      num_classes,
      num_true,
      sampled_values,
      remove_accidental_hits,
      seed: null,
      partition_strategy: "div",
    }),
);
export const sampled_softmax_loss = def(
  "tensorflow.nn.sampled_softmax_loss",
  "weights biases labels inputs num_sampled num_classes num_true sampled_values remove_accidental_hits seed name",
  (
    weights: Data | readonly Data[],
    biases: Data | readonly Data[],
    labels: Data,
    inputs: Data,
    num_sampled: number,
    num_classes: number,
    num_true = 1,
    sampled_values: readonly Data[] | null = null,
    remove_accidental_hits = true,
    seed: number | null = null,
    _name: Name = "sampled_softmax_loss",
  ): Tensor =>
    sampledSoftmaxLoss({
      weights,
      biases,
      labels,
      inputs,
      num_sampled,
      num_classes,
      num_true,
      sampled_values,
      remove_accidental_hits,
      seed,
      partition_strategy: "div",
    }),
);
