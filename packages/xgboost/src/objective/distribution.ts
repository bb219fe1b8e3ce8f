import { erf } from "../numeric/erf.js";

/** A distribution of the noise of survival times, by z = (ln y − prediction) / σ. */
export interface Distribution {
  pdf(z: number): number;
  cdf(z: number): number;
  gradPdf(z: number): number;
  hessPdf(z: number): number;
  /** Gradient and hessian where the formulas are 0/0. */
  limitGrad(censoring: Censoring, positive: boolean, sigma: number): number;
  limitHess(censoring: Censoring, positive: boolean, sigma: number): number;
}
export type Censoring = "none" | "right" | "left" | "interval";

export const [GRAD_LEAST, GRAD_MOST] = [-15, 15];
export const [HESS_LEAST, HESS_MOST] = [1e-16, 15];

/** By censoring: what the limit is for z > 0, and else. */
type Limits = Readonly<Record<Censoring, readonly [number, number]>>;
const pick = (limits: Limits, censoring: Censoring, positive: boolean) => limits[censoring][positive ? 0 : 1];

const normalPdf = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
const normal: Distribution = {
  pdf: normalPdf,
  cdf: (z) => 0.5 * (1 + erf(z / Math.sqrt(2))),
  gradPdf: (z) => -z * normalPdf(z),
  hessPdf: (z) => (z * z - 1) * normalPdf(z),
  limitGrad: (c, positive) =>
    pick(
      {
        none: [GRAD_LEAST, GRAD_MOST],
        right: [GRAD_LEAST, 0],
        left: [0, GRAD_MOST],
        interval: [GRAD_LEAST, GRAD_MOST],
      },
      c,
      positive,
    ),
  limitHess: (c, positive, sigma) => {
    const h = 1 / (sigma * sigma);
    return pick(
      { none: [h, h], right: [h, HESS_LEAST], left: [HESS_LEAST, h], interval: [h, h] },
      c,
      positive,
    );
  },
};

function logisticPdf(z: number): number {
  const w = Math.exp(z);
  return Number.isFinite(w * w) ? w / ((1 + w) * (1 + w)) : 0;
}
const logistic: Distribution = {
  pdf: logisticPdf,
  cdf: (z) => {
    const w = Math.exp(z);
    return Number.isFinite(w) ? w / (1 + w) : 1;
  },
  gradPdf: (z) => {
    const w = Math.exp(z);
    return Number.isFinite(w) ? (logisticPdf(z) * (1 - w)) / (1 + w) : 0;
  },
  hessPdf: (z) => {
    const w = Math.exp(z);
    return Number.isFinite(w * w) ? (logisticPdf(z) * (w * w - 4 * w + 1)) / ((1 + w) * (1 + w)) : 0;
  },
  limitGrad: (c, positive, sigma) => {
    const g = 1 / sigma;
    return pick({ none: [-g, g], right: [-g, 0], left: [0, g], interval: [-g, g] }, c, positive);
  },
  limitHess: () => HESS_LEAST,
};

function extremePdf(z: number): number {
  const w = Math.exp(z);
  return Number.isFinite(w) ? w * Math.exp(-w) : 0;
}
const extreme: Distribution = {
  pdf: extremePdf,
  cdf: (z) => 1 - Math.exp(-Math.exp(z)),
  gradPdf: (z) => {
    const w = Math.exp(z);
    return Number.isFinite(w) ? (1 - w) * extremePdf(z) : 0;
  },
  hessPdf: (z) => {
    const w = Math.exp(z);
    return Number.isFinite(w * w) ? (w * w - 3 * w + 1) * extremePdf(z) : 0;
  },
  limitGrad: (c, positive, sigma) => {
    const g = 1 / sigma;
    return pick(
      { none: [GRAD_LEAST, g], right: [GRAD_LEAST, 0], left: [0, g], interval: [GRAD_LEAST, g] },
      c,
      positive,
    );
  },
  limitHess: (c, positive) => {
    const both: readonly [number, number] = [HESS_MOST, HESS_LEAST];
    return pick({ none: both, right: both, left: [HESS_LEAST, HESS_LEAST], interval: both }, c, positive);
  },
};

export const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = { normal, logistic, extreme };
