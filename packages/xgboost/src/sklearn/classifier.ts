import { type ArrayLike, isText, type ndarray, textArray } from "@cognate/ndarray/core";
import { asArray } from "@cognate/ndarray/functions";
import { callable, def, type Method, pyClass, str, ValueError } from "@cognate/py";
import { type DataLike, f32array, i64array } from "../python/arrays.js";
import type { CustomObjective, IterationRange } from "../python/booster.js";
import { objectiveOf } from "./evaluation.js";
import { type FitOptions, fitDef, install, XGBModel } from "./model.js";
import type { EstimatorParams, SklearnObjective } from "./params.js";
import { FOREST, noRounds } from "./regressor.js";
import { accuracy } from "./scores.js";

/** The different labels in order, as `np.unique` gives them. */
function uniqueLabels(y: ArrayLike): ndarray {
  if (isText(y)) return textArray([...new Set(textArray(y)._flat())].sort());
  const a = asArray(y);
  const list = [...new Set((a.ravel() as ndarray).tolist() as number[])].sort(
    (p, q) => Number(p) - Number(q),
  );
  return asArray(list as unknown as ArrayLike).astype(a.dtype) as ndarray;
}

class XGBClassifierImpl extends XGBModel {
  declare n_classes_: number;

  constructor(params: EstimatorParams = {}) {
    super(params);
  }
  override get _own(): readonly Readonly<Record<string, unknown>>[] {
    return [{ objective: "binary:logistic" }];
  }
  override get _estimator_type(): string {
    return "classifier";
  }
  /** 0 … n_classes_ − 1. */
  get classes_(): ndarray {
    return i64array(Array.from({ length: this.n_classes_ }, (_, i) => i));
  }
  private findClasses(y: ArrayLike): void {
    const classes = uniqueLabels(y);
    this.n_classes_ = classes.size;
    const expected = this.classes_;
    const equal = !isText(classes) && (classes.tolist() as unknown[]).every((c, i) => Number(c) === i);
    if (!equal)
      throw new ValueError(
        `Invalid classes inferred from unique values of \`y\`.  Expected: ${str(expected)}, got ${str(classes)}`,
      );
  }
  override _fit(d: Parameters<XGBModel["_fit"]>[0]): void {
    this.findClasses(d.y);
    const params = this.get_xgb_params();
    const custom = callable(this.objective);
    let obj: CustomObjective | null = null;
    if (custom) {
      obj = objectiveOf(this.objective as SklearnObjective);
      params.objective = "binary:logistic";
    }
    if (this.n_classes_ > 2) {
      if (params.objective !== "multi:softmax") params.objective = "multi:softprob";
      params.num_class = this.n_classes_;
    }
    this._train(d, params, obj, (d as FitOptions).verbose ?? true);
    if (!custom) this.objective = params.objective as string;
  }
  override _loaded(): void {
    super._loaded();
    const { numClass } = this.get_booster()._learner;
    this.n_classes_ = Math.max(numClass, 2);
  }
  /** Class numbers of predictions. */
  _labels(probs: ndarray): ndarray {
    const list = probs.data as Float32Array;
    const rows = probs.shape[0]!;
    if (probs.ndim > 1 && this.n_classes_ !== 2) return probs.argmax(1) as ndarray;
    if (probs.ndim > 1 && probs.shape[1] !== 1)
      return asArray(Array.from(list, (p) => (p > 0.5 ? 1 : 0)))
        .astype("float64")
        .reshape(rows, -1) as ndarray;
    if (this.objective === "multi:softmax") return probs.astype("int32") as ndarray;
    return i64array(Array.from({ length: rows }, (_, i) => (list[i]! > 0.5 ? 1 : 0)));
  }
  _probabilities(
    X: DataLike,
    validate_features: boolean,
    base_margin: ArrayLike | null,
    iteration_range: IterationRange | null,
  ): ndarray {
    if (this.objective === "multi:softmax")
      return softmaxRows(this._predict(X, true, validate_features, base_margin, iteration_range));
    const probs = this._predict(X, false, validate_features, base_margin, iteration_range);
    const [rows, width] = [probs.shape[0]!, probs.ndim === 2 ? probs.shape[1]! : 0];
    if (width === this.n_classes_ || (this.n_classes_ === 2 && width >= 2)) return probs;
    const one = probs.data as Float32Array;
    const out = new Float32Array(2 * rows);
    for (let i = 0; i < rows; i++) {
      out[2 * i] = 1 - one[i]!;
      out[2 * i + 1] = one[i]!;
    }
    return f32array(out, [rows, 2]);
  }
}

