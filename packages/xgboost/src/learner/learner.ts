import type { Matrix } from "../data/matrix.js";
import { GBLinearModel, GBTreeModel } from "../model/gbtree-model.js";
import type { ParamSet } from "../params/param-set.js";

export type BoosterName = "gbtree" | "dart" | "gblinear";

/**
 * The engine behind `Booster`: parameters, model, training. Its Python face and the files read and write these fields; parameters
 * come in by `setParam` as text, as they do in XGBoost.
 */
export class Learner {
  booster: BoosterName = "gbtree";
  objectiveName = "reg:squarederror";
  /** In probability (mean) space, float32 values, one an output. */
  baseScore: number[] = [];
  boostFromAverage = true;
  numFeature = 0;
  numClass = 0;
  numTarget = 1;
  attributes = new Map<string, string>();
  featureNames: readonly string[] = [];
  featureTypes: readonly string[] = [];
  trees = new GBTreeModel();
  linear = new GBLinearModel();
  /** Every group of parameters by its name in `save_config()`. */
  readonly params = new Map<string, ParamSet>();
  metricNames: string[] = [];

  constructor(readonly cached: readonly Matrix[] = []) {}

  /** Outputs of a row: classes, targets, or 1. */
  get outputs(): number {
    return Math.max(this.numClass, this.numTarget, 1);
  }
  get rounds(): number {
    return this.booster === "gblinear" ? this.linear.rounds : this.trees.rounds;
  }
  setParam(_key: string, _value: string): void {}
}
