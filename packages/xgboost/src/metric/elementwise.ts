import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { f32, logf } from "../numeric/float32.js";
import type { Args } from "../objective/objective.js";
import { ParamSet } from "../params/param-set.js";
import type { GroupName } from "../params/table.js";
import type { Metric } from "./metric.js";

interface Row {
  readonly group?: GroupName;
  /** One label's loss in float32. */
  readonly loss: (y: number, p: number, metric: Elementwise) => number;
  readonly final?: (sum: number, weight: number) => number;
  /** The text after @ is a number that the loss uses. */
  readonly takes?: boolean;
}

const mean = (sum: number, weight: number) => (weight === 0 ? sum : sum / weight);
const root = (sum: number, weight: number) => (weight === 0 ? Math.sqrt(sum) : Math.sqrt(sum / weight));

/** log(max(x, 1e−16)) and the like keep the logarithm finite. */
const LOG_EPS = f32(1e-16);
const xlogy = (x: number, y: number) => (x === 0 ? 0 : f32(x * logf(Math.max(y, LOG_EPS))));

const ROWS: Readonly<Record<string, Row>> = {
  rmse: { loss: (y, p) => f32(f32(y - p) * f32(y - p)), final: root },
  rmsle: {
    loss: (y, p) => {
      const d = f32(f32(Math.log1p(y)) - f32(Math.log1p(p)));
      return f32(d * d);
    },
    final: root,
  },
  mae: { loss: (y, p) => Math.abs(f32(y - p)) },
  mape: { loss: (y, p) => Math.abs(f32(f32(y - p) / y)) },
  logloss: {
    loss: (y, p) => {
      const a = xlogy(y, p);
      const b = xlogy(f32(1 - y), f32(1 - p));
      return -f32(a + b);
    },
  },
  mphe: {
    group: "pseudo_huber_param",
    loss: (y, p, metric) => {
      const slope = metric.params!.number("huber_slope");
      const a = f32(f32(p - y) / slope);
      return f32(f32(slope * slope) * f32(f32(Math.sqrt(f32(1 + f32(a * a)))) - 1));
    },
  },
  error: {
    takes: true,
    loss: (y, p, metric) => {
      const at = metric.parameter ?? 0.5;
      return p > at ? f32(1 - y) : y;
    },
  },
  "poisson-nloglik": {
    loss: (y, p) => {
      const safe = Math.max(p, LOG_EPS);
      return f32(f32(f32(logGamma(f32(y + 1))) + safe) - f32(logf(safe) * y));
    },
  },
  "gamma-deviance": {
    loss: (y, p) => {
      const eps = 1e-6;
      const [yy, pp] = [f32(y + eps), f32(p + eps)];
      return f32(f32(logf(f32(pp / yy)) + f32(yy / pp)) - 1);
    },
    final: (sum, weight) => 2 * (weight <= 0 ? sum / (weight + 1e-6) : sum / weight),
  },
  "gamma-nloglik": {
    loss: (y, p0) => {
      const p = Math.max(p0, f32(1e-6));
      const theta = f32(-1 / p);
      const b = -logf(-theta);
      // With the dispersion at 1 the normalising term vanishes.
      return -f32(f32(f32(y * theta) - b));
    },
  },
  "tweedie-nloglik": {
    takes: true,
    loss: (y, p, metric) => {
      const rho = f32(metric.parameter!);
      const a = f32((y * f32(Math.exp(f32(f32(1 - rho) * logf(p))))) / f32(1 - rho));
      const b = f32(f32(Math.exp(f32(f32(2 - rho) * logf(p)))) / f32(2 - rho));
      return f32(-a + b);
    },
  },
};

/** A metric that is a mean over labels. */
class Elementwise implements Metric {
  readonly params: ParamSet | null;
  constructor(
    readonly name: string,
    private readonly row: Row,
    readonly parameter: number | null,
  ) {
    this.params = row.group ? new ParamSet(row.group) : null;
  }
  configure(args: Args): void {
    this.params?.update(args);
  }
  evaluate(preds: Float32Array, info: MetaInfo): number {
    const { labels, weights } = info;
    if ((labels?.length ?? 0) !== preds.length)
      throw new XGBoostError(
        `Check failed: preds.Size() == info.labels.Size() (${preds.length} vs. ${labels?.length ?? 0}) : label and prediction size not match, hint: use merror or mlogloss for multi-class classification`,
      );
    const columns = info.numTargets;
    let [sum, total] = [0, 0];
    for (let i = 0; i < preds.length; i++) {
      const w = weights ? weights[Math.floor(i / columns)]! : 1;
      sum += f32(this.row.loss(labels![i]!, preds[i]!, this) * w);
      total += w;
    }
    return (this.row.final ?? mean)(sum, total);
  }
}

/** ln Γ(x) for x > 0, by Stirling's series after shifting x above 10. */
export function logGamma(x0: number): number {
  let x = x0;
  let shift = 0;
  while (x < 10) shift -= Math.log(x++);
  const z = 1 / (x * x);
  const series =
    (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - (z * 691) / 360360))))) / x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.9189385332046728 + series;
}

export function elementwise(base: string, name: string, parameter: number | null): Metric | null {
  const row = ROWS[base];
  if (!row || (parameter !== null && !row.takes)) return null;
  return new Elementwise(name, row, parameter);
}
