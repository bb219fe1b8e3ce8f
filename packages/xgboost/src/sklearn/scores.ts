import { castTo, contiguous, float64 } from "@cognate/kernel";
import { type ArrayLike, asStrided, isText, type ndarray, textArray } from "@cognate/ndarray/core";
import { asFloat } from "@cognate/py";

const f64 = (x: ArrayLike): Float64Array => contiguous(castTo(asStrided(x), float64)).flat() as Float64Array;

/** The (weighted) share of equal labels; of several columns, rows must be equal throughout. */
export function accuracy(y: ArrayLike, predicted: ndarray, weight: ArrayLike | null): number {
  const rows = predicted.shape[0]!;
  const width = predicted.size / Math.max(1, rows);
  const list = isText(y) ? textArray(y)._flat() : f64(y);
  const p = f64(predicted);
  const w = weight === null ? null : f64(weight);
  let hits = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let equal = true;
    for (let k = i * width; k < (i + 1) * width; k++) equal &&= list[k] === p[k];
    const own = w ? w[i]! : 1;
    total += own;
    if (equal) hits += own;
  }
  return asFloat(hits / total) as number;
}

/** R² = 1 − Σw(y − p)² / Σw(y − ȳ)², its mean over the columns. */
export function r2(y: ArrayLike, predicted: ndarray, weight: ArrayLike | null): number {
  const rows = predicted.shape[0]!;
  const width = predicted.size / Math.max(1, rows);
  const [t, p] = [f64(y), f64(predicted)];
  const w = weight === null ? new Float64Array(rows).fill(1) : f64(weight);
  let sum = 0;
  for (let c = 0; c < width; c++) {
    let [mean, total] = [0, 0];
    for (let i = 0; i < rows; i++) {
      mean += w[i]! * t[i * width + c]!;
      total += w[i]!;
    }
    mean /= total;
    let [residual, spread] = [0, 0];
    for (let i = 0; i < rows; i++) {
      residual += w[i]! * (t[i * width + c]! - p[i * width + c]!) ** 2;
      spread += w[i]! * (t[i * width + c]! - mean) ** 2;
    }
    sum += spread === 0 ? (residual === 0 ? 1 : 0) : 1 - residual / spread;
  }
  return asFloat(sum / width) as number;
}
