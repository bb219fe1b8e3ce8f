import { castTo, float32 } from "@cognate/kernel";
import { type ArrayLike, asStrided, fromStrided, type ndarray } from "@cognate/ndarray/core";
import { asFloat, pyClass, str, Tuple, ValueError } from "@cognate/py";
import { CsrMatrix, f64, floats, isColumns, isCsr, type MatrixLike } from "../base/arrays.js";
import { reader } from "../base/call.js";
import * as must from "../base/constraints.js";
import { check_is_fitted, Estimator } from "../base/estimator.js";
import { type Checked, checkFor, checkMatrix, checkSampleWeight, shapeOf } from "../base/validation.js";

const EPS = 2 ** -52;

const readFit = reader("fit", "X:dict y sample_weight", 1);
const readTransform = reader("transform", "X:dict copy", 1);
const readFitTransform = reader("fit_transform", "X:dict y **fit_params", 1);

/** Learns something about columns, then changes them. */
export abstract class Transformer extends Estimator {
  override get _estimator_type() {
    return "transformer" as const;
  }
  abstract fit(X: MatrixLike, ...args: readonly unknown[]): this;
  abstract transform(X: MatrixLike, ...args: readonly unknown[]): ndarray;
  /** `fit`, then `transform` of the same samples. */
  fit_transform(X: MatrixLike, ...args: readonly unknown[]): ndarray {
    const [x, y = null, more = {}] = readFitTransform([X, ...args]) as [MatrixLike, unknown, object?];
    return this.fit(x, y, more).transform(x);
  }
  /** The names of the columns that come out. */
  get_feature_names_out(): string[] {
    check_is_fitted(this);
    const named = (this as unknown as { feature_names_in_?: ndarray }).feature_names_in_;
    return named
      ? (named.tolist() as string[])
      : Array.from({ length: this.n_features_in_ }, (_, i) => `x${i}`);
  }
}

/** Changes dense columns one by one, or the entries of a sparse matrix; float32 stays float32. */
function byColumn(X: MatrixLike, checked: Checked, f: (v: number, column: number) => number): ndarray {
  const [n, d] = shapeOf(checked);
  if (checked.kind === "sparse") {
    const { matrix } = checked;
    const data = matrix.data.map((v, k) => f(v, matrix.indices[k]!));
    return new CsrMatrix({ ...matrix, data }) as unknown as ndarray;
  }
  const { data } = checked.rows;
  const out = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = f(data[i]!, i % d);
  const y = f64(out, [n, d]);
  const narrow =
    !isCsr(X) && !isColumns(X) && !Array.isArray(X) && asStrided(X as ArrayLike).dtype === float32;
  return narrow ? fromStrided(castTo(y._a, float32)) : y;
}

/** Scales of 0 are left alone. */
const nonZero = (scale: Float64Array): Float64Array => scale.map((s) => (s < 10 * EPS ? 1 : s));

class StandardScalerImpl extends Transformer {
  declare copy: boolean;
  declare with_mean: boolean;
  declare with_std: boolean;
  /** What columns are divided by; `null` without scaling. */
  declare scale_: ndarray | null;
  declare mean_: ndarray | null;
  declare var_: ndarray | null;
  declare n_samples_seen_: number;

  constructor(copy = true, with_mean = true, with_std = true) {
    super();
    this._assign({ copy, with_mean, with_std });
  }
  override get _constraints() {
    return { copy: [must.boolean], with_mean: [must.boolean], with_std: [must.boolean] };
  }

  /** Learns mean and standard deviation of each column. */
  fit(X: MatrixLike, ...args: readonly unknown[]): this {
    for (const k of ["scale_", "mean_", "var_", "n_samples_seen_"])
      delete (this as unknown as Record<string, unknown>)[k];
    return this.partial_fit(X, ...args);
  }

