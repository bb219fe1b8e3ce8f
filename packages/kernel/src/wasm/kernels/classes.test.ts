import { describe, expect, test } from "vitest";
import { float16, float64, int32, int64 } from "../../dtype/dtype.js";
import * as ops from "../../ops/table.js";
import { Strided } from "../../strided/strided.js";
import { wasmBuild } from "../instance.js";
import { fastCalls } from "../registry.js";
import { both, distance, LAYOUTS, random } from "../testing.js";

const indices = (n: readonly number[], most: number, type = int64): Strided => {
  const size = n.reduce((a, b) => a * b, 1);
  const ids = Array.from({ length: size }, (_, i) => (i * 7 + (i >> 2) * 3) % most);
  return type === int64
    ? Strided.over(BigInt64Array.from(ids, BigInt), int64, n)
    : Strided.over(Int32Array.from(ids), int32, n);
};

describe.each([
  [64, 10],
  [37, 65],
  [200, 2],
  [3, 1001],
])("cross entropy of %i lines of %i classes", (lines, n) => {
  test.each(Object.entries(LAYOUTS))("%s", (_name, lay) => {
    const x = lay(random([lines, n], -30, 30));
    const target = indices([lines], n);
    for (const weight of [null, random([n], 0, 2)])
      for (const p of [
        { reduction: "mean" },
        { reduction: "sum", ignoreIndex: 1 },
        { reduction: "none", ignoreIndex: 0 },
      ] as const) {
        const [[y, total], [want, wantTotal]] = both(ops.crossEntropy, [x, target, weight], p);
        expect(distance(y!, want!)).toBeLessThan(1e-6);
        expect(distance(total!, wantTotal!)).toBeLessThan(1e-6);
        const gy = lay(random(y!.shape));
        const [[g, none], [wantG]] = both(ops.crossEntropyGrad, [gy, x, target, weight, total!], p);
        expect(distance(g!, wantG!)).toBeLessThan(1e-6);
        expect(none!.shape).toEqual([0]);
      }
  });
  test("infinite, missing and ignored logits", () => {
    const x = random([lines, n]);
    const data = x.data as Float32Array;
    data[1] = -Infinity;
    data[n] = Number.NaN;
    data[2 * n + 1] = Infinity;
    const target = indices([lines], n, int32);
    for (const ignoreIndex of [undefined, Number((target.data as Int32Array)[1])]) {
      const p = { reduction: "none", ignoreIndex } as const;
      const [[y, total], [want]] = both(ops.crossEntropy, [x, target, null], p);
      expect([...(y!.data as Float32Array)].map(Number.isNaN)).toEqual(
        [...(want!.data as Float32Array)].map(Number.isNaN),
      );
      const [[g], [wantG]] = both(ops.crossEntropyGrad, [random([lines]), x, target, null, total!], p);
      expect(distance(g!, wantG!)).toBeLessThan(1e-6);
    }
  });
});

test("cross entropy elsewhere: other types, smoothing, planes; a class that there is not raises", () => {
  const p = { reduction: "mean" } as const;
  const t = indices([64], 9);
  const count = fastCalls();
  ops.crossEntropy.run([random([64, 9], -1, 1, float64), t, null], p);
  const [y] = ops.crossEntropy.run([random([64, 9], -1, 1), t, null], {
    ...p,
    smoothing: 0.1,
  }) as Strided[];
  expect(y!.shape).toEqual([]);
  ops.crossEntropy.run([random([64, 9, 2]), indices([64, 2], 9), null], p);
  expect(fastCalls()).toBe(count);
  const half = Strided.zeros(float16, [64, 9]);
  expect((ops.crossEntropy.run([half, t, null], p) as Strided[])[0]!.dtype).toBe(float16);
  expect(() => ops.crossEntropy.run([random([64, 9]), indices([64], 10), null], p)).toThrow();
});

describe.each([
  [50, [64], [33, 3]],
  [7, [5], [100]],
  [300, [1], [300]],
  [20, [2, 9], [30]],
] as const)("embedding %i %j %j", (rows, width, shape) => {
  test.each(Object.entries(LAYOUTS))("%s", (_name, lay) => {
    const w = lay(random([rows, ...width]));
    const index = indices(shape, rows);
    const [[y], [want]] = both(ops.embedding, [w, index], {});
    expect(distance(y!, want!)).toBe(0);
    const gy = lay(random([...shape, ...width]));
    for (const p of [{}, { paddingIndex: 3 }, { scaleByFrequency: true }]) {
      const [[g], [wantG]] = both(ops.embeddingWeight, [gy, index], { ...p, rows });
      expect(distance(g!, wantG!)).toBeLessThan(1e-6);
    }
  });
});

test("embedding in float64, and of rows that there are not", () => {
  const count = fastCalls();
  ops.embedding.run([random([50, 8], -1, 1, float64), indices([60], 50)], {});
  expect(fastCalls()).toBe(count);
  expect(() => ops.embedding.run([random([40, 8]), indices([60], 50)], {})).toThrow();
});

/** Channels last in memory. */
const channelsLast = (x: Strided): Strided => {
  const n = x.rank;
  const order = [0, ...Array.from({ length: n - 2 }, (_, i) => i + 2), 1];
  const turned = random(order.map((i) => x.shape[i]!));
  const strides = new Array<number>(n);
  order.forEach((axis, i) => {
    strides[axis] = turned.strides[i]!;
  });
  return turned.view(x.shape, strides);
};

describe.each([
  [[2, 4, 40], { kernel: [2] }],
  [[2, 5, 41], { kernel: [3], stride: [2], padding: [[1, 1]], ceil: true, countPadding: true }],
  [[2, 3, 20, 22], { kernel: [2, 2] }],
  [
    [2, 6, 21, 23],
    {
      kernel: [3, 3],
      stride: [2, 2],
      padding: [
        [1, 1],
        [1, 1],
      ],
      countPadding: false,
    },
  ],
  [[2, 4, 21, 23], { kernel: [3, 2], stride: [1, 2], divisor: 5 }],
  [[1, 2, 9, 10, 11], { kernel: [2, 3, 2], stride: [1, 1, 1] }],
] as const)("avgPool %j %j", (shape, p) => {
  test.each([...Object.entries(LAYOUTS).slice(0, 3), ["channels last", channelsLast] as const])(
    "%s",
    (_n, lay) => {
      const x = lay(random(shape));
      const [[y], [want]] = both(ops.avgPool, [x], p as never);
      expect(distance(y!, want!)).toBeLessThan(1e-6);
      const gy = lay(random(y!.shape));
      const [[gx], [wantG]] = both(ops.avgPoolInput, [gy], { ...p, spatial: shape.slice(2) } as never);
      expect(distance(gx!, wantG!)).toBeLessThan(1e-6);
    },
  );
});

test.skipIf(wasmBuild() === "off")("adaptive means take the same kernel", () => {
  const [[y], [want]] = both(ops.adaptiveAvgPool, [random([2, 3, 17, 19])], { output: [5, 4] });
  expect(distance(y!, want!)).toBeLessThan(1e-6);
});
