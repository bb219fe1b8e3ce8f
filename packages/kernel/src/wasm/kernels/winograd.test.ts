import { describe, expect, test } from "vitest";
import type { ConvParams } from "../../ops/conv/geometry.js";
import type { Operand, OpRow } from "../../ops/row.js";
import { conv, convInput, convWeight } from "../../ops/table.js";
import { cloneContiguous } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { wasmBuild } from "../instance.js";
import { both, channelsLast, distance, LAYOUTS, random } from "../testing.js";
import { winogradCalls } from "./winograd.js";

/** Sums of 16 … 40 channels are off by three times what they are in plain sums, relative to the largest. */
const CLOSE = 4e-6;

/** {@link both}, of which the fast one must (or must not) have gone by tiles. */
function byTiles<P>(row: OpRow<P>, inputs: readonly Operand[], params: P, tiles = true): [Strided, Strided] {
  const before = winogradCalls();
  const [[y], [want]] = both(row, inputs, params);
  if (wasmBuild() !== "off") expect(winogradCalls() - before).toBe(tiles ? 1 : 0);
  return [y!, want!];
}

const params = (padding: readonly (readonly [number, number])[]): ConvParams => ({
  stride: [1, 1],
  padding: padding as [number, number][],
  dilation: [1, 1],
  groups: 1,
});
const same = (n: number): [number, number][] => [
  [n, n],
  [n, n],
];

describe.each([
  ["whole tiles", [3, 16, 18, 18], 20, same(0)],
  ["several images at once", [9, 16, 7, 8], 16, same(1)],
  ["odd sizes", [2, 20, 13, 15], 19, same(1)],
  ["narrow", [12, 16, 9, 3], 33, same(1)],
  ["wide padding", [4, 16, 9, 10], 16, same(5)],
  ["uneven padding", [2, 24, 14, 17], 17, [[0, 2], [3, 1]]], // biome-ignore format: one case a line
  ["cropping", [2, 16, 22, 24], 16, [[-1, 0], [-2, 1]]], // biome-ignore format: one case a line
  ["several blocks an image", [1, 40, 50, 61], 40, same(1)],
] as const)("3×3 by tiles: %s", (_name, xs, m, padding) => {
  const p = params(padding);
  const [x, w, b] = [random(xs), random([m, xs[1], 3, 3]), random([m])];
  test.each(Object.entries({ ...LAYOUTS, "channels last": channelsLast }))("%s", (_layout, lay) => {
    const [y, want] = byTiles(conv, [lay(x), lay(w), lay(b)], p);
    expect(distance(y, want)).toBeLessThan(CLOSE);
    const [plain, none] = byTiles(conv, [lay(x), w, null], p);
    expect(distance(plain, none)).toBeLessThan(CLOSE);
    const gy = random(want.shape);
    const [gx, gxWant] = byTiles(convInput, [lay(gy), lay(w), null], { ...p, spatial: xs.slice(2) });
    expect(distance(gx, gxWant)).toBeLessThan(CLOSE);
    const [gw, gwWant] = byTiles(convWeight, [lay(x), lay(gy)], { ...p, kernel: [3, 3] });
    expect(distance(gw, gwWant)).toBeLessThan(CLOSE);
  });
});

test("gradients of kernels with an odd number of channels are sums", () => {
  const [x, gy] = [random([4, 17, 12, 12]), random([4, 16, 12, 12])];
  const [gw, want] = byTiles(convWeight, [x, gy], { ...params(same(1)), kernel: [3, 3] }, false);
  expect(distance(gw, want)).toBeLessThan(2e-6);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 3e38])(
  "an element that is %d, or what overflows on the way, changes no other result",
  (v) => {
    const p = params(same(1));
    const [x, w, gy] = [random([2, 16, 18, 18]), random([16, 16, 3, 3]), random([2, 16, 18, 18])];
    const spoilt = (a: Strided): Strided => {
      const t = cloneContiguous(a);
      (t.data as Float32Array)[7 * 18 + 8] = v;
      return t;
    };
    const check = ([y, want]: [Strided, Strided]): void => {
      const [a, e] = [y, want].map((t) => [...(t.data as Float32Array)]) as [number[], number[]];
      const odd = e.flatMap((n, i) => (Math.abs(n) < 1e6 ? [] : [i]));
      expect(a.flatMap((n, i) => (Math.abs(n) < 1e6 ? [] : [i]))).toEqual(odd);
      expect(Math.max(...a.map((n, i) => (Math.abs(e[i]!) < 1e6 ? Math.abs(n - e[i]!) : 0)))).toBeLessThan(
        2e-4,
      );
    };
    check(byTiles(conv, [spoilt(x), w, null], p, false));
    check(byTiles(convInput, [spoilt(gy), w, null], { ...p, spatial: [18, 18] }, false));
    check(byTiles(convWeight, [spoilt(x), gy], { ...p, kernel: [3, 3] }, false));
    check(byTiles(convWeight, [x, spoilt(gy)], { ...p, kernel: [3, 3] }, false));
  },
);
