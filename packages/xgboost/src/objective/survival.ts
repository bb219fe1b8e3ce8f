import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { expf, f32, logf } from "../numeric/float32.js";
import { ascending } from "../numeric/order.js";
import {
  type Censoring,
  DISTRIBUTIONS,
  type Distribution,
  GRAD_LEAST,
  GRAD_MOST,
  HESS_LEAST,
  HESS_MOST,
} from "./distribution.js";
import { type Args, fitStump, Objective, singleTarget } from "./objective.js";

/** A denominator below this is taken for 0. */
const EPS = 1e-12;
const clip = (x: number, least: number, most: number) => Math.min(Math.max(x, least), most);

/** What the formulas need about one interval [lower, upper] and a prediction. */
function parts(d: Distribution, lower: number, upper: number, pred: number, sigma: number) {
  let censoring: Censoring = "interval";
  let [zu, zl] = [0, 0];
  let [pdfU, cdfU, gradU] = [0, 1, 0];
  if (upper === Infinity) censoring = "right";
  else {
    zu = (Math.log(upper) - pred) / sigma;
    [pdfU, cdfU, gradU] = [d.pdf(zu), d.cdf(zu), d.gradPdf(zu)];
  }
  let [pdfL, cdfL, gradL] = [0, 0, 0];
  if (lower <= 0) censoring = "left";
  else {
    zl = (Math.log(lower) - pred) / sigma;
    [pdfL, cdfL, gradL] = [d.pdf(zl), d.cdf(zl), d.gradPdf(zl)];
  }
  return {
    censoring,
    positive: zu > 0 || zl > 0,
    pdf: pdfU - pdfL,
    cdf: cdfU - cdfL,
    grad: gradU - gradL,
  };
}

/** The negative log likelihood of an interval. */
export function aftLoss(d: Distribution, lower: number, upper: number, pred: number, sigma: number): number {
  if (lower === upper) {
    const z = (Math.log(lower) - pred) / sigma;
    return -Math.log(Math.max(d.pdf(z) / (sigma * lower), EPS));
  }
  return -Math.log(Math.max(parts(d, lower, upper, pred, sigma).cdf, EPS));
}

/** Its first and second derivative by the prediction, clipped. */
function aftPair(
  d: Distribution,
  lower: number,
  upper: number,
  pred: number,
  sigma: number,
): readonly [number, number] {
  let censoring: Censoring = "none";
  let positive: boolean;
  let [gTop, gBottom, hTop, hBottom] = [0, 0, 0, 0];
  if (lower === upper) {
    const z = (Math.log(lower) - pred) / sigma;
    const [pdf, grad, hess] = [d.pdf(z), d.gradPdf(z), d.hessPdf(z)];
    positive = z > 0;
    [gTop, gBottom] = [grad, sigma * pdf];
    [hTop, hBottom] = [-(pdf * hess - grad * grad), sigma * sigma * pdf * pdf];
  } else {
    const p = parts(d, lower, upper, pred, sigma);
    ({ censoring, positive } = p);
    const root = sigma * p.cdf;
    [gTop, gBottom] = [p.pdf, root];
    [hTop, hBottom] = [-(p.cdf * p.grad - p.pdf * p.pdf), root * root];
  }
  let g = gTop / gBottom;
  if (gBottom < EPS && !Number.isFinite(g)) g = d.limitGrad(censoring, positive, sigma);
  let h = hTop / hBottom;
  if (hBottom < EPS && !Number.isFinite(h)) h = d.limitHess(censoring, positive, sigma);
  return [clip(g, GRAD_LEAST, GRAD_MOST), clip(h, HESS_LEAST, HESS_MOST)];
}

/** survival:aft: accelerated failure times between label_lower_bound and label_upper_bound. */
export class Aft extends Objective {
  readonly name = "survival:aft";
  readonly defaultMetric = "aft-nloglik";
  override readonly task = "other";

  constructor() {
    super("aft_loss_param");
  }
  override defaultMetricArgs(): Args {
    return this.params!.texts();
  }
  override targets(info: MetaInfo): number {
    return singleTarget(info);
  }
  gradient(preds: Float32Array, info: MetaInfo, _iteration: number, out: Float32Array): void {
    const { labelLower, labelUpper, weights } = info;
    for (const [name, bounds] of [
      ["labels_lower_bound_", labelLower],
      ["labels_upper_bound_", labelUpper],
    ] as const)
      if ((bounds?.length ?? 0) !== preds.length)
        throw new XGBoostError(
          `Check failed: info.${name}.Size() == ndata (${bounds?.length ?? 0} vs. ${preds.length}) : `,
        );
    const d = DISTRIBUTIONS[this.params!.choice("aft_loss_distribution")]!;
    const sigma = this.params!.number("aft_loss_distribution_scale");
    for (let i = 0; i < preds.length; i++) {
      const [g, h] = aftPair(d, labelLower![i]!, labelUpper![i]!, preds[i]!, sigma);
      const w = weights ? weights[i]! : 1;
      out[2 * i] = f32(g) * w;
      out[2 * i + 1] = f32(h) * w;
    }
  }
  override predTransform(preds: Float32Array): Float32Array {
    for (let i = 0; i < preds.length; i++) preds[i] = Math.exp(preds[i]!);
    return preds;
  }
  override evalTransform(preds: Float32Array): Float32Array {
    return preds;
  }
  override probToMargin(base: readonly number[]): number[] {
    return base.map(logf);
  }
}

/** survival:cox: proportional hazards; a negative label is a time of censoring. */
export class Cox extends Objective {
  readonly name = "survival:cox";
  readonly defaultMetric = "cox-nloglik";

  override targets(info: MetaInfo): number {
    return singleTarget(info);
  }
  gradient(preds: Float32Array, info: MetaInfo, _iteration: number, out: Float32Array): void {
    const labels = info.labels ?? new Float32Array(0);
    if (labels.length === 0)
      throw new XGBoostError("Check failed: info.labels.Size() != 0U (0 vs. 0) : label set cannot be empty");
    const order = byTime(labels);
    let sum = 0;
    for (const i of order) sum += expf(preds[i]!);
    let [r, s, lastExp, lastTime, gone] = [0, 0, 0, 0, 0];
    for (const i of order) {
      const e = Math.exp(preds[i]!);
      const w = info.weight(i);
      const y = labels[i]!;
      const time = Math.abs(y);
      gone += lastExp;
      if (lastTime < time) {
        sum -= gone;
        gone = 0;
      }
      if (y > 0) {
        r += 1 / sum;
        s += 1 / (sum * sum);
      }
      const g = e * r - (y > 0 ? 1 : 0);
      const h = e * r - e * e * s;
      out[2 * i] = g * w;
      out[2 * i + 1] = h * w;
      lastTime = time;
      lastExp = e;
    }
  }
  override predTransform(preds: Float32Array): Float32Array {
    for (let i = 0; i < preds.length; i++) preds[i] = expf(preds[i]!);
    return preds;
  }
  override probToMargin(base: readonly number[]): number[] {
    return base.map(logf);
  }
  override initEstimation(info: MetaInfo): number[] {
    return fitStump(this, info);
  }
}

/** Rows by the time of their event or censoring. */
export const byTime = (labels: Float32Array): Uint32Array => ascending(labels.map(Math.abs));
