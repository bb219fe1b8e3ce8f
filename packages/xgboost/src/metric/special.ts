import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { f32, logf } from "../numeric/float32.js";
import { sortPairs } from "../numeric/introsort.js";
import { checkQuantiles } from "../objective/adaptive.js";
import { DISTRIBUTIONS } from "../objective/distribution.js";
import { shortFloat } from "../objective/regression.js";
import { aftLoss, byTime } from "../objective/survival.js";
import { ParamSet } from "../params/param-set.js";
import type { Metric } from "./metric.js";

/** A mean over rows of what an interval of labels and a prediction give. */
function survival(
  name: string,
  params: ParamSet | null,
  row: (lower: number, upper: number, pred: number) => number,
): Metric {
  return {
    name,
    params,
    configure: (args) => params?.update(args),
    evaluate(preds, info) {
      const { labelLower, labelUpper } = info;
      for (const [field, bounds] of [
        ["labels_lower_bound_", labelLower],
        ["labels_upper_bound_", labelUpper],
      ] as const)
        if ((bounds?.length ?? 0) !== preds.length)
          throw new XGBoostError(
            `Check failed: preds.Size() == info.${field}.Size() (${preds.length} vs. ${bounds?.length ?? 0}) : `,
          );
      let [sum, total] = [0, 0];
      for (let i = 0; i < preds.length; i++) {
        const w = info.weight(i);
        sum += row(labelLower![i]!, labelUpper![i]!, preds[i]!) * w;
        total += w;
      }
      return total === 0 ? sum : sum / total;
    },
  };
}

function aft(): Metric {
  const params = new ParamSet("aft_loss_param");
  return survival("aft-nloglik", params, (lower, upper, pred) =>
    aftLoss(
      DISTRIBUTIONS[params.choice("aft_loss_distribution")]!,
      lower,
      upper,
      pred,
      params.number("aft_loss_distribution_scale"),
    ),
  );
}

/** The partial likelihood of a proportional hazards model. */
function coxLikelihood(preds: Float32Array, info: MetaInfo): number {
  const labels = info.labels!;
  const order = byTime(labels);
  let sum = 0;
  for (const p of preds) sum += p;
  let [out, gone, events] = [0, 0, 0];
  order.forEach((row, k) => {
    const y = labels[row]!;
    if (y > 0) {
      out -= logf(preds[row]!) - Math.log(sum);
      events++;
    }
    gone += preds[row]!;
    if (k === order.length - 1 || Math.abs(y) < Math.abs(labels[order[k + 1]!]!)) {
      sum -= gone;
      gone = 0;
    }
  });
  return out / events;
}

/** The approximate median significance of the best share of predictions (the Higgs challenge's metric). */
function medianSignificance(preds: Float32Array, info: MetaInfo, ratio: number): number {
  const n = info.labels?.length ?? 0;
  // Where the cut falls among equal predictions their order decides: std::sort's.
  const order = Uint32Array.from(preds, (_, i) => i);
  sortPairs(
    preds.map((p) => -p),
    order,
    0,
    n,
  );
  const top = Math.trunc(f32(ratio * n)) || n;
  const background = 10;
  let [s, b, best] = [0, 0, 0];
  const value = () => Math.sqrt(2 * ((s + b + background) * Math.log(1 + s / (b + background)) - s));
  for (let k = 0; k < n - 1 && k < top; k++) {
    const i = order[k]!;
    if (info.labels![i]! > 0.5) s += info.weight(i);
    else b += info.weight(i);
    if (preds[i] !== preds[order[k + 1]!]) best = Math.max(best, value());
  }
  return f32(top === n ? best : value());
}

function quantileLoss(): Metric {
  const params = new ParamSet("quantile_loss_param");
  return {
    name: "quantile",
    params,
    configure(args) {
      params.update(args);
      checkQuantiles(params.list("quantile_alpha"));
    },
    evaluate(preds, info) {
      const alphas = params.list("quantile_alpha");
      const k = alphas.length;
      const targets = preds.length / info.numRow / k;
      let [sum, total] = [0, 0];
      for (let i = 0; i < preds.length; i++) {
        const row = Math.floor(i / (k * targets));
        const alpha = alphas[Math.floor(i / targets) % k]!;
        const w = info.weight(row);
        const d = f32(info.labels![row * info.numTargets + (i % targets)]! - preds[i]!);
        const loss = d >= 0 ? f32(alpha * d) : -f32(f32(1 - alpha) * d);
        sum += f32(loss * w);
        total += w;
      }
      return sum / total;
    },
  };
}

const plain = (name: string, evaluate: Metric["evaluate"]): Metric => ({
  name,
  params: null,
  configure: () => undefined,
  evaluate,
});

/** Metrics that are no means over rows or need more than labels. */
export function specialMetric(base: string, parameter: string | null): Metric | null {
  if (base === "aft-nloglik") return aft();
  if (base === "interval-regression-accuracy")
    return survival(base, null, (lower, upper, pred) => {
      const p = Math.exp(pred);
      return p >= lower && p <= upper ? 1 : 0;
    });
  if (base === "cox-nloglik") return plain(base, coxLikelihood);
  if (base === "quantile") return quantileLoss();
  if (base !== "ams") return null;
  if (parameter === null)
    throw new XGBoostError("Check failed: param != nullptr: AMS must be in format ams@k");
  const ratio = f32(Number.parseFloat(parameter) || 0);
  return plain(`ams@${shortFloat(ratio)}`, (preds, info) => medianSignificance(preds, info, ratio));
}
