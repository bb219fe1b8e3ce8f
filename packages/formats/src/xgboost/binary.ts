import { Cursor } from "../bytes/cursor.js";
import { readModelJson } from "./json.js";
import { emptyObject, type ModelObject, type ModelValue, Single } from "./values.js";

// Sizes of the structures that XGBoost wrote as they lay in memory.
const LEARNER = 136;
const GBTREE = 160;
const GBLINEAR = 136;
const TREE = 148;
const NODE = 20;
const STAT = 16;

const made = (entries: Readonly<Record<string, ModelValue>>): ModelObject =>
  Object.assign(emptyObject(), entries);

interface Header {
  readonly baseScore: number;
  readonly numFeature: number;
  readonly numClass: number;
  readonly hasAttributes: boolean;
  readonly hasMetrics: boolean;
  readonly version: readonly [number, number];
  readonly numTarget: number;
  readonly boostFromAverage: number;
}

function header(c: Cursor): Header {
  const from = c.pos;
  const [baseScore, numFeature, numClass] = [c.f32(), c.u32(), c.i32()];
  const [attributes, metrics] = [c.i32(), c.i32()];
  if (numClass < 0 || numClass > 2 ** 24)
    throw c.fail("the number of classes", numClass, "0 or more", from + 8);
  const [major, minor, numTarget, boostFromAverage] = [c.u32(), c.u32(), c.u32(), c.i32()];
  if (major > 3) throw c.fail("the version", `${major}.${minor}`, "0 to 3", from + 20);
  c.seek(from).take(LEARNER, "the learner's parameters");
  return {
    baseScore,
    numFeature,
    numClass,
    hasAttributes: attributes !== 0,
    hasMetrics: metrics !== 0,
    version: [major, minor],
    // Older versions left this room empty.
    numTarget: numTarget === 0 ? 1 : numTarget,
    boostFromAverage: major < 2 ? 1 : boostFromAverage,
  };
}

/** A 64-bit count of things that take at least `size` bytes each. */
function count(c: Cursor, size: number, what: string): number {
  const at = c.pos;
  const n = c.u64(what);
  if (n * size > c.remaining) throw c.fail(what, n, `at most ${Math.floor(c.remaining / size)}`, at);
  return n;
}

const text = (c: Cursor, what: string): string => c.text(count(c, 1, `the length of ${what}`), what);

function floats(c: Cursor, what: string): Float32Array {
  const n = count(c, 4, what);
  return Float32Array.from({ length: n }, () => c.f32());
}

function tree(c: Cursor, id: number): ModelObject {
  const from = c.pos;
  c.skip(4);
  const numNodes = c.i32();
  const numDeleted = c.i32();
  c.skip(4);
  const numFeature = c.i32();
  const leafVector = c.i32();
  c.seek(from).take(TREE, "a tree's parameters");
  if (numNodes < 1 || numNodes * (NODE + STAT) > c.remaining)
    throw c.fail("the number of a tree's nodes", numNodes, "as many as the file has", from + 4);
  const ints = (): Int32Array => new Int32Array(numNodes);
  const singles = (): Float32Array => new Float32Array(numNodes);
  const [parents, left, right, split] = [ints(), ints(), ints(), ints()];
  const [cond, loss, hess, base] = [singles(), singles(), singles(), singles()];
  const defaultLeft = new Uint8Array(numNodes);
  for (let i = 0; i < numNodes; i++) {
    const parent = c.i32();
    // The highest bit says that this is the left child; the rest is the parent.
    parents[i] = parent === -1 ? 2147483647 : parent & 0x7fffffff;
    left[i] = c.i32();
    right[i] = c.i32();
    const index = c.u32();
    split[i] = index & 0x7fffffff;
    defaultLeft[i] = index >>> 31;
    cond[i] = c.f32();
  }
  for (let i = 0; i < numNodes; i++) {
    loss[i] = c.f32();
    hess[i] = c.f32();
    base[i] = c.f32();
    c.skip(4);
  }
  // Since 2.0 the size is 1 where there is none.
  if (leafVector > 1) c.skip(4 * count(c, 4, "the leaf vector"));
  return made({
    base_weights: base,
    categories: new Int32Array(0),
    categories_nodes: new Int32Array(0),
    categories_segments: new Int32Array(0),
    categories_sizes: new Int32Array(0),
    default_left: defaultLeft,
    id,
    left_children: left,
    loss_changes: loss,
    parents,
    right_children: right,
    split_conditions: cond,
    split_indices: split,
    split_type: new Uint8Array(numNodes),
    sum_hessian: hess,
    tree_param: made({
      num_deleted: String(numDeleted),
      num_feature: String(numFeature),
      num_nodes: String(numNodes),
      size_leaf_vector: "1",
    }),
  });
}

