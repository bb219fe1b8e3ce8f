import { XGBoostError } from "../errors.js";
import { GBLinear } from "../linear/gblinear.js";
import { GBLinearModel, GBTreeModel } from "../model/gbtree-model.js";
import type { GradientBooster } from "./booster.js";
import { Dart } from "./dart.js";
import { GBTree } from "./gbtree.js";

/** A booster by its name, over a model where there is one. */
export function createBooster(
  name: string,
  trees = new GBTreeModel(),
  linear = new GBLinearModel(),
): GradientBooster {
  if (name === "gbtree") return new GBTree(trees);
  if (name === "dart") return new Dart(trees);
  if (name === "gblinear") return new GBLinear(linear);
  throw new XGBoostError(`Unknown gbm type ${name}`);
}
