import { XGBoostError } from "../errors.js";
import { Softmax } from "./multiclass.js";
import type { Objective } from "./objective.js";
import { POINTWISE } from "./regression.js";

const OBJECTIVES: ReadonlyMap<string, () => Objective> = new Map<string, () => Objective>([
  ...POINTWISE,
  ["multi:softmax", () => new Softmax("multi:softmax")],
  ["multi:softprob", () => new Softmax("multi:softprob")],
]);

/** An objective by its name. */
export function createObjective(name: string): Objective {
  const make = OBJECTIVES.get(name);
  if (!make) throw new XGBoostError(`Unknown objective function: \`${name}\``);
  return make();
}
