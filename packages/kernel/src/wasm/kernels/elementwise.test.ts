import { describe, expect, test } from "vitest";
import { bool, float32, float64 } from "../../dtype/dtype.js";
import type { ElementwiseRow } from "../../ops/engines/elementwise.js";
import type { OpRow } from "../../ops/row.js";
import * as ops from "../../ops/table.js";
import { castTo } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { wasmBuild } from "../instance.js";
import { fastCalls } from "../registry.js";
import { both, LAYOUTS, random, ulps } from "../testing.js";

const rows = (Object.values(ops) as OpRow[]).filter(
  (row): row is ElementwiseRow => "elementwise" in row && row.simd?.float32 !== undefined,
);
const ofArity = (n: number): ElementwiseRow[] => rows.filter((r) => r.arity === n);
const allowed = (row: OpRow): [ulp: number, atol: number] => {
  const { ulp = 0, atol = 0 } = row.tolerance?.float32 ?? {};
  return [ulp, atol];
};

/** Edges of float32 beside a range that rows know something about. */
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
  1e-45,
  -1e-45,
  1.17549435e-38,
  3.4028235e38,
  -3.4028235e38,
  88.5,
  88.8,
  89.5,
  -87,
  -88,
  -100,
  -103.5,
  -104.5,
  2.5,
  -2.5,
  8388609,
  16777216,
  0.92,
  0.625,
  1e-8,
  100,
  5,
  -5,
];

const shapes: readonly (readonly number[])[] = [[1001], [3, 67], [7, 5, 9], [2, 3, 4, 17], [203]];

describe.each(ofArity(1).map((r) => [r.name, r] as const))("%s", (_name, row) => {
  const [ulp, atol] = allowed(row);
  const params = row.samples?.[0]?.params;
  test("edges", () => {
    const x = random([256], 0.1, 3);
    (x.data as Float32Array).set(EDGES);
    const [[y], [want]] = both(row, [x], params);
    expect(ulps(y!, want!, atol)).toBeLessThanOrEqual(ulp);
  });
  test("over its range", () => {
    const x = random([40_000], -12, 12);
    const [[y], [want]] = both(row, [x], params);
    expect(ulps(y!, want!, atol)).toBeLessThanOrEqual(ulp);
  });
  test.each(Object.entries(LAYOUTS))("%s", (_layout, lay) => {
    for (const shape of shapes) {
      const [[y], [want]] = both(row, [lay(random(shape))], params);
      expect(ulps(y!, want!, atol)).toBeLessThanOrEqual(ulp);
    }
  });
});

describe.each(ofArity(2).map((r) => [r.name, r] as const))("%s", (_name, row) => {
  const [ulp, atol] = allowed(row);
  const check = (a: Strided | number, b: Strided | number): void => {
    const [[y], [want]] = both(row, [a, b], undefined);
    expect(ulps(castTo(y!, float32), castTo(want!, float32), atol)).toBeLessThanOrEqual(ulp);
  };
  // Results of bounded functions have no edges beyond their range.
  test.skipIf(row.inputs[1] === "y")("edges", () => {
    const n = EDGES.length;
    const [a, b] = [random([n, n]), random([n, n])];
    for (let i = 0; i < n * n; i++) {
      (a.data as Float32Array)[i] = EDGES[i % n]!;
      (b.data as Float32Array)[i] = EDGES[Math.floor(i / n)]!;
    }
    check(a, b);
  });
  test.each(Object.entries(LAYOUTS))("%s", (_layout, lay) => {
    for (const shape of shapes) {
      check(lay(random(shape)), lay(random(shape)));
      check(lay(random(shape)), random(shape));
      check(random(shape), lay(random(shape)));
    }
  });
  test("numbers", () => {
    const x = random([17, 13]);
    for (const v of [0, 1.5, -2, Infinity]) {
      check(x, v);
      check(v, x);
    }
  });
  test.each([
    [[12, 40], [40]],
    [
      [40, 31],
      [40, 1],
    ],
    [
      [3, 5, 30],
      [5, 1],
    ],
    [
      [2, 3, 4, 40],
      [3, 1, 1],
    ],
    [
      [8, 1, 6],
      [7, 6],
    ],
    [
      [6, 1, 20],
      [1, 9, 1],
    ],
    [[300], [1]],
    [
      [2, 2, 2, 2, 20],
      [2, 1, 2, 1],
    ],
  ])("%j stretches with %j", (p, q) => {
    for (const lay of Object.values(LAYOUTS)) {
      check(lay(random(p)), lay(random(q)));
      check(lay(random(q)), lay(random(p)));
    }
  });
  if (row.simd?.float64)
    test("float64", () => {
      const [a, b] = [random([31, 33], -3, 3, float64), random([33], -3, 3, float64)];
      for (const [p, q] of [
        [a, a],
        [a, b],
        [b, a],
        [a, 2.5],
        [2.5, a],
      ] as const) {
        const [[y], [want]] = both(row, [p, q], undefined);
        const [u, v] = [y!.data as Float64Array, want!.data as Float64Array];
        u.forEach((r, i) => expect(Math.abs(r - v[i]!)).toBeLessThanOrEqual(1e-14 * Math.abs(v[i]!)));
      }
    });
});

