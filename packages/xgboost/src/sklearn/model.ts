import { type ArrayLike, type ndarray, textArray } from "@cognate/ndarray/core";
import { asArray } from "@cognate/ndarray/functions";
import {
  AttributeError,
  callable,
  className,
  def,
  type Method,
  method,
  nameClass,
  pyClass,
  repr,
  TypeError,
  UserWarning,
  ValueError,
  warn,
} from "@cognate/py";
import { XGBoostError } from "../errors.js";
import { type DataLike, f32array } from "../python/arrays.js";
import {
  Booster,
  type CustomMetric,
  type CustomObjective,
  type IterationRange,
  type ModelFile,
} from "../python/booster.js";
import type { EvalsLog } from "../python/callback.js";
import { DMatrix, QuantileDMatrix } from "../python/dmatrix.js";
import { Categories, isTable } from "../python/frame.js";
import { train } from "../python/training.js";
import { type FitData, matrices, metricsOf, objectiveOf } from "./evaluation.js";
import { DEFAULTS, type EstimatorParams, type SklearnObjective, WRAPPER } from "./params.js";
import { estimatorText } from "./text.js";

/** Raised before `fit`. */
export class NotFittedError extends ValueError {}
nameClass("sklearn.exceptions.NotFittedError", NotFittedError);

type Bag = Record<string, unknown>;

/** What `fit` takes beside X and y. */
export interface FitOptions extends Omit<FitData, "X" | "y"> {
  readonly verbose?: boolean | number | null;
  readonly xgb_model?: ModelFile | XGBModelImpl | null;
  readonly feature_weights?: ArrayLike | null;
}

class XGBModelImpl {
  declare n_estimators: number | null;
  declare objective: string | SklearnObjective | null;
  declare booster: string | null;
  declare tree_method: string | null;
  declare base_score: unknown;
  declare missing: number;
  declare n_jobs: number | null;
  declare max_bin: number | null;
  declare random_state: unknown;
  declare device: string | null;
  declare eval_metric: unknown;
  declare early_stopping_rounds: number | null;
  declare callbacks: EstimatorParams["callbacks"];
  declare enable_categorical: boolean;
  declare feature_types: readonly string[] | null;
  declare feature_weights: ArrayLike | null;
  declare importance_type: string | null;
  declare verbosity: number | null;
  declare kwargs: Bag | undefined;
  declare evals_result_: EvalsLog | undefined;
  declare _Booster: Booster | undefined;

  constructor(params: EstimatorParams = {}) {
    const given: Bag = { ...this._defaults(), ...defined(params) };
    for (const [name, value] of Object.entries(given)) {
      if (name in DEFAULTS) (this as unknown as Bag)[name] = value;
      else {
        this.kwargs ??= {};
        this.kwargs[name] = value;
      }
    }
    if (this.feature_types instanceof Categories)
      throw new TypeError(
        "If you are training with a prior model (training continuation), The scikit-learn interface can automatically reuse the categories from that model.",
      );
  }

  /** Defaults of the class where they are not XGBModel's. */
  _defaults(): Bag {
    return Object.assign({}, DEFAULTS, ...this._own) as Bag;
  }
  /** The parameters of the class's own constructor with their defaults, then those of its bases. */
  get _own(): readonly Readonly<Bag>[] {
    return [];
  }
  get _estimator_type(): string | undefined {
    return undefined;
  }
  _type(): string {
    const type = this._estimator_type;
    if (type === undefined)
      throw new TypeError(
        "`_estimator_type` undefined.  Please use appropriate mixin to define estimator type.",
      );
    return type;
  }
  get _name(): string {
    return className(this.constructor);
  }

