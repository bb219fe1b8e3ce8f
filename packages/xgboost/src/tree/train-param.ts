import type { ParamSet } from "../params/param-set.js";

/** The parameters of growing trees, read once a round. All floats are float32 values. */
export interface TrainParam {
  readonly learningRate: number;
  readonly minSplitLoss: number;
  readonly maxDepth: number;
  readonly maxLeaves: number;
  readonly maxBin: number;
  readonly lossGuide: boolean;
  readonly maxCatToOnehot: number;
  readonly maxCatThreshold: number;
  readonly minChildWeight: number;
  readonly lambda: number;
  readonly alpha: number;
  readonly maxDeltaStep: number;
  readonly subsample: number;
  readonly gradientBased: boolean;
  readonly colsampleByNode: number;
  readonly colsampleByLevel: number;
  readonly colsampleByTree: number;
  readonly refreshLeaf: boolean;
  readonly monotone: readonly number[];
  readonly interaction: string;
}

export const trainParam = (p: ParamSet, learningRate: number): TrainParam => ({
  learningRate,
  minSplitLoss: p.number("min_split_loss"),
  maxDepth: p.number("max_depth"),
  maxLeaves: p.number("max_leaves"),
  maxBin: p.number("max_bin"),
  lossGuide: p.number("grow_policy") === 1,
  maxCatToOnehot: p.number("max_cat_to_onehot"),
  maxCatThreshold: p.number("max_cat_threshold"),
  minChildWeight: p.number("min_child_weight"),
  lambda: p.number("reg_lambda"),
  alpha: p.number("reg_alpha"),
  maxDeltaStep: p.number("max_delta_step"),
  subsample: p.number("subsample"),
  gradientBased: p.number("sampling_method") === 1,
  colsampleByNode: p.number("colsample_bynode"),
  colsampleByLevel: p.number("colsample_bylevel"),
  colsampleByTree: p.number("colsample_bytree"),
  refreshLeaf: p.bool("refresh_leaf"),
  monotone: p.list("monotone_constraints"),
  interaction: p.text("interaction_constraints"),
});
