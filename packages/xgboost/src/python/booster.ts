import { type ByteInput, bytesOf, writeFileAtomic } from "@cognate/formats";
import { type ArrayLike, asStrided, type ndarray } from "@cognate/ndarray/core";
import { asArray } from "@cognate/ndarray/functions";
import { DataFrame } from "@cognate/pandas";
import {
  AttributeError,
  asFloat,
  def,
  fmt,
  IndexError,
  type Method,
  method,
  parseEntry,
  pyClass,
  repr,
  Slice,
  shortName,
  str,
  TypeError,
  type,
  ValueError,
} from "@cognate/py";
import { dumpModel } from "../dump/dump.js";
import { featureScores } from "../dump/score.js";
import { XGBoostError } from "../errors.js";
import {
  configText,
  loadConfigText,
  loadFile,
  loadRaw,
  saveFile,
  saveRaw,
  snapshot,
} from "../io/snapshot.js";
import { Learner } from "../learner/learner.js";
import { GBTreeModel } from "../model/gbtree-model.js";
import { type PredictKind, predict } from "../predict/predict.js";
import { type DataLike, f32array, isCsr, takesSparse } from "./arrays.js";
import { DMatrix, isDMatrix, typeName } from "./dmatrix.js";
import { Categories, isTable, recoded } from "./frame.js";
import { gradientPairs } from "./gradients.js";
import { validateInfo } from "./meta.js";
import { configured, type Params, pairsOf, paramText } from "./params.js";
import { splitHistogram, treesTable } from "./tables.js";
import { validateFeatures } from "./validate.js";

/** A model's file (path or bytes), or another booster. */
export type ModelFile = string | Uint8Array | ArrayBuffer | BoosterImpl;
/** A path, or the file's bytes. */
export type MapFile = string | Uint8Array;
type Names = readonly string[] | null;
/** From … to (0 for the last) of boosting rounds. */
export type IterationRange = readonly [begin: number, end: number];

/** A loss of the caller's own: gradient and hessian of the margins. */
export type CustomObjective = (predt: ndarray, dtrain: DMatrix) => readonly [ArrayLike, ArrayLike];
/** A metric of the caller's own: its name and value, or several of these. */
export type CustomMetric = (
  predt: ndarray,
  dmatrix: DMatrix,
) => readonly [string, number] | readonly (readonly [string, number])[];
/** Data with the name it has in texts. */
export type Eval = readonly [DMatrix, string];

const typeText = (x: unknown): string => repr(type(x));

class BoosterImpl {
  _learner: Learner;
  /** What texts in columns stand for, of the data the model was trained on. */
  _categories = new Categories();

  constructor(
    params: Params | null = null,
    cache: readonly DMatrix[] | null = null,
    model_file: ModelFile | null = null,
  ) {
    const data = cache ?? [];
    for (const d of data)
      if (!isDMatrix(d)) throw new TypeError(`('Invalid cache item: ${typeName(d)}', ${repr([...data])})`);
    this._learner = new Learner(data.map((d) => d._matrix));
    for (const d of data) this._assign(d);
    if (model_file instanceof BoosterImpl) {
      this._categories = loadRaw(this._learner, snapshot(model_file._learner, model_file._categories));
    } else if (typeof model_file === "string" || isBytes(model_file)) this.load_model(model_file);
    else if (model_file !== null) throw new TypeError(`('Unknown type:', ${repr(model_file)})`);
    this.set_param([...configured(params, this._learner.featureNames), ["validate_parameters", true]]);
  }

  // Data.
  /** Takes the features' names and types of the first data, and checks later ones. */
  _assign(data: DMatrix): void {
    if (data.num_row() === 0) return;
    if (this.feature_names === null) this.feature_names = data.feature_names;
    if (this.feature_types === null) this.feature_types = data.feature_types;
    if (this._categories.empty()) this._categories = data._categories;
    validateFeatures(this.feature_names, data.feature_names);
  }
  get feature_names(): string[] | null {
    const { featureNames } = this._learner;
    return featureNames.length > 0 ? [...featureNames] : null;
  }
  set feature_names(names: Names) {
    this._learner.featureNames = names === null ? [] : [...names];
  }
  get feature_types(): string[] | null {
    const { featureTypes } = this._learner;
    return featureTypes.length > 0 ? [...featureTypes] : null;
  }
  set feature_types(types: Names) {
    this._learner.featureTypes = types === null ? [] : [...types];
  }

