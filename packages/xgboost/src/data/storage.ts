/** Features in rows: every value, NaN where missing. */
export interface DenseRows {
  readonly kind: "dense";
  readonly rows: number;
  readonly cols: number;
  readonly values: Float32Array;
}

/** Features in rows: present values only, in the order they were given. */
export interface SparseRows {
  readonly kind: "sparse";
  readonly rows: number;
  readonly cols: number;
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

export type Rows = DenseRows | SparseRows;

/** Features by columns: column f's present values are `indptr[f] … indptr[f + 1]`, their rows ascending. */
export interface Columns {
  readonly indptr: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Float32Array;
}

/** A row's values with NaN where missing, written to `out` (length ≥ cols). */
export function denseRow(data: Rows, row: number, out: Float32Array): Float32Array {
  if (data.kind === "dense") {
    out.set(data.values.subarray(row * data.cols, (row + 1) * data.cols));
    return out;
  }
  out.fill(Number.NaN);
  for (let k = data.indptr[row]!; k < data.indptr[row + 1]!; k++) out[data.indices[k]!] = data.values[k]!;
  return out;
}

/** How many values are present. */
export function countPresent(data: Rows): number {
  if (data.kind === "sparse") return data.values.length;
  let n = 0;
  const { values } = data;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) n++;
  return n;
}

/** The same values by columns. */
export function toColumns(data: Rows): Columns {
  const { rows: n, cols, values } = data;
  const indptr = new Uint32Array(cols + 1);
  if (data.kind === "dense") {
    for (let i = 0, k = 0; i < n; i++)
      for (let f = 0; f < cols; f++, k++) if (!Number.isNaN(values[k])) indptr[f + 1]!++;
  } else for (let k = 0; k < values.length; k++) indptr[data.indices[k]! + 1]!++;
  for (let f = 0; f < cols; f++) indptr[f + 1]! += indptr[f]!;
  const at = indptr.slice(0, cols);
  const total = indptr[cols]!;
  const out = new Float32Array(total);
  const rows = new Uint32Array(total);
  if (data.kind === "dense") {
    for (let i = 0, k = 0; i < n; i++)
      for (let f = 0; f < cols; f++, k++) {
        const v = values[k]!;
        if (Number.isNaN(v)) continue;
        const to = at[f]!++;
        out[to] = v;
        rows[to] = i;
      }
  } else
    for (let i = 0; i < n; i++)
      for (let k = data.indptr[i]!; k < data.indptr[i + 1]!; k++) {
        const to = at[data.indices[k]!]!++;
        out[to] = values[k]!;
        rows[to] = i;
      }
  return { indptr, rows, values: out };
}

/** Some rows of a matrix. */
export function selectRows(data: Rows, chosen: ArrayLike<number>): Rows {
  const { cols } = data;
  if (data.kind === "dense") {
    const values = new Float32Array(chosen.length * cols);
    for (let i = 0; i < chosen.length; i++)
      values.set(data.values.subarray(chosen[i]! * cols, (chosen[i]! + 1) * cols), i * cols);
    return { kind: "dense", rows: chosen.length, cols, values };
  }
  const indptr = new Uint32Array(chosen.length + 1);
  for (let i = 0; i < chosen.length; i++)
    indptr[i + 1] = indptr[i]! + data.indptr[chosen[i]! + 1]! - data.indptr[chosen[i]!]!;
  const indices = new Uint32Array(indptr[chosen.length]!);
  const values = new Float32Array(indices.length);
  for (let i = 0; i < chosen.length; i++) {
    const [from, to] = [data.indptr[chosen[i]!]!, data.indptr[chosen[i]! + 1]!];
    indices.set(data.indices.subarray(from, to), indptr[i]!);
    values.set(data.values.subarray(from, to), indptr[i]!);
  }
  return { kind: "sparse", rows: chosen.length, cols, indptr, indices, values };
}
