import type { Rows } from "../data/storage.js";

/** Rows in one block: they stay in the nearest cache while every tree passes over them. */
export const BLOCK = 128;

/** Some rows with every feature of the model. */
export interface Block {
  readonly first: number;
  readonly count: number;
  readonly values: Float32Array;
  /** Where the first row's features begin, and how far apart rows are. */
  readonly at: number;
  readonly stride: number;
  readonly missing: boolean;
}

function hasMissing(values: Float32Array, from: number, to: number): boolean {
  // A sum is NaN if one of its terms is; ∞ − ∞ merely takes the slower way. Four sums, so that none waits for another.
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = from;
  for (; i + 3 < to; i += 4) {
    a += values[i]!;
    b += values[i + 1]!;
    c += values[i + 2]!;
    d += values[i + 3]!;
  }
  for (; i < to; i++) a += values[i]!;
  return Number.isNaN(a + b + c + d);
}

/** Walks over the rows in blocks in which each row has at least `features` values, NaN where there is none. */
export function* blocks(rows: Rows, features: number, size = BLOCK): Generator<Block> {
  const { rows: n, cols } = rows;
  if (rows.kind === "dense" && cols >= features) {
    for (let first = 0; first < n; first += size) {
      const count = Math.min(size, n - first);
      const at = first * cols;
      yield {
        first,
        count,
        values: rows.values,
        at,
        stride: cols,
        get missing() {
          return hasMissing(rows.values, at, at + count * cols);
        },
      };
    }
    return;
  }
  const stride = Math.max(cols, features, 1);
  const values = new Float32Array(size * stride);
  for (let first = 0; first < n; first += size) {
    const count = Math.min(size, n - first);
    values.fill(Number.NaN);
    for (let i = 0; i < count; i++) {
      const row = first + i;
      if (rows.kind === "dense") values.set(rows.values.subarray(row * cols, (row + 1) * cols), i * stride);
      else
        for (let k = rows.indptr[row]!; k < rows.indptr[row + 1]!; k++)
          values[i * stride + rows.indices[k]!] = rows.values[k]!;
    }
    yield { first, count, values, at: 0, stride, missing: true };
  }
}
