import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import {
  className,
  def,
  type Method,
  method,
  NotImplementedError,
  nameClass,
  pyClass,
  repr,
  Tuple,
  TypeError,
  ValueError,
} from "@cognate/py";
import { Matrix } from "../data/matrix.js";
import type { MetaInfo } from "../data/meta-info.js";
import { type Rows, selectRows } from "../data/storage.js";
import { XGBoostError } from "../errors.js";
import { streamCuts } from "../hist/cuts.js";
import {
  type DataLike,
  f32array,
  floats,
  i64array,
  isCsr,
  takesSparse,
  u32array,
  u64array,
  wholes,
} from "./arrays.js";
import { CsrMatrix } from "./csr-matrix.js";
import { Categories, isTable, readTable } from "./frame.js";
import { setField } from "./meta.js";
import { denseRows, sparseRows } from "./rows.js";
import { readTextFile } from "./text-files.js";

type Names = readonly string[] | null;
type Numbers = ArrayLike | null;

/** Numbers for the fields beside the features, by name. */
export interface Fields {
  label?: Numbers;
  weight?: Numbers;
  base_margin?: Numbers;
  group?: Numbers;
  qid?: Numbers;
  label_lower_bound?: Numbers;
  label_upper_bound?: Numbers;
  feature_names?: Names;
  feature_types?: Names;
  feature_weights?: Numbers;
}

const FLOATS: Readonly<Record<string, keyof MetaInfo>> = {
  label: "labels",
  weight: "weights",
  base_margin: "baseMargin",
  label_lower_bound: "labelLower",
  label_upper_bound: "labelUpper",
  feature_weights: "featureWeights",
};
const TYPES: readonly string[] = ["int", "float", "i", "q", "c"];

interface Read {
  readonly rows: Rows;
  readonly names?: readonly string[];
  readonly types?: readonly string[];
  readonly categories?: Categories;
}

function readData(data: unknown, missing: number, categorical: boolean, known: Categories): Read {
  if (isCsr(data)) return { rows: sparseRows(data, missing) };
  if (isTable(data)) return readTable(data, missing, categorical, known);
  if (typeof data === "function" || data === null || data === undefined || typeof data === "number")
    throw new TypeError(`('Not supported type for data.', ${repr(typeOf(data))})`);
  const { values, shape } = floats(data as ArrayLike);
  if (shape.length !== 2) throw new ValueError("Please reshape the input data into 2-dimensional matrix.");
  return { rows: denseRows(values, shape[0]!, shape[1]!, missing) };
}

const typeOf = (x: unknown): unknown => (x === null || x === undefined ? null : (x as object).constructor);

class DMatrixImpl {
  readonly _matrix: Matrix;
  /** What the numbers of columns of texts stand for. */
  readonly _categories: Categories;
  readonly missing: number;
  readonly nthread: number;
  silent: boolean;

  constructor(
    data: DataLike | string | Matrix,
    label: Numbers = null,
    weight: Numbers = null,
    base_margin: Numbers = null,
    missing: number | null = null,
    silent = false,
    feature_names: Names = null,
    feature_types: Names | Categories = null,
    nthread: number | null = null,
    group: Numbers = null,
    qid: Numbers = null,
    label_lower_bound: Numbers = null,
    label_upper_bound: Numbers = null,
    feature_weights: Numbers = null,
    enable_categorical = false,
    _data_split_mode = 0,
  ) {
    if (group !== null && qid !== null)
      throw new ValueError("Either one of `group` or `qid` should be None.");
    this.missing = missing === null ? Number.NaN : Number(missing);
    this.nthread = nthread ?? -1;
    this.silent = silent;
    if (data instanceof Matrix) {
      this._matrix = data;
      this._categories = new Categories();
      return;
    }
    let names = feature_names;
    const known = feature_types instanceof Categories ? feature_types : new Categories();
    let types = feature_types instanceof Categories ? null : feature_types;
    if (typeof data === "string") {
      const file = readTextFile(data);
      this._matrix = new Matrix(file.rows);
      this._categories = new Categories();
      const { info } = this._matrix;
      const n = file.rows.rows;
      info.labels = file.info.labels ?? null;
      if (info.labels) info.labelShape = [n, 1];
      info.weights = file.info.weights ?? null;
      if (file.info.qid) setField(info, "qid", file.info.qid);
    } else {
      const read = readData(data, this.missing, enable_categorical, known);
      this._matrix = new Matrix(read.rows);
      this._categories = read.categories ?? new Categories();
      names ??= read.names ?? null;
      types ??= read.types ?? null;
    }
    this._setAll({
      label,
      weight,
      base_margin,
      group,
      qid,
      label_lower_bound,
      label_upper_bound,
      feature_weights,
    });
    if (names !== null) this.feature_names = names;
    if (types !== null) this.feature_types = types;
  }

