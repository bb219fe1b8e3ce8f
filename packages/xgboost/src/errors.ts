import { nameClass, ValueError } from "@cognate/py";

/** XGBoost's error, `xgboost.core.XGBoostError`. */
export class XGBoostError extends ValueError {}
nameClass("xgboost.core.XGBoostError", XGBoostError);
