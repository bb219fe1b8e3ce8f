import { describe, expect, test } from "vitest";
import type { OpRow } from "../../ops/row.js";
import * as ops from "../../ops/table.js";
import { both, distance, LAYOUTS, random, ulps } from "../testing.js";

describe.each([ops.sum, ops.mean, ops.amax, ops.amin] as OpRow[])("$name", (row) => {
  test.each([
    [[1000], undefined],
    [[31, 17], [0]],
    [[31, 17], [1]],
    [
      [31, 17],
      [0, 1],
    ],
    [[5, 7, 11], [1]],
    [
      [5, 7, 11],
      [0, 2],
    ],
    [
      [4, 3, 5, 7],
      [0, 2, 3],
    ],
    [
      [4, 3, 5, 7],
      [1, 3],
    ],
    [[1, 300, 1], [1]],
    [
      [2, 2, 3, 2, 20],
      [0, 2, 4],
    ],
  ])("%j over %j", (shape, dims) => {
    for (const lay of Object.values(LAYOUTS))
      for (const keepdim of [false, true]) {
        const [[y], [want]] = both(row, [lay(random(shape))], { dims, keepdim });
        expect(y!.shape).toEqual(want!.shape);
        // Groups of axes are reduced one after the other, with float32 between them.
        expect(distance(y!, want!)).toBeLessThan((dims?.length ?? 0) > 1 ? 5e-6 : 3e-7);
      }
  });
  test("NaN wins", () => {
    const x = random([20, 30]);
    (x.data as Float32Array)[77] = Number.NaN;
    for (const dims of [[0], [1]]) {
      const [[y], [want]] = both(row, [x], { dims });
      expect(distance(y!, want!)).toBeLessThan(3e-7);
    }
  });
});

test("a long sum keeps its digits", () => {
  const x = random([1_000_000], 0, 1);
  const [[y], [want]] = both(ops.sum, [x], {});
  expect(ulps(y!, want!)).toBeLessThanOrEqual(1);
});

describe.each([ops.softmax, ops.logSoftmax] as OpRow<{ dim: number }>[])("$name", (row) => {
  test.each([[[64, 10]], [[7, 3, 33]], [[300]], [[100, 3]], [[400, 1]]])("%j", (shape) => {
    for (const lay of Object.values(LAYOUTS)) {
      const [[y], [want]] = both(row, [lay(random(shape, -20, 20))], { dim: -1 });
      expect(distance(y!, want!)).toBeLessThan(1e-6);
    }
  });
  test("masked by −∞, NaN", () => {
    const x = random([10, 33]);
    const data = x.data as Float32Array;
    data.fill(Number.NEGATIVE_INFINITY, 0, 20);
    data.fill(Number.NEGATIVE_INFINITY, 66, 99);
    data[200] = Number.NaN;
    data[250] = Number.POSITIVE_INFINITY;
    const [[y], [want]] = both(row, [x], { dim: 1 });
    const [u, v] = [y!.data as Float32Array, want!.data as Float32Array];
    u.forEach((p, i) => {
      if (Number.isFinite(v[i]!)) expect(Math.abs(p - v[i]!)).toBeLessThan(1e-5);
      else expect(p).toBe(v[i]);
    });
  });
});

describe.each([ops.softmaxGrad, ops.logSoftmaxGrad] as OpRow<{ dim: number }>[])("$name", (row) => {
  test.each([[[64, 10]], [[7, 3, 33]], [[300]], [[100, 3]]])("%j", (shape) => {
    for (const lay of Object.values(LAYOUTS)) {
      const y = ops.softmax.run([random(shape)], { dim: -1 });
      const [[gx], [want]] = both(row, [lay(random(shape)), lay(y as never)], { dim: shape.length - 1 });
      expect(distance(gx!, want!)).toBeLessThan(1e-6);
    }
  });
});
