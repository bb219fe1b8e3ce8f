import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { asFloat, pyClass, ValueError } from "@cognate/py";
import { CsrMatrix, f64, floats, type MatrixLike } from "../base/arrays.js";
import * as must from "../base/constraints.js";
import { check_is_fitted } from "../base/estimator.js";
import { type Checked, checkFor, checkMatrix, checkSampleWeight, shapeOf } from "../base/validation.js";

import { byColumn, EPS, readFit, readTransform, Transformer } from "./transformer.js";

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
