import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { f32, sigmoid } from "../numeric/float32.js";
import { descending } from "../numeric/order.js";
import type { ParamSet } from "../params/param-set.js";
import { MinStd } from "../sampling/distributions.js";
import { fitStump, Objective } from "./objective.js";
import {
  checkBinaryRelevance,
  checkRelevance,
  dcgGain,
  discount,
  groupsOf,
  inverseIdcg,
  numPair,
  topK,
} from "./ranking.js";

const EPS = 1e-16;
type Kind = "ndcg" | "pairwise" | "map";

/** |change of the metric| if two documents of a query changed places; ranks are the model's. */
type Delta = (yHigh: number, yLow: number, rankHigh: number, rankLow: number) => number;

/** rank:ndcg, rank:pairwise and rank:map: LambdaMART. */
export class LambdaRank extends Objective {
  readonly name: string;
  override readonly task = "other";
  // Position bias of relevant and other documents (unbiased LambdaMART), and its sums of a round.
  private plus: Float64Array | null = null;
  private minus: Float64Array | null = null;
  private sumPlus = new Float64Array(0);
  private sumMinus = new Float64Array(0);

  constructor(private readonly kind: Kind) {
    super("lambdarank_param");
    this.name = `rank:${kind}`;
  }
  private get p(): ParamSet {
    return this.params!;
  }
  get defaultMetric(): string {
    const base = this.kind === "map" ? "map" : "ndcg";
    return this.p.choice("lambdarank_pair_method") === "topk" ? `${base}@${numPair(this.p)}` : base;
  }
  override defaultMetricArgs(): readonly (readonly [string, string])[] {
    return this.kind === "map" ? [] : this.p.texts();
  }
  override targets(info: MetaInfo): number {
    if (info.labelShape[1] > 1)
      throw new XGBoostError(
        `Check failed: info.labels.Shape(1) <= 1 (${info.labelShape[1]} vs. 1) : multi-output for LTR is not yet supported.`,
      );
    return 1;
  }
  override initEstimation(info: MetaInfo): number[] {
    const twin = new LambdaRank(this.kind);
    twin.p.copyFrom(this.p);
    return fitStump(twin, info);
  }
  override get vectors(): Readonly<Record<string, Float32Array>> {
    if (!this.p.bool("lambdarank_unbiased")) return {};
    const of = (v: Float64Array | null) => Float32Array.from(v ?? []);
    return { "ti+": of(this.plus), "tj-": of(this.minus) };
  }
  override set vectors(given: Readonly<Record<string, ArrayLike<number>>>) {
    const of = (v: ArrayLike<number> | undefined) => (v && v.length > 0 ? Float64Array.from(v) : null);
    this.plus = of(given["ti+"]);
    this.minus = of(given["tj-"]);
  }

  gradient(preds: Float32Array, info: MetaInfo, iteration: number, out: Float32Array): void {
    const labels = info.labels ?? new Float32Array(0);
    if (labels.length !== preds.length)
      throw new XGBoostError(
        `Check failed: info.labels.Size() == predt.Size() (${labels.length} vs. ${preds.length}) : The size of label doesn't match the size of prediction.`,
      );
    const groups = groupsOf(info);
    if (this.kind === "ndcg") checkRelevance(this.p, labels);
    if (this.kind === "map") checkBinaryRelevance("map", labels);
    const count = groups.length - 1;
    let weightSum = 0;
    let largest = 0;
    for (let g = 0; g < count; g++) {
      weightSum += info.weight(g);
      largest = Math.max(largest, groups[g + 1]! - groups[g]!);
    }
    const unbiased = this.p.bool("lambdarank_unbiased");
    const positions =
      this.p.choice("lambdarank_pair_method") === "topk" ? numPair(this.p) : Math.min(largest, 32);
    // What a round sums is not in model files: training that goes on from one begins with no bias.
    if (unbiased && this.sumPlus.length === 0) {
      if (iteration !== 0) throw new XGBoostError(`Check failed: iter == 0 (${iteration} vs. 0) : `);
      this.plus = new Float64Array(positions).fill(1);
      this.minus = new Float64Array(positions).fill(1);
      this.sumPlus = new Float64Array(positions);
      this.sumMinus = new Float64Array(positions);
    }
    out.fill(0);
    for (let g = 0; g < count; g++)
      this.group(preds, labels, groups, g, iteration, f32(info.weight(g)), f32(count / weightSum), out);
    if (unbiased) this.updateBias();
  }

