import type { GBLinearModel, GBTreeModel } from "../model/gbtree-model.js";

export type BoosterName = "gbtree" | "dart" | "gblinear";

/** What a model file holds; `Learner.restore` takes it and `Learner.state` gives it. */
export interface ModelState {
  readonly booster: BoosterName;
  readonly objective: string;
  /** The objective's own parameters, as texts. */
  readonly objectiveParams: Readonly<Record<string, string>>;
  /** The objective's vectors, see `Objective.vectors`. */
  readonly objectiveVectors?: Readonly<Record<string, ArrayLike<number>>>;
  /** As written: probabilities (means) rather than margins. */
  readonly baseScore: readonly number[];
  readonly boostFromAverage: boolean;
  readonly numFeature: number;
  readonly numClass: number;
  readonly numTarget: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly featureNames: readonly string[];
  readonly featureTypes: readonly string[];
  readonly trees: GBTreeModel;
  readonly linear: GBLinearModel;
}
