import { describe, expect, test } from "vitest";
import { type DType, float64, int32, int64 } from "../../dtype/dtype.js";
import type { ElementwiseRow } from "../../ops/engines/elementwise.js";
import type { OpRow } from "../../ops/row.js";
import * as ops from "../../ops/table.js";
import { cloneContiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { both, distance, LAYOUTS, next, random as randomOf } from "../testing.js";

/* Fast kernels of float64 and of integers give the very bits of the reference. */

const rows = (Object.values(ops) as OpRow[]).filter((r): r is ElementwiseRow => "elementwise" in r);
// Divisors of 0 are refused: see bytes.test.ts.
const DIVIDE: ReadonlySet<unknown> = new Set([ops.floorDiv, ops.mod]);
const withKernel = (arity: number, type: "float64" | "int32" | "int64"): (readonly [string, OpRow])[] =>
  rows.filter((r) => r.arity === arity && r.simd?.[type] && !DIVIDE.has(r)).map((r) => [r.name, r]);

const random = (shape: readonly number[], low = -3, high = 3): Strided => randomOf(shape, low, high, float64);

function whole(dtype: DType, shape: readonly number[], size = 1000): Strided {
  const x = Strided.zeros(dtype, shape);
  for (let i = 0; i < x.size; i++) {
    const v = Math.round(next() * size);
    x.data[i] = dtype.big ? BigInt(v) : v;
  }
  return x;
}

/** The first place where two results are not the same number. */
function differs(a: Strided, b: Strided): string {
  expect(a.shape).toEqual(b.shape);
  expect(a.dtype).toBe(b.dtype);
  const [u, v] = [cloneContiguous(a).data, cloneContiguous(b).data];
  for (let i = 0; i < u.length; i++) if (!Object.is(u[i], v[i])) return `${i}: ${u[i]} for ${v[i]}`;
  return "";
}

function same<P>(row: OpRow<P>, inputs: Parameters<OpRow<P>["run"]>[0], params: P): void {
  const [fast, plain] = both(row, inputs, params);
  fast.forEach((y, i) => {
    expect(differs(y, plain[i]!)).toBe("");
  });
}

const EDGES = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  Infinity,
  -Infinity,
  NaN,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  1e-310,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  709.78,
  709.79,
  706.9,
  707.1,
  -707.1,
  -708.5,
  -744.9,
  -745.15,
  -746,
  1e-9,
  9.99e-10,
  1e-17,
  1e-18,
  0.0026,
  0.0028,
  -0.0026,
  0.99999999999,
  1.0000000001,
  1e16,
  25000,
  25001,
  -25001,
  1e22,
  1e300,
  Math.PI,
  Math.PI / 2,
  Math.PI / 128,
  2.5,
  -2.5,
  3,
  -3,
  -40,
  -41,
  2 ** 53,
  1 / 3,
  710,
  0.0078125,
  0.0078,
  4503599627370497,
];

const shapes: readonly (readonly number[])[] = [[1001], [3, 67], [7, 5, 9], [2, 3, 4, 17], [203]];

describe.each(withKernel(1, "float64"))("%s", (_name, row) => {
  test("edges", () => {
    const x = random([256], 0.1, 3);
    (x.data as Float64Array).set(EDGES);
    same(row, [x], undefined);
  });
  test.each([
    [-12, 12],
    [-720, 720],
    [0, 1e-3],
    [-1e5, 1e5],
    [0, 1e300],
  ])("from %d to %d", (low, high) => same(row, [random([20_001], low, high)], undefined));
  test.each(Object.entries(LAYOUTS))("%s", (_layout, lay) => {
    for (const shape of shapes) same(row, [lay(random(shape))], undefined);
  });
});

describe.each([
  ...withKernel(2, "float64").map(([n, r]) => [`${n} of float64`, r, random] as const),
  ...withKernel(2, "int32").map(
    ([n, r]) => [`${n} of int32`, r, (s: readonly number[]) => whole(int32, s)] as const,
  ),
  ...withKernel(2, "int64").map(
    ([n, r]) => [`${n} of int64`, r, (s: readonly number[]) => whole(int64, s)] as const,
  ),
])("%s", (name, row, make) => {
  const bounded = row.inputs[1] === "y";
  test.skipIf(bounded || !name.endsWith("64") || name.endsWith("int64"))("edges", () => {
    const n = EDGES.length;
    const [a, b] = [random([n, n]), random([n, n])];
    for (let i = 0; i < n * n; i++) {
      (a.data as Float64Array)[i] = EDGES[i % n]!;
      (b.data as Float64Array)[i] = EDGES[Math.floor(i / n)]!;
    }
    same(row, [a, b], undefined);
  });
  test.skipIf(!name.includes("int"))("what overflows wraps", () => {
    const x = make([300]);
    const big = x.dtype.big;
    for (let i = 0; i < 300; i++) x.data[i] = big ? 2n ** 62n + BigInt(i) : 2 ** 30 + i;
    same(row, [x, x], undefined);
    same(row, [x, big ? 2n ** 62n : 2 ** 30], undefined);
  });
  test.each(Object.entries(LAYOUTS))("%s", (_layout, lay) => {
    for (const shape of shapes) {
      same(row, [lay(make(shape)), lay(make(shape))], undefined);
      same(row, [make(shape), lay(make(shape))], undefined);
    }
  });
  test("numbers", () => {
    for (const v of [0, 2, -3]) {
      same(row, [make([17, 13]), v], undefined);
      same(row, [v, make([17, 13])], undefined);
    }
  });
  test.each([
    [[12, 40], [40]],
    [
      [40, 31],
      [40, 1],
    ],
    [
      [2, 3, 4, 40],
      [3, 1, 1],
    ],
    [
      [8, 1, 6],
      [7, 6],
    ],
    [[300], [1]],
    [
      [2, 2, 2, 2, 20],
      [2, 1, 2, 1],
    ],
  ])("%j stretches with %j", (p, q) => {
    for (const lay of Object.values(LAYOUTS)) {
      same(row, [lay(make(p)), lay(make(q))], undefined);
      same(row, [lay(make(q)), lay(make(p))], undefined);
    }
  });
});

