import { arrayOf, castTo, contiguous, type DType, float64, int32, int64, Strided } from "@cognate/kernel";
import { type ArrayLike, asStrided, fromStrided, type ndarray } from "@cognate/ndarray/core";
import { isPlainObject, nameClass, Tuple } from "@cognate/py";
import type { SparseMatrix } from "../solver/rows.js";

/** A sparse matrix by rows, as SciPy's `csr_matrix` has it. */
export interface CsrLike {
  readonly data: ArrayLike;
  readonly indices: ArrayLike;
  readonly indptr: ArrayLike;
  readonly shape: ArrayLike | readonly number[];
}

/** Columns by name. */
export type Columns = Readonly<Record<string, ArrayLike | readonly string[]>>;

/** Samples in rows: nested lists or arrays, a sparse matrix, or columns by name. */
export type MatrixLike = ArrayLike | CsrLike | Columns;

/** Labels or numbers, one a sample. */
export type TargetLike = ArrayLike | readonly string[];

export const isCsr = (x: unknown): x is CsrLike =>
  typeof x === "object" && x !== null && "indptr" in x && "indices" in x && "data" in x && "shape" in x;

export const isColumns = (x: unknown): x is Columns => isPlainObject(x) && !isCsr(x);

/** The elements as float64 in row-major order; the array's own memory where it is that. */
export const floats = (x: ArrayLike | Strided): Float64Array =>
  contiguous(castTo(asStrided(x), float64)).flat() as Float64Array;

/** Whole numbers as a plain typed array. */
export const wholes = (x: ArrayLike | Strided): Int32Array =>
  contiguous(castTo(asStrided(x), int32)).flat() as Int32Array;

export const f64 = (data: Float64Array, shape: readonly number[] = [data.length]): ndarray =>
  fromStrided(Strided.over(data, float64, shape));
export const i32 = (data: Int32Array, shape: readonly number[] = [data.length]): ndarray =>
  fromStrided(Strided.over(data, int32, shape));
export const i64 = (data: ArrayLike | Iterable<number>, shape?: readonly number[]): ndarray => {
  const flat = BigInt64Array.from(data as Iterable<number>, (v) => BigInt(v));
  return fromStrided(Strided.over(flat, int64, shape ?? [flat.length]));
};
export const bools = (data: Uint8Array, dtype: DType, shape: readonly number[] = [data.length]): ndarray =>
  fromStrided(Strided.over(data, dtype, shape));

/** A sparse matrix as estimators hand it out: arrays, with `toarray()`. */
export class CsrMatrix {
  readonly data: ndarray;
  readonly indices: ndarray;
  readonly indptr: ndarray;
  readonly shape: Tuple<number>;

  constructor(readonly _matrix: SparseMatrix) {
    this.data = f64(_matrix.data);
    this.indices = i32(_matrix.indices);
    this.indptr = i32(_matrix.indptr);
    this.shape = Tuple.of_([..._matrix.shape]);
  }
  get nnz(): number {
    return this.data.size;
  }
  /** The same matrix with its zeros. */
  toarray(): ndarray {
    return f64(denseOf(this._matrix), this.shape);
  }
  todense(): ndarray {
    return this.toarray();
  }
  __repr__(): string {
    return `<Compressed Sparse Row sparse array of dtype 'float64'\n\twith ${this.nnz} stored elements and shape (${this.shape.join(", ")})>`;
  }
  __str__(): string {
    const { data, indices, indptr, shape } = this._matrix;
    const lines = [];
    for (let i = 0; i < shape[0]; i++)
      for (let k = indptr[i]!; k < indptr[i + 1]!; k++) lines.push(`  (${i}, ${indices[k]})\t${data[k]}`);
    return [this.__repr__(), "  Coords\tValues", ...lines].join("\n");
  }
  toString(): string {
    return this.__str__();
  }
}
nameClass("scipy.sparse._csr.csr_array", CsrMatrix);

/**
 * An attribute that is an array, or a sparse matrix where the estimator was trained on one: used as either, since only
 * the training data decides which it is.
 */
export type DenseOrSparse = ndarray & Omit<CsrMatrix, keyof ndarray>;

/** A sparse matrix with its zeros, row by row. */
export function denseOf({ data, indices, indptr, shape }: SparseMatrix): Float64Array {
  const [n, d] = shape;
  const out = new Float64Array(n * d);
  for (let i = 0; i < n; i++)
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) out[i * d + indices[k]!]! += data[k]!;
  return out;
}

/** The arrays of a sparse matrix, columns ascending within each row. */
export function sparseOf(x: CsrLike): SparseMatrix {
  if (x instanceof CsrMatrix) return x._matrix;
  const [n, d] = [...(arrayOf(x.shape) ? wholes(x.shape as ArrayLike) : (x.shape as readonly number[]))].map(
    Number,
  );
  const indptr = wholes(x.indptr).slice();
  const indices = wholes(x.indices).slice();
  const data = floats(x.data).slice();
  for (let i = 0; i < n!; i++) {
    const [from, to] = [indptr[i]!, indptr[i + 1]!];
    let sorted = true;
    for (let k = from + 1; k < to; k++) if (indices[k - 1]! > indices[k]!) sorted = false;
    if (sorted) continue;
    const order = Array.from({ length: to - from }, (_, k) => from + k).sort(
      (a, b) => indices[a]! - indices[b]!,
    );
    const [c, v] = [order.map((k) => indices[k]!), order.map((k) => data[k]!)];
    indices.set(c, from);
    data.set(v, from);
  }
  return { data, indices, indptr, shape: [n!, d!] };
}
