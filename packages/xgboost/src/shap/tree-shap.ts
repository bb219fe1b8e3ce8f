import { f32 } from "../numeric/float32.js";
import { nextNode } from "../predict/decide.js";
import type { RegTree } from "../tree/reg-tree.js";

/**
 * Exact Shapley values of one tree for one row, in time O(leaves · depth²).
 *
 * Source: Lundberg, Erion, Lee: Consistent Individualized Feature Attribution for Tree Ensembles (2018), algorithm 2, in the
 * float32 arithmetic of XGBoost 3.2. The path's elements lie one behind the other, a fresh copy for each level.
 */
export class TreeShap {
  private feature: Int32Array;
  private zero: Float32Array;
  private one: Float32Array;
  private weight: Float32Array;

  constructor(maxDepth: number) {
    const levels = maxDepth + 4;
    const room = (levels * (levels + 1)) / 2;
    this.feature = new Int32Array(room);
    this.zero = new Float32Array(room);
    this.one = new Float32Array(room);
    this.weight = new Float32Array(room);
  }

  // What one run works on.
  private tree: RegTree | null = null;
  private values: Float32Array = new Float32Array(0);
  private at = 0;
  private phi: Float32Array = new Float32Array(0);
  private condition = 0;
  private conditionFeature = 0;

  /**
   * Adds the row's values to `phi`. With `condition` ±1 the values are those given that `conditionFeature` is known (1) or
   * unknown (−1).
   */
  run(
    tree: RegTree,
    values: Float32Array,
    at: number,
    phi: Float32Array,
    condition = 0,
    conditionFeature = 0,
  ): void {
    this.tree = tree;
    this.values = values;
    this.at = at;
    this.phi = phi;
    this.condition = condition;
    this.conditionFeature = conditionFeature;
    this.descend(0, 0, 0, 1, 1, -1, 1);
  }

  private descend(
    node: number,
    depthBefore: number,
    parentPath: number,
    parentZero: number,
    parentOne: number,
    parentFeature: number,
    fraction: number,
  ): void {
    if (fraction === 0) return;
    const { feature, zero, one, weight, condition, conditionFeature } = this;
    const tree = this.tree!;
    let depth = depthBefore;
    const path = parentPath + depth + 1;
    for (let i = 0; i <= depth; i++) {
      feature[path + i] = feature[parentPath + i]!;
      zero[path + i] = zero[parentPath + i]!;
      one[path + i] = one[parentPath + i]!;
      weight[path + i] = weight[parentPath + i]!;
    }
    if (condition === 0 || conditionFeature !== parentFeature)
      this.extend(path, depth, parentZero, parentOne, parentFeature);

    if (tree.leftChild[node] === -1) {
      const leaf = tree.splitCond[node]!;
      const { phi } = this;
      for (let i = path + 1; i <= path + depth; i++) {
        const w = this.unwoundSum(path, depth, one[i]!, zero[i]!);
        const part = f32(f32(w * f32(one[i]! - zero[i]!)) * leaf);
        phi[feature[i]!]! += f32(part * fraction);
      }
      return;
    }

    const split = tree.splitIndex[node]!;
    const hot = nextNode(tree, node, this.values[this.at + split]!);
    const left = tree.leftChild[node]!;
    const cold = hot === left ? tree.rightChild[node]! : left;
    const w = tree.sumHess[node]!;
    const hotZero = f32(tree.sumHess[hot]! / w);
    const coldZero = f32(tree.sumHess[cold]! / w);
    let incomingZero = 1;
    let incomingOne = 1;
    // A feature that was split on before is taken out, and comes in again with this split.
    let index = 0;
    while (index <= depth && feature[path + index] !== split) index++;
    if (index <= depth) {
      incomingZero = zero[path + index]!;
      incomingOne = one[path + index]!;
      this.unwind(path, depth, index);
      depth--;
    }
    let hotFraction = fraction;
    let coldFraction = fraction;
    if (condition !== 0 && split === conditionFeature) {
      if (condition > 0) coldFraction = 0;
      else {
        hotFraction = f32(hotFraction * hotZero);
        coldFraction = f32(coldFraction * coldZero);
      }
      depth--;
    }
    this.descend(hot, depth + 1, path, f32(hotZero * incomingZero), incomingOne, split, hotFraction);
    this.descend(cold, depth + 1, path, f32(coldZero * incomingZero), 0, split, coldFraction);
  }

  private extend(path: number, depth: number, zero: number, one: number, feature: number): void {
    const { weight } = this;
    this.feature[path + depth] = feature;
    this.zero[path + depth] = zero;
    this.one[path + depth] = one;
    weight[path + depth] = depth === 0 ? 1 : 0;
    for (let i = depth - 1; i >= 0; i--) {
      const w = weight[path + i]!;
      weight[path + i + 1]! += f32(f32(f32(one * w) * (i + 1)) / (depth + 1));
      weight[path + i] = f32(f32(zero * w) * (depth - i)) / (depth + 1);
    }
  }

  private unwind(path: number, depth: number, index: number): void {
    const { weight } = this;
    const one = this.one[path + index]!;
    const zero = this.zero[path + index]!;
    let next = weight[path + depth]!;
    for (let i = depth - 1; i >= 0; i--) {
      const w = weight[path + i]!;
      if (one !== 0) {
        const fresh = f32(f32(next * (depth + 1)) / f32((i + 1) * one));
        weight[path + i] = fresh;
        next = f32(w - f32(f32(f32(fresh * zero) * (depth - i)) / (depth + 1)));
      } else weight[path + i] = f32(w * (depth + 1)) / f32(zero * (depth - i));
    }
    for (let i = path + index; i < path + depth; i++) {
      this.feature[i] = this.feature[i + 1]!;
      this.zero[i] = this.zero[i + 1]!;
      this.one[i] = this.one[i + 1]!;
    }
  }

  /** What the path's weights sum to without an element of these fractions. */
  private unwoundSum(path: number, depth: number, one: number, zero: number): number {
    const { weight } = this;
    const shares = sharesOf(depth);
    let next = weight[path + depth]!;
    let total = 0;
    if (one !== 0) {
      for (let i = depth - 1; i >= 0; i--) {
        const part = f32(f32(next * (depth + 1)) / f32((i + 1) * one));
        total = f32(total + part);
        next = f32(weight[path + i]! - f32(f32(part * zero) * shares[i]!));
      }
    } else if (zero !== 0)
      for (let i = depth - 1; i >= 0; i--)
        total = f32(total + f32(f32(weight[path + i]! / zero) / shares[i]!));
    return total;
  }
}

const shareTables: Float32Array[] = [];
/** (depth − i) / (depth + 1) in float32, for every i. */
function sharesOf(depth: number): Float32Array {
  let t = shareTables[depth];
  if (!t) {
    t = Float32Array.from({ length: depth }, (_, i) => (depth - i) / (depth + 1));
    shareTables[depth] = t;
  }
  return t;
}
