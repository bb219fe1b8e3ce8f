import type { Value } from "@cognate/tensor";
import { checkFunction } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { complex64, complex128, type DType, float32, float64, type NumericData } from "../../dtype/dtype.js";
import { castTo, contiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import type { OpRow } from "../row.js";
import * as ops from "../table.js";

/** Numbers in [−1, 1) that look random. */
function filled(dtype: DType, shape: readonly number[], salt: number): Strided {
  const x = Strided.zeros(dtype, shape);
  let state = salt;
  for (let i = 0; i < x.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    x.data[i] = (state / 2 ** 32) * 2 - 1;
  }
  return x;
}

const run = (row: unknown, inputs: readonly (Strided | null)[], params: unknown = {}): Strided[] => {
  const y = (row as OpRow<never>).run(inputs, params as never);
  return (Array.isArray(y) ? y : [y]) as Strided[];
};
const one = (row: unknown, inputs: readonly (Strided | null)[], params?: unknown): Strided =>
  run(row, inputs, params)[0]!;
const matmul = (a: Strided, b: Strided): Strided => one(ops.matmul, [a, b]);
const transposed = (a: Strided): Strided => {
  const t = a.view(
    [...a.shape.slice(0, -2), a.shape[a.rank - 1]!, a.shape[a.rank - 2]!],
    [...a.strides.slice(0, -2), a.strides[a.rank - 1]!, a.strides[a.rank - 2]!],
  );
  return a.dtype.kind === "complex" ? one(ops.conj, [t]) : t;
};
const columns = (x: Strided, n: number): Strided =>
  one(ops.slice, [x], { dim: x.rank - 1, start: 0, step: 1, length: n });
const rows = (x: Strided, n: number): Strided =>
  one(ops.slice, [x], { dim: x.rank - 2, start: 0, step: 1, length: n });
const scaledColumns = (x: Strided, d: Strided): Strided => {
  const wide = castTo(d, x.dtype);
  return one(ops.mul, [x, wide.view([1, d.shape[0]!], [0, wide.strides[0]!])]);
};
const parts = (x: Strided): Float64Array => Float64Array.from(contiguous(x).flat() as NumericData);

/** The greatest difference, in units of the type's last place, of the matrices' size and of their largest number. */
function gap(a: Strided, b: Strided): number {
  const [x, y] = [parts(a), parts(b)];
  expect(a.shape).toEqual(b.shape);
  const top = y.reduce((m, v) => Math.max(m, Math.abs(v)), 1);
  const eps = a.dtype === float32 || a.dtype === complex64 ? 2 ** -23 : 2 ** -52;
  const n = Math.max(...a.shape, 1);
  return x.reduce((m, v, i) => Math.max(m, Math.abs(v - y[i]!)), 0) / (top * eps * n);
}

const unitOf = (dtype: DType, n: number): Strided => {
  const x = Strided.zeros(dtype, [n, n]);
  for (let i = 0; i < n; i++) x.data[i * (n + 1) * dtype.lanes] = 1;
  return x;
};

const SHAPES = [
  [1, 1],
  [2, 2],
  [3, 3],
  [7, 7],
  [30, 30],
  [5, 3],
  [3, 5],
  [9, 2],
  [2, 9],
] as const;

describe.each([float64, complex128, float32, complex64])("factors of %s matrices", (dtype) => {
  test.each(SHAPES)("%i×%i", (m, n) => {
    const x = filled(dtype, [m, n], 7 * m + n);
    const k = Math.min(m, n);
    for (const fullMatrices of [true, false]) {
      const [u, s, vh] = run(ops.svd, [x], { fullMatrices }) as [Strided, Strided, Strided];
      expect(gap(matmul(scaledColumns(columns(u, k), s), rows(vh, k)), x)).toBeLessThan(10);
      expect(gap(matmul(transposed(u), u), unitOf(dtype, u.shape[1]!))).toBeLessThan(10);
      expect(gap(matmul(vh, transposed(vh)), unitOf(dtype, vh.shape[0]!))).toBeLessThan(10);
      expect(gap(one(ops.svdvals, [x]), s)).toBeLessThan(10);
    }
    for (const complete of [true, false]) {
      const [q, r] = run(ops.qr, [x], { complete }) as [Strided, Strided];
      expect(gap(matmul(q, r), x)).toBeLessThan(10);
      expect(gap(matmul(transposed(q), q), unitOf(dtype, q.shape[1]!))).toBeLessThan(10);
    }
    const [y, pivots] = run(ops.luFactor, [x]) as [Strided, Strided];
    const [p, l, u] = run(ops.luUnpack, [y, pivots]) as [Strided, Strided, Strided];
    expect(gap(matmul(p, matmul(l, u)), x)).toBeLessThan(10);
    const inverse = one(ops.pinv, [x, null, null]);
    expect(gap(matmul(matmul(x, inverse), x), x)).toBeLessThan(1000);
    if (m !== n) return;
    const symmetric = one(ops.mul, [one(ops.add, [x, transposed(x)]), 0.5 as unknown as Strided]);
    const [w, v] = run(ops.eigh, [symmetric]) as [Strided, Strided];
    expect(gap(matmul(symmetric, v), scaledColumns(v, w))).toBeLessThan(10);
    expect(gap(matmul(transposed(v), v), unitOf(dtype, n))).toBeLessThan(10);
    expect(gap(one(ops.eigvalsh, [symmetric]), w)).toBeLessThan(10);
    const [e, z] = run(ops.eig, [x]) as [Strided, Strided];
    expect(gap(matmul(castTo(x, z.dtype), z), scaledColumns(z, e))).toBeLessThan(20);
    const positive = one(ops.add, [matmul(x, transposed(x)), unitOf(dtype, n)]);
    const c = one(ops.cholesky, [positive]);
    expect(gap(matmul(c, transposed(c)), positive)).toBeLessThan(10);
    const b = filled(dtype, [n, 2], 91);
    expect(gap(matmul(positive, one(ops.solve, [positive, b])), b)).toBeLessThan(50);
  });
});

test("matrices that are hard: defective, of rank one, of tiny and huge numbers, zero", () => {
  const from = (n: number, values: readonly number[]): Strided =>
    Strided.over(Float64Array.from(values), float64, [values.length / n, n]);
  const jordan = from(3, [2, 1, 0, 0, 2, 1, 0, 0, 2]);
  expect(Array.from(one(ops.eigvals, [jordan]).data as Float64Array)).toEqual([2, 0, 2, 0, 2, 0]);
  const rank1 = from(3, [1, 2, 3, 2, 4, 6, 3, 6, 9]);
  const s = one(ops.svdvals, [rank1]).data as Float64Array;
  expect(s[0]).toBeCloseTo(14, 12);
  expect(Math.max(s[1]!, s[2]!)).toBeLessThan(1e-14);
  for (const factor of [1e-300, 1e300]) {
    const x = from(2, [3 * factor, factor, factor, 2 * factor]);
    const [u, t, vh] = run(ops.svd, [x]) as [Strided, Strided, Strided];
    expect(
      gap(
        one(ops.mul, [matmul(scaledColumns(u, t), vh), (1 / factor) as unknown as Strided]),
        from(2, [3, 1, 1, 2]),
      ),
    ).toBeLessThan(10);
    const [w] = run(ops.eigh, [x]) as [Strided];
    expect((w.data[1] as number) / factor).toBeCloseTo((5 + Math.sqrt(5)) / 2, 12);
  }
  const zero = Strided.zeros(float64, [3, 2]);
  expect(Array.from(one(ops.svdvals, [zero]).data as Float64Array)).toEqual([0, 0]);
  expect(Array.from(one(ops.pinv, [zero, null, null]).data as Float64Array)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(() => one(ops.inv, [rank1])).toThrow("singular");
  expect(() => one(ops.cholesky, [from(2, [1, 2, 2, 1])])).toThrow("leading minor of order 2");
  expect(() => one(ops.svd, [from(2, [1, Number.NaN, 0, 1])])).toThrow("not finite");
  // Small singular values keep their digits.
  const graded = from(2, [1, 1, 0, 1e-20]);
  expect((one(ops.svdvals, [graded]).data as Float64Array)[1]! / (1e-20 / Math.SQRT2)).toBeCloseTo(1, 12);
});

type Values = readonly (Value | null)[];
const hermitian = (x: Value): Value => {
  const t = x.permute({ axes: [1, 0] }).conj();
  return x.matmul(t).add(x.constant(unitOf(x.dtype, x.shape[0]!))) as Value;
};

describe("derivatives of Hermitian matrices", () => {
  const real = filled(float64, [3, 3], 5);
  const complex = filled(complex128, [2, 2], 6);
  const cases: [string, Strided, (xs: Values) => Value[]][] = [
    ["cholesky", real, ([x]) => [call(ops.cholesky, hermitian(x!))[0]!]],
    ["cholesky, complex", complex, ([x]) => [call(ops.cholesky, hermitian(x!))[0]!]],
    ["eigh", real, ([x]) => call(ops.eigh, hermitian(x!), { upper: true })],
    ["eigh, complex: the values", complex, ([x]) => [call(ops.eigh, hermitian(x!))[0]!]],
    [
      "eigh, complex: projections",
      complex,
      ([x]) => {
        const v = call(ops.eigh, hermitian(x!))[1]!;
        const first = v.slice({ dim: 1, start: 0, step: 1, length: 1 }) as Value;
        return [first.matmul(first.permute({ axes: [1, 0] }).conj()) as Value];
      },
    ],
    ["eigvalsh", real, ([x]) => call(ops.eigvalsh, hermitian(x!))],
    [
      "det of a singular matrix",
      Strided.over(Float64Array.of(1, 2, 2, 4), float64, [2, 2]),
      ([x]) => call(ops.det, x!),
    ],
  ];
  test.each(cases)("%s", (name, x, f) => {
    expect(checkFunction(f, [x], [true], 1, name)).toBeNull();
    if (!name.startsWith("det")) expect(checkFunction(f, [x], [true], 2, name)).toBeNull();
  });
});

function call(row: { readonly name: string }, x: Value, params?: unknown): Value[] {
  const method = (x as unknown as Record<string, (p: unknown) => Value | Value[]>)[row.name]!;
  const y = method.call(x, params);
  return Array.isArray(y) ? y : [y];
}
