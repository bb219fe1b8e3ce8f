import { initialMargins } from "../booster/prediction.js";
import type { Matrix } from "../data/matrix.js";
import type { Learner } from "../learner/learner.js";

/** What predictions start from, rows × outputs: the matrix's own margins, or the base score's. @throws XGBoostError */
export function baseMargins(learner: Learner, matrix: Matrix): Float32Array {
  const margins = learner.interceptMargins;
  // Linear models take the first class's base score for all classes.
  const own = learner.booster === "gblinear" ? margins.slice(0, 1) : margins;
  return initialMargins(matrix, own, learner.outputs);
}