  get _info(): MetaInfo {
    return this._matrix.info;
  }
  _setAll(fields: Fields): void {
    for (const [name, value] of Object.entries(fields)) {
      if (value === null || value === undefined) continue;
      if (name === "feature_names") this.feature_names = value as readonly string[];
      else if (name === "feature_types") this.feature_types = value as readonly string[];
      else setField(this._info, name, value);
    }
  }

  /** What the numbers of categories stand for. */
  get_categories(): Categories {
    return this._categories;
  }
  /** Rows are never divided over machines here: 0, by rows. */
  data_split_mode(): number {
    return 0;
  }
  num_row(): number {
    return this._info.numRow;
  }
  num_col(): number {
    return this._info.numCol;
  }
  /** How many values are not missing. */
  num_nonmissing(): number {
    return this._info.numNonMissing;
  }
  get_label(): ndarray {
    return this._floats("label");
  }
  get_weight(): ndarray {
    return this._floats("weight");
  }
  get_base_margin(): ndarray {
    return this._floats("base_margin");
  }
  /** The sizes of the query groups. */
  get_group(): ndarray {
    const ptr = this._info.groupPtr ?? new Uint32Array();
    return i64array(Array.from(ptr.subarray(1), (end, i) => end - ptr[i]!));
  }
  _floats(field: string): ndarray {
    const key = FLOATS[field];
    if (!key) throw new XGBoostError(`Unknown float field name: ${field}`);
    const data = (this._info[key] as Float32Array | null) ?? new Float32Array();
    const columns =
      field === "label"
        ? this._info.labelShape[1]
        : field === "base_margin"
          ? this._info.baseMarginShape[1]
          : 1;
    return f32array(data.slice(), columns > 1 ? [data.length / columns, columns] : [data.length]);
  }
  /** A field of floats by its name. @throws XGBoostError for other names */
  get_float_info(field: string): ndarray {
    return this._floats(field);
  }
  /** Where the groups begin: field `group_ptr`. @throws XGBoostError for other names */
  get_uint_info(field: string): ndarray {
    if (field !== "group_ptr") throw new XGBoostError(`Unknown uint field name: ${field}`);
    return u32array((this._info.groupPtr ?? new Uint32Array()).slice());
  }
  set_label(label: ArrayLike): void {
    setField(this._info, "label", label);
  }
  set_weight(weight: ArrayLike): void {
    setField(this._info, "weight", weight);
  }
  set_base_margin(margin: ArrayLike): void {
    setField(this._info, "base_margin", margin);
  }
  set_group(group: ArrayLike): void {
    setField(this._info, "group", group);
  }
  set_float_info(field: string, data: ArrayLike): void {
    setField(this._info, field, data);
  }
  set_float_info_npy2d(field: string, data: ArrayLike): void {
    setField(this._info, field, data);
  }
  set_uint_info(field: string, data: ArrayLike): void {
    setField(this._info, field, data);
  }
  /** @throws NotImplementedError: a matrix has no file form of its own here */
  save_binary(_fname: string, _silent = true): void {
    throw new NotImplementedError(
      "DMatrix.save_binary writes XGBoost's internal memory; save the arrays instead, `np.savez(…)`.",
    );
  }
  /** The present values as a sparse matrix. */
  get_data(): CsrMatrix {
    return new CsrMatrix(this._matrix.rows);
  }
  /** Where each feature's bins end: `indptr` of the features, and the cuts with the least value in front. */
  get_quantile_cut(): Tuple<ndarray> {
    const cuts = streamCuts(this._matrix, this._maxBin);
    const n = this._info.numCol;
    const indptr = Array.from({ length: n + 1 }, (_, f) => cuts.ptrs[f]! + f);
    const out = new Float32Array(indptr[n]!);
    for (let f = 0; f < n; f++) {
      out[indptr[f]!] = cuts.mins[f]!;
      out.set(cuts.values.subarray(cuts.ptrs[f]!, cuts.ptrs[f + 1]!), indptr[f]! + 1);
    }
    return Tuple.of_([u64array(indptr), f32array(out)]);
  }
  get _maxBin(): number {
    return 256;
  }