  /** Goes on learning from more samples. */
  partial_fit(X: MatrixLike, ...args: readonly unknown[]): this {
    const [x, , given = null] = readFit([X, ...args]) as [MatrixLike, unknown, ArrayLike | null];
    this._validate_params();
    const first = this.n_samples_seen_ === undefined;
    const checked = checkFor(this, x, first, { allowNan: true });
    if (checked.kind === "sparse" && this.with_mean)
      throw new ValueError(
        "Cannot center sparse matrices: pass `with_mean=False` instead. See docstring for motivation and alternatives.",
      );
    const [n, d] = shapeOf(checked);
    const weight = given === null ? null : checkSampleWeight(given, n);
    const moments = momentsOf(checked, weight);
    const before = first
      ? null
      : { count: Number(this.n_samples_seen_), mean: floats(this.mean_!), variance: floats(this.var_!) };
    const merged = before ? combined(before, moments, d) : moments;
    this.n_samples_seen_ = asFloat(merged.count);
    this.mean_ = this.with_mean || this.with_std ? f64(merged.mean) : null;
    this.var_ = this.with_std ? f64(merged.variance) : null;
    this.scale_ = this.with_std ? f64(scaleOf(merged)) : null;
    return this;
  }

  /** (x − mean) / scale. */
  transform(X: MatrixLike, ...args: readonly unknown[]): ndarray {
    const [x] = readTransform([X, ...args]) as [MatrixLike];
    check_is_fitted(this);
    const checked = checkFor(this, x, false, { allowNan: true });
    const mean = this.with_mean && checked.kind === "dense" ? floats(this.mean_!) : null;
    const scale = this.scale_ ? floats(this.scale_) : null;
    // Sparse entries are multiplied by 1 / scale, as scikit-learn does.
    if (checked.kind === "sparse") {
      if (this.with_mean)
        throw new ValueError(
          "Cannot center sparse matrices: pass `with_mean=False` instead. See docstring for motivation and alternatives.",
        );
      return byColumn(x, checked, (v, c) => (scale ? v * (1 / scale[c]!) : v));
    }
    return byColumn(x, checked, (v, c) => {
      const moved = mean ? v - mean[c]! : v;
      return scale ? moved / scale[c]! : moved;
    });
  }

  /** What `transform` was given, from what it gave. */
  inverse_transform(X: MatrixLike, ...args: readonly unknown[]): ndarray {
    const [x] = readTransform([X, ...args]) as [MatrixLike];
    check_is_fitted(this);
    const checked = checkMatrix(x, { allowNan: true });
    const mean = this.with_mean ? floats(this.mean_!) : null;
    const scale = this.scale_ ? floats(this.scale_) : null;
    return byColumn(x, checked, (v, c) => {
      const wide = scale ? v * scale[c]! : v;
      return mean ? wide + mean[c]! : wide;
    });
  }
}

interface Moments {
  readonly count: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Means and variances of columns by two passes with a correction (T. Chan et al., 1983). */
function momentsOf(checked: Checked, weight: Float64Array | null): Moments {
  const [n, d] = shapeOf(checked);
  const dense =
    checked.kind === "dense" ? f64(checked.rows.data, [n, d]) : new CsrMatrix(checked.matrix).toarray();
  const total = (x: ndarray): Float64Array =>
    floats((weight ? (f64(weight).matmul(x) as ndarray) : (x.sum({ axis: 0 }) as ndarray)) as ArrayLike);
  const count = weight ? weight.reduce((s, v) => s + v, 0) : n;
  const mean = total(dense).map((v) => v / count);
  const apart = dense.sub(f64(mean)) as ndarray;
  const correction = total(apart);
  const square = total(apart.mul(apart) as ndarray);
  return { count, mean, variance: square.map((v, c) => (v - correction[c]! ** 2 / count) / count) };
}

function combined(a: Moments, b: Moments, d: number): Moments {
  const count = a.count + b.count;
  const mean = new Float64Array(d);
  const variance = new Float64Array(d);
  const ratio = a.count / b.count;
  for (let c = 0; c < d; c++) {
    const [sumA, sumB] = [a.mean[c]! * a.count, b.mean[c]! * b.count];
    mean[c] = (sumA + sumB) / count;
    variance[c] =
      (a.variance[c]! * a.count + b.variance[c]! * b.count + (ratio / count) * (sumA / ratio - sumB) ** 2) /
      count;
  }
  return { count, mean, variance };
}

/** Standard deviations; 1 for columns that are constant but for rounding. */
const scaleOf = ({ count, mean, variance }: Moments): Float64Array =>
  variance.map((v, c) => (v <= count * EPS * v + (count * mean[c]! * EPS) ** 2 ? 1 : Math.sqrt(v)));

class MinMaxScalerImpl extends Transformer {
  declare feature_range: readonly number[];
  declare copy: boolean;
  declare clip: boolean;
  declare min_: ndarray;
  declare scale_: ndarray;
  declare data_min_: ndarray;
  declare data_max_: ndarray;
  declare data_range_: ndarray;
  declare n_samples_seen_: number;

