import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { f32, logf } from "../numeric/float32.js";
import type { Metric } from "./metric.js";

const EPS = f32(1e-16);

/** merror and mlogloss: means over rows of what the row's class got. */
export function multiclass(name: string): Metric | null {
  if (name !== "merror" && name !== "mlogloss") return null;
  return {
    name,
    params: null,
    configure: () => undefined,
    evaluate(preds: Float32Array, info: MetaInfo): number {
      const { labels } = info;
      const n = labels?.length ?? 0;
      if (n === 0 || preds.length % n !== 0)
        throw new XGBoostError(
          `Check failed: preds.Size() % info.labels.Size() == 0 (${n === 0 ? preds.length : preds.length % n} vs. 0) : label and prediction size not match`,
        );
      const k = preds.length / n;
      let [sum, total] = [0, 0];
      for (let i = 0; i < n; i++) {
        const y = Math.trunc(labels![i]!);
        if (y < 0 || y >= k)
          throw new XGBoostError(
            `Check failed: label_error >= 0 && label_error < static_cast<int32_t>(n_class): MultiClassEvaluation: label must be in [0, num_class), num_class=${k} but found ${y} in label`,
          );
        const w = info.weight(i);
        sum += loss(name, preds, i * k, k, y) * w;
        total += w;
      }
      return total === 0 ? 0 : sum / total;
    },
  };
}

function loss(name: string, preds: Float32Array, at: number, k: number, y: number): number {
  if (name === "mlogloss") {
    return -logf(Math.max(preds[at + y]!, EPS));
  }
  let best = 0;
  for (let c = 1; c < k; c++) if (preds[at + c]! > preds[at + best]!) best = c;
  return best === y ? 0 : 1;
}