function gbtree(c: Cursor): ModelObject {
  const from = c.pos;
  const numTrees = c.i32();
  const parallel = c.i32();
  c.seek(from).take(GBTREE, "the booster's parameters");
  if (numTrees < 0 || numTrees * TREE > c.remaining)
    throw c.fail("the number of trees", numTrees, "as many as the file has", from);
  const trees = Array.from({ length: numTrees }, (_, i) => tree(c, i));
  const info = Int32Array.from({ length: numTrees }, () => c.i32());
  return made({
    gbtree_model_param: made({
      // Before 1.0 this was the number of roots, always 0 or 1.
      num_parallel_tree: String(Math.max(1, parallel)),
      num_trees: String(numTrees),
    }),
    tree_info: info,
    trees,
  });
}

function booster(c: Cursor, name: string, at: number): ModelObject {
  if (name === "gblinear") {
    c.take(GBLINEAR, "the linear booster's parameters");
    const weights = floats(c, "the number of weights");
    // How many rounds there were is not written; a fitted model has one at least.
    return made({ name, model: made({ boosted_rounds: weights.length > 0 ? 1 : 0, weights }) });
  }
  if (name !== "gbtree" && name !== "dart")
    throw c.fail("the booster", JSON.stringify(name), "gbtree, dart or gblinear", at);
  const inner = made({ name: "gbtree", model: gbtree(c) });
  if (name === "gbtree") return inner;
  const drop = floats(c, "the number of trees' weights");
  return made({ name, gbtree: inner, weight_drop: Array.from(drop, (v) => new Single(v)) });
}

/** The objective's parameters, which stand as text among the attributes. */
function objectiveOf(name: string, attributes: Record<string, ModelValue>): ModelValue {
  const stored = attributes.objective;
  delete attributes.objective;
  if (typeof stored === "string" && stored.startsWith("{")) return readModelJson(stored);
  return made({ name });
}

/**
 * Reads a model in XGBoost's old binary form (`.model`, `.bin`; gone since 3.1) and gives it in the shape of a JSON model.
 *
 * Source: `LearnerIO::LoadModel` of XGBoost 1.x and 2.x.
 *
 * @throws FormatError with the byte offset
 */
export function readBinaryModel(bytes: Uint8Array): ModelObject {
  const c = new Cursor(bytes, "xgboost.model");
  if (c.at("bs64")) throw c.fail("the form", "base64", "binary");
  if (c.at("binf")) c.skip(4);
  const h = header(c);
  const objective = text(c, "the objective");
  const at = c.pos;
  const name = text(c, "the booster");
  const gradientBooster = booster(c, name, at);
  const attributes = emptyObject();
  if (h.hasAttributes)
    for (let n = count(c, 16, "the number of attributes"); n > 0; n--) {
      const key = text(c, "an attribute's name");
      const value = text(c, "an attribute");
      if (!key.startsWith("SAVED_PARAM_")) attributes[key] = value;
    }
  return made({
    learner: made({
      objective: objectiveOf(objective, attributes),
      attributes,
      feature_names: [],
      feature_types: [],
      gradient_booster: gradientBooster,
      learner_model_param: made({
        base_score: String(h.baseScore),
        boost_from_average: String(h.boostFromAverage),
        num_class: String(h.numClass),
        num_feature: String(h.numFeature),
        num_target: String(h.numTarget),
      }),
    }),
    version: [...h.version, 0],
  });
}