  /** Parameters by name. */
  get_params(_deep: unknown = true): Bag {
    const own = this as unknown as Bag;
    const first = this._own.flatMap((level) => Object.keys(level).sort());
    const names = [...new Set([...first, ...Object.keys(DEFAULTS)])];
    const out: Bag = Object.fromEntries(names.map((n) => [n, own[n]]));
    Object.assign(out, this.kwargs ?? {});
    const seed = out.random_state as {
      randint?: (high: number) => unknown;
      integers?: (high: number) => unknown;
    } | null;
    if (typeof seed === "object" && seed !== null) {
      if (seed.randint) out.random_state = Number(seed.randint(2147483647));
      else if (seed.integers) out.random_state = Number(seed.integers(2147483647));
    }
    return out;
  }
  /** Changes parameters; those that no estimator has are handed to the booster. */
  set_params(params: EstimatorParams = {}): this {
    for (const [key, value] of Object.entries(params)) {
      if (key in this || key in DEFAULTS) (this as unknown as Bag)[key] = value;
      else {
        this.kwargs ??= {};
        this.kwargs[key] = value;
      }
    }
    if (this._Booster && Object.keys(params).length > 0) this._Booster.set_param(this.get_xgb_params());
    return this;
  }
  /** The parameters that the booster takes. */
  get_xgb_params(): Bag {
    return Object.fromEntries(
      Object.entries(this.get_params()).filter(([k, v]) => !WRAPPER.has(k) && !callable(v)),
    );
  }
  get_num_boosting_rounds(): number {
    return this.n_estimators ?? 100;
  }
  /** The trained model. @throws NotFittedError */
  get_booster(): Booster {
    if (!this._Booster) throw new NotFittedError("need to call fit or load_model beforehand");
    return this._Booster;
  }

  __repr__(): string {
    const params = this.get_params();
    const standard: Readonly<Bag> = this._own[0] ?? DEFAULTS;
    const changed = Object.keys(params)
      .sort()
      .filter((n) => !(n in standard && repr(params[n]) === repr(standard[n])));
    return estimatorText(
      this._name,
      changed.map((n) => [n, params[n]] as const),
    );
  }
  toString(): string {
    return this.__repr__();
  }
  /** A new estimator with the same parameters. */
  __sklearn_clone__(): this {
    const Class = this.constructor as new (params: EstimatorParams) => this;
    return new Class(this.get_params() as EstimatorParams);
  }

  // Training.
  _createDMatrix(ref: DMatrix | null, fields: Readonly<Bag>): DMatrix {
    const all = { ...fields, nthread: this.n_jobs };
    const binned =
      ["hist", null, undefined, "auto"].includes(this.tree_method) && this.booster !== "gblinear";
    if (binned) return QuantileDMatrix({ ...all, ref, max_bin: this.max_bin } as never);
    return DMatrix(all as never);
  }
  /** Fits with the parameters as they are at last. */
  _train(
    d: FitData & FitOptions,
    params: Bag,
    obj: CustomObjective | null,
    verbose: boolean | number | null,
  ): void {
    const { model, metric, weights } = this._configure(d, params);
    const known =
      model instanceof Booster && isTable(d.X) && !model.get_categories().empty()
        ? model.get_categories()
        : null;
    const { train: dtrain, evals } = matrices(d, (ref, fields) =>
      this._createDMatrix(ref, {
        ...fields,
        ...(ref === null ? { feature_weights: weights } : {}),
        missing: this.missing,
        enable_categorical: this.enable_categorical,
        feature_types: known ?? this.feature_types,
      }),
    );
    const evals_result: EvalsLog = {};
    this._Booster = train(params, dtrain, this.get_num_boosting_rounds(), {
      evals,
      obj,
      early_stopping_rounds: this.early_stopping_rounds,
      evals_result,
      verbose_eval: verbose,
      xgb_model: model,
      callbacks: this.callbacks ?? null,
      custom_metric: metric,
    });
    if (Object.keys(evals_result).length > 0) this.evals_result_ = evals_result;
  }
  private _configure(
    d: FitOptions,
    params: Bag,
  ): { model: ModelFile | null; metric: CustomMetric | null; weights: ArrayLike | null } {
    const given = d.xgb_model ?? null;
    const prior = given instanceof XGBModelImpl ? given.get_booster() : given;
    const model = typeof prior === "string" ? new Booster(null, null, prior) : prior;
    const { named, custom } = metricsOf(this.eval_metric, this._estimator_type === "ranker");
    if (named) params.eval_metric = named;
    const weights = d.feature_weights ?? null;
    if (weights !== null) {
      warn(
        "`feature_weights` in `fit` method is deprecated for better compatibility with scikit-learn, use `feature_weights` in constructor or`set_params` instead.",
        UserWarning,
      );
      if (this.feature_weights !== null)
        throw new ValueError(
          "2 different `feature_weights` are provided.  Use the one in constructor or `set_params` instead.",
        );
    }
    if (this.enable_categorical && params.tree_method === "exact")
      throw new ValueError(
        "Experimental support for categorical data is not implemented for current tree method yet.",
      );
    return { model, metric: custom, weights: this.feature_weights ?? weights };
  }
  _fit(d: FitData & FitOptions): void {
    const params = this.get_xgb_params();
    let obj: CustomObjective | null = null;
    if (callable(this.objective)) {
      obj = objectiveOf(this.objective as SklearnObjective);
      params.objective = "reg:squarederror";
    }
    this._train(d, params, obj, d.verbose ?? true);
  }

