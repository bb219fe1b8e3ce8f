import { castTo, contiguous, float64, isComplex, isFloating, Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  asStrided,
  fromStrided,
  isText,
  type ndarray,
  TextArray,
  textArray,
} from "@cognate/ndarray/core";
import { className, repr, str, TypeError, ValueError, warn } from "@cognate/py";
import { DenseRows, type SparseMatrix } from "../solver/rows.js";
import {
  type Columns,
  floats,
  isColumns,
  isCsr,
  type MatrixLike,
  sparseOf,
  type TargetLike,
} from "./arrays.js";
import { DataConversionWarning } from "./errors.js";
import type { Estimator } from "./estimator.js";

/** Samples after checking: rows of numbers, dense or sparse. */
export type Checked =
  | { readonly kind: "dense"; readonly rows: DenseRows }
  | { readonly kind: "sparse"; readonly matrix: SparseMatrix };

export const shapeOf = (x: Checked): readonly [number, number] =>
  x.kind === "dense" ? [x.rows.count, x.rows.width] : x.matrix.shape;

const RESHAPE =
  "Reshape your data either using array.reshape(-1, 1) if your data has a single feature or array.reshape(1, -1) if it contains a single sample.";

const NAN_HELP =
  " does not accept missing values encoded as NaN natively. For supervised learning, you might want to consider sklearn.ensemble.HistGradientBoostingClassifier and Regressor which accept missing values encoded as NaNs natively. Alternatively, it is possible to preprocess the data, for instance by using an imputer transformer in a pipeline or drop samples with missing values. See https://scikit-learn.org/stable/modules/impute.html You can find a list of all estimators that handle NaN values at the following page: https://scikit-learn.org/stable/modules/impute.html#estimators-that-handle-nan-values";

/** @throws ValueError for NaN and infinite values */
export function assertFinite(
  data: Float64Array,
  name: string,
  owner: string,
  allowNan = false,
  dtype = "float64",
): void {
  // What is finite leaves zero, which is summed faster than asked for.
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]! * 0;
  if (sum === 0) return;
  let infinite = false;
  let nan = false;
  for (const v of data) {
    if (Number.isNaN(v)) nan = true;
    else if (v === Infinity || v === -Infinity) infinite = true;
  }
  const input = name ? `${name} ` : "";
  if (nan && !allowNan)
    throw new ValueError(
      `Input ${input}contains NaN.${owner && name === "X" ? `\n${owner}${NAN_HELP}` : ""}`,
    );
  if (infinite)
    throw new ValueError(`Input ${input}contains infinity or a value too large for dtype('${dtype}').`);
}

/** Columns by name as one matrix. */
function tableOf(columns: Columns): Strided {
  const lists = Object.values(columns).map((c) => floats(numeric(c)));
  const n = lists[0]?.length ?? 0;
  const out = new Float64Array(n * lists.length);
  lists.forEach((list, c) => {
    if (list.length !== n) throw new ValueError("All arrays must be of the same length");
    for (let i = 0; i < n; i++) out[i * lists.length + c] = list[i]!;
  });
  return Strided.over(out, float64, [n, lists.length]);
}

/** Data whose texts, if it has any, are read as numbers. @throws ValueError for texts that are none */
export function numeric(x: unknown): Strided {
  if (isText(x)) return asStrided(textArray(x).astype("float64") as ArrayLike);
  return asStrided(x as ArrayLike);
}

export interface CheckOptions {
  readonly name?: string;
  /** Whose check it is, for the errors. */
  readonly owner?: string;
  readonly sparse?: boolean;
  readonly allowNan?: boolean;
  readonly minSamples?: number;
}

