import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { expf, f32, logf, logit, RT_EPS, sigmoid } from "../numeric/float32.js";
import type { GroupName } from "../params/table.js";
import { type Args, checkShapes, fitStump, meanLabels, Objective } from "./objective.js";

/** A loss that treats every label by itself. */
interface Pointwise {
  readonly name: string;
  readonly metric: string;
  readonly group?: GroupName;
  readonly constHess?: boolean;
  /** The gradient and hessian of margin p (or its transform) at label y, before weights, in float32. */
  grad(p: number, y: number, objective: PointwiseObjective): number;
  hess(p: number, y: number, objective: PointwiseObjective): number;
  readonly transform?: (x: number) => number;
  readonly link?: (x: number) => number;
  readonly validLabel?: (y: number) => boolean;
  readonly labelError?: string;
  readonly validBase?: (b: number) => boolean;
  readonly baseError?: string;
  /** `base_score` is the labels' mean, else one Newton step. */
  readonly mean: boolean;
  /** scale_pos_weight counts. */
  readonly scaled?: boolean;
  /** Margins are transformed before `pair`. */
  readonly onTransformed?: boolean;
}

class PointwiseObjective extends Objective {
  readonly name: string;
  override readonly constHess: boolean;

  constructor(readonly loss: Pointwise) {
    super(loss.group ?? null);
    this.name = loss.name;
    this.constHess = loss.constHess ?? false;
  }

  get defaultMetric(): string {
    return this.loss.metric;
  }

  gradient(preds: Float32Array, info: MetaInfo, iteration: number, out: Float32Array): void {
    const { loss } = this;
    checkShapes(info, preds);
    const labels = info.labels!;
    if (iteration === 0 && loss.validLabel && !labels.every(loss.validLabel))
      throw new XGBoostError(loss.labelError!);
    const { weights } = info;
    const columns = this.targets(info);
    const scale = loss.scaled ? this.params!.number("scale_pos_weight") : 1;
    const { transform } = loss;
    for (let i = 0; i < preds.length; i++) {
      const y = labels[i]!;
      let w = weights ? weights[columns === 1 ? i : Math.floor(i / columns)]! : 1;
      if (y === 1) w = f32(w * scale);
      const p = loss.onTransformed ? transform!(preds[i]!) : preds[i]!;
      out[2 * i] = loss.grad(p, y, this) * w;
      out[2 * i + 1] = loss.hess(p, y, this) * w;
    }
  }
  override defaultMetricArgs(): Args {
    return this.name === "reg:pseudohubererror" ? this.params!.texts() : [];
  }
  override predTransform(preds: Float32Array): Float32Array {
    const { transform } = this.loss;
    if (transform) for (let i = 0; i < preds.length; i++) preds[i] = transform(preds[i]!);
    return preds;
  }
  override probToMargin(base: readonly number[]): number[] {
    const { link, validBase, baseError } = this.loss;
    if (validBase && !base.every(validBase)) throw new XGBoostError(`Check failed: is_valid: ${baseError!}`);
    return link ? base.map(link) : [...base];
  }
  override initEstimation(info: MetaInfo): number[] {
    if (!this.loss.mean) return fitStump(this, info);
    if (this.loss.scaled && Math.abs(f32(this.params!.number("scale_pos_weight") - 1)) > RT_EPS)
      return fitStump(this, info);
    return meanLabels(info);
  }
}

const HESS_EPS = f32(1e-16);
const UNIT = (y: number) => y >= 0 && y <= 1;
const logisticHess = (p: number) => Math.max(f32(p * f32(1 - p)), HESS_EPS);

const logistic = {
  group: "reg_loss_param",
  transform: sigmoid,
  onTransformed: true,
  grad: (p: number, y: number) => f32(p - y),
  hess: logisticHess,
  link: (b: number) => logit(Math.min(Math.max(b, RT_EPS), f32(1 - RT_EPS))),
  validLabel: UNIT,
  labelError: "label must be in (0, 1) for logistic regression",
  validBase: UNIT,
  baseError: "base_score must be in (0,1) for the logistic loss.",
  mean: true,
  scaled: true,
} as const;

const LOG1P_LEAST = f32(-1 + 1e-6);
const log1pf = (x: number) => f32(Math.log1p(x));
const nonNegative = {
  validLabel: (y: number) => y >= 0,
  labelError: "label must be non-negative for Poisson/Tweedie regression.",
};

function slopeOf(objective: Objective): number {
  const slope = objective.params!.number("huber_slope");
  if (slope === 0)
    throw new XGBoostError("Check failed: slope != 0.0 (0 vs. 0) : slope for pseudo huber cannot be 0.");
  return slope;
}
const huberRoot = (z: number, slope: number) => f32(Math.sqrt(f32(1 + f32(f32(z * z) / f32(slope * slope)))));

