import { nameClass, ValueError } from "@cognate/py";

/** XGBoost's error, `xgboost.core.XGBoostError`. */
export class XGBoostError extends ValueError {}
nameClass("xgboost.core.XGBoostError", XGBoostError);

const told = new Set<string>();

/** A warning of XGBoost's core, once a text. */
export function warnOnce(text: string): void {
  if (told.has(text)) return;
  told.add(text);
  console.warn(text);
}