test("where", () => {
  for (const shape of shapes) {
    const c = ops.gt.run([random(shape), 0], undefined) as Strided;
    for (const lay of Object.values(LAYOUTS))
      same(ops.where, [lay(random(shape)), c, random(shape)], undefined);
    same(ops.where, [random(shape), c, Number.NaN], undefined);
  }
});

describe.each([
  ["sum", ops.sum, random],
  ["mean", ops.mean, random],
  ["amax", ops.amax, random],
  ["amin", ops.amin, random],
  ["sum of int64", ops.sum, (s: readonly number[]) => whole(int64, s)],
  ["sum of int32", ops.sum, (s: readonly number[]) => whole(int32, s)],
  ["amax of int64", ops.amax, (s: readonly number[]) => whole(int64, s)],
  ["amin of int32", ops.amin, (s: readonly number[]) => whole(int32, s)],
] as [string, OpRow, (s: readonly number[]) => Strided][])("%s", (_name, row, make) => {
  test.each([
    [[1000], undefined],
    [[100_003], undefined],
    [[31, 17], [0]],
    [[31, 17], [1]],
    [
      [31, 17],
      [0, 1],
    ],
    [[5, 7, 11], [1]],
    [
      [5, 7, 11],
      [1, 2],
    ],
    [
      [4, 3, 5, 7],
      [0, 1],
    ],
    [[1, 300, 1], [1]],
    [[3, 1000], [1]],
  ])("%j over %j", (shape, dims) => {
    for (const name of ["rows", "held by JavaScript", "at an odd offset"])
      for (const keepdim of [false, true]) same(row, [LAYOUTS[name]!(make(shape))], { dims, keepdim });
    if (shape.length === 2 && dims?.length === 1) same(row, [LAYOUTS.turned!(make(shape))], { dims });
  });
  test("NaN wins", () => {
    const x = make([20, 30]);
    if (x.dtype !== float64) return;
    (x.data as Float64Array)[77] = Number.NaN;
    for (const dims of [[0], [1]]) same(row, [x], { dims });
  });
});

test.each([
  ["float32", undefined],
  ["float64", float64],
  ["int32", int32],
  ["int64", int64],
])("positions of extremes of %s", (_name, dtype) => {
  const make = (shape: readonly number[]): Strided =>
    dtype === int32 || dtype === int64 ? whole(dtype, shape, 50) : randomOf(shape, -3, 3, dtype);
  for (const row of [ops.argmax, ops.argmin]) {
    for (const [shape, dims] of [
      [[1000], undefined],
      [[31, 17], [1]],
      [
        [5, 7, 11],
        [1, 2],
      ],
    ] as const)
      same(row, [make(shape)], { dims });
    if (dtype === int32 || dtype === int64) continue;
    const x = make([600]);
    (x.data as Float64Array)[77] = (x.data as Float64Array)[99] = Number.NaN;
    same(row, [x], {});
  }
});

test.each([
  ["float64", float64],
  ["int64", int64],
] as const)("running sums of %s", (_name, dtype) => {
  for (const lay of Object.values(LAYOUTS))
    for (const [shape, dim] of [
      [[1000], 0],
      [[31, 17], 0],
      [[31, 17], 1],
      [[5, 7, 11], 1],
    ] as const)
      same(ops.cumsum, [lay(dtype === int64 ? whole(dtype, shape) : random(shape))], { dim });
});

describe.each([ops.softmax, ops.logSoftmax] as OpRow<{ dim: number }>[])("$name", (row) => {
  test.each([[[64, 10]], [[7, 3, 33]], [[300]], [[100, 3]], [[400, 1]]])("%j", (shape) => {
    for (const lay of Object.values(LAYOUTS)) {
      const [[y], [want]] = both(row, [lay(random(shape, -20, 20))], { dim: -1 });
      expect(distance(y!, want!)).toBeLessThan(4e-15);
    }
  });
});

describe.each([ops.softmaxGrad, ops.logSoftmaxGrad] as OpRow<{ dim: number }>[])("$name", (row) => {
  test.each([[[64, 10]], [[7, 3, 33]], [[300]], [[100, 3]]])("%j", (shape) => {
    for (const lay of Object.values(LAYOUTS)) {
      const y = ops.softmax.run([random(shape)], { dim: -1 });
      const [[gx], [want]] = both(row, [lay(random(shape)), lay(y as never)], { dim: shape.length - 1 });
      expect(distance(gx!, want!)).toBeLessThan(4e-15);
    }
  });
});
