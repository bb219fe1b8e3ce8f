import { type ModelObject, type ModelValue, readModelJson } from "@cognate/formats";
import type { BoosterName, ModelState } from "../learner/learner.js";
import { GBLinearModel, GBTreeModel } from "../model/gbtree-model.js";
import { Place } from "./read-values.js";
import { readTree } from "./tree.js";

/** `5E-1` (before 3.1), or `[5E-1, …]`. */
function baseScores(p: Place): number[] {
  const { text } = p;
  const list = text.startsWith("[") ? (readModelJson(text) as readonly ModelValue[]) : [Number(text)];
  return list.map((v) => {
    if (typeof v !== "number" || Number.isNaN(v)) throw p.fail(JSON.stringify(text), "numbers");
    return Math.fround(v);
  });
}

/** Where rounds begin: written since 2.0; before, every round has as many trees. */
function indptr(model: Place, trees: number, perRound: number): number[] {
  const p = model.at("iteration_indptr");
  if (!p.exists) {
    if (trees % perRound !== 0) throw model.fail(`${trees} trees`, `a multiple of ${perRound}`);
    return Array.from({ length: trees / perRound + 1 }, (_, i) => i * perRound);
  }
  const out = Array.from(p.numbers());
  const fits = out[0] === 0 && out.at(-1) === trees && out.every((v, i) => i === 0 || v >= out[i - 1]!);
  if (!fits) throw p.fail("no division of the trees", "ascending numbers from 0 to the number of trees");
  return out;
}

function readTrees(model: Place, features: number, outputs: number): GBTreeModel {
  const out = new GBTreeModel();
  const parallel = model.at("gbtree_model_param").at("num_parallel_tree");
  out.numParallelTree = parallel.exists ? Math.max(1, parallel.whole) : 1;
  out.trees = model.at("trees").items.map((p) => readTree(p, features));
  out.treeInfo = Array.from(model.at("tree_info").numbers(out.trees.length));
  const multi = out.trees.some((t) => t.isMultiTarget);
  out.treeInfo.forEach((g, i) => {
    if (!(Number.isInteger(g) && g >= 0 && g < outputs))
      throw model.at("tree_info").fail(`output ${g} of tree ${i}`, `at most ${outputs - 1}`);
  });
  for (const t of out.trees)
    if (t.isMultiTarget && t.numTarget !== outputs)
      throw model.at("trees").fail(`leaves of ${t.numTarget} outputs`, `${outputs}`);
  out.iterationIndptr = indptr(model, out.trees.length, (multi ? 1 : outputs) * out.numParallelTree);
  return out;
}

function readLinear(model: Place, features: number, outputs: number): GBLinearModel {
  const out = new GBLinearModel();
  const weights = model.at("weights").numbers();
  if (weights.length !== 0 && weights.length !== (features + 1) * outputs)
    throw model.at("weights").fail(`${weights.length} numbers`, `${(features + 1) * outputs}`);
  out.weights = Float32Array.from(weights);
  const rounds = model.at("boosted_rounds");
  out.rounds = rounds.exists ? rounds.whole : 0;
  return out;
}

/** What unbiased LambdaMART keeps beside its parameters. */
const VECTORS: readonly string[] = ["ti+", "tj-"];

function objectiveVectors(p: Place): Record<string, ArrayLike<number>> {
  const given = VECTORS.filter((key) => p.at(key).exists);
  return Object.fromEntries(given.map((key) => [key, p.at(key).numbers()]));
}

/** Every parameter below an objective, whatever group it is in. */
function objectiveParams(p: Place): Record<string, string> {
  const out: Record<string, string> = {};
  for (const key of Object.keys(p.object)) {
    if (key === "name" || VECTORS.includes(key)) continue;
    const group = p.at(key);
    for (const name of Object.keys(group.object)) out[name] = group.at(name).text;
  }
  return out;
}

const texts = (p: Place): string[] => (p.exists ? p.items.map((i) => i.text) : []);

/** The model in a document of `readXgboostModel`. @throws FormatError with the path of what is wrong */
export function readModel(document: ModelObject): ModelState {
  const learner = new Place(document, "").at("learner");
  const param = learner.at("learner_model_param");
  const numClass = param.at("num_class").whole;
  const target = param.at("num_target");
  const numTarget = target.exists ? Math.max(1, target.whole) : 1;
  const numFeature = param.at("num_feature").whole;
  const outputs = Math.max(numClass, numTarget, 1);
  if (!(numFeature >= 0 && numFeature < 2 ** 31 && outputs < 2 ** 24))
    throw param.fail("impossible sizes", "those of a model");
  const gb = learner.at("gradient_booster");
  const name = gb.at("name").text;
  if (name !== "gbtree" && name !== "dart" && name !== "gblinear")
    throw gb.at("name").fail(JSON.stringify(name), "gbtree, dart or gblinear");
  let trees = new GBTreeModel();
  let linear = new GBLinearModel();
  if (name === "gblinear") linear = readLinear(gb.at("model"), numFeature, outputs);
  else {
    trees = readTrees((name === "dart" ? gb.at("gbtree") : gb).at("model"), numFeature, outputs);
    if (name === "dart")
      trees.weightDrop = Array.from(gb.at("weight_drop").numbers(trees.trees.length), Math.fround);
  }
  const attributes = learner.at("attributes");
  const boost = param.at("boost_from_average");
  const objective = learner.at("objective");
  return {
    booster: name satisfies BoosterName,
    objective: objective.at("name").text,
    objectiveParams: objectiveParams(objective),
    objectiveVectors: objectiveVectors(objective),
    baseScore: baseScores(param.at("base_score")),
    boostFromAverage: boost.exists ? boost.whole !== 0 : true,
    numFeature,
    numClass,
    numTarget,
    attributes: new Map(
      attributes.exists ? Object.keys(attributes.object).map((k) => [k, attributes.at(k).text]) : [],
    ),
    featureNames: texts(learner.at("feature_names")),
    featureTypes: texts(learner.at("feature_types")),
    trees,
    linear,
  };
}