  /** Some rows with what belongs to them. @throws XGBoostError for matrices with groups unless `allow_groups` */
  slice(rindex: ArrayLike, allow_groups = false): DMatrixImpl {
    const { info } = this._matrix;
    if (!allow_groups && info.groupPtr)
      throw new XGBoostError(
        `Check failed: static_cast<std::shared_ptr<DMatrix>*>(handle)->get()->Info().group_ptr_.size() == 0 (${info.groupPtr.length} vs. 0) : slice does not support group structure`,
      );
    const chosen = wholes(rindex);
    const out = new DMatrix(new Matrix(selectRows(this._matrix.rows, chosen)));
    const to = out._info;
    const take = (a: Float32Array | null, width = 1): Float32Array | null => {
      if (!a || a.length === 0) return a;
      const part = new Float32Array(chosen.length * width);
      chosen.forEach((row, i) => {
        part.set(a.subarray(row * width, (row + 1) * width), i * width);
      });
      return part;
    };
    to.labels = take(info.labels, info.labelShape[1]);
    to.labelShape = info.labels ? [chosen.length, info.labelShape[1]] : info.labelShape;
    to.baseMargin = take(info.baseMargin, info.baseMarginShape[1]);
    to.baseMarginShape = info.baseMargin ? [chosen.length, info.baseMarginShape[1]] : info.baseMarginShape;
    to.weights = info.weights && info.weights.length === info.numRow ? take(info.weights) : info.weights;
    to.labelLower = take(info.labelLower);
    to.labelUpper = take(info.labelUpper);
    to.featureNames = info.featureNames;
    to.featureTypes = info.featureTypes;
    to.featureWeights = info.featureWeights;
    return out;
  }

  get feature_names(): string[] | null {
    const names = this._info.featureNames;
    return names && names.length > 0 ? [...names] : null;
  }
  set feature_names(given: Names) {
    if (given === null) {
      this._info.featureNames = null;
      return;
    }
    const names = this._checked(given, "feature names");
    const twice = [...new Set(names.filter((n, i) => names.indexOf(n) !== i))].sort();
    if (twice.length > 0)
      throw new ValueError(
        `feature_names must be unique. Duplicates found: [${twice.map((n) => `np.str_(${repr(n)})`).join(", ")}]`,
      );
    if (!names.every((n) => typeof n === "string" && !/[[\]<]/.test(n)))
      throw new ValueError("feature_names must be string, and may not contain [, ] or <");
    this._info.featureNames = names;
  }
  get feature_types(): string[] | null {
    const types = this._info.featureTypes;
    return types && types.length > 0 ? [...types] : null;
  }
  set feature_types(given: Names) {
    if (given === null) {
      this._info.featureTypes = null;
      return;
    }
    const types = this._checked(given, "feature types");
    if (!types.every((t) => TYPES.includes(t)))
      throw new XGBoostError("All feature_types must be one of {int, float, i, q, c}.");
    this._info.featureTypes = types;
  }
  private _checked(given: Iterable<string>, what: string): string[] {
    if (typeof given !== "string" && typeof (given as Iterable<string>)?.[Symbol.iterator] !== "function")
      throw new TypeError(`Expecting a sequence of strings for ${what}, got: ${repr(typeOf(given))}`);
    const list = [...given];
    const n = this._info.numCol;
    if (list.length !== n && n !== 0)
      throw new ValueError(
        `('${what} must have the same length as the number of data columns, ', 'expected ${n}, got ${list.length}')`,
      );
    return list;
  }
}

const setInfo = def(
  "DMatrix.set_info",
  "self * label weight base_margin group qid label_lower_bound label_upper_bound feature_names feature_types feature_weights",
  (
    self: DMatrixImpl,
    label: Numbers = null,
    weight: Numbers = null,
    base_margin: Numbers = null,
    group: Numbers = null,
    qid: Numbers = null,
    label_lower_bound: Numbers = null,
    label_upper_bound: Numbers = null,
    feature_names: Names = null,
    feature_types: Names = null,
    feature_weights: Numbers = null,
  ): void =>
    self._setAll({
      label,
      weight,
      base_margin,
      group,
      qid,
      label_lower_bound,
      label_upper_bound,
      feature_names,
      feature_types,
      feature_weights,
    }),
);
interface DMatrixImpl {
  /** Sets fields beside the features by name. */
  set_info: Method<typeof setInfo>;
}
Object.defineProperty(DMatrixImpl.prototype, "set_info", { value: method(setInfo, "DMatrix.set_info") });

