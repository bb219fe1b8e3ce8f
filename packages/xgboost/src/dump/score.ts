import { XGBoostError } from "../errors.js";
import type { Learner } from "../learner/learner.js";
import { featureMap } from "./feature-map.js";

/** A feature's importance, or one a class. */
export type Score = readonly [name: string, values: readonly number[]];

function linearScores(learner: Learner, names: readonly string[], kind: string): Score[] {
  const { weights } = learner.linear;
  if (weights.length === 0)
    throw new XGBoostError("Check failed: !model_.weight.empty(): Model is not initialized");
  if (kind !== "weight")
    throw new XGBoostError(
      `Check failed: importance_type == "weight" (${kind} vs. weight) : gblinear only has \`weight\` defined for feature importance.`,
    );
  const groups = learner.outputs;
  return names.map((name, i) => [name, Array.from(weights.subarray(i * groups, (i + 1) * groups))]);
}

/** What each feature that splits something is worth, in the features' order. @throws XGBoostError */
export function featureScores(learner: Learner, fmap: string | Uint8Array, kind: string): Score[] {
  const { names } = featureMap(learner, fmap);
  if (learner.booster === "gblinear") return linearScores(learner, names, kind);
  const what = /^(?:weight|(?:total_)?(gain|cover))$/.exec(kind);
  if (!what)
    throw new XGBoostError(
      `Unknown feature importance type, expected one of: {"weight", "total_gain", "total_cover", "gain", "cover"}, got: ${kind}`,
    );
  const counts = new Uint32Array(learner.numFeature);
  const sums = new Float32Array(learner.numFeature);
  for (const tree of learner.trees.trees) {
    // The order of float32 sums: a node, its right subtree, its left one.
    const open = [0];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (tree.isLeaf(node)) continue;
      const f = tree.splitIndex[node]!;
      counts[f]!++;
      sums[f]! += what[1] === "gain" ? tree.lossChg[node]! : what[1] === "cover" ? tree.sumHess[node]! : 1;
      open.push(tree.leftChild[node]!, tree.rightChild[node]!);
    }
  }
  const mean = kind === "gain" || kind === "cover";
  return names.flatMap((name, f): Score[] => {
    if (counts[f] === 0) return [];
    return [[name, [mean ? Math.fround(sums[f]! / counts[f]!) : sums[f]!]]];
  });
}
