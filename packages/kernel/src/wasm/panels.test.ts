import { describe, expect, test } from "vitest";
import { float64 } from "../dtype/dtype.js";
import { exp } from "../math/precise/exp.js";
import { cloneContiguous } from "../strided/copy.js";
import { wasmBuild } from "./instance.js";
import { gaussianInPlace, WasmRows } from "./panels.js";
import { fastCalls, withoutFastKernels } from "./registry.js";
import { random } from "./testing.js";

const dot = (x: Float64Array, i: number, j: number, width: number): number => {
  let s = 0;
  for (let k = 0; k < width; k++) s += x[i * width + k]! * x[j * width + k]!;
  return s;
};

describe.skipIf(wasmBuild() === "off").each([
  [1, 1],
  [7, 3],
  [8, 5],
  [61, 40],
  [300, 2],
])("%i rows of %i", (count, width) => {
  const data = random([count, width], -2, 2, float64).data as Float64Array;
  const rows = WasmRows.from(data, count, width)!;

  test("products and Gaussian values of any part", () => {
    for (const [from, to] of [
      [0, count],
      [Math.min(3, count - 1), count],
      [0, Math.ceil(count / 2)],
      [count >> 1, (count >> 1) + 1],
    ] as const)
      for (const i of [0, count - 1, count >> 1]) {
        const out = new Float64Array(to - from);
        rows.dots(i, from, to, out);
        for (let j = from; j < to; j++) expect(out[j - from]).toBe(dot(data, i, j, width));
        rows.gaussian(0.7, i, from, to, out);
        for (let j = from; j < to; j++)
          expect(out[j - from]).toBe(
            exp(-0.7 * (dot(data, i, i, width) + dot(data, j, j, width) - 2 * dot(data, i, j, width))),
          );
      }
  });

  test("rows change places", () => {
    const out = new Float64Array(count);
    rows.swap(0, count - 1);
    rows.dots(0, 0, count, out);
    expect(rows.square(0)).toBe(dot(data, count - 1, count - 1, width));
    expect(out[count - 1]).toBe(dot(data, count - 1, 0, width));
    rows.release();
  });
});

test.each([
  [1, 100],
  [33, 7],
  [200, 301],
])("%i×%i products become Gaussian values", (rows, n) => {
  const x = random([rows, n], -1, 1, float64);
  const [own, others] = [random([rows], 0, 2, float64), random([n], 0, 2, float64)];
  const [a, b] = [cloneContiguous(x), cloneContiguous(x)];
  const before = fastCalls();
  gaussianInPlace(a, own, others, 0.3);
  expect(fastCalls() > before).toBe(wasmBuild() !== "off");
  withoutFastKernels(() => gaussianInPlace(b, own, others, 0.3));
  expect([...a.data]).toEqual([...b.data]);
});
