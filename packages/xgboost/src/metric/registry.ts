import { XGBoostError } from "../errors.js";
import { elementwise } from "./elementwise.js";
import type { Metric } from "./metric.js";
import { multiclass } from "./multiclass.js";

/** A metric by the name that `eval_metric` takes. */
export function createMetric(name: string): Metric {
  const [base, text] = name.split("@") as [string, string | undefined];
  const parameter = text === undefined ? null : Number.parseFloat(text);
  const metric = elementwise(base, name, parameter) ?? multiclass(base);
  if (!metric) throw new XGBoostError(`Unknown metric function ${name}`);
  return metric;
}
