import { XGBoostError } from "../errors.js";
import { f32 } from "../numeric/float32.js";
import type { TrainParam } from "./train-param.js";

/** Shrinks towards zero by alpha. */
export function thresholdL1(w: number, alpha: number): number {
  if (w > alpha) return w - alpha;
  if (w < -alpha) return w + alpha;
  return 0;
}

/** −T(G, α) / (H + λ), cut at max_delta_step, in float64; 0 for a node that is too light. */
export function rawWeight(p: TrainParam, grad: number, hess: number): number {
  if (hess < p.minChildWeight || hess <= 0) return 0;
  const w = -thresholdL1(grad, p.alpha) / (hess + p.lambda);
  if (p.maxDeltaStep !== 0 && Math.abs(w) > p.maxDeltaStep) return w < 0 ? -p.maxDeltaStep : p.maxDeltaStep;
  return w;
}

/** A node's gain in float64, as the refresh updater takes it. */
export function rawGain(p: TrainParam, grad: number, hess: number): number {
  if (hess < p.minChildWeight || hess <= 0) return 0;
  if (p.maxDeltaStep === 0) return thresholdL1(grad, p.alpha) ** 2 / (hess + p.lambda);
  const w = rawWeight(p, grad, hess);
  const gain = -(2 * grad * w + (hess + p.lambda) * (w * w));
  return p.alpha === 0 ? gain : gain + p.alpha * Math.abs(w);
}

const MOST = f32(3.4028234663852886e38);

/** Weights and gains of candidate splits, with the bounds that monotone constraints put on a node's weight. */
export class SplitEvaluator {
  readonly constrained: boolean;
  private readonly monotone: Int32Array;
  private lower: Float32Array;
  private upper: Float32Array;
  /** Gains may be taken without weights. */
  readonly simple: boolean;

  constructor(
    private readonly p: TrainParam,
    numCol: number,
  ) {
    if (p.monotone.length > numCol)
      throw new XGBoostError(
        `Check failed: p.monotone_constraints.size() <= n_features (${p.monotone.length} vs. ${numCol}) : The size of monotone constraint should be less or equal to the number of features.`,
      );
    this.constrained = p.monotone.length > 0;
    this.monotone = new Int32Array(numCol);
    this.monotone.set(p.monotone);
    this.lower = new Float32Array(this.constrained ? 256 : 0).fill(-MOST);
    this.upper = new Float32Array(this.constrained ? 256 : 0).fill(MOST);
    this.simple = !this.constrained && p.maxDeltaStep === 0;
  }

  /** A node's weight in float32, within the bounds of `node` (none for −1, above the root). */
  weight(node: number, grad: number, hess: number): number {
    const w = f32(rawWeight(this.p, grad, hess));
    if (!this.constrained || node < 0) return w;
    const lower = this.lower[node]!;
    return w < lower ? lower : Math.min(w, this.upper[node]!);
  }

  gainGivenWeight(grad: number, hess: number, w: number): number {
    if (hess <= 0) return 0;
    if (this.simple) {
      const t = thresholdL1(grad, this.p.alpha);
      return f32(f32(t * t) / f32(hess + this.p.lambda));
    }
    const [g, h] = [f32(grad), f32(hess)];
    return -f32(f32(f32(2 * g) * w) + f32(f32(h + this.p.lambda) * f32(w * w)));
  }
  gain(node: number, grad: number, hess: number): number {
    return this.gainGivenWeight(grad, hess, this.simple ? 0 : this.weight(node, grad, hess));
  }
  /** The two sides' gains, −∞ where a monotone constraint forbids the split. */
  splitGain(node: number, feature: number, gl: number, hl: number, gr: number, hr: number): number {
    if (this.simple) return f32(this.gainGivenWeight(gl, hl, 0) + this.gainGivenWeight(gr, hr, 0));
    const wl = this.weight(node, gl, hl);
    const wr = this.weight(node, gr, hr);
    const gain = f32(this.gainGivenWeight(gl, hl, wl) + this.gainGivenWeight(gr, hr, wr));
    const c = this.constrained ? this.monotone[feature]! : 0;
    if (c === 0) return gain;
    return (c > 0 ? wl <= wr : wl >= wr) ? gain : -Infinity;
  }

  /** Children inherit the bounds; a split on a constrained feature puts the middle of their weights between them. */
  addSplit(node: number, left: number, right: number, feature: number, wl: number, wr: number): void {
    if (!this.constrained) return;
    const most = Math.max(left, right);
    if (most >= this.lower.length) {
      const grow = (old: Float32Array, fill: number) => {
        const fresh = new Float32Array(most * 2 + 1).fill(fill);
        fresh.set(old);
        return fresh;
      };
      this.lower = grow(this.lower, -MOST);
      this.upper = grow(this.upper, MOST);
    }
    const { lower, upper } = this;
    lower[left] = lower[right] = lower[node]!;
    upper[left] = upper[right] = upper[node]!;
    const mid = f32(f32(wl + wr) / 2);
    const c = this.monotone[feature]!;
    if (c < 0) {
      lower[left] = mid;
      upper[right] = mid;
    } else if (c > 0) {
      upper[left] = mid;
      lower[right] = mid;
    }
  }
}
