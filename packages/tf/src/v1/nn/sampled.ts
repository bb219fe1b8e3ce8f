import { TypeError } from "@cognate/py";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { beamSearch } from "../../ops/nn/ctc.js";
import type { Partition } from "../../ops/nn/embedding.js";
import { nceLoss, sampledSoftmaxLoss } from "../../ops/nn/sampled-losses.js";
import { SparseTensor } from "../../ops/sparse.js";
import type { Tensor } from "../../shared.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";

/* Losses of many classes and of sequences, with the parameters of TensorFlow 1. */

type Data = never;
const sampled = (py: "nce_loss" | "sampled_softmax_loss") =>
  v1(
    py,
    "weights biases labels inputs num_sampled num_classes num_true sampled_values remove_accidental_hits partition_strategy name seed",
    (
      weights: unknown,
      biases: unknown,
      labels: unknown,
      inputs: unknown,
      num_sampled: number,
      num_classes: number,
      num_true = 1,
      sampled_values: unknown = null,
      remove_accidental_hits: boolean | null = null,
      partition_strategy: Partition = "mod",
      _name: string | null = null,
      seed: number | null = null,
    ): Tensor =>
      (py === "nce_loss" ? nceLoss : sampledSoftmaxLoss)({
        weights: weights as Data,
        biases: biases as Data,
        labels: labels as Data,
        inputs: inputs as Data,
        num_sampled,
        num_classes,
        num_true,
        sampled_values: sampled_values as Data,
        remove_accidental_hits: remove_accidental_hits ?? py !== "nce_loss",
        seed,
        partition_strategy,
      }),
  );
export const nce_loss = sampled("nce_loss");
export const sampled_softmax_loss = sampled("sampled_softmax_loss");

/** Losses of sequences of sparse labels; the blank is the last class. */
export const ctc_loss = v1(
  "ctc_loss",
  "labels inputs sequence_length preprocess_collapse_repeated ctc_merge_repeated ignore_longer_outputs_than_inputs time_major logits",
  (
    labels: unknown,
    inputs: unknown = null,
    sequence_length: unknown = null,
    preprocess_collapse_repeated = false,
    ctc_merge_repeated = true,
    ignore_longer_outputs_than_inputs = false,
    time_major = true,
    logits: unknown = null,
  ): GraphTensor => {
    if (!(labels instanceof SparseTensor))
      throw new TypeError(
        `Expected argument \`labels\` to be a SparseTensor. Received labels=${String(labels)} of type: Tensor`,
      );
    const g = get_default_graph();
    const own = labels as SparseTensor;
    const given = toGraphTensor(g, logits ?? inputs);
    const x = time_major ? given : node(g, "Transpose", [given, [1, 0, 2]]);
    return g.createOp(
      "CTCLoss",
      [x, own.indices, own.values, sequence_length],
      { preprocess_collapse_repeated, ctc_merge_repeated, ignore_longer_outputs_than_inputs },
      null,
    )[0] as GraphTensor;
  },
);
export const ctc_beam_search_decoder = v1(
  "ctc_beam_search_decoder",
  "inputs sequence_length beam_width top_paths merge_repeated",
  (
    inputs: unknown,
    sequence_length: unknown,
    beam_width = 100,
    top_paths = 1,
    merge_repeated = true,
  ): unknown => beamSearch(inputs as Data, sequence_length as Data, beam_width, top_paths, merge_repeated),
);
