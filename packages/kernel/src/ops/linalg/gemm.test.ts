import { describe, expect, test } from "vitest";
import {
  bool,
  complex128,
  DTYPES,
  type DType,
  float32,
  float64,
  int8,
  int32,
  int64,
  isInteger,
} from "../../dtype/dtype.js";
import { cloneContiguous } from "../../strided/copy.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { matmul } from "./matmul.js";

/** Whole numbers that look random, so that every sum is exact. */
function matrix(dtype: DType, shape: readonly number[], salt: number, size = 100): Strided {
  const x = Strided.zeros(dtype, shape);
  const data = x.data;
  let state = salt;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const v = Math.trunc(((state >>> 8) / 2 ** 24 - 0.5) * 2 * size);
    data[i] = dtype.big ? BigInt(v) : dtype === bool ? (v > 0 ? 1 : 0) : v;
  }
  return x;
}

/** The last two axes laid out column by column. */
const columnwise = (x: Strided): Strided => {
  const swap = (v: readonly number[]): number[] => [...v.slice(0, -2), v[v.length - 1]!, v[v.length - 2]!];
  const t = cloneContiguous(x.view(swap(x.shape), swap(x.strides)));
  return t.view(x.shape, swap(t.strides));
};

/** Row times column with bigints. */
function naive(a: Strided, b: Strided): bigint[] {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1]!;
  const at = (x: Strided, i: number, j: number): bigint =>
    BigInt(x.data[x.offset + i * x.strides[0]! + j * x.strides[1]!]!);
  return Array.from({ length: m * n }, (_, e) => {
    let s = 0n;
    for (let p = 0; p < k; p++) s += at(a, Math.floor(e / n), p) * at(b, p, e % n);
    return s;
  });
}

const product = (a: Strided, b: Strided): Strided => matmul.run([a, b], undefined) as Strided;
const numbers = (x: Strided): bigint[] => Array.from(x.flat() as Float64Array, (v) => BigInt(v));

describe.each([
  [1, 1, 1],
  [4, 3, 5],
  [7, 8, 9],
  [1, 40, 50],
  [50, 1, 40],
  [33, 17, 64],
  [5, 70, 2],
])("%i×%i with an inner axis of %i", (m, n, k) => {
  test.each([float32, float64, int32, int64])("%s", (dtype) => {
    const [a, b] = [matrix(dtype, [m, k], 1), matrix(dtype, [k, n], 2)];
    for (const [x, w] of [
      [a, b],
      [columnwise(a), b],
      [a, columnwise(b)],
      [columnwise(a), columnwise(b)],
    ] as const)
      expect(numbers(product(x, w))).toEqual(naive(a, b));
  });
});

test("narrow integers wrap", () => {
  const [a, b] = [matrix(int8, [6, 9], 3), matrix(int8, [9, 5], 4)];
  expect(numbers(product(a, b))).toEqual(naive(a, b).map((v) => BigInt.asIntN(8, v)));
  const [c, d] = [matrix(int32, [6, 9], 3, 2 ** 31), matrix(int32, [9, 5], 4, 2 ** 31)];
  expect(numbers(product(c, d))).toEqual(naive(c, d).map((v) => BigInt.asIntN(32, v)));
  // Sums that doubles hold, and 32 bits do not.
  const [e, f] = [matrix(int32, [6, 9], 3, 2 ** 20), matrix(int32, [9, 5], 4, 2 ** 20)];
  expect(numbers(product(e, f))).toEqual(naive(e, f).map((v) => BigInt.asIntN(32, v)));
});

test("64-bit integers beyond doubles are exact", () => {
  const [a, b] = [matrix(int64, [3, 4], 5, 2 ** 40), matrix(int64, [4, 3], 6, 2 ** 40)];
  expect(numbers(product(a, b))).toEqual(naive(a, b).map((v) => BigInt.asIntN(64, v)));
});

test("bool: whether any pair holds", () => {
  const [a, b] = [matrix(bool, [4, 5], 7), matrix(bool, [5, 3], 8)];
  expect(numbers(product(a, b))).toEqual(naive(a, b).map((v) => (v > 0n ? 1n : 0n)));
});

test("complex", () => {
  const a = Strided.over(Float64Array.of(1, 2, 3, -1), complex128, [1, 2]);
  const b = Strided.over(Float64Array.of(0, 1, 2, 2), complex128, [2, 1]);
  // (1 + 2i)·i + (3 − i)·(2 + 2i)
  expect([...(product(a, b).flat() as Float64Array)]).toEqual([6, 5]);
});

test("leading axes stretch, and run on into the rows where b has none", () => {
  const a = matrix(float64, [2, 3, 4, 5], 9);
  const b = matrix(float64, [5, 6], 10);
  const y = product(a, b);
  expect(y.shape).toEqual([2, 3, 4, 6]);
  const rows = product(a.view([24, 5], [5, 1]), b);
  expect(numbers(y)).toEqual(numbers(rows));
  const c = matrix(float64, [3, 1, 5, 2], 11);
  const z = product(a.view([2, 1, 3, 4, 5], [60, 60, 20, 5, 1]), c.view([3, 1, 5, 2], c.strides));
  expect(z.shape).toEqual([2, 3, 3, 4, 2]);
  const one = product(a.view([4, 5], [5, 1], 80), c.view([5, 2], [2, 1], 20));
  const size = sizeOf([4, 2]);
  // Of the last first axis, c's third matrix and a's second.
  const at = (1 * 9 + 2 * 3 + 1) * size;
  expect(numbers(z).slice(at, at + size)).toEqual(numbers(one));
});

test.each(DTYPES.filter(isInteger).map((d) => [d.name, d] as const))("%s wraps at its width", (_name, d) => {
  const bits = d.itemsize * 8;
  const filled = (shape: readonly number[], salt: number): Strided => {
    const x = Strided.zeros(d, shape);
    const data = x.data;
    for (let i = 0, v = salt; i < data.length; i++) {
      v = (Math.imul(v, 1664525) + 1013904223) | 0;
      data[i] = d.big ? BigInt.asIntN(64, BigInt(v) * 123456789123n) : v;
    }
    return x;
  };
  const [a, b] = [filled([3, 5], 1), filled([5, 4], 7)];
  const wrap = d.kind === "int" ? BigInt.asIntN : BigInt.asUintN;
  expect(numbers(product(a, b))).toEqual(naive(a, b).map((s) => wrap(bits, s)));
});
