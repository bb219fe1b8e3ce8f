import { Strided } from "@cognate/kernel";
import { fromStrided, type ndarray } from "@cognate/ndarray/core";
import { ValueError } from "@cognate/py";
import { CsrMatrix, f64 } from "../base/arrays.js";
import type { Checked } from "../base/validation.js";
import type { SvmParameters } from "../solver/parameters.js";
import type { DenseRows } from "../solver/rows.js";

export const denseArray = (x: ndarray | CsrMatrix): Strided => (x instanceof CsrMatrix ? x.toarray() : x)._a;

/** A matrix all of whose entries are kept. */
export function fullRows(data: Float64Array, n: number, m: number) {
  return {
    data,
    indices: Int32Array.from({ length: n * m }, (_, i) => i % m),
    indptr: Int32Array.from({ length: n + 1 }, (_, i) => i * m),
    shape: [n, m] as const,
  };
}

/** The entries of dense rows that are not zero. */
export function sparseRows({ data, count, width }: DenseRows) {
  const indptr = new Int32Array(count + 1);
  const values: number[] = [];
  const indices: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < width; c++) {
      const v = data[i * width + c]!;
      if (v === 0) continue;
      values.push(v);
      indices.push(c);
    }
    indptr[i + 1] = values.length;
  }
  return {
    data: Float64Array.from(values),
    indices: Int32Array.from(indices),
    indptr,
    shape: [count, width] as const,
  };
}

/** The variance of all entries, as NumPy computes it (dense) or by E[x²] − E[x]² (sparse). */
export function variance(x: Checked): number {
  if (x.kind === "sparse") {
    const { data, shape } = x.matrix;
    const n = shape[0] * shape[1];
    let [s, q] = [0, 0];
    for (const v of data) {
      s += v;
      q += v * v;
    }
    return q / n - (s / n) ** 2;
  }
  const { data, count, width } = x.rows;
  return Number((fromStrided(Strided.over(data, f64(data)._a.dtype, [count, width])) as ndarray).var());
}

/** @throws ValueError in LIBSVM's words for weights and ν that leave nothing to solve */
export function checkFeasible(p: SvmParameters, y: Float64Array, weight: Float64Array): void {
  if (p.type === "nu_svc") {
    const counts = new Map<number, number>();
    y.forEach((label, i) => {
      counts.set(label, (counts.get(label) ?? 0) + weight[i]!);
    });
    const sizes = [...counts.values()];
    sizes.forEach((a, i) => {
      for (const b of sizes.slice(i + 1))
        if ((p.nu * (a + b)) / 2 > Math.min(a, b)) throw new ValueError("specified nu is infeasible");
    });
  }
  const kept = y.filter((_, i) => weight[i]! > 0);
  if (kept.length === 0) throw new ValueError("Invalid input - all samples have zero or negative weights.");
  if (kept.length !== y.length && p.type === "c_svc" && kept.every((v) => v === kept[0]))
    throw new ValueError("Invalid input - all samples with positive weights belong to the same class.");
}
