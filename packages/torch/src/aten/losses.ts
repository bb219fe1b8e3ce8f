import * as F from "../nn/functional/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Operators, table } from "./operator.js";

const REDUCTIONS = ["none", "mean", "sum"] as const;
type Optional = Tensor | null;

const by = (reduction: number) => ({ reduction: REDUCTIONS[reduction] ?? "none" });
const likelihood = (
  self: Tensor,
  target: Tensor,
  weight: Optional = null,
  reduction = 1,
  ignore_index = -100,
): Tensor => F.nll_loss(self, target, { weight, ignore_index, ...by(reduction) });

/** Losses whose reduction is a number: 0 none, 1 mean, 2 sum. */
export const LOSSES: Operators = table({
  "l1_loss self target reduction": (x: Tensor, y: Tensor, reduction = 1) => F.l1_loss(x, y, by(reduction)),
  "mse_loss self target reduction": (x: Tensor, y: Tensor, reduction = 1) => F.mse_loss(x, y, by(reduction)),
  "smooth_l1_loss self target reduction beta": (x: Tensor, y: Tensor, reduction = 1, beta = 1) =>
    F.smooth_l1_loss(x, y, { beta, ...by(reduction) }),
  "huber_loss self target reduction delta": (x: Tensor, y: Tensor, reduction = 1, delta = 1) =>
    F.huber_loss(x, y, { delta, ...by(reduction) }),
  "soft_margin_loss self target reduction": (x: Tensor, y: Tensor, reduction = 1) =>
    F.soft_margin_loss(x, y, by(reduction)),
  "multilabel_margin_loss self target reduction": (x: Tensor, y: Tensor, reduction = 1) =>
    F.multilabel_margin_loss(x, y, by(reduction)),
  "multi_margin_loss self target p margin weight reduction": (
    x: Tensor,
    y: Tensor,
    p = 1,
    margin = 1,
    weight: Optional = null,
    reduction = 1,
  ) => F.multi_margin_loss(x, y, { p, margin, weight, ...by(reduction) }),
  "binary_cross_entropy self target weight reduction": (
    x: Tensor,
    y: Tensor,
    weight: Optional = null,
    reduction = 1,
  ) => F.binary_cross_entropy(x, y, { weight, ...by(reduction) }),
  "cross_entropy_loss self target weight reduction ignore_index label_smoothing": (
    x: Tensor,
    y: Tensor,
    weight: Optional = null,
    reduction = 1,
    ignore_index = -100,
    label_smoothing = 0,
  ) => F.cross_entropy(x, y, { weight, ignore_index, label_smoothing, ...by(reduction) }),
  "kl_div self target reduction * log_target": (x: Tensor, y: Tensor, reduction = 1, log_target = false) =>
    F.kl_div(x, y, { log_target, ...by(reduction) }),
  "binary_cross_entropy_with_logits self target weight pos_weight reduction": (
    x: Tensor,
    y: Tensor,
    weight: Optional = null,
    pos_weight: Optional = null,
    reduction = 1,
  ) => F.binary_cross_entropy_with_logits(x, y, { weight, pos_weight, ...by(reduction) }),
  "hinge_embedding_loss self target margin reduction": (x: Tensor, y: Tensor, margin = 1, reduction = 1) =>
    F.hinge_embedding_loss(x, y, { margin, ...by(reduction) }),
  "margin_ranking_loss input1 input2 target margin reduction": (
    a: Tensor,
    b: Tensor,
    y: Tensor,
    margin = 0,
    reduction = 1,
  ) => F.margin_ranking_loss(a, b, y, { margin, ...by(reduction) }),
  "cosine_embedding_loss input1 input2 target margin reduction": (
    a: Tensor,
    b: Tensor,
    y: Tensor,
    margin = 0,
    reduction = 1,
  ) => F.cosine_embedding_loss(a, b, y, { margin, ...by(reduction) }),
  "triplet_margin_loss anchor positive negative margin p eps swap reduction": (
    a: Tensor,
    b: Tensor,
    c: Tensor,
    margin = 1,
    p = 2,
    eps = 1e-6,
    swap = false,
    reduction = 1,
  ) => F.triplet_margin_loss(a, b, c, { margin, p, eps, swap, ...by(reduction) }),
  "ctc_loss log_probs targets input_lengths target_lengths blank reduction zero_infinity": (
    x: Tensor,
    y: Tensor,
    lengths: Tensor | number[],
    targets: Tensor | number[],
    blank = 0,
    reduction = 1,
    zero_infinity = false,
  ) => F.ctc_loss(x, y, lengths as never, targets as never, { blank, zero_infinity, ...by(reduction) }),
  "nll_loss self target weight reduction ignore_index": likelihood,
  "nll_loss2d self target weight reduction ignore_index": likelihood,
  "nll_loss_nd self target weight reduction ignore_index": likelihood,
});
