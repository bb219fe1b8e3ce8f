import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { RT_EPS } from "../numeric/float32.js";
import { descending } from "../numeric/order.js";
import type { ParamSet } from "../params/param-set.js";

/** `lambdarank_num_pair_per_sample` when it was not given. */
export const NOT_SET = 4294967295;

/** Pairs a document, or how many ranks count. */
export function numPair(p: ParamSet): number {
  const n = p.number("lambdarank_num_pair_per_sample");
  if (n !== NOT_SET) return n;
  return p.choice("lambdarank_pair_method") === "mean" ? 1 : 32;
}
export const topK = (p: ParamSet): number =>
  p.choice("lambdarank_pair_method") === "topk" ? numPair(p) : NOT_SET;

/** Where queries begin; one query without groups. */
export function groupsOf(info: MetaInfo): Uint32Array {
  const size = info.labels?.length ?? 0;
  if (!info.groupPtr) return Uint32Array.of(0, info.numRow);
  const last = info.groupPtr.at(-1)!;
  if (last !== size)
    throw new XGBoostError(
      `Check failed: info.group_ptr_.back() == info.labels.Size() (${last} vs. ${size}) : Invalid query group structure. The number of rows obtained from group doesn't equal to the size of label.`,
    );
  const groups = info.groupPtr.length - 1;
  if (info.weights && info.weights.length !== groups)
    throw new XGBoostError(
      `Check failed: Groups() == info.weights_.Size() (${groups} vs. ${info.weights.length}) : Size of weight must equal to the number of query groups when ranking group is used.`,
    );
  return info.groupPtr;
}

export const dcgGain = (y: number): number => 2 ** Math.trunc(y) - 1;
export const discount = (rank: number): number => 1 / Math.log2(rank + 2);

/** 1 / (DCG of the best order), 0 where nothing is relevant. */
export function inverseIdcg(y: Float32Array, k: number, exp: boolean): number {
  const order = descending(y);
  let idcg = 0;
  for (let i = 0; i < Math.min(y.length, k); i++) {
    const v = y[order[i]!]!;
    idcg += discount(i) * (exp ? dcgGain(v) : v);
  }
  return idcg === 0 ? 0 : 1 / idcg;
}

export function checkRelevance(p: ParamSet, labels: Float32Array): void {
  if (!p.bool("ndcg_exp_gain")) return;
  if (labels.some((v) => Math.abs(Math.floor(v) - v) > RT_EPS || v < 0))
    throw new XGBoostError(
      "Check failed: label_is_integer: When using relevance degree as target, label must be either 0 or positive integer.",
    );
  if (labels.some((v) => v > 31))
    throw new XGBoostError(
      "Check failed: label_is_valid: Relevance degress must be lesser than or equal to 31 when the exponential NDCG gain function is used. Set `ndcg_exp_gain` to false to use custom DCG gain.",
    );
}

export function checkBinaryRelevance(name: string, labels: Float32Array): void {
  if (!labels.every((y) => Math.abs(y - 1) < RT_EPS || Math.abs(y) < RT_EPS))
    throw new XGBoostError(`Check failed: is_binary: ${name} can only be used with binary labels.`);
}
