import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { moduleClass } from "../module/keywords.js";
import { optionLayer } from "../module/option-layer.js";
import { onlyReduction, REDUCTION, type Reduction, reductionOf } from "./loss.js";

type Flag = boolean | null;
const INPUTS = "input target";
const WEIGHTED = { inputs: INPUTS, buffers: ["weight"] } as const;

const weighted = (
  weight: Tensor | null = null,
  size_average: Flag = null,
  reduce: Flag = null,
  reduction: Reduction = "mean",
) => ({ reduction: reductionOf(size_average, reduce, reduction), weight });

/**
 * `torch.nn.CrossEntropyLoss`: −log softmax(x)[class], or −Σ y·log softmax(x) for probabilities y.
 *
 * @param weight - one factor a class
 * @param ignore_index - a class that does not count
 * @param label_smoothing - how much of the target is spread over all classes
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([[0.5, 1, 2], [3, 0, 1]]);
 * print(torch.nn.CrossEntropyLoss()(x, torch.tensor([2, 0]))); // prints tensor(0.3171)
 * ```
 */
export const CrossEntropyLoss = optionLayer(
  "loss.CrossEntropyLoss",
  "weight size_average ignore_index reduce reduction label_smoothing",
  (
    weight: Tensor | null = null,
    size_average: Flag = null,
    ignore_index = -100,
    reduce: Flag = null,
    reduction: Reduction = "mean",
    label_smoothing = 0,
  ) => ({ ...weighted(weight, size_average, reduce, reduction), ignore_index, label_smoothing }),
  {
    ...WEIGHTED,
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.cross_entropy(input, target, {
        weight: self.weight,
        ignore_index: self.ignore_index,
        reduction: self.reduction as never,
        label_smoothing: self.label_smoothing,
      }),
  },
);
export type CrossEntropyLoss = InstanceType<typeof CrossEntropyLoss>;

/** `torch.nn.NLLLoss`: −x[class] for logarithms of probabilities x. */
export const NLLLoss = optionLayer(
  "loss.NLLLoss",
  "weight size_average ignore_index reduce reduction",
  (
    weight: Tensor | null = null,
    size_average: Flag = null,
    ignore_index = -100,
    reduce: Flag = null,
    reduction: Reduction = "mean",
  ) => ({ ...weighted(weight, size_average, reduce, reduction), ignore_index }),
  {
    ...WEIGHTED,
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.nll_loss(input, target, {
        weight: self.weight,
        ignore_index: self.ignore_index,
        reduction: self.reduction as never,
      }),
  },
);
export type NLLLoss = InstanceType<typeof NLLLoss>;

class NLLLoss2dImpl extends NLLLoss {
  constructor(...args: never[]) {
    super(...(args as readonly never[] as []));
  }
}
/** `torch.nn.NLLLoss2d`: {@link NLLLoss} by its old name for images. */
export const NLLLoss2d = moduleClass(
  "loss.NLLLoss2d",
  "weight size_average ignore_index reduce reduction",
  NLLLoss2dImpl,
);
export type NLLLoss2d = InstanceType<typeof NLLLoss2d>;

/** `torch.nn.BCELoss`: −y·log x − (1 − y)·log(1 − x) for probabilities x. */
export const BCELoss = optionLayer("loss.BCELoss", `weight ${REDUCTION}`, weighted, {
  ...WEIGHTED,
  forward: (self, input: Tensor, target: Tensor): Tensor =>
    F.binary_cross_entropy(input, target, { weight: self.weight, reduction: self.reduction as never }),
});
export type BCELoss = InstanceType<typeof BCELoss>;

