import type { MetaInfo } from "../data/meta-info.js";
import { warnOnce, XGBoostError } from "../errors.js";
import { f32 } from "../numeric/float32.js";
import { descending } from "../numeric/order.js";
import type { Metric } from "./metric.js";

/** Weighted false and true positives and the area under the curve through them. */
type Area = readonly [fp: number, tp: number, area: number];
type Curve = (preds: Float32Array, labels: Float32Array, weight: (i: number) => number) => Area;
type Step = (fp0: number, fp: number, tp0: number, tp: number) => number;

/** Goes down the predictions and adds an area at every new value. */
function walk(preds: Float32Array, labels: Float32Array, weight: (i: number) => number, step: Step): Area {
  const order = descending(preds);
  const first = order[0]!;
  let fp = (1 - labels[first]!) * weight(first);
  let tp = f32(labels[first]! * weight(first));
  let [fp0, tp0, area] = [0, 0, 0];
  for (let k = 1; k < order.length; k++) {
    const i = order[k]!;
    if (preds[i] !== preds[order[k - 1]!]) {
      area += step(fp0, fp, tp0, tp);
      tp0 = tp;
      fp0 = fp;
    }
    fp += f32(f32(1 - labels[i]!) * weight(i));
    tp += f32(labels[i]! * weight(i));
  }
  area += step(fp0, fp, tp0, tp);
  return fp <= 0 || tp <= 0 ? [0, 0, 0] : [fp, tp, area];
}

const roc: Curve = (preds, labels, weight) =>
  walk(preds, labels, weight, (fp0, fp, tp0, tp) => Math.abs(fp0 - fp) * (tp0 + tp) * 0.5);

/** Precision against recall, interpolated as Boyd, Eng and Page do. */
const precisionRecall: Curve = (preds, labels, weight) => {
  let [positive, negative] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    positive += f32(weight(i) * labels[i]!);
    negative += f32(weight(i) * f32(1 - labels[i]!));
  }
  if (positive <= 0 || negative <= 0) return [1, 1, Number.NaN];
  const [, , area] = walk(preds, labels, weight, (fp0, fp, tp0, tp) => {
    const [before, now] = [tp0 / positive, tp / positive];
    let [a, b] = [1, 0];
    if (tp !== tp0) {
      const h = (fp - fp0) / (tp - tp0);
      a = h + 1;
      b = (fp0 - h * tp0) / positive;
    }
    if (b === 0) return (now - before) / a;
    return (now - before - (b / a) * (Math.log(a * now + b) - Math.log(a * before + b))) / a;
  });
  return [1, 1, area];
};

/** Each class against the rest, weighted by how common it is. */
function oneAgainstRest(curve: Curve, preds: Float32Array, info: MetaInfo, k: number): number {
  const labels = info.labels!;
  const weight = (i: number) => info.weight(i);
  let [sum, total] = [0, 0];
  for (let c = 0; c < k; c++) {
    const own = Float32Array.from(labels, (_, i) => preds[i * k + c]!);
    const [fp, tp, area] = curve(
      own,
      labels.map((y) => (y === c ? 1 : 0)),
      weight,
    );
    if (fp * tp === 0) return Number.NaN;
    sum += (area / (fp * tp)) * tp;
    total += tp;
  }
  return total === 0 || Number.isNaN(sum) ? Number.NaN : sum / total;
}

/** The share of a query's pairs that are in the right order. */
function pairsInOrder(preds: Float32Array, labels: Float32Array, weight: number): number {
  const order = descending(labels);
  const w = f32(weight * weight);
  let [sum, total] = [0, 0];
  for (let i = 0; i < order.length; i++)
    for (let j = i + 1; j < order.length; j++) {
      const d = f32(preds[order[i]!]! - preds[order[j]!]!);
      sum += f32((d > 0 ? 1 : d === 0 ? 0.5 : 0) * w);
      total += w;
    }
  return total === 0 ? sum : sum / total;
}

function byQuery(name: string, preds: Float32Array, info: MetaInfo): number {
  const labels = info.labels!;
  if (name === "aucpr" && labels.some((y) => y < 0 || y > 1))
    throw new XGBoostError("PR-AUC supports only binary relevance for learning to rank.");
  const groups = info.groupPtr!;
  let [sum, valid] = [0, groups.length - 1];
  for (let g = 0; g + 1 < groups.length; g++) {
    const [from, to] = [groups[g]!, groups[g + 1]!];
    const [p, y] = [preds.subarray(from, to), labels.subarray(from, to)];
    const w = info.weight(g);
    let area = Number.NaN;
    if (name === "aucpr") area = precisionRecall(p, y, () => w)[2];
    else if (to - from >= 3) area = pairsInOrder(p, y, w);
    if (Number.isNaN(area)) valid--;
    else sum += area;
  }
  return valid <= 0 ? Number.NaN : sum / valid;
}

/** auc and aucpr: for two classes, for many, for queries. */
export function aucMetric(name: string): Metric | null {
  if (name !== "auc" && name !== "aucpr") return null;
  const curve = name === "auc" ? roc : precisionRecall;
  return {
    name,
    params: null,
    configure: () => undefined,
    evaluate(preds, info) {
      const n = info.labels?.length ?? 0;
      let value = Number.NaN;
      if (n > 0 && info.groupPtr) value = byQuery(name, preds, info);
      else if (n > 0 && n !== preds.length && preds.length % n === 0)
        value = oneAgainstRest(curve, preds, info, preds.length / n);
      else if (n > 0 && preds.length > 0) {
        const [fp, tp, area] = curve(preds, info.labels!, (i) => info.weight(i));
        value = fp * tp <= 0 ? Number.NaN : Math.min(area / (fp * tp), 1);
      }
      if (Number.isNaN(value)) warnOnce("Dataset is empty, or contains only positive or negative samples.");
      return value;
    },
  };
}
