import type { Rows } from "../data/storage.js";
import { XGBoostError } from "../errors.js";
import { type CsrLike, floats, wholes } from "./arrays.js";

const INFINITE =
  "Check failed: valid: Input data contains `inf` or a value too large, while `missing` is not set to `inf`";

/** Whether values may be infinite: only where infinity means missing. */
const mayBeInfinite = (missing: number): boolean => missing === Infinity || missing === -Infinity;

/** Whether no value is NaN or infinite: times 0, only these are not 0. Four sums, so that none waits for another. */
function allFinite(values: Float32Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < values.length; i += 4) {
    a += values[i]! * 0;
    b += values[i + 1]! * 0;
    c += values[i + 2]! * 0;
    d += values[i + 3]! * 0;
  }
  for (; i < values.length; i++) a += values[i]! * 0;
  return a + b + c + d === 0;
}

/** Rows of values; what equals `missing` becomes NaN. The input is not changed. @throws XGBoostError for infinite values */
export function denseRows(given: Float32Array, rows: number, cols: number, missing: number): Rows {
  const infinite = mayBeInfinite(missing);
  const m = Math.fround(missing);
  let values = given;
  if (Number.isNaN(m) && allFinite(values)) return { kind: "dense", rows, cols, values };
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v === m) {
      if (values === given) values = given.slice();
      values[i] = Number.NaN;
    } else if (!infinite && (v === Infinity || v === -Infinity)) throw new XGBoostError(INFINITE);
  }
  return { kind: "dense", rows, cols, values };
}

/** A sparse matrix without what is missing. @throws XGBoostError for infinite values and wrong indices */
export function sparseRows(x: CsrLike, missing: number): Rows {
  const [rows, cols] = Array.from(
    Array.isArray(x.shape) ? (x.shape as readonly number[]) : wholes(x.shape as never),
    Number,
  ) as [number, number];
  const from = wholes(x.indptr);
  const at = wholes(x.indices);
  const { values: v } = floats(x.data);
  const infinite = mayBeInfinite(missing);
  const m = Math.fround(missing);
  const indptr = new Uint32Array(rows + 1);
  const indices = new Uint32Array(at.length);
  const values = new Float32Array(at.length);
  let n = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = from[i]!; k < from[i + 1]!; k++) {
      const value = v[k]!;
      if (Number.isNaN(value) || value === m) continue;
      if (!infinite && (value === Infinity || value === -Infinity)) throw new XGBoostError(INFINITE);
      if (!(at[k]! < cols)) throw new XGBoostError(`Check failed: column ${at[k]} of ${cols}`);
      indices[n] = at[k]!;
      values[n++] = value;
    }
    indptr[i + 1] = n;
  }
  return { kind: "sparse", rows, cols, indptr, indices: indices.slice(0, n), values: values.slice(0, n) };
}
