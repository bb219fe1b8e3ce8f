import type { Matrix } from "../data/matrix.js";
import { f32 } from "../numeric/float32.js";
import type { Args } from "../objective/objective.js";
import { ParamSet } from "../params/param-set.js";
import { canonicalDouble, discrete, uniformIndex } from "../sampling/distributions.js";
import { globalRandom } from "../sampling/mt19937.js";
import type { RegTree } from "../tree/reg-tree.js";
import type { GradientBooster, LearnerShape } from "./booster.js";
import { GBTree } from "./gbtree.js";
import { addTrees, initialMargins, type PredictionCache } from "./prediction.js";

/** Boosted trees with dropout: each round forgets some trees, and afterwards they and the new ones share the weight. */
export class Dart extends GBTree {
  readonly dart = new ParamSet("dart_train_param");
  private dropped: number[] = [];

  override get groups(): readonly (ParamSet | null)[] {
    return [...super.groups, this.dart];
  }

  override configure(args: Args): void {
    super.configure(args);
    this.dart.update(args);
  }

  override copyParams(other: GradientBooster): void {
    super.copyParams(other);
    if (other instanceof Dart) this.dart.copyFrom(other.dart);
  }

  override predict(
    shape: LearnerShape,
    matrix: Matrix,
    cache: PredictionCache,
    training: boolean,
    begin: number,
    end: number,
  ): void {
    if (training) this.drop();
    const { model } = this;
    cache.margins = initialMargins(matrix, shape.baseMargin, shape.outputs);
    cache.version = 0;
    const first = model.iterationIndptr[begin]!;
    const past = model.iterationIndptr[end === 0 ? model.rounds : end]!;
    const skip = training ? new Set(this.dropped) : null;
    addTrees(cache.margins, model, matrix, first, past, shape.outputs, skip);
  }

  private drop(): void {
    this.dropped = [];
    const weights = this.model.weightDrop;
    const rate = this.dart.number("rate_drop");
    const skip = this.dart.number("skip_drop");
    if (skip > 0 && canonicalDouble(globalRandom) < skip) return;
    const one = this.dart.bool("one_drop");
    if (this.dart.choice("sample_type") === "weighted") {
      let sum = 0;
      for (const w of weights) sum = f32(sum + w);
      for (let i = 0; i < weights.length; i++) {
        const chance = f32(f32(f32(rate * weights.length) * weights[i]!) / sum);
        if (canonicalDouble(globalRandom) < chance) this.dropped.push(i);
      }
      if (one && this.dropped.length === 0 && weights.length > 0)
        this.dropped.push(discrete(globalRandom, weights));
      return;
    }
    for (let i = 0; i < weights.length; i++) if (canonicalDouble(globalRandom) < rate) this.dropped.push(i);
    if (one && this.dropped.length === 0 && weights.length > 0)
      this.dropped.push(uniformIndex(globalRandom, weights.length));
  }

  protected override commit(groups: readonly (readonly RegTree[])[]): number {
    const count = super.commit(groups);
    const weights = this.model.weightDrop;
    const rate = f32(this.treeParam.number("learning_rate") / count);
    const gone = this.dropped.length;
    let fresh = 1;
    if (gone > 0) {
      const forest = this.dart.choice("normalize_type") === "forest";
      const factor = f32(forest ? 1 / (1 + rate) : gone / f32(gone + rate));
      for (const i of this.dropped) weights[i] = f32(weights[i]! * factor);
      fresh = forest ? factor : f32(1 / f32(gone + rate));
    }
    for (let i = 0; i < count; i++) weights.push(fresh);
    this.dropped = [];
    return count;
  }
}