  constructor(feature_range: readonly number[] = [0, 1], copy = true, clip = false) {
    super();
    this._assign({ feature_range: Tuple.of_([...feature_range]), copy, clip });
  }
  override get _constraints() {
    return { copy: [must.boolean], clip: [must.boolean] };
  }
  /** Learns the range of each column. @throws ValueError */
  fit(X: MatrixLike, ...args: readonly unknown[]): this {
    const [x] = readFit([X, ...args]) as [MatrixLike];
    this._validate_params();
    const [low, high] = [...this.feature_range].map(Number) as [number, number];
    if (low >= high)
      throw new ValueError(
        `Minimum of desired feature range must be smaller than maximum. Got (${str(this.feature_range[0])}, ${str(this.feature_range[1])}).`,
      );
    const checked = checkFor(this, x, true, { sparse: false, allowNan: true });
    const { data, count, width } = (checked as { rows: { data: Float64Array; count: number; width: number } })
      .rows;
    const [min, max] = [new Float64Array(width).fill(Infinity), new Float64Array(width).fill(-Infinity)];
    for (let i = 0; i < data.length; i++) {
      const c = i % width;
      if (data[i]! < min[c]!) min[c] = data[i]!;
      if (data[i]! > max[c]!) max[c] = data[i]!;
    }
    const range = max.map((v, c) => v - min[c]!);
    const wide = nonZero(range);
    const scale = wide.map((r) => (high - low) / r);
    this.scale_ = f64(scale);
    this.min_ = f64(min.map((v, c) => low - v * scale[c]!));
    this.data_min_ = f64(min);
    this.data_max_ = f64(max);
    this.data_range_ = f64(range);
    this.n_samples_seen_ = count;
    return this;
  }
  /** x · scale_ + min_. */
  transform(X: MatrixLike, ...args: readonly unknown[]): ndarray {
    const [x] = readTransform([X, ...args]) as [MatrixLike];
    check_is_fitted(this);
    const checked = checkFor(this, x, false, { sparse: false, allowNan: true });
    const [scale, min] = [floats(this.scale_), floats(this.min_)];
    const [low, high] = [...this.feature_range].map(Number) as [number, number];
    return byColumn(x, checked, (v, c) => {
      const y = v * scale[c]! + min[c]!;
      return this.clip ? Math.min(Math.max(y, low), high) : y;
    });
  }
  /** What `transform` was given, from what it gave. */
  inverse_transform(X: MatrixLike): ndarray {
    check_is_fitted(this);
    const [scale, min] = [floats(this.scale_), floats(this.min_)];
    return byColumn(
      X,
      checkMatrix(X, { sparse: false, allowNan: true }),
      (v, c) => (v - min[c]!) / scale[c]!,
    );
  }
}

class MaxAbsScalerImpl extends Transformer {
  declare copy: boolean;
  declare scale_: ndarray;
  declare max_abs_: ndarray;
  declare n_samples_seen_: number;

