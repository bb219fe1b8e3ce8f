import { type ArrayLike, asStrided } from "@cognate/ndarray/core";
import { isPlainObject } from "@cognate/py";
import { type CsrLike, floats, isCsr, sparseOf } from "../base/arrays.js";
import type { SparseMatrix } from "../solver/rows.js";

/** One sample: values by index (from 1), a Map of them, or a plain list. */
export type Instance = Readonly<Record<string, number>> | ReadonlyMap<number, number> | readonly number[];
/** Samples as LIBSVM's Python face takes them. */
export type Instances = readonly Instance[] | ArrayLike | CsrLike;

/** A sample's entries by index from 1, ascending, zeros left out unless the kernel is precomputed. */
function entriesOf(x: Instance, keepZeros: boolean): [number, number][] {
  const pairs: [number, number][] = isPlainObject(x)
    ? Object.entries(x as Record<string, number>).map(([k, v]) => [Number(k), Number(v)])
    : x instanceof Map
      ? [...x].map(([k, v]) => [Number(k), Number(v)])
      : Array.from(floats(asStrided(x as ArrayLike)), (v, i) => [i + (keepZeros ? 0 : 1), v]);
  return pairs.filter(([, v]) => keepZeros || v !== 0).sort(([a], [b]) => a - b);
}

/** Samples as a sparse matrix whose column 0 is index 1; precomputed kernels keep index 0, the serial number, too. */
export function samplesOf(x: Instances, precomputed: boolean): SparseMatrix {
  if (isCsr(x)) return sparseOf(x);
  const shift = precomputed ? 0 : 1;
  const list: readonly Instance[] = Array.isArray(x)
    ? (x as readonly Instance[])
    : ((): Instance[] => {
        const a = asStrided(x as ArrayLike);
        const [data, d] = [floats(a), a.shape[1]!];
        return Array.from({ length: a.shape[0]! }, (_, i) => [...data.subarray(i * d, (i + 1) * d)]);
      })();
  const rows = list.map((s) => entriesOf(s, precomputed));
  const indptr = new Int32Array(rows.length + 1);
  rows.forEach((r, i) => {
    indptr[i + 1] = indptr[i]! + r.length;
  });
  const flat = rows.flat();
  const width = flat.reduce((m, [k]) => Math.max(m, k - shift + 1), 0);
  return {
    data: Float64Array.from(flat, ([, v]) => v),
    indices: Int32Array.from(flat, ([k]) => k - shift),
    indptr,
    shape: [rows.length, width],
  };
}
