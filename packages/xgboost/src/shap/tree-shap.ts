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
    this.descend(tree, values, at, phi, 0, 0, 0, 1, 1, -1, condition, conditionFeature, 1);
  }

  private descend(
    tree: RegTree,
    values: Float32Array,
    at: number,
    phi: Float32Array,
    node: number,
    depthBefore: number,
    parentPath: number,
    parentZero: number,
    parentOne: number,
    parentFeature: number,
    condition: number,
    conditionFeature: number,
    fraction: number,
  ): void {
    if (fraction === 0) return;
    let depth = depthBefore;
    const path = parentPath + depth + 1;
    for (let i = 0; i <= depth; i++) this.copy(path + i, parentPath + i);
    if (condition === 0 || conditionFeature !== parentFeature)
      this.extend(path, depth, parentZero, parentOne, parentFeature);

    if (tree.leftChild[node] === -1) {
      const leaf = tree.splitCond[node]!;
      for (let i = 1; i <= depth; i++) {
        const w = this.unwoundSum(path, depth, i);
        const part = f32(f32(w * f32(this.one[path + i]! - this.zero[path + i]!)) * leaf);
        phi[this.feature[path + i]!]! += f32(part * fraction);
      }
      return;
    }

    const split = tree.splitIndex[node]!;
    const hot = nextNode(tree, node, values[at + split]!);
    const cold = hot === tree.leftChild[node] ? tree.rightChild[node]! : tree.leftChild[node]!;
    const w = tree.sumHess[node]!;
    const hotZero = f32(tree.sumHess[hot]! / w);
    const coldZero = f32(tree.sumHess[cold]! / w);
    let incomingZero = 1;
    let incomingOne = 1;
    // A feature that was split on before is taken out, and comes in again with this split.
    let index = 0;
    while (index <= depth && this.feature[path + index] !== split) index++;
    if (index <= depth) {
      incomingZero = this.zero[path + index]!;
      incomingOne = this.one[path + index]!;
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
    const go = (child: number, zero: number, one: number, part: number): void =>
      this.descend(
        tree,
        values,
        at,
        phi,
        child,
        depth + 1,
        path,
        zero,
        one,
        split,
        condition,
        conditionFeature,
        part,
      );
    go(hot, f32(hotZero * incomingZero), incomingOne, hotFraction);
    go(cold, f32(coldZero * incomingZero), 0, coldFraction);
  }

  private copy(to: number, from: number): void {
    this.feature[to] = this.feature[from]!;
    this.zero[to] = this.zero[from]!;
    this.one[to] = this.one[from]!;
    this.weight[to] = this.weight[from]!;
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

  private unwoundSum(path: number, depth: number, index: number): number {
    const { weight } = this;
    const one = this.one[path + index]!;
    const zero = this.zero[path + index]!;
    let next = weight[path + depth]!;
    let total = 0;
    for (let i = depth - 1; i >= 0; i--) {
      const share = f32((depth - i) / (depth + 1));
      if (one !== 0) {
        const part = f32(f32(next * (depth + 1)) / f32((i + 1) * one));
        total = f32(total + part);
        next = f32(weight[path + i]! - f32(f32(part * zero) * share));
      } else if (zero !== 0) total = f32(total + f32(f32(weight[path + i]! / zero) / share));
    }
    return total;
  }
}
