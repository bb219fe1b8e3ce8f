import type { RegTree } from "../tree/reg-tree.js";

/** The trees of boosters gbtree and dart. */
export class GBTreeModel {
  trees: RegTree[] = [];
  /** The output (class or target) that each tree adds to. */
  treeInfo: number[] = [];
  /** Where each boosting round's trees begin; one more element than rounds. */
  iterationIndptr: number[] = [0];
  numParallelTree = 1;
  /** Dart's factor of each tree (float32 values); empty for gbtree. */
  weightDrop: number[] = [];

  get rounds(): number {
    return this.iterationIndptr.length - 1;
  }

  copy(): GBTreeModel {
    const m = new GBTreeModel();
    m.trees = this.trees.map((t) => t.copy());
    m.treeInfo = [...this.treeInfo];
    m.iterationIndptr = [...this.iterationIndptr];
    m.numParallelTree = this.numParallelTree;
    m.weightDrop = [...this.weightDrop];
    return m;
  }

  /** Adds one round's trees, one list an output group. */
  commit(groups: readonly (readonly RegTree[])[]): void {
    let count = 0;
    groups.forEach((trees, group) => {
      for (const tree of trees) {
        this.trees.push(tree);
        this.treeInfo.push(group);
        count++;
      }
    });
    this.iterationIndptr.push(this.iterationIndptr[this.rounds]! + count);
  }
}

/** The weights of booster gblinear: `weights[feature · groups + group]`, the bias after the last feature. */
export class GBLinearModel {
  weights = new Float32Array(0);
  rounds = 0;

  copy(): GBLinearModel {
    const m = new GBLinearModel();
    m.weights = this.weights.slice();
    m.rounds = this.rounds;
    return m;
  }

  /** Makes the weights zeros unless there are some. */
  init(numFeature: number, groups: number): void {
    if (this.weights.length === 0) this.weights = new Float32Array((numFeature + 1) * groups);
  }
}
