import type { ModelObject, ModelValue } from "@cognate/formats";
import { Dart } from "../booster/dart.js";
import { GBTree } from "../booster/gbtree.js";
import type { Learner } from "../learner/learner.js";
import { GBLinear } from "../linear/gblinear.js";
import type { ParamSet } from "../params/param-set.js";
import { paramObject } from "./param-text.js";
import { Place } from "./read-values.js";
import { learnerModelParam, objectiveObject, VERSION } from "./write-model.js";

/** Fields of groups that XGBoost does not write. */
const SILENT: readonly string[] = ["extmem_single_page"];

const group = (params: ParamSet | null): ModelObject =>
  params ? { [params.group]: paramObject(params, SILENT) } : {};

function treesConfig(b: GBTree): ModelObject {
  return {
    gbtree_model_param: {
      num_parallel_tree: String(b.model.numParallelTree),
      num_trees: String(b.model.trees.length),
    },
    gbtree_train_param: paramObject(b.train),
    name: "gbtree",
    specified_updater: b.specifiedUpdater,
    tree_train_param: paramObject(b.treeParam),
    updater: b.updaters.map((u) => ({ ...group(u.params), name: u.name })),
  };
}

function boosterConfig(learner: Learner): ModelObject {
  const { gbm } = learner;
  if (gbm instanceof Dart)
    return { dart_train_param: paramObject(gbm.dart), gbtree: treesConfig(gbm), name: "dart" };
  if (gbm instanceof GBTree) return treesConfig(gbm);
  if (gbm instanceof GBLinear)
    return {
      gblinear_train_param: paramObject(gbm.train),
      name: "gblinear",
      updater: { coordinate_param: paramObject(gbm.coordinate), linear_train_param: paramObject(gbm.linear) },
    };
  return { name: learner.booster };
}

/** Every parameter with its present value, as `Booster.save_config` gives it. */
export function configObject(learner: Learner): ModelObject {
  learner.configure();
  return {
    learner: {
      generic_param: paramObject(learner.generic),
      gradient_booster: boosterConfig(learner),
      learner_model_param: learnerModelParam(learner),
      learner_train_param: paramObject(learner.train),
      metrics: learner.metrics.map((m) => ({ name: m.name, ...group(m.params ?? null) })),
      objective: objectiveObject(learner),
    },
    version: VERSION as readonly ModelValue[],
  };
}

/** Sets every parameter of an object of texts; objects inside are further groups. */
function setAll(learner: Learner, p: Place, skip: readonly string[]): void {
  const { object } = p;
  for (const key of Object.keys(object)) {
    if (skip.includes(key)) continue;
    const value = object[key];
    if (typeof value === "string") learner.setParam(key, value);
    else if (Array.isArray(value)) for (const item of p.at(key).items) setAll(learner, item, skip);
    else if (typeof value === "object" && value !== null) setAll(learner, p.at(key), skip);
  }
}

/** What the model or the booster's choice decides, not the configuration. */
const NOT_SET = ["name", "gbtree_model_param", "learner_model_param", "updater_seq", "version"];

/** Takes the parameters of a configuration. @throws FormatError */
export function loadConfig(learner: Learner, document: ModelObject): void {
  const p = new Place(document, "").at("learner");
  setAll(learner, p.at("generic_param"), NOT_SET);
  setAll(learner, p.at("learner_train_param"), NOT_SET);
  const gb = p.at("gradient_booster");
  // Tree methods choose their updaters; only others are set.
  const specified = gb.at("specified_updater").value === true || gb.at("name").value === "gblinear";
  setAll(learner, gb, specified ? NOT_SET : [...NOT_SET, "updater"]);
  setAll(learner, p.at("objective"), NOT_SET);
  learner.keepRandomState();
  const metrics = p.at("metrics");
  if (metrics.exists && Array.isArray(metrics.value))
    for (const m of metrics.items)
      learner.setParam("eval_metric", m.at("name").exists ? m.at("name").text : m.text);
}