  private group(
    preds: Float32Array,
    labels: Float32Array,
    groups: Uint32Array,
    g: number,
    iteration: number,
    weight: number,
    weightNorm: number,
    out: Float32Array,
  ): void {
    const from = groups[g]!;
    const count = groups[g + 1]! - from;
    if (count === 0) return;
    const y = labels.subarray(from, from + count);
    const s = preds.subarray(from, from + count);
    const pairs = out.subarray(2 * from, 2 * (from + count));
    const rank = descending(s);
    const delta = this.delta(y, rank);
    const unbiased = this.p.bool("lambdarank_unbiased");
    const byScore = this.p.bool("lambdarank_score_normalization") && s[rank[0]!] !== s[rank[count - 1]!];
    const { plus, minus, sumPlus, sumMinus } = this;
    const tracked = plus?.length ?? 0;
    let total = 0;
    this.makePairs(iteration, groups.length - 1, g, y, rank, (i, j) => {
      let [high, low] = [i, j];
      if (y[rank[high]!] === y[rank[low]!]) return;
      if (y[rank[high]!]! < y[rank[low]!]!) [high, low] = [low, high];
      const [a, b] = [rank[high]!, rank[low]!];
      const diff = f32(s[a]! - s[b]!);
      const p = sigmoid(diff);
      let change = Math.abs(delta(y[a]!, y[b]!, high, low));
      if (byScore) change /= Math.abs(diff) + 0.01;
      let lambda = (p - 1) * change;
      let hess = Math.max(p * (1 - p), EPS) * change * 2;
      const inside = unbiased && a < tracked && b < tracked;
      if (inside && minus![b]! >= EPS && plus![a]! >= EPS) {
        const scale = plus![a]! * minus![b]!;
        lambda /= scale;
        hess /= scale;
      }
      const grad = f32(lambda);
      pairs[2 * a]! += grad;
      pairs[2 * a + 1]! += f32(hess);
      pairs[2 * b]! -= grad;
      pairs[2 * b + 1]! += f32(hess);
      if (inside) {
        const cost = Math.log(1 / (1 - p)) * change;
        if (minus![b]! >= EPS) sumPlus[a]! += cost / minus![b]!;
        if (plus![a]! >= EPS) sumMinus[b]! += cost / plus![a]!;
      }
      total += -2 * grad;
    });
    this.normalise(pairs, total);
    for (let i = 0; i < pairs.length; i++) pairs[i] = f32(pairs[i]! * weight) * weightNorm;
  }

  private normalise(pairs: Float32Array, total: number): void {
    if (!this.p.bool("lambdarank_normalization")) return;
    let norm = 1;
    if (this.p.choice("lambdarank_pair_method") === "mean") norm = 1 / numPair(this.p);
    else if (total > 0) norm = Math.log2(1 + total) / total;
    if (norm === 1) return;
    const scale = f32(norm);
    for (let i = 0; i < pairs.length; i++) pairs[i] = pairs[i]! * scale;
  }

  private delta(y: Float32Array, rank: Uint32Array): Delta {
    if (this.kind === "pairwise") return () => 1;
    if (this.kind === "ndcg") {
      const exp = this.p.bool("ndcg_exp_gain");
      const inverse = inverseIdcg(y, topK(this.p), exp);
      const gain = (v: number) => (exp ? dcgGain(v) : v);
      return (yh, yl, rh, rl) => {
        const [gh, gl, dh, dl] = [gain(yh), gain(yl), discount(rh), discount(rl)];
        return (gh * dh + gl * dl - (gl * dh + gh * dl)) * inverse;
      };
    }
    const n = y.length;
    const relevant = new Float64Array(n);
    const sums = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      const v = y[rank[k]!]!;
      relevant[k] = (k > 0 ? relevant[k - 1]! : 0) + v;
      sums[k] = (k > 0 ? sums[k - 1]! : 0) + v / (k + 1);
    }
    const all = relevant[n - 1]!;
    return (yh0, yl0, rh0, rl0) => {
      const [yh, yl, rh, rl] = rh0 > rl0 ? [yl0, yh0, rl0, rh0] : [yh0, yl0, rh0, rl0];
      const [h, l] = [rh + 1, rl + 1];
      const [m, k] = [relevant[rl]!, relevant[rh]!];
      const b = sums[rl - 1]! - sums[rh]!;
      return yh < yl ? (m / l - (k + 1) / h - b) / all : (k / h - m / l + b) / all;
    };
  }

  /** The pairs of one query's documents, by their ranks. */
  private makePairs(
    iteration: number,
    groups: number,
    g: number,
    y: Float32Array,
    rank: Uint32Array,
    op: (i: number, j: number) => void,
  ): void {
    const count = y.length;
    const wanted = numPair(this.p);
    if (this.p.choice("lambdarank_pair_method") === "topk") {
      for (let i = 0; i < Math.min(count, wanted); i++) for (let j = i + 1; j < count; j++) op(i, j);
      return;
    }
    // Documents by label; those of one label are paired with random ones of other labels.
    const rng = new MinStd((Math.imul(iteration + 1, groups) + g) >>> 0);
    const ranked = Float32Array.from(rank, (r) => y[r]!);
    const order = descending(ranked);
    for (let i = 0; i < count; ) {
      let j = i + 1;
      while (j < count && ranked[order[i]!] === ranked[order[j]!]) j++;
      const others = i + count - j;
      if (others > 0)
        for (let n = 0; n < wanted; n++)
          for (let k = i; k < j; k++) {
            const r = rng.below(others);
            op(order[k]!, order[r >= i ? r - i + j : r]!);
          }
      i = j;
    }
  }

  private updateBias(): void {
    const { plus, minus, sumPlus, sumMinus } = this;
    const power = 1 / (1 + this.p.number("lambdarank_bias_norm"));
    for (let i = 0; i < plus!.length; i++) {
      if (sumPlus[0]! >= EPS) plus![i] = (sumPlus[i]! / sumPlus[0]!) ** power;
      if (sumMinus[0]! >= EPS) minus![i] = (sumMinus[i]! / sumMinus[0]!) ** power;
    }
    sumPlus.fill(0);
    sumMinus.fill(0);
  }
}
