import { describe, expect, test } from "vitest";
import { type DType, float32, float64 } from "../../dtype/dtype.js";
import { linear, matmul } from "../../ops/table.js";
import type { Strided } from "../../strided/strided.js";
import { both, distance, LAYOUTS, random as randomOf } from "../testing.js";

describe.each([
  ["float32", float32, 1e-6],
  ["float64", float64, 1e-14],
] as const)("%s", (_type, dtype: DType, close) => {
  const random = (shape: readonly number[]): Strided => randomOf(shape, -3, 3, dtype);

  describe.each([
    [1, 300, 70],
    [2, 33, 129],
    [3, 1000, 5],
    [300, 1, 70],
    [41, 2, 100],
    [4, 8, 64],
    [5, 9, 257],
    [33, 17, 64],
    [97, 515, 11],
    [100, 64, 600],
    [13, 700, 3],
    [64, 64, 1],
  ])("%i×%i with an inner axis of %i", (m, n, k) => {
    test.each(Object.entries(LAYOUTS))("%s", (_name, lay) => {
      const [a, b] = [random([m, k]), random([k, n])];
      for (const [x, w] of [
        [lay(a), lay(b)],
        [a, lay(b)],
        [lay(a), b],
      ] as const) {
        const [[y], [want]] = both(matmul, [x, w], undefined);
        expect(distance(y!, want!)).toBeLessThan(close);
      }
      const [[y], [want]] = both(linear, [lay(a), lay(random([n, k])), random([n])], undefined);
      expect(distance(y!, want!)).toBeLessThan(close);
    });
  });

  test.each([
    [
      [5, 20, 30],
      [30, 10],
    ],
    [
      [3, 4, 20, 30],
      [4, 30, 7],
    ],
    [
      [2, 1, 9, 40],
      [5, 40, 6],
    ],
    [
      [40, 30],
      [6, 30, 5],
    ],
  ])("leading axes: %j × %j", (p, q) => {
    for (const lay of Object.values(LAYOUTS)) {
      const [[y], [want]] = both(matmul, [lay(random(p)), lay(random(q))], undefined);
      expect(y!.shape).toEqual(want!.shape);
      expect(distance(y!, want!)).toBeLessThan(close);
    }
  });

  test("NaN and infinity reach what they touch, and nothing else", () => {
    const [a, b] = [random([20, 50]), random([50, 30])];
    (a.data as Float64Array)[3 * 50 + 7] = Number.NaN;
    (b.data as Float64Array)[9 * 30 + 11] = Number.POSITIVE_INFINITY;
    const [[y], [want]] = both(matmul, [a, b], undefined);
    const [u, v] = [y!.data as Float64Array, want!.data as Float64Array];
    for (let i = 0; i < u.length; i++) {
      expect(Number.isFinite(u[i]!)).toBe(Number.isFinite(v[i]!));
      if (!Number.isFinite(v[i]!)) expect(u[i]).toBe(v[i]);
    }
  });
});
