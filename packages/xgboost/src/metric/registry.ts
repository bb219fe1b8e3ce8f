import { XGBoostError } from "../errors.js";
import { f32 } from "../numeric/float32.js";
import { shortFloat } from "../objective/regression.js";
import { aucMetric } from "./auc.js";
import { elementwise } from "./elementwise.js";
import type { Metric } from "./metric.js";
import { multiclass } from "./multiclass.js";
import { rankMetric } from "./rank.js";
import { specialMetric } from "./special.js";

/** A metric by the name that `eval_metric` takes: `logloss`, `error@0.7`, `ndcg@5-`, `map-` … */
export function createMetric(name: string): Metric {
  const [base, parameter] = parts(name);
  const metric =
    numbered(base, parameter) ??
    rankMetric(base, parameter) ??
    aucMetric(base) ??
    specialMetric(base, parameter) ??
    multiclass(base) ??
    elementwise(base, base, null);
  if (!metric) throw new XGBoostError(`Unknown metric function ${name}`);
  return metric;
}

function parts(name: string): [string, string | null] {
  const at = name.indexOf("@");
  if (at >= 0) return [name.slice(0, at), name.slice(at + 1)];
  return name.endsWith("-") ? [name.slice(0, -1), "-"] : [name, null];
}

/** The elementwise metrics that take a number. */
function numbered(base: string, parameter: string | null): Metric | null {
  if (base === "error" && parameter !== null) {
    const threshold = f32(Number.parseFloat(parameter));
    if (Number.isNaN(threshold))
      throw new XGBoostError(
        'Check failed: sscanf(param, "%f", &threshold_) == 1 (0 vs. 1) : unable to parse the threshold value for the error metric',
      );
    return elementwise(base, threshold === 0.5 ? base : `error@${shortFloat(threshold)}`, threshold);
  }
  if (base !== "tweedie-nloglik") return null;
  if (parameter === null)
    throw new XGBoostError(
      "Check failed: param != nullptr: tweedie-nloglik must be in format tweedie-nloglik@rho",
    );
  const rho = f32(Number.parseFloat(parameter) || 0);
  if (!(rho < 2 && rho >= 1))
    throw new XGBoostError(
      "Check failed: rho_ < 2 && rho_ >= 1: tweedie variance power must be in interval [1, 2)",
    );
  return elementwise(base, `tweedie-nloglik@${shortFloat(rho)}`, rho);
}