describe("where", () => {
  const flags = (shape: readonly number[]): Strided => {
    const c = Strided.zeros(bool, shape);
    for (let i = 0; i < c.size; i++) c.data[i] = (i * 7) % 3 === 0 ? 1 : 0;
    return c;
  };
  test.each(Object.entries(LAYOUTS))("%s", (_layout, lay) => {
    for (const shape of shapes)
      for (const [a, b] of [
        [lay(random(shape)), random(shape)],
        [lay(random(shape)), 0],
        [Number.NaN, lay(random(shape))],
      ] as const) {
        const [[y], [want]] = both(ops.where, [a, flags(shape), b], undefined);
        expect(ulps(y!, want!)).toBe(0);
      }
  });
});

test("nothing is written for no elements", () => {
  expect(
    (ops.add.run([Strided.zeros(float32, [0, 3]), Strided.zeros(float32, [3])], undefined) as Strided).shape,
  ).toEqual([0, 3]);
});

test("in place", () => {
  for (const lay of Object.values(LAYOUTS)) {
    const [a, b] = [lay(random([40, 50])), random([50])];
    const want = ops.mul.run([a, b], undefined) as Strided;
    expect(ops.mul.run([a, b], undefined, a)).toBe(a);
    expect(ulps(a, want)).toBe(0);
  }
});

test("into arrays whose axes lie in another order", () => {
  const shape = [6, 40, 31];
  const out = LAYOUTS.turned!(random(shape));
  for (const lay of Object.values(LAYOUTS)) {
    const [a, b] = [lay(random(shape)), random([40, 1])];
    const want = ops.sub.run([a, b], undefined) as Strided;
    const before = fastCalls();
    expect(ops.sub.run([a, b], undefined, out)).toBe(out);
    if (wasmBuild() !== "off") expect(fastCalls()).toBeGreaterThan(before);
    expect(ulps(out, want)).toBe(0);
  }
});

describe.each([
  ["exp", ops.exp],
  ["log", ops.log],
] as const)("%s", (_name, op) => {
  const row = op as OpRow;
  const [ulp, atol] = allowed(row);
  // What the quick way cannot take stands in one block of elements, at its ends, or nowhere.
  test.each([[[]], [[0]], [[2047]], [[2048]], [[6000]], [[3000, 3001]]])("edges at %j", (places) => {
    for (const edge of EDGES) {
      const x = random([6001], 0.1, 3);
      for (const i of places) x.data[i] = edge;
      const [[y], [want]] = both(row, [x], undefined);
      expect(ulps(y!, want!, atol)).toBeLessThanOrEqual(ulp);
    }
  });
  test("in place", () => {
    for (const lay of [LAYOUTS.rows!, LAYOUTS["held by JavaScript"]!]) {
      const x = lay(random([5000], -200, 200));
      const want = row.run([x], undefined) as Strided;
      expect(row.run([x], undefined, x)).toBe(x);
      expect(ulps(x, want)).toBe(0);
    }
  });
});

describe.each([{ approximate: "tanh" }, { slope: true }, { approximate: "tanh", slope: true }] as const)(
  "gelu with %j",
  (params) => {
    test.each([[1001], [40_000]])("%j elements", (n) => {
      const x = random([n], -12, 12);
      (x.data as Float32Array).set(EDGES.filter((v) => Math.abs(v) < 1e13 || !Number.isFinite(v)));
      const [[y], [want]] = both(ops.gelu, [x], params);
      expect(ulps(y!, want!, 4e-7)).toBeLessThanOrEqual(4);
    });
  },
);

describe("clamp between numbers", () => {
  test.each(Object.entries(LAYOUTS))("%s", (_layout, lay) => {
    for (const shape of shapes) {
      const x = random(shape);
      (x.data as Float32Array).set(EDGES.slice(0, 30));
      const [[y], [want]] = both(ops.clamp as OpRow, [lay(x), -1, 1.5], undefined);
      expect(ulps(y!, want!)).toBe(0);
    }
  });
  test("that cross", () => {
    const y = ops.clamp.run([random([300]), 1, -1], undefined) as Strided;
    expect(new Set(y.data as Float32Array)).toEqual(new Set([-1]));
  });
});
