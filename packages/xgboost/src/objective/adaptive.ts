import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { f32 } from "../numeric/float32.js";
import { quantile, weightedQuantile } from "../numeric/quantile.js";
import type { RegTree } from "../tree/reg-tree.js";
import { checkShapes, Objective } from "./objective.js";

/** The alpha-quantile of what `residual` gives for some rows, with their weights where there are any. */
function quantileOf(
  rows: readonly number[],
  alpha: number,
  info: MetaInfo,
  residual: (row: number) => number,
): number {
  const values = Float32Array.from(rows, residual);
  if (!info.weights) return quantile(alpha, values);
  return weightedQuantile(
    alpha,
    values,
    Float32Array.from(rows, (r) => info.weights![r]!),
  );
}

/** Objectives whose hessian says nothing: a leaf is the quantile of its rows' residuals. */
abstract class Adaptive extends Objective {
  override readonly constHess = true;
  override readonly adaptive = true;

  /** The quantiles that a tree of this group fits, one for each of its targets. */
  protected abstract alphas(tree: RegTree, group: number): readonly number[];

  override updateLeaves(
    tree: RegTree,
    position: Int32Array,
    info: MetaInfo,
    preds: Float32Array,
    group: number,
    learningRate: number,
  ): void {
    const outputs = preds.length / info.numRow;
    const columns = info.numTargets;
    const byLeaf = new Map<number, number[]>(tree.leaves().map((leaf) => [leaf, []]));
    for (let r = 0; r < position.length; r++) if (position[r]! >= 0) byLeaf.get(position[r]!)!.push(r);
    const alphas = this.alphas(tree, group);
    if (tree.isMultiTarget) tree.leafVectors = new Float32Array(byLeaf.size * tree.numTarget);
    let at = 0;
    for (const [leaf, rows] of byLeaf) {
      const values = alphas.map((alpha, i) => {
        const column = Math.max(i, group);
        const y = Math.min(column, columns - 1);
        return quantileOf(rows, alpha, info, (r) =>
          f32(info.labels![r * columns + y]! - preds[r * outputs + column]!),
        );
      });
      if (tree.isMultiTarget) {
        values.forEach((q, i) => {
          tree.leafVectors![at * tree.numTarget + i] = q * learningRate;
        });
        tree.rightChild[leaf] = at++;
      } else {
        const q = Number.isNaN(values[0]!) ? tree.splitCond[leaf]! : values[0]!;
        tree.splitCond[leaf] = f32(q * learningRate);
      }
    }
  }
}

/** reg:absoluteerror. */
export class AbsoluteError extends Adaptive {
  readonly name = "reg:absoluteerror";
  readonly defaultMetric = "mae";

  protected alphas(tree: RegTree): readonly number[] {
    return new Array<number>(tree.numTarget).fill(0.5);
  }
  gradient(preds: Float32Array, info: MetaInfo, _iteration: number, out: Float32Array): void {
    checkShapes(info, preds);
    const columns = this.targets(info);
    for (let i = 0; i < preds.length; i++) {
      const h = info.weight(Math.floor(i / columns));
      out[2 * i] = Math.sign(f32(preds[i]! - info.labels![i]!)) * h;
      out[2 * i + 1] = h;
    }
  }
  override initEstimation(info: MetaInfo): number[] {
    checkShapes(info, null);
    const columns = this.targets(info);
    let total = 0;
    for (let i = 0; i < info.numRow; i++) total += info.weight(i);
    if (Math.abs(total) < 1e-6) return new Array<number>(columns).fill(0);
    const rows = Array.from({ length: info.numRow }, (_, i) => i);
    // XGBoost averages over machines; with one of them that multiplies and divides by the weights' sum.
    return Array.from({ length: columns }, (_, j) =>
      f32(f32(quantileOf(rows, 0.5, info, (r) => info.labels![r * columns + j]!) * total) * (1 / total)),
    );
  }
}

/** reg:quantileerror, one output for each of `quantile_alpha`. */
export class QuantileError extends Adaptive {
  readonly name = "reg:quantileerror";
  readonly defaultMetric = "quantile";

  constructor() {
    super("quantile_loss_param");
  }
  private get quantiles(): readonly number[] {
    return this.params!.list("quantile_alpha");
  }
  override configure(args: Parameters<Objective["configure"]>[0]): void {
    super.configure(args);
    checkQuantiles(this.quantiles);
  }
  override defaultMetricArgs(): readonly (readonly [string, string])[] {
    return this.params!.texts();
  }
  override targets(info: MetaInfo): number {
    if (info.labelShape[1] > 1)
      throw new XGBoostError(
        `Check failed: info.labels.Shape(1) == 1 (${info.labelShape[1]} vs. 1) : Multi-target is not yet supported by the quantile loss.`,
      );
    return this.quantiles.length;
  }
  protected alphas(tree: RegTree, group: number): readonly number[] {
    return tree.isMultiTarget ? this.quantiles : [this.quantiles[group]!];
  }
  gradient(preds: Float32Array, info: MetaInfo, iteration: number, out: Float32Array): void {
    if (iteration === 0) checkShapes(info, null);
    const alphas = this.quantiles;
    const k = alphas.length;
    for (let i = 0; i < preds.length; i++) {
      const row = Math.floor(i / k);
      const alpha = alphas[i % k]!;
      const w = info.weight(row);
      const d = f32(preds[i]! - info.labels![row]!);
      out[2 * i] = (d >= 0 ? f32(1 - alpha) : -alpha) * w;
      out[2 * i + 1] = w;
    }
  }
  override initEstimation(info: MetaInfo): number[] {
    this.targets(info);
    const rows = Array.from({ length: info.numRow }, (_, i) => i);
    return this.quantiles.map((alpha) => quantileOf(rows, alpha, info, (r) => info.labels![r]!));
  }
}

/** At least one, each within (0, 1). */
export function checkQuantiles(alphas: readonly number[]): void {
  if (alphas.length === 0) throw new XGBoostError("Check failed: !quantile_alpha.Get().empty(): ");
  for (const a of alphas)
    if (!(a >= 0 && a <= 1))
      throw new XGBoostError("Check failed: valid: quantile alpha must be in the range [0.0, 1.0].");
}
