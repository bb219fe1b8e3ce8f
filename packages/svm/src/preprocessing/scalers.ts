import type { ndarray } from "@cognate/ndarray/core";
import { pyClass, str, Tuple, ValueError } from "@cognate/py";
import { f64, floats, type MatrixLike } from "../base/arrays.js";
import * as must from "../base/constraints.js";
import { check_is_fitted } from "../base/estimator.js";
import { checkFor, checkMatrix, shapeOf } from "../base/validation.js";

import { byColumn, nonZero, readFit, readTransform, Transformer } from "./transformer.js";

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
