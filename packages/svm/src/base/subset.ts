import { type ArrayLike, asStrided, fromStrided, type ndarray, TextArray } from "@cognate/ndarray/core";
import { gatherRows } from "../solver/model.js";
import { CsrMatrix, isColumns, isCsr, sparseOf } from "./arrays.js";

/** Some samples of whatever holds them: rows of arrays, items of lists, entries of every column. */
export function take(x: unknown, indices: Int32Array): unknown {
  if (x === null || x === undefined) return x;
  if (isCsr(x)) return new CsrMatrix(gatherRows(sparseOf(x), indices));
  if (isColumns(x)) return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, take(v, indices)]));
  if (x instanceof TextArray) return x.take([...indices], 0);
  if (Array.isArray(x)) return Array.from(indices, (i) => x[i] as unknown);
  return fromStrided(asStrided(x as ArrayLike)).take([...indices], 0);
}

/** Some rows and columns of a kernel matrix. */
export function takeBlock(x: unknown, rows: Int32Array, columns: Int32Array): ndarray {
  const a = fromStrided(asStrided(x as ArrayLike));
  return (a.take([...rows], 0) as ndarray).take([...columns], 1) as ndarray;
}
