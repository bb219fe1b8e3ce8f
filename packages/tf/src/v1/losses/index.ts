import { toGraphTensor } from "../../graph/convert.js";
import { loss } from "./frame.js";

export * from "./collections.js";
export {
  absolute_difference,
  cosine_distance,
  hinge_loss,
  huber_loss,
  log_loss,
  mean_pairwise_squared_error,
  mean_squared_error,
} from "./differences.js";
export * from "./entropies.js";
export { Reduction } from "./weighted.js";

/** Losses of one's own, weighted and made one. */
export const compute_weighted_loss = loss(
  "compute_weighted_loss",
  "losses weights scope loss_collection reduction",
  1,
  (g, given, finish) => finish(toGraphTensor(g, given("losses"))),
  "weighted_loss",
);
