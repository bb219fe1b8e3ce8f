import { describe, expect, test } from "vitest";
import { bool, type DType, float32, float64, int8, int16, int32, int64, uint8 } from "../../dtype/dtype.js";
import type { OpRow } from "../../ops/row.js";
import * as ops from "../../ops/table.js";
import { castTo, cloneContiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { both, next, random } from "../testing.js";

/* Kernels of bytes, of truths and of integer quotients give the very bits of the reference. */

const LENGTHS = [200, 215, 216, 1000];

function whole(dtype: DType, n: number, low = -120, high = 120): Strided {
  return castTo(castTo(random([n], low, high, float64), int64), dtype);
}
const flags = (n: number): Strided => castTo(castTo(whole(int64, n), uint8), bool);

/** Behind three elements of wider memory. */
function moved(x: Strided): Strided {
  const wide = Strided.zeros(x.dtype, [x.size + 4]);
  const y = wide.view(x.shape, [1], 3);
  const from = cloneContiguous(x).data;
  for (let i = 0; i < x.size; i++) y.data[3 + i] = from[i]!;
  return y;
}

function same(row: OpRow, inputs: Parameters<OpRow["run"]>[0], params?: unknown): void {
  const [[fast], [plain]] = both(row, inputs, params);
  expect(fast!.dtype).toBe(plain!.dtype);
  expect([...(cloneContiguous(fast!).data as Uint8Array)]).toEqual([
    ...(cloneContiguous(plain!).data as Uint8Array),
  ]);
}

describe.each([ops.bitwiseAnd, ops.bitwiseOr, ops.bitwiseXor] as OpRow[])("$name", (row) => {
  test.each(LENGTHS)("%i", (n) => {
    for (const dtype of [int8, uint8, int16, int32, int64]) {
      same(row, [whole(dtype, n), whole(dtype, n)]);
      same(row, [moved(whole(dtype, n)), whole(dtype, n)]);
    }
    same(row, [flags(n), moved(flags(n))]);
  });
});

test.each(LENGTHS)("bits and truths turned, %i", (n) => {
  for (const dtype of [int8, uint8, int16, int32, int64]) same(ops.bitwiseNot as OpRow, [whole(dtype, n)]);
  same(ops.bitwiseNot as OpRow, [flags(n)]);
  same(ops.logicalNot as OpRow, [moved(flags(n))]);
});

test("truths that are not 1", () => {
  const x = Strided.zeros(bool, [300]);
  const y = Strided.zeros(bool, [300]);
  for (let i = 0; i < 300; i++) [x.data[i], y.data[i]] = [i % 3, (i * 5) % 4];
  for (const row of [ops.logicalAnd, ops.logicalOr, ops.logicalXor] as OpRow[]) same(row, [x, y]);
  same(ops.logicalNot as OpRow, [x]);
});

describe.each([ops.add, ops.sub] as OpRow[])("$name of bytes", (row) => {
  test.each(LENGTHS)("%i", (n) => {
    for (const dtype of [int8, uint8]) {
      same(row, [whole(dtype, n), moved(whole(dtype, n))]);
      for (const v of [0, 1, 100, 255, -7]) same(row, [whole(dtype, n), v]);
    }
  });
});

describe.each([ops.floorDiv, ops.mod] as OpRow[])("$name of 64-bit integers", (row) => {
  test.each(LENGTHS)("%i", (n) => {
    const [a, b] = [whole(int64, n, -1e6, 1e6), whole(int64, n)];
    for (let i = 0; i < n; i++) if (b.data[i] === 0n) b.data[i] = -1n;
    a.data[5] = -(2n ** 63n);
    b.data[5] = -1n;
    same(row, [a, b]);
    same(row, [moved(a), moved(b)]);
    same(row, [a, 7]);
    same(row, [a, -3n]);
    same(row, [12345, b]);
  });
  test("a divisor of 0 goes to the reference", () => {
    const [a, b] = [whole(int64, 300), whole(int64, 300, 1, 9)];
    b.data[299] = 0n;
    const y = row.run([a, b], { byZero: "zero" }) as Strided;
    expect(y.data[299]).toBe(0n);
    expect(() => row.run([a, b], undefined)).toThrow();
  });
});

test.each(LENGTHS)("not a number, and whole numbers, %i", (n) => {
  for (const dtype of [float32, float64]) {
    const x = random([n], -3, 3, dtype);
    for (let i = 0; i < n; i += 7) x.data[i] = Number.NaN;
    for (let i = 3; i < n; i += 11) x.data[i] = Number.POSITIVE_INFINITY;
    same(ops.isnan as OpRow, [x]);
    same(ops.isnan as OpRow, [moved(x)]);
  }
  const x = random([n], -4, 4, float64);
  for (let i = 0; i < n; i += 5) x.data[i] = Math.round(next() * 9) / 2;
  x.data[1] = -0.25;
  const [[fast], [plain]] = both(ops.round as OpRow, [x], undefined);
  for (let i = 0; i < n; i++) expect(Object.is(fast!.data[i], plain!.data[i])).toBe(true);
});

describe.each([ops.any, ops.all, ops.countNonzero] as OpRow[])("$name of truths", (row) => {
  test.each([256, 257, 1001])("%i", (n) => {
    for (const fill of [0, 1, 2])
      for (const at of [0, n - 1]) {
        const x = Strided.zeros(bool, [n]);
        (x.data as Uint8Array).fill(fill);
        same(row, [x], {});
        x.data[at] = fill ? 0 : 1;
        same(row, [x], {});
        same(row, [moved(x)], { keepdim: true });
      }
  });
});
