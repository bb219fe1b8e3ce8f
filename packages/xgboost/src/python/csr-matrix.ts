import { int32, Strided } from "@cognate/kernel";
import { fromStrided, type ndarray } from "@cognate/ndarray/core";
import { nameClass, Tuple } from "@cognate/py";
import type { Rows } from "../data/storage.js";
import { f32array } from "./arrays.js";

/** The present values of a matrix by rows, with the names of SciPy's `csr_matrix`. */
export class CsrMatrix {
  readonly data: ndarray;
  readonly indices: ndarray;
  readonly indptr: ndarray;
  readonly shape: Tuple<number>;

  constructor(rows: Rows) {
    const { indptr, indices, values } = present(rows);
    this.data = f32array(values);
    this.indices = ints(indices);
    this.indptr = ints(indptr);
    this.shape = Tuple.of_([rows.rows, rows.cols]);
  }
  get nnz(): number {
    return this.data.size;
  }
  /** The same matrix with zeros where nothing is stored. */
  toarray(): ndarray {
    const [n, d] = [this.shape[0]!, this.shape[1]!];
    const out = new Float32Array(n * d);
    const [indptr, indices, data] = [this.indptr, this.indices, this.data].map((a) => a.data as Float32Array);
    for (let i = 0; i < n; i++)
      for (let k = indptr![i]!; k < indptr![i + 1]!; k++) out[i * d + indices![k]!]! += data![k]!;
    return f32array(out, [n, d]);
  }
  todense(): ndarray {
    return this.toarray();
  }
  __repr__(): string {
    return `<Compressed Sparse Row sparse matrix of dtype 'float32'\n\twith ${this.nnz} stored elements and shape (${this.shape.join(", ")})>`;
  }
  toString(): string {
    return this.__repr__();
  }
}
nameClass("scipy.sparse._csr.csr_matrix", CsrMatrix);

const ints = (x: Int32Array): ndarray => fromStrided(Strided.over(x, int32, [x.length]));

function present(rows: Rows): { indptr: Int32Array; indices: Int32Array; values: Float32Array } {
  if (rows.kind === "sparse")
    return {
      indptr: Int32Array.from(rows.indptr),
      indices: Int32Array.from(rows.indices),
      values: rows.values.slice(),
    };
  const indptr = new Int32Array(rows.rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < rows.rows; i++) {
    for (let f = 0; f < rows.cols; f++) {
      const v = rows.values[i * rows.cols + f]!;
      if (Number.isNaN(v)) continue;
      indices.push(f);
      values.push(v);
    }
    indptr[i + 1] = indices.length;
  }
  return { indptr, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}
