import type { SparseMatrix } from "../solver/rows.js";

/** What the linear solvers learn from: rows of entries that are not zero, targets, and a weight each. */
export interface LinearProblem {
  readonly x: SparseMatrix;
  /** ±1 for classes, class numbers for Crammer and Singer's, numbers for regression. */
  readonly y: Float64Array;
  /** C of each sample. */
  readonly cost: Float64Array;
}

/** ⟨w, xᵢ⟩ */
export function rowDot({ data, indices, indptr }: SparseMatrix, i: number, w: Float64Array): number {
  let s = 0;
  for (let k = indptr[i]!; k < indptr[i + 1]!; k++) s += w[indices[k]!]! * data[k]!;
  return s;
}

/** w += a·xᵢ */
export function addRow({ data, indices, indptr }: SparseMatrix, i: number, a: number, w: Float64Array): void {
  for (let k = indptr[i]!; k < indptr[i + 1]!; k++) w[indices[k]!]! += a * data[k]!;
}

/** ‖xᵢ‖², added up from `start`. */
export function rowSquare({ data, indptr }: SparseMatrix, i: number, start = 0): number {
  let s = start;
  for (let k = indptr[i]!; k < indptr[i + 1]!; k++) s += data[k]! * data[k]!;
  return s;
}

/** The columns of a matrix as rows. */
export function transposed({ data, indices, indptr, shape }: SparseMatrix): SparseMatrix {
  const [n, d] = shape;
  const start = new Int32Array(d + 1);
  for (const c of indices) start[c + 1]!++;
  for (let c = 0; c < d; c++) start[c + 1]! += start[c]!;
  const next = start.slice();
  const values = new Float64Array(data.length);
  const rows = new Int32Array(data.length);
  for (let i = 0; i < n; i++)
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) {
      const at = next[indices[k]!]!++;
      values[at] = data[k]!;
      rows[at] = i;
    }
  return { data: values, indices: rows, indptr: start, shape: [d, n] };
}

/** Entries of a dense matrix that are not zero, with a last column of `bias` where that is positive. */
export function withBias(
  x: { readonly data: Float64Array; readonly count: number; readonly width: number } | SparseMatrix,
  bias: number,
): SparseMatrix {
  const sparse = "indptr" in x;
  const [n, d] = sparse ? x.shape : [x.count, x.width];
  const extra = bias > 0 ? 1 : 0;
  let known = 0;
  if (sparse) known = x.data.length;
  else for (const v of x.data) if (v !== 0) known++;
  const data = new Float64Array(known + extra * n);
  const indices = new Int32Array(known + extra * n);
  const indptr = new Int32Array(n + 1);
  let at = 0;
  for (let i = 0; i < n; i++) {
    if (sparse)
      for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
        data[at] = x.data[k]!;
        indices[at++] = x.indices[k]!;
      }
    else
      for (let c = 0; c < d; c++) {
        const v = x.data[i * d + c]!;
        if (v === 0) continue;
        data[at] = v;
        indices[at++] = c;
      }
    if (extra) {
      data[at] = bias;
      indices[at++] = d;
    }
    indptr[i + 1] = at;
  }
  return { data, indices, indptr, shape: [n, d + extra] };
}

/** Numbers 0 … n − 1, of which solvers set aside those that are at rest. */
export class ActiveSet {
  readonly order: Int32Array;
  size: number;

  constructor(n: number) {
    this.order = Int32Array.from({ length: n }, (_, i) => i);
    this.size = n;
  }
  /** Sets aside what stands at place `s`; another takes its place. */
  drop(s: number): void {
    this.size--;
    const { order } = this;
    const v = order[s]!;
    order[s] = order[this.size]!;
    order[this.size] = v;
  }
  get whole(): boolean {
    return this.size === this.order.length;
  }
  restore(): void {
    this.size = this.order.length;
  }
}