/** exp(x − max) / Σ, in float32 as SciPy does it. */
function softmaxRows(margin: ndarray): ndarray {
  const [rows, width] = [margin.shape[0]!, margin.shape[1]!];
  const x = margin.data as Float32Array;
  const out = new Float32Array(x.length);
  for (let i = 0; i < rows; i++) {
    const row = x.subarray(i * width, (i + 1) * width);
    const most = Math.max(...row);
    let sum = 0;
    row.forEach((v, k) => {
      out[i * width + k] = Math.exp(Math.fround(v - most));
      sum = Math.fround(sum + out[i * width + k]!);
    });
    for (let k = 0; k < width; k++) out[i * width + k]! /= sum;
  }
  return f32array(out, [rows, width]);
}

const predictDef = def(
  "XGBClassifier.predict",
  "self X:dict output_margin validate_features base_margin iteration_range",
  (
    self: XGBClassifierImpl,
    X: DataLike,
    output_margin = false,
    validate_features = true,
    base_margin: ArrayLike | null = null,
    iteration_range: IterationRange | null = null,
  ): ndarray => {
    const probs = self._predict(X, output_margin, validate_features, base_margin, iteration_range);
    return output_margin ? probs : self._labels(probs);
  },
);
const probaDef = def(
  "XGBClassifier.predict_proba",
  "self X:dict validate_features base_margin iteration_range",
  (
    self: XGBClassifierImpl,
    X: DataLike,
    validate_features = true,
    base_margin: ArrayLike | null = null,
    iteration_range: IterationRange | null = null,
  ): ndarray => self._probabilities(X, validate_features, base_margin, iteration_range),
);
const scoreDef = def(
  "ClassifierMixin.score",
  "self X:dict y sample_weight",
  (self: XGBClassifierImpl, X: DataLike, y: ArrayLike, sample_weight: ArrayLike | null = null): number =>
    accuracy(y, self._labels(self._predict(X, false, true, null, null)), sample_weight),
);
interface XGBClassifierImpl {
  /** A probability for each class, rows × classes. */
  predict_proba: Method<typeof probaDef>;
  /** The share of right predictions. */
  score: Method<typeof scoreDef>;
}
install(XGBClassifierImpl, "XGBClassifier", {
  fit: fitDef<XGBClassifierImpl>("XGBClassifier"),
  predict: predictDef,
  predict_proba: probaDef,
});
install(XGBClassifierImpl, "ClassifierMixin", { score: scoreDef });

/**
 * XGBoost for classification, with scikit-learn's interface. Labels are 0 … k − 1.
 *
 * Source: XGBoost 3.2, `xgboost.XGBClassifier`.
 *
 * @example
 * ```ts
 * import { XGBClassifier } from "@cognate/xgboost";
 * import { print } from "@cognate/py";
 * const X = [[1], [2], [3], [4]];
 * const model = XGBClassifier({ n_estimators: 5, min_child_weight: 0, tree_method: "exact" }).fit(X, [0, 0, 1, 1]);
 * print(model.predict([[1.2], [3.9]]), model.classes_, model.score(X, [0, 0, 1, 1])); // prints [0 1] [0 1] 1.0
 * ```
 */
export const XGBClassifier = pyClass("xgboost.sklearn.XGBClassifier", "**params" as const, XGBClassifierImpl);
export type XGBClassifier = XGBClassifierImpl;

class XGBRFClassifierImpl extends XGBClassifier {
  constructor(params: EstimatorParams = {}) {
    super(params);
    noRounds(this);
  }
  override get _own(): readonly Readonly<Record<string, unknown>>[] {
    return [FOREST, ...super._own];
  }
  override get_xgb_params(): Record<string, unknown> {
    return { ...super.get_xgb_params(), num_parallel_tree: super.get_num_boosting_rounds() };
  }
  override get_num_boosting_rounds(): number {
    return 1;
  }
}
install(XGBRFClassifierImpl, "XGBRFClassifier", { fit: fitDef<XGBRFClassifierImpl>("XGBRFClassifier") });

/** A random forest for classification: one round of `n_estimators` trees. Source: XGBoost 3.2, `xgboost.XGBRFClassifier`. */
export const XGBRFClassifier = pyClass(
  "xgboost.sklearn.XGBRFClassifier",
  "**params" as const,
  XGBRFClassifierImpl,
);
export type XGBRFClassifier = XGBRFClassifierImpl;