  // Parameters and attributes.
  /** Sets one parameter, or several. */
  set_param(params: Params | string, value: unknown = null): void {
    const pairs = typeof params === "string" ? [[params, value] as const] : pairsOf(params);
    for (const [key, v] of pairs)
      if (v !== null && v !== undefined) this._learner.setParam(key, paramText(v));
  }
  /** Every parameter as JSON text. */
  save_config(): string {
    return configText(this._learner);
  }
  load_config(config: string): void {
    loadConfigText(this._learner, config);
  }
  /** A text kept with the model, null where there is none. */
  attr(key: string): string | null {
    return this._learner.attributes.get(key) ?? null;
  }
  attributes(): Record<string, string> {
    return Object.fromEntries([...this._learner.attributes].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  get best_iteration(): number {
    const best = this.attr("best_iteration");
    if (best === null)
      throw new AttributeError("`best_iteration` is only defined when early stopping is used.");
    return Number.parseInt(best, 10);
  }
  set best_iteration(iteration: number) {
    this._setAttr({ best_iteration: iteration });
  }
  get best_score(): number {
    const best = this.attr("best_score");
    if (best === null) throw new AttributeError("`best_score` is only defined when early stopping is used.");
    return asFloat(Number(best)) as number;
  }
  set best_score(score: number) {
    this._setAttr({ best_score: score });
  }
  _setAttr(values: Readonly<Record<string, unknown>>): void {
    const { attributes } = this._learner;
    for (const [key, value] of Object.entries(values)) {
      if (value === null || value === undefined) attributes.delete(key);
      else attributes.set(key, str(value));
    }
  }
  num_boosted_rounds(): number {
    return this._learner.rounds;
  }
  num_features(): number {
    this._learner.configure();
    return this._learner.numFeature;
  }
  /** Frees what training keeps; the model stays. */
  reset(): this {
    return this;
  }

  // Training.
  _boost(dtrain: DMatrix, iteration: number, grad: ArrayLike, hess: ArrayLike): void {
    this._learner.boostOneIter(iteration, dtrain._matrix, gradientPairs(grad, hess, dtrain.num_row()));
  }
  _eval(
    evals: readonly Eval[],
    iteration: number,
    feval: CustomMetric | null,
    outputMargin: boolean,
  ): string {
    for (const [d, name] of evals) {
      if (!isDMatrix(d)) throw new TypeError(`expected DMatrix, got ${typeName(d)}`);
      if (typeof name !== "string") throw new TypeError(`expected string, got ${pyName(name)}`);
      this._assign(d);
      validateInfo(d._info);
    }
    const scores = this._learner.evalOneIter(
      evals.map(([d]) => d._matrix),
      evals.map(([, name]) => name),
    );
    let text = `[${iteration}]`;
    for (const [data, metric, value] of scores) text += `\t${data}-${metric}:${fixed(value)}`;
    if (feval)
      for (const [d, name] of evals) {
        const kind = outputMargin ? "margin" : "value";
        const given = feval(this._predict(d, kind, [0, 0], false), d);
        const several = Array.isArray(given[0])
          ? (given as readonly (readonly [string, number])[])
          : [given as readonly [string, number]];
        for (const [metric, value] of several) text += fmt("\t%s-%s:%f", name, metric, value);
      }
    return text;
  }

  // Prediction.
  _predict(
    data: DMatrix,
    kind: PredictKind,
    [begin, end]: IterationRange,
    strictShape: boolean,
    training = false,
  ): ndarray {
    const { _learner } = this;
    if (training && (kind === "value" || kind === "margin")) {
      const values = _learner.predict(data._matrix, kind === "margin", true, begin, end);
      const n = data.num_row();
      const columns = n === 0 ? 1 : values.length / n;
      return f32array(values, columns === 1 && !strictShape ? [n] : [n, columns]);
    }
    const matrix = recoded(data._matrix, data._categories, this._categories);
    const { values, shape } = predict(_learner, matrix, kind, { begin, end, strictShape });
    return f32array(values, shape);
  }

  // The model.
  /** One round (`at(0)`), some (`at("1:3")`): a booster of these. @throws IndexError, ValueError, TypeError */
  at(...index: readonly unknown[]): BoosterImpl {
    if (index.length !== 1) throw new ValueError("Only supports slicing through 1 dimension.");
    return this._slice(index[0]);
  }
  private _slice(given: unknown): BoosterImpl {
    let entry = given;
    if (typeof entry === "string" && /^(-?\d*):/.test(entry)) entry = parseEntry(entry);
    if (entry === "...") entry = new Slice(0, 0, null);
    if (typeof entry === "number") entry = new Slice(entry, entry + 1, null);
    if (Array.isArray(entry)) throw new ValueError("Only supports slicing through 1 dimension.");
    if (!(entry instanceof Slice))
      throw new TypeError(
        `Expecting <class 'int'> or <class 'slice'> or <class 'numpy.integer'> or <class 'ellipsis'>.  Got ${typeText(entry)}`,
      );
    const begin = Number(entry.start ?? 0);
    const stop = Number(entry.stop ?? 0);
    if (entry.stop !== null && stop < begin) throw new ValueError(`('Invalid slice', ${repr(entry)})`);
    return this._rounds(begin, stop, Number(entry.step ?? 1));
  }
  private _rounds(begin: number, stop: number, step: number): BoosterImpl {
    const { state } = this._learner;
    if (state.booster === "gblinear")
      throw new XGBoostError("Slice is not supported by the current booster.");
    const { trees } = state;
    const end = stop === 0 ? trees.rounds : stop;
    if (step < 1) throw new XGBoostError(`Check failed: step >= 1 (${step} vs. 1) : `);
    if (end === begin)
      throw new XGBoostError(
        `Check failed: end != begin (${end} vs. ${begin}) : Empty slice is not allowed.`,
      );
    if (begin < 0 || step > end - begin || end > trees.rounds)
      throw new IndexError("Layer index out of range");
    const out = new GBTreeModel();
    out.numParallelTree = trees.numParallelTree;
    for (let round = begin; round < end; round += step) {
      const [from, to] = [trees.iterationIndptr[round]!, trees.iterationIndptr[round + 1]!];
      for (let t = from; t < to; t++) {
        out.trees.push(trees.trees[t]!.copy());
        out.treeInfo.push(trees.treeInfo[t]!);
        if (trees.weightDrop.length > 0) out.weightDrop.push(trees.weightDrop[t]!);
      }
      out.iterationIndptr.push(out.trees.length);
    }
    const layers = Math.floor((end - begin) / step);
    if (out.rounds !== layers)
      throw new XGBoostError(`Check failed: out_l == n_layers (${out.rounds} vs. ${layers}) : `);
    const attributes = new Map(state.attributes);
    attributes.delete("best_iteration");
    attributes.delete("best_score");
    const sliced = new Booster();
    sliced._learner.restore({ ...state, trees: out, attributes });
    sliced.load_config(this.save_config());
    sliced._categories = this._categories;
    return sliced;
  }
  *[Symbol.iterator](): Generator<BoosterImpl> {
    for (let i = 0; i < this.num_boosted_rounds(); i++) yield this.at(i);
  }
  copy(): BoosterImpl {
    return new Booster(null, null, this);
  }
  __copy__(): BoosterImpl {
    return this.copy();
  }
  __deepcopy__(): BoosterImpl {
    return this.copy();
  }
  /** Writes the model; the ending chooses JSON or UBJSON. @throws TypeError */
  save_model(fname: string): void {
    if (typeof fname !== "string") throw new TypeError("fname must be a string or os PathLike");
    saveFile(this._learner, fname, this._categories);
  }
  /** Reads a model from a path or bytes: JSON, UBJSON, or the old binary form. @throws XGBoostError, TypeError */
  load_model(fname: string | Uint8Array | ArrayBuffer): void {
    if (typeof fname === "string") this._categories = loadFile(this._learner, fname);
    else if (isBytes(fname)) this._categories = loadRaw(this._learner, bytesOf(fname as ByteInput));
    else throw new TypeError(`('Unknown file type: ', ${repr(fname)})`);
  }
  /** The names and values of categories, null for features that are numbers. */
  get_categories(): Categories {
    return this._categories;
  }
}

const isBytes = (x: unknown): x is Uint8Array | ArrayBuffer =>
  x instanceof Uint8Array || x instanceof ArrayBuffer;
const pyName = (x: unknown): string => shortName(str(type(x)).replace(/^<class '|'>$/g, ""));

/** 17 digits behind the point, which is how XGBoost writes metrics. */
const fixed = (v: number): string =>
  Number.isFinite(v) ? v.toFixed(17) : Number.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf";

const setAttr = def(
  "Booster.set_attr",
  "self **kwargs",
  (self: BoosterImpl, kwargs: Readonly<Record<string, unknown>> = {}): void => self._setAttr(kwargs),
);

const update = def(
  "Booster.update",
  "self dtrain iteration fobj",
  (self: BoosterImpl, dtrain: DMatrix, iteration: number, fobj: CustomObjective | null = null): void => {
    if (!isDMatrix(dtrain)) throw new TypeError(`Invalid training matrix: ${typeName(dtrain)}`);
    self._assign(dtrain);
    validateInfo(dtrain._info);
    if (fobj === null) self._learner.updateOneIter(iteration, dtrain._matrix);
    else self.boost(dtrain, iteration, null, null, fobj);
  },
);

const boost = def(
  "Booster.boost",
  "self dtrain iteration grad hess fobj",
  (
    self: BoosterImpl,
    dtrain: DMatrix,
    iteration: number,
    grad: ArrayLike | null = null,
    hess: ArrayLike | null = null,
    fobj: CustomObjective | null = null,
  ): void => {
    self._assign(dtrain);
    validateInfo(dtrain._info);
    if (grad !== null && hess !== null && fobj !== null)
      throw new ValueError("Provide either the objective, or the gradient and hessian, not both.");
    if (grad !== null && hess !== null) {
      self._boost(dtrain, iteration, grad, hess);
      return;
    }
    if (fobj === null)
      throw new ValueError(
        "Invalid input for the boost function. Either the gradient or the objective should have a valid value.",
      );
    const [g, h] = fobj(self._predict(dtrain, "margin", [0, 0], false, true), dtrain);
    self._boost(dtrain, iteration, g, h);
  },
);

const evalSet = def(
  "Booster.eval_set",
  "self evals iteration feval output_margin",
  (
    self: BoosterImpl,
    evals: readonly Eval[],
    iteration = 0,
    feval: CustomMetric | null = null,
    output_margin = true,
  ): string => self._eval(evals, iteration, feval, output_margin),
);
const evaluate = def(
  "Booster.eval",
  "self data name iteration",
  (self: BoosterImpl, data: DMatrix, name = "eval", iteration = 0): string => {
    self._assign(data);
    return self._eval([[data, name]], iteration, null, true);
  },
);

const predictDef = def(
  "Booster.predict",
  "self data output_margin pred_leaf pred_contribs approx_contribs pred_interactions validate_features training iteration_range strict_shape",
  (
    self: BoosterImpl,
    data: DMatrix,
    output_margin = false,
    pred_leaf = false,
    pred_contribs = false,
    approx_contribs = false,
    pred_interactions = false,
    validate_features = true,
    training = false,
    iteration_range: IterationRange = [0, 0],
    strict_shape = false,
  ): ndarray => {
    if (!isDMatrix(data))
      throw new TypeError(`('Expecting data to be a DMatrix object, got: ', ${typeText(data)})`);
    if (validate_features) validateFeatures(self.feature_names, data.feature_names);
    const kinds: PredictKind[] = [];
    if (output_margin) kinds.push("margin");
    if (pred_contribs) kinds.push(approx_contribs ? "approx_contribs" : "contribs");
    if (pred_interactions) kinds.push(approx_contribs ? "approx_interactions" : "interactions");
    if (pred_leaf) kinds.push("leaf");
    if (kinds.length > 1) throw new ValueError("One type of prediction at a time.");
    const range: IterationRange = [Number(iteration_range[0]), Number(iteration_range[1])];
    return self._predict(data, kinds[0] ?? "value", range, strict_shape, training);
  },
);

const inplace = def(
  "Booster.inplace_predict",
  "self data:dict iteration_range predict_type missing validate_features base_margin strict_shape",
  (
    self: BoosterImpl,
    data: DataLike,
    iteration_range: IterationRange = [0, 0],
    predict_type: "value" | "margin" = "value",
    missing = Number.NaN,
    validate_features = true,
    base_margin: ArrayLike | null = null,
    strict_shape = false,
  ): ndarray => {
    let matrix: DMatrix;
    if (isTable(data)) {
      matrix = DMatrix({
        data,
        missing,
        enable_categorical: true,
        feature_types: self._categories.empty() ? null : self._categories,
      });
      if (validate_features) validateFeatures(self.feature_names, matrix.feature_names);
    } else {
      if (typeof data === "string" || typeof data === "number" || data === null)
        throw new TypeError(
          `\`shape\` attribute is required when \`validate_features\` is True, got: ${typeText(data)}`,
        );
      if (!isCsr(data)) {
        const { shape } = asStrided(data as ArrayLike);
        if (validate_features && shape.length !== 1 && shape[1] !== self.num_features())
          throw new ValueError(`Feature shape mismatch, expected: ${self.num_features()}, got ${shape[1]}`);
        matrix = DMatrix(shape.length === 1 ? asArray(data as ArrayLike).reshape(1, -1) : data, { missing });
      } else matrix = DMatrix(data, { missing });
    }
    if (base_margin !== null) matrix.set_base_margin(base_margin);
    const range: IterationRange = [Number(iteration_range[0]), Number(iteration_range[1])];
    return self._predict(matrix, predict_type === "margin" ? "margin" : "value", range, strict_shape);
  },
);

const getDump = def(
  "Booster.get_dump",
  "self fmap with_stats dump_format",
  (self: BoosterImpl, fmap: MapFile = "", with_stats = false, dump_format = "text"): string[] => {
    self._learner.configure();
    return dumpModel(self._learner, fmap, with_stats, dump_format);
  },
);
const dumpToFile = def(
  "Booster.dump_model",
  "self fout fmap with_stats dump_format",
  (self: BoosterImpl, fout: string, fmap: MapFile = "", with_stats = false, dump_format = "text"): void => {
    const trees = self.get_dump(fmap, with_stats, dump_format);
    const text =
      dump_format === "json"
        ? `[\n${trees.join(",\n")}\n]`
        : trees.map((t, i) => `booster[${i}]:\n${t}`).join("");
    writeFileAtomic(fout, new TextEncoder().encode(text));
  },
);

type Scores = Record<string, number | readonly number[]>;
const getScore = def(
  "Booster.get_score",
  "self fmap importance_type",
  (self: BoosterImpl, fmap: MapFile = "", importance_type = "weight"): Scores => {
    self._learner.configure();
    const scores = featureScores(self._learner, fmap, importance_type);
    return Object.fromEntries(
      scores.map(([name, values]) => {
        const list = values.map((v) => asFloat(v) as number);
        return [name, list.length > 1 ? list : list[0]!];
      }),
    );
  },
);
const getFscore = def(
  "Booster.get_fscore",
  "self fmap",
  (self: BoosterImpl, fmap: MapFile = ""): Scores => self.get_score(fmap, "weight"),
);
const treesToFrame = def(
  "Booster.trees_to_dataframe",
  "self fmap",
  (self: BoosterImpl, fmap: MapFile = ""): DataFrame => {
    self._learner.configure();
    return treesTable(self._learner, fmap);
  },
);
const histogram = def(
  "Booster.get_split_value_histogram",
  "self feature fmap bins as_pandas",
  (
    self: BoosterImpl,
    feature: string,
    fmap: MapFile = "",
    bins: number | null = null,
    as_pandas = true,
  ): DataFrame | ndarray => {
    const escaped = feature.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const pattern = new RegExp(`\\[${escaped}<([\\d.Ee+-]+)\\]`, "g");
    const values = self.get_dump(fmap).flatMap((t) => [...t.matchAll(pattern)].map((m) => Number(m[1])));
    const rows = splitHistogram(values, bins);
    if (rows.length === 0) {
      const names = self.feature_names ?? Array.from({ length: self.num_features() }, (_, i) => `f${i}`);
      if (self.feature_types?.[names.indexOf(feature)] === "c")
        throw new ValueError("Split value historgam doesn't support categorical split.");
    }
    if (!as_pandas)
      return asArray(rows as unknown as ArrayLike)
        .astype("float64")
        .reshape(-1, 2) as ndarray;
    const column = (k: 0 | 1): ndarray => asArray(rows.map((r) => r[k])).astype("float64") as ndarray;
    return DataFrame({ SplitValue: column(0), Count: column(1) }) as DataFrame;
  },
);
const rawDef = def(
  "Booster.save_raw",
  "self raw_format",
  (self: BoosterImpl, raw_format = "ubj"): Uint8Array => saveRaw(self._learner, raw_format, self._categories),
);

interface BoosterImpl {
  /** Keeps texts with the model; null removes one. */
  set_attr: Method<typeof setAttr>;
  /** One boosting round. */
  update: Method<typeof update>;
  /** One boosting round with given gradients. @throws ValueError */
  boost: Method<typeof boost>;
  /** The metrics of several data as text. */
  eval_set: Method<typeof evalSet>;
  /** The metrics of one matrix as text. */
  eval: Method<typeof evaluate>;
  /** Predictions, leaves, SHAP values or interactions. @throws TypeError, ValueError, XGBoostError */
  predict: Method<typeof predictDef>;
  /** Predictions of data as they are, without a DMatrix. */
  inplace_predict: Method<typeof inplace>;
  /** A text for each tree: `text`, `json` or `dot`. */
  get_dump: Method<typeof getDump>;
  /** The dump as a file. */
  dump_model: Method<typeof dumpToFile>;
  /** Importance by feature: `weight`, `gain`, `cover`, `total_gain`, `total_cover`. */
  get_score: Method<typeof getScore>;
  /** How often features split. */
  get_fscore: Method<typeof getFscore>;
  /** A row for each node. */
  trees_to_dataframe: Method<typeof treesToFrame>;
  /** How a feature's thresholds are spread. */
  get_split_value_histogram: Method<typeof histogram>;
  /** The model's bytes. */
  save_raw: Method<typeof rawDef>;
}
const METHODS = {
  set_attr: setAttr,
  update,
  boost,
  eval_set: evalSet,
  eval: evaluate,
  predict: predictDef,
  inplace_predict: inplace,
  get_dump: getDump,
  dump_model: dumpToFile,
  get_score: getScore,
  get_fscore: getFscore,
  trees_to_dataframe: treesToFrame,
  get_split_value_histogram: histogram,
  save_raw: rawDef,
};
for (const [name, d] of Object.entries(METHODS))
  Object.defineProperty(BoosterImpl.prototype, name, {
    value: takesSparse(method(d as typeof setAttr, `Booster.${name}`)),
    writable: true,
    configurable: true,
  });

/**
 * A model of XGBoost's: boosted trees or a linear model with their parameters.
 *
 * Source: XGBoost 3.2, `xgboost.Booster`.
 *
 * @example
 * ```ts
 * import * as xgb from "@cognate/xgboost";
 * import { print } from "@cognate/py";
 * const d = xgb.DMatrix([[1], [2], [3], [4]], { label: [1, 2, 3, 4] });
 * const bst = xgb.train({ max_depth: 1, eta: 1, lambda: 0, tree_method: "exact" }, d, 1);
 * print(bst.predict(d), bst.get_score()); // prints [1.5 1.5 3.5 3.5] {'f0': 1.0}
 * ```
 */
export const Booster = pyClass("xgboost.core.Booster", "params:dict cache model_file" as const, BoosterImpl);
export type Booster = BoosterImpl;