  // Prediction.
  _range(given: IterationRange | null): IterationRange {
    if (this.booster === "gblinear") return [0, 0];
    if (given !== null && given[1] !== 0) return given;
    const best = this.get_booster().attr("best_iteration");
    return best === null ? [0, 0] : [0, Number.parseInt(best, 10) + 1];
  }
  _predict(
    X: DataLike,
    output_margin: boolean,
    validate_features: boolean,
    base_margin: ArrayLike | null,
    given: IterationRange | null,
  ): ndarray {
    const booster = this.get_booster();
    const iteration_range = this._range(given);
    if (this.booster !== "gblinear")
      return booster.inplace_predict(
        X as never,
        {
          iteration_range,
          predict_type: output_margin ? "margin" : "value",
          missing: this.missing,
          base_margin,
          validate_features,
        } as never,
      );
    return booster.predict(this._test(X, base_margin), {
      iteration_range,
      output_margin,
      validate_features,
    } as never);
  }
  _test(X: DataLike, base_margin: ArrayLike | null = null): DMatrix {
    const known = this.get_booster().get_categories();
    return DMatrix({
      data: X,
      base_margin,
      missing: this.missing,
      nthread: this.n_jobs,
      feature_types: isTable(X) && !known.empty() ? known : this.feature_types,
      enable_categorical: this.enable_categorical,
    } as never);
  }
  /** The metrics of the data in `eval_set`, round by round. @throws XGBoostError */
  evals_result(): EvalsLog {
    if (!this.evals_result_)
      throw new XGBoostError("No evaluation result, `eval_set` is not used during training.");
    return this.evals_result_;
  }
  get n_features_in_(): number {
    return this.get_booster().num_features();
  }
  get feature_names_in_(): ndarray {
    const names = this.get_booster().feature_names;
    if (names === null)
      throw new AttributeError(
        "`feature_names_in_` is defined only when `X` has feature names that are all strings.",
      );
    return textArray(names);
  }
  get best_score(): number {
    return this.get_booster().best_score;
  }
  get best_iteration(): number {
    return this.get_booster().best_iteration;
  }
  /** Importance by `importance_type`, as shares of 1. */
  get feature_importances_(): ndarray {
    const b = this.get_booster();
    const kind = this.importance_type || (this.booster === "gblinear" ? "weight" : "gain");
    const score = b.get_score("", kind);
    const names = b.feature_names ?? Array.from({ length: this.n_features_in_ }, (_, i) => `f${i}`);
    const all = Float32Array.from(names, (n) => Number(score[n] ?? 0));
    const total = Number((f32array(all.slice()).sum() as unknown as number | { item(): number }).valueOf());
    return f32array(total === 0 ? all : all.map((v) => v / total));
  }
  private linearDump(): { readonly weight: readonly number[]; readonly bias: readonly number[] } {
    return JSON.parse(this.get_booster().get_dump("", false, "json")[0]!) as {
      weight: number[];
      bias: number[];
    };
  }
  /** The weights of a linear model. @throws AttributeError for trees */
  get coef_(): ndarray {
    if (this.get_xgb_params().booster !== "gblinear")
      throw new AttributeError(
        `Coefficients are not defined for Booster type ${this.booster === null ? "None" : this.booster}`,
      );
    const coef = asArray([...this.linearDump().weight]).astype("float64") as ndarray;
    const classes = (this as unknown as { n_classes_?: number }).n_classes_ ?? 0;
    return classes > 2 ? coef.reshape(classes, -1) : coef;
  }
  /** The bias of a linear model; the base score of trees. */
  get intercept_(): ndarray {
    if (this.get_xgb_params().booster === "gblinear")
      return f32array(Float32Array.from(this.linearDump().bias));
    const b = this.get_booster();
    b.num_features();
    return f32array(Float32Array.from(b._learner.baseScore));
  }

