import type { Matrix } from "../data/matrix.js";
import type { Args, Objective } from "../objective/objective.js";
import type { ParamSet } from "../params/param-set.js";
import type { PredictionCache } from "./prediction.js";

/** What the learner tells its booster: sizes of the model, and base_score as margins. */
export interface LearnerShape {
  readonly numFeature: number;
  readonly outputs: number;
  readonly baseMargin: readonly number[];
  /** One tree for all outputs. */
  readonly vectorLeaf: boolean;
}

/** gbtree, dart or gblinear. */
export interface GradientBooster {
  readonly fitted: boolean;
  /** Rounds of boosting so far. */
  readonly rounds: number;
  /** Its parameters. */
  readonly groups: readonly (ParamSet | null)[];
  configure(args: Args): void;
  /** Takes the parameters of a booster of the same kind. */
  copyParams(other: GradientBooster): void;
  /** One round; `gpair` is row-major with `outputs` pairs a row. */
  boost(
    shape: LearnerShape,
    matrix: Matrix,
    gpair: Float32Array,
    cache: PredictionCache,
    objective: Objective,
  ): void;
  /** Brings the cache to rounds `begin … end` (end 0: all). */
  predict(
    shape: LearnerShape,
    matrix: Matrix,
    cache: PredictionCache,
    training: boolean,
    begin: number,
    end: number,
  ): void;
}