/** `torch.nn.BCEWithLogitsLoss`: {@link BCELoss} of σ(x), computed without overflow. */
export const BCEWithLogitsLoss = optionLayer(
  "loss.BCEWithLogitsLoss",
  `weight ${REDUCTION} pos_weight`,
  (
    weight: Tensor | null = null,
    size_average: Flag = null,
    reduce: Flag = null,
    reduction: Reduction = "mean",
    pos_weight: Tensor | null = null,
  ) => ({ ...weighted(weight, size_average, reduce, reduction), pos_weight }),
  {
    inputs: INPUTS,
    buffers: ["weight", "pos_weight"],
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.binary_cross_entropy_with_logits(input, target, {
        weight: self.weight,
        pos_weight: self.pos_weight,
        reduction: self.reduction as never,
      }),
  },
);
export type BCEWithLogitsLoss = InstanceType<typeof BCEWithLogitsLoss>;

/** `torch.nn.SoftMarginLoss`: log(1 + e^(−y·x)) for y of ±1. */
export const SoftMarginLoss = optionLayer("loss.SoftMarginLoss", REDUCTION, onlyReduction, {
  inputs: INPUTS,
  forward: (self, input: Tensor, target: Tensor): Tensor =>
    F.soft_margin_loss(input, target, { reduction: self.reduction as never }),
});
export type SoftMarginLoss = InstanceType<typeof SoftMarginLoss>;

/** `torch.nn.MultiLabelMarginLoss`: the margin of each right class over each wrong one. */
export const MultiLabelMarginLoss = optionLayer("loss.MultiLabelMarginLoss", REDUCTION, onlyReduction, {
  inputs: INPUTS,
  forward: (self, input: Tensor, target: Tensor): Tensor =>
    F.multilabel_margin_loss(input, target, { reduction: self.reduction as never }),
});
export type MultiLabelMarginLoss = InstanceType<typeof MultiLabelMarginLoss>;

/** `torch.nn.MultiLabelSoftMarginLoss`: the mean of {@link BCEWithLogitsLoss} over classes. */
export const MultiLabelSoftMarginLoss = optionLayer(
  "loss.MultiLabelSoftMarginLoss",
  `weight ${REDUCTION}`,
  weighted,
  {
    ...WEIGHTED,
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.multilabel_soft_margin_loss(input, target, {
        weight: self.weight,
        reduction: self.reduction as never,
      }),
  },
);
export type MultiLabelSoftMarginLoss = InstanceType<typeof MultiLabelSoftMarginLoss>;

/** `torch.nn.MultiMarginLoss`: Σ max(0, margin − x[class] + x[other])ᵖ / number of classes. */
export const MultiMarginLoss = optionLayer(
  "loss.MultiMarginLoss",
  `p margin weight ${REDUCTION}`,
  (
    p = 1,
    margin = 1,
    weight: Tensor | null = null,
    size_average: Flag = null,
    reduce: Flag = null,
    reduction: Reduction = "mean",
  ) => ({ ...weighted(weight, size_average, reduce, reduction), p, margin }),
  {
    ...WEIGHTED,
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.multi_margin_loss(input, target, {
        p: self.p,
        margin: self.margin,
        weight: self.weight,
        reduction: self.reduction as never,
      }),
  },
);
export type MultiMarginLoss = InstanceType<typeof MultiMarginLoss>;

/** `torch.nn.CTCLoss`: −log of the probability of a label sequence over all its alignments. */
export const CTCLoss = optionLayer(
  "loss.CTCLoss",
  "blank reduction zero_infinity",
  (blank = 0, reduction: Reduction = "mean", zero_infinity = false) => ({
    reduction,
    blank,
    zero_infinity,
  }),
  {
    inputs: "log_probs targets input_lengths target_lengths",
    forward: (
      self,
      log_probs: Tensor,
      targets: Tensor,
      input_lengths: Tensor | readonly number[],
      target_lengths: Tensor | readonly number[],
    ): Tensor =>
      F.ctc_loss(
        log_probs,
        targets,
        input_lengths,
        target_lengths,
        self.blank,
        self.reduction as never,
        self.zero_infinity,
      ),
  },
);
export type CTCLoss = InstanceType<typeof CTCLoss>;
