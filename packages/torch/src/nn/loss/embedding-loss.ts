import { ValueError } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import { PairwiseDistance } from "../distance/distance.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";
import { REDUCTION, type Reduction, reductionOf } from "./loss.js";

type Flag = boolean | null;

const withMargin =
  (usual: number) =>
  (margin = usual, size_average: Flag = null, reduce: Flag = null, reduction: Reduction = "mean") => ({
    reduction: reductionOf(size_average, reduce, reduction),
    margin,
  });

/** `torch.nn.HingeEmbeddingLoss`: x where y is 1, max(0, margin − x) where it is −1. */
export const HingeEmbeddingLoss = optionLayer(
  "loss.HingeEmbeddingLoss",
  `margin ${REDUCTION}`,
  withMargin(1),
  {
    inputs: "input target",
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.hinge_embedding_loss(input, target, { margin: self.margin, reduction: self.reduction as never }),
  },
);
export type HingeEmbeddingLoss = InstanceType<typeof HingeEmbeddingLoss>;

/** `torch.nn.CosineEmbeddingLoss`: 1 − cos(x₁, x₂) where y is 1, max(0, cos − margin) where it is −1. */
export const CosineEmbeddingLoss = optionLayer(
  "loss.CosineEmbeddingLoss",
  `margin ${REDUCTION}`,
  withMargin(0),
  {
    inputs: "input1 input2 target",
    forward: (self, input1: Tensor, input2: Tensor, target: Tensor): Tensor =>
      F.cosine_embedding_loss(input1, input2, target, {
        margin: self.margin,
        reduction: self.reduction as never,
      }),
  },
);
export type CosineEmbeddingLoss = InstanceType<typeof CosineEmbeddingLoss>;

/** `torch.nn.MarginRankingLoss`: max(0, −y·(x₁ − x₂) + margin). */
export const MarginRankingLoss = optionLayer("loss.MarginRankingLoss", `margin ${REDUCTION}`, withMargin(0), {
  inputs: "input1 input2 target",
  forward: (self, input1: Tensor, input2: Tensor, target: Tensor): Tensor =>
    F.margin_ranking_loss(input1, input2, target, {
      margin: self.margin,
      reduction: self.reduction as never,
    }),
});
export type MarginRankingLoss = InstanceType<typeof MarginRankingLoss>;

/** @throws ValueError for a margin that is not positive */
function requireMargin(margin: number, name: string): void {
  if (margin <= 0)
    throw new ValueError(`${name}: expected margin to be greater than 0, got ${margin} instead`);
}

/** `torch.nn.TripletMarginLoss`: max(0, d(a, p) − d(a, n) + margin) with the p-norm as distance. */
export const TripletMarginLoss = optionLayer(
  "loss.TripletMarginLoss",
  `margin p eps swap ${REDUCTION}`,
  (
    margin = 1,
    p = 2,
    eps = 1e-6,
    swap = false,
    size_average: Flag = null,
    reduce: Flag = null,
    reduction: Reduction = "mean",
  ) => {
    requireMargin(margin, "TripletMarginLoss");
    return { reduction: reductionOf(size_average, reduce, reduction), margin, p, eps, swap };
  },
  {
    inputs: "anchor positive negative",
    forward: (self, anchor: Tensor, positive: Tensor, negative: Tensor): Tensor =>
      F.triplet_margin_loss(anchor, positive, negative, {
        margin: self.margin,
        p: self.p,
        eps: self.eps,
        swap: self.swap,
        reduction: self.reduction as never,
      }),
  },
);
export type TripletMarginLoss = InstanceType<typeof TripletMarginLoss>;

type Distance = (x1: Tensor, x2: Tensor) => Tensor;

/** `torch.nn.TripletMarginWithDistanceLoss`: {@link TripletMarginLoss} with a distance of one's own. */
export const TripletMarginWithDistanceLoss = optionLayer(
  "loss.TripletMarginWithDistanceLoss",
  "* distance_function margin swap reduction",
  (distance_function: Distance | null = null, margin = 1, swap = false, reduction: Reduction = "mean") => {
    requireMargin(margin, "TripletMarginWithDistanceLoss");
    return {
      reduction,
      distance_function: distance_function ?? PairwiseDistance(),
      margin,
      swap,
    };
  },
  {
    inputs: "anchor positive negative",
    forward: (self, anchor: Tensor, positive: Tensor, negative: Tensor): Tensor =>
      F.triplet_margin_with_distance_loss(anchor, positive, negative, {
        distance_function: self.distance_function as Distance,
        margin: self.margin,
        swap: self.swap,
        reduction: self.reduction as never,
      }),
  },
);
export type TripletMarginWithDistanceLoss = InstanceType<typeof TripletMarginWithDistanceLoss>;
