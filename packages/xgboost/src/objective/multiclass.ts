import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { expf, f32, logf, RT_EPS } from "../numeric/float32.js";
import { Objective, singleTarget } from "./objective.js";

const FLT_MIN = 2 ** -126;
const EPS = f32(1e-16);

/** multi:softmax and multi:softprob: cross entropy of the softmax of one margin a class. */
export class Softmax extends Objective {
  readonly defaultMetric = "mlogloss";
  override readonly task = "other";

  constructor(readonly name: "multi:softmax" | "multi:softprob") {
    super("softmax_multiclass_param");
  }
  private get classes(): number {
    return this.params!.number("num_class");
  }
  override targets(info: MetaInfo): number {
    return singleTarget(info);
  }
  private check(info: MetaInfo): void {
    const k = this.classes;
    if (info.labelShape[1] > 1)
      throw new XGBoostError(
        `Check failed: label.Shape(1) <= 1 (${info.labelShape[1]} vs. 1) : multi-class-multi-label is not yet supported.`,
      );
    if (!(info.labels ?? []).every((y) => y >= 0 && y < k && Math.floor(y) === y))
      throw new XGBoostError(
        "Check failed: valid: SoftmaxMultiClassObj: label must be discrete values in the range of [0, num_class).",
      );
  }

  gradient(preds: Float32Array, info: MetaInfo, iteration: number, out: Float32Array): void {
    const k = this.classes;
    const n = info.labels?.length ?? 0;
    if (n === 0) return;
    if (preds.length !== n * k)
      throw new XGBoostError(
        `Check failed: preds.Size() == (static_cast<std::size_t>(n_classes) * info.labels.Size()): SoftmaxMultiClassObj: label size and pred size does not match.\nlabel.Size() * num_class: ${n * k}\nnum_class: ${k}\npreds.Size(): ${preds.length}`,
      );
    if (iteration === 0) this.check(info);
    if (info.weights && info.weights.length !== n)
      throw new XGBoostError(
        `Check failed: info.weights_.Size() == n_samples (${info.weights.length} vs. ${n}) : Number of weights should be equal to number of data points.`,
      );
    for (let i = 0; i < n; i++) {
      const at = i * k;
      let max = FLT_MIN;
      for (let c = 0; c < k; c++) max = Math.max(max, preds[at + c]!);
      let sum = 0;
      for (let c = 0; c < k; c++) sum += expf(f32(preds[at + c]! - max));
      const w = info.weight(i);
      for (let c = 0; c < k; c++) {
        const p = f32(expf(f32(preds[at + c]! - max)) / f32(sum));
        const g = info.labels![i] === c ? f32(p - 1) : p;
        out[2 * (at + c)] = g * w;
        out[2 * (at + c) + 1] = Math.max(f32(f32(f32(2 * p) * f32(1 - p)) * w), EPS);
      }
    }
  }
  override predTransform(preds: Float32Array): Float32Array {
    return this.transform(preds, this.name === "multi:softprob");
  }
  override evalTransform(preds: Float32Array): Float32Array {
    return this.transform(preds, true);
  }
  private transform(preds: Float32Array, probabilities: boolean): Float32Array {
    const k = this.classes;
    if (probabilities) {
      for (let at = 0; at < preds.length; at += k) softmax(preds, at, k);
      return preds;
    }
    const out = new Float32Array(preds.length / k);
    for (let i = 0; i < out.length; i++) {
      let best = 0;
      for (let c = 1; c < k; c++) if (preds[i * k + c]! > preds[i * k + best]!) best = c;
      out[i] = best;
    }
    return out;
  }

  /** ln(share of the class) less the mean of these: margins that give the shares. */
  override initEstimation(info: MetaInfo): number[] {
    this.check(info);
    const k = this.classes;
    const counts = new Float32Array(k);
    const n = info.labels?.length ?? 0;
    for (let i = 0; i < n; i++) counts[info.labels![i]!]! += info.weight(i);
    let total = n;
    if (info.weights) total = info.weights.reduce((a, w) => a + w, 0);
    const logs = counts.map((c) => logf(f32(f32(c * (1 / total)) + RT_EPS)));
    let mean = 0;
    for (const l of logs) mean = f32(mean + f32(l / k));
    return Array.from(logs, (l) => f32(l - mean));
  }
}

/** In place, sums in float64. */
export function softmax(values: Float32Array, at: number, k: number): void {
  let max = values[at]!;
  for (let c = 1; c < k; c++) max = Math.max(max, values[at + c]!);
  let sum = 0;
  for (let c = 0; c < k; c++) {
    values[at + c] = expf(f32(values[at + c]! - max));
    sum += values[at + c]!;
  }
  for (let c = 0; c < k; c++) values[at + c] = values[at + c]! / f32(sum);
}