  constructor(copy = true) {
    super();
    this._assign({ copy });
  }
  /** Learns the largest magnitude of each column. */
  fit(X: MatrixLike, ...args: readonly unknown[]): this {
    const [x] = readFit([X, ...args]) as [MatrixLike];
    const checked = checkFor(this, x, true, { allowNan: true });
    const [n, d] = shapeOf(checked);
    const most = new Float64Array(d);
    const see = (v: number, c: number): void => {
      if (Math.abs(v) > most[c]!) most[c] = Math.abs(v);
    };
    if (checked.kind === "dense")
      checked.rows.data.forEach((v, i) => {
        see(v, i % d);
      });
    else
      checked.matrix.data.forEach((v, k) => {
        see(v, checked.matrix.indices[k]!);
      });
    this.max_abs_ = f64(most);
    this.scale_ = f64(nonZero(most));
    this.n_samples_seen_ = n;
    return this;
  }
  /** x / scale. */
  transform(X: MatrixLike): ndarray {
    check_is_fitted(this);
    const scale = floats(this.scale_);
    return byColumn(X, checkFor(this, X, false, { allowNan: true }), (v, c) => v / scale[c]!);
  }
}

class NormalizerImpl extends Transformer {
  declare norm: "l1" | "l2" | "max";
  declare copy: boolean;
  constructor(norm: "l1" | "l2" | "max" = "l2", copy = true) {
    super();
    this._assign({ norm, copy });
  }
  override get _constraints() {
    return { norm: [must.words("l1", "l2", "max")], copy: [must.boolean] };
  }
  override get _fitted(): boolean {
    return true;
  }
  /** Learns nothing but the number of columns. */
  fit(X: MatrixLike): this {
    this._validate_params();
    checkFor(this, X, true);
    return this;
  }
  /** Each row divided by its norm. */
  transform(X: MatrixLike): ndarray {
    const checked = checkFor(this, X, this.n_features_in_ === undefined, { sparse: false });
    const { data, width } = (checked as { rows: { data: Float64Array; width: number } }).rows;
    const norms = new Float64Array(data.length / width);
    for (let i = 0; i < data.length; i++) {
      const v = Math.abs(data[i]!);
      const r = Math.floor(i / width);
      norms[r] = this.norm === "max" ? Math.max(norms[r]!, v) : norms[r]! + (this.norm === "l1" ? v : v * v);
    }
    if (this.norm === "l2") for (let r = 0; r < norms.length; r++) norms[r] = Math.sqrt(norms[r]!);
    const scale = nonZero(norms);
    let i = 0;
    return byColumn(X, checked, (v) => v / scale[Math.floor(i++ / width)]!);
  }
}

/**
 * Brings columns to mean 0 and standard deviation 1.
 *
 * `fit` sets `mean_`, `var_`, `scale_` [n_features], `n_samples_seen_`.
 *
 * @example
 * ```ts
 * import { preprocessing } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const scaler = preprocessing.StandardScaler().fit([[0, 0], [0, 0], [1, 1], [1, 1]]);
 * print(scaler.mean_, scaler.transform([[2, 2]])); // prints [0.5 0.5] [[3. 3.]]
 * ```
 */
export const StandardScaler = pyClass(
  "sklearn.preprocessing._data.StandardScaler",
  "* copy with_mean with_std",
  StandardScalerImpl,
);
export type StandardScaler = StandardScalerImpl;

/** Brings columns into a range, 0 … 1 by default. */
export const MinMaxScaler = pyClass(
  "sklearn.preprocessing._data.MinMaxScaler",
  "feature_range * copy clip",
  MinMaxScalerImpl,
);
export type MinMaxScaler = MinMaxScalerImpl;

/** Divides columns by their largest magnitude, so that zeros stay. */
export const MaxAbsScaler = pyClass("sklearn.preprocessing._data.MaxAbsScaler", "* copy", MaxAbsScalerImpl);
export type MaxAbsScaler = MaxAbsScalerImpl;

/** Divides rows by their norm. */
export const Normalizer = pyClass("sklearn.preprocessing._data.Normalizer", "norm * copy", NormalizerImpl);
export type Normalizer = NormalizerImpl;
