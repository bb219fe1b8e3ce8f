import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";

/** `torch.nn.PairwiseDistance`: ‖x₁ − x₂ + ε‖ₚ along the last axis. */
export const PairwiseDistance = optionLayer(
  "distance.PairwiseDistance",
  "p eps keepdim",
  (p = 2, eps = 1e-6, keepdim = false) => ({ norm: p, eps, keepdim }),
  {
    inputs: "x1 x2",
    forward: (self, x1: Tensor, x2: Tensor): Tensor =>
      F.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim),
  },
);
export type PairwiseDistance = InstanceType<typeof PairwiseDistance>;

/** `torch.nn.CosineSimilarity`: x₁·x₂ / max(‖x₁‖·‖x₂‖, ε) along `dim`. */
export const CosineSimilarity = optionLayer(
  "distance.CosineSimilarity",
  "dim eps",
  (dim = 1, eps = 1e-8) => ({ dim, eps }),
  {
    inputs: "x1 x2",
    forward: (self, x1: Tensor, x2: Tensor): Tensor => F.cosine_similarity(x1, x2, self.dim, self.eps),
  },
);
export type CosineSimilarity = InstanceType<typeof CosineSimilarity>;