  // Files.
  /** Writes the model with the estimator's kind. */
  save_model(fname: string): void {
    const b = this.get_booster();
    b._setAttr({ scikit_learn: JSON.stringify({ _estimator_type: this._type() }).replace(":", ": ") });
    try {
      b.save_model(fname);
    } finally {
      b._setAttr({ scikit_learn: null });
    }
  }
  /** Reads a model from a path or bytes. @throws TypeError for another kind of estimator */
  load_model(fname: string | Uint8Array | ArrayBuffer): void {
    this._Booster ??= new Booster({ n_jobs: this.n_jobs });
    const b = this._Booster;
    b.load_model(fname);
    const meta = b.attr("scikit_learn");
    if (meta !== null) {
      const type = (JSON.parse(meta) as { _estimator_type?: string })._estimator_type;
      if (type !== undefined && type !== this._type())
        throw new TypeError(
          `Loading an estimator with different type. Expecting: ${this._type()}, got: ${type}`,
        );
    }
    b._setAttr({ scikit_learn: null });
    this._loaded();
  }
  /** Takes what the model says of the estimator. */
  _loaded(): void {
    const { _learner } = this.get_booster();
    _learner.configure();
    this.objective = _learner.objectiveName;
    this.booster = _learner.booster;
    this.base_score = [..._learner.baseScore];
    this.feature_types = this.get_booster().feature_types;
    this.enable_categorical = this.feature_types?.includes("c") ?? false;
  }
}

const defined = (x: EstimatorParams): Bag =>
  Object.fromEntries(Object.entries(x).filter(([, v]) => v !== undefined));

export const FIT =
  "sample_weight base_margin eval_set verbose xgb_model sample_weight_eval_set base_margin_eval_set feature_weights";

/** A `fit` with its parameters by name for a class's errors. */
export const fitDef = <C extends XGBModelImpl>(owner: string) =>
  def(
    `${owner}.fit`,
    `self X:dict y ${FIT}` as "self X:dict y sample_weight base_margin eval_set verbose xgb_model sample_weight_eval_set base_margin_eval_set feature_weights",
    (
      self: C,
      X: DataLike,
      y: ArrayLike,
      sample_weight: ArrayLike | null = null,
      base_margin: ArrayLike | null = null,
      eval_set: FitData["eval_set"] = null,
      verbose: boolean | number | null = true,
      xgb_model: FitOptions["xgb_model"] = null,
      sample_weight_eval_set: FitData["sample_weight_eval_set"] = null,
      base_margin_eval_set: FitData["base_margin_eval_set"] = null,
      feature_weights: ArrayLike | null = null,
    ): C => {
      self._fit({
        X,
        y,
        sample_weight,
        base_margin,
        eval_set,
        verbose,
        xgb_model,
        sample_weight_eval_set,
        base_margin_eval_set,
        feature_weights,
      });
      return self;
    },
  );

const predictDef = def(
  "XGBModel.predict",
  "self X:dict output_margin validate_features base_margin iteration_range",
  (
    self: XGBModelImpl,
    X: DataLike,
    output_margin = false,
    validate_features = true,
    base_margin: ArrayLike | null = null,
    iteration_range: IterationRange | null = null,
  ): ndarray => self._predict(X, output_margin, validate_features, base_margin, iteration_range),
);
const applyDef = def(
  "XGBModel.apply",
  "self X:dict iteration_range",
  (self: XGBModelImpl, X: DataLike, iteration_range: IterationRange | null = null): ndarray =>
    self.get_booster().predict(self._test(X), {
      pred_leaf: true,
      iteration_range: self._range(iteration_range),
    } as never),
);
const modelFit = fitDef<XGBModelImpl>("XGBModel");
type This<D, C> = D extends (...args: infer A) => unknown ? (...args: A) => C : never;

interface XGBModelImpl {
  /** Trains the model. */
  fit: This<Method<typeof modelFit>, this>;
  /** Predictions; by the best round where training stopped early. */
  predict: Method<typeof predictDef>;
  /** The leaf of each row in each tree. */
  apply: Method<typeof applyDef>;
}

/** Puts definitions on a class as methods named after it in errors. */
export function install(
  Class: { readonly prototype: object },
  owner: string,
  defs: Readonly<Record<string, unknown>>,
): void {
  for (const [name, d] of Object.entries(defs))
    Object.defineProperty(Class.prototype, name, {
      value: method(d as typeof applyDef, `${owner}.${name}`),
      writable: true,
      configurable: true,
    });
}
install(XGBModelImpl, "XGBModel", { fit: modelFit, predict: predictDef, apply: applyDef });

/**
 * The base of XGBoost's estimators: every parameter by name, `fit`, `predict`, `apply`.
 *
 * Source: XGBoost 3.2, `xgboost.XGBModel`.
 */
export const XGBModel = pyClass("xgboost.sklearn.XGBModel", "**params" as const, XGBModelImpl);
export type XGBModel = XGBModelImpl;
