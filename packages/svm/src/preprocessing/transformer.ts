import { castTo, float32 } from "@cognate/kernel";
import { type ArrayLike, asStrided, fromStrided, type ndarray } from "@cognate/ndarray/core";
import { CsrMatrix, f64, isColumns, isCsr, type MatrixLike } from "../base/arrays.js";
import { reader } from "../base/call.js";
import { check_is_fitted, Estimator } from "../base/estimator.js";
import { type Checked, shapeOf } from "../base/validation.js";

/** The distance of 1 to the next number. */
export const EPS = 2 ** -52;

export const readFit = reader("fit", "X:dict y sample_weight", 1);
export const readTransform = reader("transform", "X:dict copy", 1);
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
export function byColumn(X: MatrixLike, checked: Checked, f: (v: number, column: number) => number): ndarray {
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
export const nonZero = (scale: Float64Array): Float64Array => scale.map((s) => (s < 10 * EPS ? 1 : s));
