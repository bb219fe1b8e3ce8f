import { pyClass, RuntimeError, repr, Tuple, ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { Linear } from "../linear/linear.js";
import { moduleClass } from "../module/keywords.js";
import { optionText } from "../module/option-layer.js";
import { ModuleImpl } from "../module.js";
import type { Reduction } from "./loss.js";

const POLICIES = ["auto", "accurate", "balanced", "compact"];

class LinearCrossEntropyOptionsImpl {
  constructor(
    readonly allow_retain_graph = false,
    readonly batch_chunk_size: number | null = null,
    readonly chunking_method: string | null = "auto",
    readonly acc_policy = "auto",
    readonly acc_dtype: DTypeLike | null = null,
  ) {
    if (!POLICIES.includes(acc_policy)) throw new ValueError(`invalid acc_policy: ${repr(acc_policy)}`);
    if (chunking_method !== null && !/^(auto|aspect_ratio(:0*[1-9]\d*)?)$/.test(chunking_method))
      throw new ValueError(`invalid chunking_method: ${repr(chunking_method)}`);
    if (batch_chunk_size !== null && !(Number.isInteger(batch_chunk_size) && batch_chunk_size > 0))
      throw new ValueError(`batch_chunk_size must be positive int or None, got ${repr(batch_chunk_size)}`);
  }
  __repr__(): string {
    const fields = Object.entries(this).map(([name, value]) => `${name}=${repr(value)}`);
    return `LinearCrossEntropyOptions(${fields.join(", ")})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

/** `torch.nn.LinearCrossEntropyOptions`: how PyTorch saves memory in {@link LinearCrossEntropyLoss}; the numbers are the same. */
export const LinearCrossEntropyOptions = pyClass(
  "torch.nn.modules.linear_cross_entropy_options.LinearCrossEntropyOptions",
  "allow_retain_graph batch_chunk_size chunking_method acc_policy acc_dtype",
  LinearCrossEntropyOptionsImpl,
);
export type LinearCrossEntropyOptions = LinearCrossEntropyOptionsImpl;

class LinearCrossEntropyLossImpl extends ModuleImpl {
  reduction: Reduction;
  num_classes: number;
  out_features: Tuple<number>;
  ignore_index: number | null;
  label_smoothing: number;
  options: LinearCrossEntropyOptions | null;
  declare weight: Tensor | null;
  declare linear: Linear;

  constructor(
    in_features: number,
    num_classes: number,
    out_features: readonly number[] = [],
    bias = false,
    device: unknown = null,
    dtype: DTypeLike | null = null,
    reduction: Reduction = "mean",
    weight: Tensor | null = null,
    ignore_index: number | null = null,
    label_smoothing = 0,
    options: LinearCrossEntropyOptions | null = null,
  ) {
    super();
    if (weight !== null && !(weight.ndim === 1 && weight.shape[0] === num_classes))
      throw new RuntimeError(
        `expected weight shape to be (${num_classes},), got ${repr(Tuple.of_([...weight.shape]))}`,
      );
    if (!(Number(label_smoothing) >= 0 && Number(label_smoothing) <= 1))
      throw new RuntimeError(`expected label_smoothing to be in range [0, 1], got ${repr(label_smoothing)}`);
    this.reduction = reduction;
    this.register_buffer("weight", weight);
    this.num_classes = num_classes;
    this.out_features = Tuple.of_(out_features);
    this.ignore_index = ignore_index;
    this.label_smoothing = label_smoothing;
    const rows = out_features.reduce((a, b) => a * b, num_classes);
    this.linear = Linear(in_features, rows, { bias, device, dtype });
    this.options = options;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight: matrix, bias, in_features } = this.linear;
    const rows = [this.num_classes, ...this.out_features];
    return F.linear_cross_entropy(input, matrix.reshape([...rows, in_features]), target, {
      linear_bias: bias === null ? null : bias.reshape(rows),
      weight: this.weight,
      reduction: this.reduction,
      ignore_index: this.ignore_index,
      label_smoothing: this.label_smoothing,
    });
  }
  override extra_repr(): string {
    const { in_features, bias } = this.linear;
    const shown: [string, string][] = [
      ["in_features", String(in_features)],
      ["num_classes", String(this.num_classes)],
      ["out_features", optionText(this.out_features)],
      ["bias", bias === null ? "False" : "True"],
      ["reduction", this.reduction],
      ["ignore_index", optionText(this.ignore_index)],
      ["label_smoothing", optionText(this.label_smoothing, true)],
      ["options", optionText(this.options)],
    ];
    return shown.map(([name, text]) => `${name}=${text}`).join(", ");
  }
}

interface LinearCrossEntropyLossImpl {
  (input: Tensor, target: Tensor): Tensor;
}

/** `torch.nn.LinearCrossEntropyLoss`: the cross entropy of a linear layer's outputs, with the layer in it. */
export const LinearCrossEntropyLoss = moduleClass(
  "loss.LinearCrossEntropyLoss",
  "in_features num_classes * out_features bias device dtype reduction weight ignore_index label_smoothing options",
  LinearCrossEntropyLossImpl,
  "input target",
);
export type LinearCrossEntropyLoss = LinearCrossEntropyLossImpl;
