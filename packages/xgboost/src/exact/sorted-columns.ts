import type { Matrix } from "../data/matrix.js";
import { type Columns, toColumns } from "../data/storage.js";
import { sortPairs } from "../numeric/introsort.js";

/** The columns with ascending values, kept with the matrix. */
export function sortedColumns(matrix: Matrix): Columns {
  const known = matrix.cache.get("sorted") as Columns | undefined;
  if (known) return known;
  const out = toColumns(matrix.rows);
  const { indptr } = out;
  for (let f = 0; f + 1 < indptr.length; f++) sortPairs(out.values, out.rows, indptr[f]!, indptr[f + 1]!);
  matrix.cache.set("sorted", out);
  return out;
}
