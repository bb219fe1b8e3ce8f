import type { Matrix } from "../data/matrix.js";
import { warnOnce, XGBoostError } from "../errors.js";
import { GBTreeModel } from "../model/gbtree-model.js";
import { f32 } from "../numeric/float32.js";
import type { Args, Objective } from "../objective/objective.js";
import { ParamSet } from "../params/param-set.js";
import { RegTree } from "../tree/reg-tree.js";
import { trainParam } from "../tree/train-param.js";
import type { GradientBooster, LearnerShape } from "./booster.js";
import { addTrees, addVectors, initialMargins, type PredictionCache } from "./prediction.js";
import { createUpdater, type TreeUpdater } from "./updaters.js";

const BY_METHOD: Readonly<Record<string, string>> = {
  auto: "grow_quantile_histmaker",
  hist: "grow_quantile_histmaker",
  approx: "grow_histmaker",
  exact: "grow_colmaker,prune",
};

const MANUAL_UPDATER =
  "You have manually specified the `updater` parameter. The `tree_method` parameter will be ignored. Incorrect sequence of updaters will produce undefined behavior. For common uses, we recommend using `tree_method` parameter instead.";

/** Boosted trees. */
export class GBTree implements GradientBooster {
  readonly train = new ParamSet("gbtree_train_param");
  readonly treeParam = new ParamSet("tree_train_param");
  readonly modelParam = new ParamSet("gbtree_model_param");
  updaters: TreeUpdater[] = [];
  specifiedUpdater = false;
  /** Trees that `process_type="update"` goes through. */
  private waiting: RegTree[] = [];

  constructor(readonly model = new GBTreeModel()) {}

  get fitted(): boolean {
    return this.model.trees.length > 0 || this.waiting.length > 0;
  }

  get groups(): readonly (ParamSet | null)[] {
    return [this.train, this.treeParam, this.modelParam, ...this.updaters.map((u) => u.params)];
  }
  get rounds(): number {
    return this.model.rounds;
  }

  configure(args: Args): void {
    this.train.update(args);
    this.treeParam.update(args);
    if (this.model.trees.length === 0) {
      this.modelParam.update(args);
      this.model.numParallelTree = this.modelParam.number("num_parallel_tree");
    }
    if (this.train.choice("process_type") === "update" && this.waiting.length === 0) {
      this.waiting = this.model.trees;
      this.model.trees = [];
      this.model.treeInfo = [];
      this.model.iterationIndptr = [0];
    }
    this.specifiedUpdater = args.some(([key]) => key === "updater");
    if (!this.specifiedUpdater) this.train.set("updater_seq", BY_METHOD[this.train.choice("tree_method")]!);
    else warnOnce(MANUAL_UPDATER);
    const names = this.train.text("updater_seq").split(",");
    if (names.join() !== this.updaters.map((u) => u.name).join()) this.updaters = names.map(createUpdater);
    for (const u of this.updaters) u.params?.update(args);
  }

  copyParams(other: GradientBooster): void {
    if (!(other instanceof GBTree)) return;
    this.train.copyFrom(other.train);
    this.train.set("process_type", 0);
    this.treeParam.copyFrom(other.treeParam);
    this.modelParam.copyFrom(other.modelParam);
    this.specifiedUpdater = other.specifiedUpdater;
    this.updaters = other.updaters.map((u) => {
      const made = createUpdater(u.name);
      if (u.params) made.params!.copyFrom(u.params);
      return made;
    });
  }

  boost(
    shape: LearnerShape,
    matrix: Matrix,
    gpair: Float32Array,
    cache: PredictionCache,
    objective: Objective,
  ): void {
    const { outputs } = shape;
    const method = this.train.choice("tree_method");
    if (shape.vectorLeaf && method !== "hist" && method !== "auto")
      throw new XGBoostError(
        "Check failed: tparam_.tree_method == TreeMethod::kHist || tparam_.tree_method == TreeMethod::kAuto: Only the hist tree method is supported for building multi-target trees with vector leaf.",
      );
    const groups: RegTree[][] = [];
    let updated = true;
    const count = shape.vectorLeaf ? 1 : outputs;
    for (let group = 0; group < count; group++) {
      const own = count === 1 ? gpair : oneGroup(gpair, group, outputs);
      const { trees, positions } = this.newTrees(shape, matrix, own, group, objective);
      groups.push(trees);
      if (objective.adaptive && positions.every((p) => p !== undefined)) {
        const rate = f32(this.treeParam.number("learning_rate") / trees.length);
        trees.forEach((tree, i) => {
          objective.updateLeaves(tree, positions[i]!, matrix.info, cache.margins!, group, rate);
        });
      }
      const position = positions[0];
      if (trees.length === 1 && cache.margins && cache.margins.length > 0 && position)
        addLeaves(cache.margins, trees[0]!, position, group, outputs);
      else updated = false;
    }
    if (updated) cache.version++;
    this.commit(groups);
  }