/** Samples as rows of finite float64 numbers. @throws ValueError, TypeError in scikit-learn's words */
export function checkMatrix(x: MatrixLike, options: CheckOptions = {}): Checked {
  const { name = "X", owner = "", sparse = true, allowNan = false, minSamples = 1 } = options;
  if (isCsr(x)) {
    if (!sparse)
      throw new TypeError(
        "Sparse data was passed, but dense data is required. Use '.toarray()' to convert to a dense numpy array.",
      );
    const matrix = sparseOf(x);
    assertFinite(matrix.data, name, owner, allowNan);
    checkSizes(matrix.shape, owner, minSamples);
    return { kind: "sparse", matrix };
  }
  const a = isColumns(x) ? tableOf(x) : numeric(x);
  if (isComplex(a.dtype)) throw new ValueError(`Complex data not supported\n${str(fromStrided(a))}\n`);
  const as64 = castTo(a, float64);
  if (a.rank === 0)
    throw new ValueError(
      `Expected 2D array, got scalar array instead:\narray=${str(fromStrided(as64))}.\n${RESHAPE}`,
    );
  if (a.rank === 1)
    throw new ValueError(
      `Expected 2D array, got 1D array instead:\narray=${str(fromStrided(as64))}.\n${RESHAPE}`,
    );
  if (a.rank > 2)
    throw new ValueError(
      `Found array with dim ${a.rank}, while dim <= 2 is required${owner ? ` by ${owner}` : ""}.`,
    );
  const data = contiguous(as64).flat() as Float64Array;
  assertFinite(data, name, owner, allowNan);
  const [n, d] = a.shape as [number, number];
  checkSizes([n, d], owner, minSamples);
  return { kind: "dense", rows: new DenseRows(data, n, d) };
}

function checkSizes([n, d]: readonly [number, number], owner: string, minSamples: number): void {
  const by = owner ? ` by ${owner}` : "";
  if (n < minSamples)
    throw new ValueError(
      `Found array with ${n} sample(s) (shape=(${n}, ${d})) while a minimum of ${minSamples} is required${by}.`,
    );
  if (d < 1)
    throw new ValueError(
      `Found array with ${d} feature(s) (shape=(${n}, ${d})) while a minimum of 1 is required${by}.`,
    );
}

/** How many samples data has. @throws TypeError for numbers */
export function sampleCount(x: unknown): number {
  if (isCsr(x)) return Number([...(x.shape as Iterable<number>)][0]);
  if (isColumns(x)) return sampleCount(Object.values(x)[0] ?? []);
  if (Array.isArray(x) || x instanceof TextArray) return x.length;
  if (typeof x === "string") throw new TypeError(`Expected sequence or array-like, got ${repr(String)}`);
  const a = asStrided(x as ArrayLike);
  if (a.rank === 0)
    throw new TypeError(
      "Input should have at least 1 dimension i.e. satisfy `len(x.shape) > 0`, got scalar `array(…)` instead.".replace(
        "array(…)",
        repr(fromStrided(a)),
      ),
    );
  return a.shape[0]!;
}

/** @throws ValueError where arrays have different numbers of samples */
export function checkLengths(...arrays: readonly unknown[]): void {
  const lengths = arrays.filter((x) => x !== null && x !== undefined).map(sampleCount);
  if (new Set(lengths).size > 1)
    throw new ValueError(`Found input variables with inconsistent numbers of samples: ${repr(lengths)}`);
}

/** One value a sample: an array of one axis, or a column with a warning. @throws ValueError for other shapes */
export function columnOr1d(y: unknown, warns = true): ndarray {
  const a = isText(y) ? textArray(y) : fromStrided(asStrided(y as ArrayLike));
  if (a.ndim === 1) return a;
  if (a.ndim === 2 && a.shape[1] === 1) {
    if (warns)
      warn(
        "A column-vector y was passed when a 1d array was expected. Please change the shape of y to (n_samples, ), for example using ravel().",
        DataConversionWarning,
      );
    return a.reshape(-1);
  }
  throw new ValueError(`y should be a 1d array, got an array of shape ${str(a.shape)} instead.`);
}

