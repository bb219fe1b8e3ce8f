import type { MetaInfo } from "../data/meta-info.js";
import type { Args } from "../objective/objective.js";
import type { ParamSet } from "../params/param-set.js";

/** A measure of predictions; `name` as XGBoost prints it, with its parameter (`error@0.7`). */
export interface Metric {
  readonly name: string;
  readonly params: ParamSet | null;
  configure(args: Args): void;
  /** Predictions as the objective gives them to metrics, row-major. */
  evaluate(preds: Float32Array, info: MetaInfo): number;
}