const FIELDS =
  "feature_names feature_types nthread group qid label_lower_bound label_upper_bound feature_weights enable_categorical data_split_mode";

/**
 * The data of XGBoost: features in rows with labels, weights and what else belongs to the rows.
 *
 * `data` is a nested list or array [n, features], a data frame or an object of columns (whose names become the features'), a
 * sparse matrix `{ data, indices, indptr, shape }`, or the path of a text file `train.txt?format=libsvm`. NaN and values equal to
 * `missing` are missing.
 *
 * **Differs from XGBoost**: columns of texts are taken as categories where `enable_categorical` is set.
 *
 * Source: XGBoost 3.2, `xgboost.DMatrix`.
 *
 * @example
 * ```ts
 * import * as xgb from "@cognate/xgboost";
 * import { print } from "@cognate/py";
 * const d = xgb.DMatrix({ size: [1, 2, NaN], age: [3, 4, 5] }, { label: [0, 1, 1] });
 * print(d.num_row(), d.num_col(), d.num_nonmissing(), d.feature_names, d.get_label());
 * // prints 3 2 5 ['size', 'age'] [0. 1. 1.]
 * ```
 */
export const DMatrix = takesSparse(
  pyClass(
    "xgboost.core.DMatrix",
    `data:dict label weight base_margin missing silent ${FIELDS}` as const,
    DMatrixImpl,
  ),
);
export type DMatrix = DMatrixImpl;
nameClass("xgboost.core.DMatrix", DMatrix);

class QuantileDMatrixImpl extends DMatrixImpl {
  readonly max_bin: number | null;
  readonly ref: DMatrixImpl | null;

  constructor(
    data: DataLike,
    label: Numbers = null,
    weight: Numbers = null,
    base_margin: Numbers = null,
    missing: number | null = null,
    silent = false,
    feature_names: Names = null,
    feature_types: Names | Categories = null,
    nthread: number | null = null,
    max_bin: number | null = null,
    ref: DMatrixImpl | null = null,
    group: Numbers = null,
    qid: Numbers = null,
    label_lower_bound: Numbers = null,
    label_upper_bound: Numbers = null,
    feature_weights: Numbers = null,
    enable_categorical = false,
    _max_quantile_batches: number | null = null,
    _data_split_mode = 0,
  ) {
    if (qid !== null && group !== null)
      throw new ValueError(
        "Only one of the eval_qid or eval_group for each evaluation dataset should be provided.",
      );
    super(
      data,
      label,
      weight,
      base_margin,
      missing,
      silent,
      feature_names,
      feature_types ?? (ref && !ref._categories.empty() ? ref._categories : null),
      nthread,
      group,
      qid,
      label_lower_bound,
      label_upper_bound,
      feature_weights,
      enable_categorical,
    );
    this.max_bin = max_bin;
    this.ref = ref;
  }
  override get _maxBin(): number {
    return this.max_bin ?? 256;
  }
}

/**
 * A matrix for tree method hist, whose features are sorted into bins once.
 *
 * **Differs from XGBoost**: the values themselves are kept, so that other tree methods take it, too.
 *
 * Source: XGBoost 3.2, `xgboost.QuantileDMatrix`.
 */
export const QuantileDMatrix = takesSparse(
  pyClass(
    "xgboost.core.QuantileDMatrix",
    "data:dict label weight base_margin missing silent feature_names feature_types nthread max_bin ref group qid label_lower_bound label_upper_bound feature_weights enable_categorical max_quantile_batches data_split_mode" as const,
    QuantileDMatrixImpl,
  ),
);
export type QuantileDMatrix = QuantileDMatrixImpl;
nameClass("xgboost.core.QuantileDMatrix", QuantileDMatrix);

export const isDMatrix = (x: unknown): x is DMatrix => x instanceof DMatrix;
/** The short name of a value's type, as Python's `type(x).__name__`. */
export const typeName = (x: unknown): string =>
  x === null || x === undefined ? "NoneType" : className((x as object).constructor);