/** Notes what `fit` saw, or compares with it: the number of features, and their names. */
function checkFeatures(estimator: Estimator, x: MatrixLike, width: number, reset: boolean): void {
  const names = isColumns(x) ? Object.keys(x) : null;
  const owner = className(estimator.constructor);
  const e = estimator as unknown as { feature_names_in_?: ndarray; n_features_in_?: number };
  if (reset) {
    if (names) e.feature_names_in_ = textArray(names);
    else delete e.feature_names_in_;
    e.n_features_in_ = width;
    return;
  }
  const fitted = e.feature_names_in_ ? (e.feature_names_in_.tolist() as string[]) : null;
  if (names && !fitted) warn(`X has feature names, but ${owner} was fitted without feature names`);
  else if (!names && fitted)
    warn(`X does not have valid feature names, but ${owner} was fitted with feature names`);
  else if (names && fitted) compareNames(names, fitted);
  if (e.n_features_in_ !== undefined && e.n_features_in_ !== width)
    throw new ValueError(
      `X has ${width} features, but ${owner} is expecting ${e.n_features_in_} features as input.`,
    );
}

function compareNames(names: readonly string[], fitted: readonly string[]): void {
  if (names.length === fitted.length && names.every((n, i) => n === fitted[i])) return;
  const list = (found: readonly string[]): string =>
    found
      .slice(0, 5)
      .map((n) => `- ${n}\n`)
      .join("") + (found.length > 5 ? "- ...\n" : "");
  const unseen = names.filter((n) => !fitted.includes(n)).sort();
  const missing = fitted.filter((n) => !names.includes(n)).sort();
  let text = "The feature names should match those that were passed during fit.\n";
  if (unseen.length > 0) text += `Feature names unseen at fit time:\n${list(unseen)}`;
  if (missing.length > 0) text += `Feature names seen at fit time, yet now missing:\n${list(missing)}`;
  if (unseen.length === 0 && missing.length === 0)
    text += "Feature names must be in the same order as they were in fit.\n";
  throw new ValueError(text);
}

/** Checks samples for an estimator: `reset` in `fit`, where the features are noted. */
export function checkFor(
  estimator: Estimator,
  x: MatrixLike,
  reset: boolean,
  options: CheckOptions = {},
): Checked {
  const checked = checkMatrix(x, { ...options, owner: className(estimator.constructor) });
  checkFeatures(estimator, x, shapeOf(checked)[1], reset);
  return checked;
}

/** @throws ValueError where `fit` got no y */
export function requireY(estimator: Estimator, y: unknown): void {
  if (y === null || y === undefined)
    throw new ValueError(
      `This ${className(estimator.constructor)} estimator requires y to be passed, but the target y is None.`,
    );
}

/** y as finite numbers or labels, one a sample. */
export function checkTarget(y: TargetLike): ndarray {
  const line = columnOr1d(y);
  if (!(line instanceof TextArray) && isFloating(line._a.dtype)) {
    const data = floats(line);
    assertFinite(data, "y", "", false, line._a.dtype.name);
  }
  return line;
}

/** A weight for each sample. @throws ValueError */
export function checkSampleWeight(weight: ArrayLike | number | null | undefined, n: number): Float64Array {
  if (weight === null || weight === undefined) return new Float64Array(n).fill(1);
  if (typeof weight === "number" || weight instanceof Number) return new Float64Array(n).fill(Number(weight));
  const a = asStrided(weight);
  const data = floats(a);
  assertFinite(data, "sample_weight", "");
  if (a.rank !== 1)
    throw new ValueError(
      `Sample weights must be 1D array or scalar, got ${a.rank}D array. Expected either a scalar value or a 1D array of length ${n}.`,
    );
  if (data.length !== n) throw new ValueError(`sample_weight.shape == (${data.length},), expected (${n},)!`);
  if (data.every((v) => v === 0))
    throw new ValueError("Sample weights must contain at least one non-zero number.");
  return data;
}
