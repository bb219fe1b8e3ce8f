import { XGBoostError } from "../errors.js";
import { AbsoluteError, QuantileError } from "./adaptive.js";
import { LambdaRank } from "./lambdarank.js";
import { Softmax } from "./multiclass.js";
import type { Objective } from "./objective.js";
import { POINTWISE } from "./regression.js";
import { Aft, Cox } from "./survival.js";

const OBJECTIVES: ReadonlyMap<string, () => Objective> = new Map<string, () => Objective>([
  ...POINTWISE,
  ["multi:softmax", () => new Softmax("multi:softmax")],
  ["multi:softprob", () => new Softmax("multi:softprob")],
  ["reg:absoluteerror", () => new AbsoluteError()],
  ["reg:quantileerror", () => new QuantileError()],
  ["survival:aft", () => new Aft()],
  ["survival:cox", () => new Cox()],
  ["rank:ndcg", () => new LambdaRank("ndcg")],
  ["rank:pairwise", () => new LambdaRank("pairwise")],
  ["rank:map", () => new LambdaRank("map")],
]);

/** An objective by its name. */
export function createObjective(name: string): Objective {
  const make = OBJECTIVES.get(name);
  if (!make) throw new XGBoostError(`Unknown objective function: \`${name}\``);
  return make();
}
