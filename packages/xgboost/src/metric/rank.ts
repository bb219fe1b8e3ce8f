import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { f32, RT_EPS } from "../numeric/float32.js";
import { descending } from "../numeric/order.js";
import type { Args } from "../objective/objective.js";
import {
  checkBinaryRelevance,
  checkRelevance,
  dcgGain,
  discount,
  groupsOf,
  inverseIdcg,
  topK,
} from "../objective/ranking.js";
import { ParamSet } from "../params/param-set.js";
import type { Metric } from "./metric.js";

/** One query's score; `k` ranks count, `minus` makes queries without relevant documents 0 instead of 1. */
type Score = (
  y: Float32Array,
  rank: Uint32Array,
  k: number,
  minus: boolean,
  weight: number,
  exp: boolean,
) => number;

const precision: Score = (y, rank, k, _minus, weight) => {
  const n = Math.min(k, y.length);
  let hits = 0;
  for (let i = 0; i < n; i++) hits += f32(y[rank[i]!]! * weight);
  return hits / n;
};

const ndcg: Score = (y, rank, k, minus, weight, exp) => {
  const inverse = inverseIdcg(y, k, exp);
  if (inverse <= 0) return minus ? 0 : 1;
  let sum = 0;
  for (let i = 0; i < Math.min(k, y.length); i++) {
    const v = y[rank[i]!]!;
    sum += discount(i) * (exp ? dcgGain(v) : v) * inverse;
  }
  return sum * weight;
};

const meanPrecision: Score = (y, rank, k, minus, weight) => {
  let [hits, sum] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    const v = y[rank[i]!]!;
    hits += v;
    if (i < k) sum += (hits / (i + 1)) * v;
  }
  return (hits > 0 ? sum / Math.min(hits, k) : minus ? 0 : 1) * weight;
};

const SCORES: Readonly<Record<string, Score>> = { pre: precision, ndcg, map: meanPrecision };

/** Means over queries: pre, ndcg, map with `@k` and a trailing minus. */
class RankMetric implements Metric {
  readonly params = new ParamSet("lambdarank_param");

  constructor(
    readonly name: string,
    private readonly kind: string,
    k: number | null,
    private readonly minus: boolean,
  ) {
    if (k !== null)
      this.params.update([
        ["lambdarank_num_pair_per_sample", String(k)],
        ["lambdarank_pair_method", "topk"],
      ]);
  }
  configure(args: Args): void {
    if (this.kind === "ndcg") this.params.update(args.filter(([key]) => key === "ndcg_exp_gain"));
    // The parameters that an objective hands to its own metric; what users set is the objective's alone.
    if (args.length > 0 && args.every(([key]) => this.params.knows(key))) this.params.update(args);
  }
  evaluate(preds: Float32Array, info: MetaInfo): number {
    const labels = info.labels ?? new Float32Array(0);
    if (preds.length !== labels.length)
      throw new XGBoostError(
        `Check failed: preds.Size() == info.labels.Size() (${preds.length} vs. ${labels.length}) : `,
      );
    const groups = groupsOf(info);
    if (this.kind === "ndcg") checkRelevance(this.params, labels);
    else checkBinaryRelevance(this.kind, labels);
    const exp = this.params.bool("ndcg_exp_gain");
    const k = topK(this.params);
    let [sum, total] = [0, 0];
    for (let g = 0; g + 1 < groups.length; g++) {
      const [from, to] = [groups[g]!, groups[g + 1]!];
      const w = info.weight(g);
      const rank = descending(preds, from, to);
      sum += SCORES[this.kind]!(labels.subarray(from, to), rank, k, this.minus, w, exp);
      total += w;
    }
    const score = total > 0 ? sum / total : sum;
    if (score > 1 + RT_EPS)
      throw new XGBoostError(
        `Check failed: score <= 1.0 + kRtEps (${score} vs. 1) : Invalid output score, might be caused by invalid query group weight.`,
      );
    return Math.min(1, score);
  }
}

/** `ndcg`, `ndcg@3`, `ndcg@3-`, `ndcg-` and the like. */
export function rankMetric(base: string, parameter: string | null): Metric | null {
  if (!(base in SCORES)) return null;
  if (parameter === null) return new RankMetric(base, base, null, false);
  const minus = parameter.endsWith("-");
  const k = /^\s*\+?(\d+)/.exec(parameter);
  const name = k ? `${base}@${parameter}` : base + parameter;
  return new RankMetric(name, base, k ? Number(k[1]) : null, minus);
}