const LOSSES: readonly Pointwise[] = [
  {
    name: "reg:squarederror",
    metric: "rmse",
    group: "reg_loss_param",
    constHess: true,
    grad: (p, y) => f32(p - y),
    hess: () => 1,
    mean: true,
    scaled: true,
  },
  { ...logistic, name: "reg:logistic", metric: "rmse" },
  { ...logistic, name: "binary:logistic", metric: "logloss" },
  {
    ...logistic,
    name: "binary:logitraw",
    metric: "logloss",
    transform: undefined,
    onTransformed: false,
    grad: (m, y) => f32(sigmoid(m) - y),
    hess: (m) => logisticHess(sigmoid(m)),
    link: undefined,
    validBase: undefined,
  },
  {
    name: "reg:gamma",
    metric: "gamma-deviance",
    group: "reg_loss_param",
    transform: expf,
    onTransformed: true,
    grad: (p, y) => f32(1 - f32(y / p)),
    hess: (p, y) => f32(y / p),
    link: logf,
    validLabel: (y) => y > 0,
    labelError: "label must be positive for gamma regression.",
    validBase: (b) => b > 0,
    baseError: "`base_score` must be greater than 0 for gamma regression",
    mean: true,
    scaled: true,
  },
  {
    name: "reg:squaredlogerror",
    metric: "rmsle",
    grad: (m, y) => {
      const p = Math.max(m, LOG1P_LEAST);
      return f32(f32(log1pf(p) - log1pf(y)) / f32(p + 1));
    },
    hess: (m, y) => {
      const p = Math.max(m, LOG1P_LEAST);
      const h = f32(f32(f32(-log1pf(p) + log1pf(y)) + 1) / f32(p + 1) ** 2);
      return Math.max(h, RT_EPS);
    },
    validLabel: (y) => y > -1,
    labelError: "label must be greater than -1 for rmsle so that log(label + 1) can be valid.",
    mean: false,
  },
  {
    name: "reg:pseudohubererror",
    metric: "mphe",
    group: "pseudo_huber_param",
    grad: (p, y, objective) => {
      const z = f32(p - y);
      return f32(z / huberRoot(z, slopeOf(objective)));
    },
    hess: (p, y, objective) => {
      const slope = slopeOf(objective);
      const z = f32(p - y);
      const s2 = f32(slope * slope);
      return f32(s2 / f32(f32(s2 + f32(z * z)) * huberRoot(z, slope)));
    },
    mean: false,
  },
  {
    ...nonNegative,
    name: "count:poisson",
    metric: "poisson-nloglik",
    group: "poisson_regression_param",
    transform: expf,
    grad: (p, y) => f32(expf(p) - y),
    hess: (p, _, objective) => expf(f32(p + objective.params!.number("max_delta_step"))),
    link: logf,
    mean: true,
  },
  {
    ...nonNegative,
    name: "reg:tweedie",
    metric: "tweedie-nloglik",
    group: "tweedie_regression_param",
    transform: expf,
    grad: (p, y, objective) => {
      const rho = objective.params!.number("tweedie_variance_power");
      return f32(f32(-y * expf(f32(f32(1 - rho) * p))) + expf(f32(f32(2 - rho) * p)));
    },
    hess: (p, y, objective) => {
      const rho = objective.params!.number("tweedie_variance_power");
      const [one, two] = [f32(1 - rho), f32(2 - rho)];
      return f32(f32(f32(-y * one) * expf(f32(one * p))) + f32(two * expf(f32(two * p))));
    },
    link: logf,
    mean: true,
  },
];

/** binary:hinge: labels −1 and 1, no slope past margin 1. */
class Hinge extends Objective {
  readonly name = "binary:hinge";
  readonly defaultMetric = "error";
  gradient(preds: Float32Array, info: MetaInfo, _iteration: number, out: Float32Array): void {
    checkShapes(info, preds);
    const columns = this.targets(info);
    for (let i = 0; i < preds.length; i++) {
      const w = info.weight(Math.floor(i / columns));
      const y = info.labels![i]! * 2 - 1;
      const inside = preds[i]! * y < 1;
      out[2 * i] = inside ? -y * w : 0;
      out[2 * i + 1] = inside ? w : FLT_MIN;
    }
  }
  override predTransform(preds: Float32Array): Float32Array {
    return preds.map((p) => (p > 0 ? 1 : 0));
  }
  override initEstimation(info: MetaInfo): number[] {
    return fitStump(this, info);
  }
}
/** The smallest normal float32. */
const FLT_MIN = 2 ** -126;

class Tweedie extends PointwiseObjective {
  override get defaultMetric(): string {
    return `tweedie-nloglik@${shortFloat(this.params!.number("tweedie_variance_power"))}`;
  }
}

/** As C++ streams print a float: six digits. */
export const shortFloat = (x: number): string => String(Number(x.toPrecision(6)));

export const POINTWISE: ReadonlyMap<string, () => Objective> = new Map<string, () => Objective>([
  ...LOSSES.map(
    (loss) =>
      [
        loss.name,
        () => (loss.name === "reg:tweedie" ? new Tweedie(loss) : new PointwiseObjective(loss)),
      ] as const,
  ),
  ["reg:linear", () => new PointwiseObjective(LOSSES[0]!)],
  ["binary:hinge", () => new Hinge()],
]);
