import { XGBoostError } from "../errors.js";
import type { Learner } from "../learner/learner.js";
import { dotStyle, treeDot } from "./dot.js";
import { featureMap } from "./feature-map.js";
import { treeJson } from "./json.js";
import { linearText } from "./linear.js";
import { noStats } from "./node.js";
import { treeText } from "./text.js";

/** A text for each tree. @throws XGBoostError */
export function dumpModel(
  learner: Learner,
  fmap: string | Uint8Array,
  stats: boolean,
  format: string,
): string[] {
  const map = featureMap(learner, fmap);
  if (learner.booster === "gblinear") return [linearText(learner, format)];
  const { trees } = learner.trees;
  if (stats) trees.forEach(noStats);
  if (format === "text") return trees.map((t) => treeText(t, map, stats));
  if (format === "json") return trees.map((t) => treeJson(t, map, stats));
  const [name, ...rest] = format.split(":");
  if (name !== "dot") throw new XGBoostError(`Unknown Model Builder:${name}`);
  const style = dotStyle(rest.join(":"));
  return trees.map((t) => treeDot(t, map, stats, style));
}