  protected commit(groups: readonly (readonly RegTree[])[]): number {
    const before = this.model.trees.length;
    this.model.commit(groups);
    return this.model.trees.length - before;
  }

  private newTrees(
    shape: LearnerShape,
    matrix: Matrix,
    gpair: Float32Array,
    group: number,
    objective: Objective,
  ): { trees: RegTree[]; positions: (Int32Array | undefined)[] } {
    const forest = this.model.numParallelTree;
    const update = this.train.choice("process_type") === "update";
    const trees: RegTree[] = [];
    for (let i = 0; i < forest; i++) {
      if (update) trees.push(this.nextWaiting(group, i));
      else {
        const [first] = this.updaters;
        if (first!.modifies)
          throw new XGBoostError(
            `Check failed: !updaters_.front()->CanModifyTree(): Updater: \`${first!.name}\` can not be used to create new trees. Set \`process_type\` to \`update\` if you want to update existing trees.`,
          );
        trees.push(new RegTree(shape.numFeature, shape.vectorLeaf ? shape.outputs : 1));
      }
    }
    const rate = f32(this.treeParam.number("learning_rate") / trees.length);
    const p = trainParam(this.treeParam, rate);
    const positions: (Int32Array | undefined)[] = [];
    const { constHess } = objective;
    for (const u of this.updaters) u.update({ p, matrix, gpair, trees, positions, constHess });
    if (this.updaters.at(-1)!.modifies) positions.length = 0;
    positions.length = trees.length;
    return { trees, positions: Array.from(positions) };
  }

  private nextWaiting(group: number, i: number): RegTree {
    for (const u of this.updaters)
      if (!u.modifies)
        throw new XGBoostError(
          `Check failed: up->CanModifyTree(): Updater: \`${u.name}\` can not be used to modify existing trees. Set \`process_type\` to \`default\` if you want to build new trees.`,
        );
    const { trees, numParallelTree } = this.model;
    if (trees.length >= this.waiting.length)
      throw new XGBoostError(
        `Check failed: model_.trees.size() < model_.trees_to_update.size() (${trees.length} vs. ${this.waiting.length}) : No more tree left for updating.  For updating existing trees, boosting rounds can not exceed previous training rounds`,
      );
    return this.waiting[trees.length + group * numParallelTree + i]!;
  }

  predict(
    shape: LearnerShape,
    matrix: Matrix,
    cache: PredictionCache,
    _training: boolean,
    begin: number,
    end: number,
  ): void {
    const { model } = this;
    const last = end === 0 ? model.rounds : end;
    if (last > model.rounds)
      throw new XGBoostError(
        `Check failed: end <= model.BoostedRounds() (${last} vs. ${model.rounds}) : Out of range for tree layers.`,
      );
    if (begin !== 0 || last < cache.version) cache.version = 0;
    const from = begin === 0 ? cache.version : begin;
    if (cache.version === 0 || !cache.margins)
      cache.margins = initialMargins(matrix, shape.baseMargin, shape.outputs);
    const [first, past] = [model.iterationIndptr[from]!, model.iterationIndptr[last]!];
    addTrees(cache.margins, model, matrix, first, past, shape.outputs);
    cache.version = begin === 0 ? last : 0;
  }
}

function oneGroup(gpair: Float32Array, group: number, outputs: number): Float32Array {
  const out = new Float32Array(gpair.length / outputs);
  for (let i = 0, k = 2 * group; i < out.length; i += 2, k += 2 * outputs) {
    out[i] = gpair[k]!;
    out[i + 1] = gpair[k + 1]!;
  }
  return out;
}

/** Adds a new tree's leaves to the margins of the rows it was grown from. */
function addLeaves(
  margins: Float32Array,
  tree: RegTree,
  position: Int32Array,
  group: number,
  outputs: number,
): void {
  if (tree.isMultiTarget) {
    const leaves = position.map((n) => (n < 0 ? ~n : n));
    addVectors(margins, tree.leafVectors!, leaves, tree.rightChild, outputs);
    return;
  }
  const { splitCond } = tree;
  for (let i = 0, k = group; i < position.length; i++, k += outputs) {
    const n = position[i]!;
    margins[k]! += splitCond[n < 0 ? ~n : n]!;
  }
}
