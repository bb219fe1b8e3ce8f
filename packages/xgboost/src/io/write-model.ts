import { type ModelObject, type ModelValue, Single, singleText } from "@cognate/formats";
import type { Learner } from "../learner/learner.js";
import type { GBTreeModel } from "../model/gbtree-model.js";
import { Categories } from "../python/frame.js";
import { categoriesObject } from "./categories.js";
import { paramObject } from "./param-text.js";
import { treeObject } from "./tree.js";

/** The version of the files that are written. */
export const VERSION: readonly number[] = [3, 2, 0];

function treesObject(model: GBTreeModel, categories: Categories): ModelObject {
  return {
    cats: categoriesObject(categories),
    gbtree_model_param: {
      num_parallel_tree: String(model.numParallelTree),
      num_trees: String(model.trees.length),
    },
    iteration_indptr: [...model.iterationIndptr],
    tree_info: [...model.treeInfo],
    trees: model.trees.map(treeObject),
  };
}

function boosterObject(learner: Learner, categories: Categories): ModelObject {
  if (learner.booster === "gblinear") {
    const { rounds, weights } = learner.linear;
    return { name: "gblinear", model: { boosted_rounds: rounds, weights: weights.slice() } };
  }
  const gbtree: ModelObject = { name: "gbtree", model: treesObject(learner.trees, categories) };
  if (learner.booster === "gbtree") return gbtree;
  return { name: "dart", gbtree, weight_drop: learner.trees.weightDrop.map((w) => new Single(w)) };
}

/** The objective with its parameters. */
export function objectiveObject(learner: Learner): ModelObject {
  const { name, params, vectors } = learner.objective;
  return params ? { [params.group]: paramObject(params), name, ...vectors } : { name };
}

/** What depends on the data: counts and the base score. */
export const learnerModelParam = (learner: Learner): ModelObject => ({
  base_score: `[${(learner.baseScore.length > 0 ? learner.baseScore : [0.5]).map(singleText).join(",")}]`,
  boost_from_average: learner.boostFromAverage ? "1" : "0",
  num_class: String(learner.numClass),
  num_feature: String(learner.numFeature),
  num_target: String(learner.numTarget),
});

/** A model as XGBoost's JSON and UBJSON files have it. */
export function modelObject(learner: Learner, categories = new Categories()): ModelObject {
  learner.configure();
  return {
    learner: {
      attributes: Object.fromEntries(learner.attributes),
      feature_names: [...learner.featureNames],
      feature_types: [...learner.featureTypes],
      gradient_booster: boosterObject(learner, categories),
      learner_model_param: learnerModelParam(learner),
      objective: objectiveObject(learner),
    },
    version: VERSION as readonly ModelValue[],
  };
}
