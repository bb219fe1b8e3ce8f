import { describe, expect, test } from "vitest";
import { float16 } from "../../dtype/dtype.js";
import { conv, convInput, convWeight } from "../../ops/table.js";
import { castTo } from "../../strided/copy.js";
import { both, channelsLast, distance, LAYOUTS, random } from "../testing.js";

const pad = (n: number, before: number, after = before): [number, number][] =>
  new Array<[number, number]>(n).fill([before, after]);
const same = (n: number, v: number): number[] => new Array<number>(n).fill(v);

describe.each([
  ["3×3", [2, 3, 13, 15], [5, 3, 3, 3], same(2, 1), pad(2, 1), same(2, 1), 1],
  ["3×3 narrow", [3, 4, 9, 5], [8, 4, 3, 3], same(2, 1), pad(2, 1), same(2, 1), 1],
  ["rows of 26", [2, 1, 28, 28], [32, 1, 3, 3], same(2, 1), pad(2, 0), same(2, 1), 1],
  ["deep", [1, 40, 11, 12], [9, 40, 3, 3], same(2, 1), pad(2, 0), same(2, 1), 1],
  ["5×5 wide padding", [1, 2, 8, 20], [6, 2, 5, 5], same(2, 1), pad(2, 6), same(2, 1), 1],
  [
    "uneven padding",
    [2, 3, 10, 11],
    [4, 3, 3, 2],
    same(2, 1),
    [
      [0, 2],
      [3, 1],
    ],
    same(2, 1),
    1,
  ],
  [
    "cropping",
    [2, 3, 12, 14],
    [4, 3, 3, 3],
    same(2, 1),
    [
      [-1, 0],
      [-2, 1],
    ],
    same(2, 1),
    1,
  ],
  ["stride 2", [2, 3, 17, 23], [5, 3, 3, 3], same(2, 2), pad(2, 1), same(2, 1), 1],
  ["stride 3, 2", [2, 3, 17, 23], [5, 3, 2, 5], [3, 2], pad(2, 2), same(2, 1), 1],
  ["dilation", [2, 3, 17, 23], [5, 3, 3, 3], same(2, 1), pad(2, 2), [2, 3], 1],
  ["groups", [2, 6, 12, 13], [8, 3, 3, 3], same(2, 1), pad(2, 1), same(2, 1), 2],
  ["depthwise", [2, 6, 16, 17], [6, 1, 3, 3], same(2, 1), pad(2, 1), same(2, 1), 6],
  ["depthwise ×2, stride 2", [2, 6, 16, 17], [12, 1, 3, 3], same(2, 2), pad(2, 1), same(2, 1), 6],
  ["depthwise, wide rows", [2, 7, 9, 30], [7, 1, 3, 5], same(2, 1), pad(2, 1), [1, 2], 7],
  ["depthwise, stride 3, 2", [2, 9, 17, 31], [9, 1, 3, 3], [3, 2], pad(2, 1), same(2, 1), 9],
  ["depthwise, stride 3", [3, 9, 17, 31], [9, 1, 2, 2], [1, 3], pad(2, 1), same(2, 1), 9],
  ["depthwise, 1-D", [2, 8, 90], [8, 1, 7], [2], pad(1, 3), [1], 8],
  ["depthwise, 3-D", [2, 5, 5, 7, 9], [5, 1, 2, 3, 3], [2, 1, 2], pad(3, 1), same(3, 1), 5],
  ["1×1", [2, 20, 9, 10], [17, 20, 1, 1], same(2, 1), pad(2, 0), same(2, 1), 1],
  ["1-D", [3, 5, 100], [7, 5, 9], [1], pad(1, 4), [1], 1],
  ["1-D stride", [3, 5, 100], [7, 5, 9], [4], pad(1, 4), [1], 1],
  ["3-D", [2, 3, 6, 7, 9], [4, 3, 2, 3, 3], same(3, 1), pad(3, 1), same(3, 1), 1],
  ["3-D stride", [1, 3, 6, 9, 10], [4, 3, 3, 3, 3], [1, 2, 2], pad(3, 1), same(3, 1), 1],
] as const)("%s", (_name, xs, ws, stride, padding, dilation, groups) => {
  const p = { stride, padding: padding as [number, number][], dilation, groups };
  const [x, w, b] = [random(xs), random(ws), random([ws[0]])];
  const layouts = { ...LAYOUTS, "channels last": channelsLast };
  test.each(Object.entries(layouts))("%s", (_layout, lay) => {
    const [[y], [want]] = both(conv, [lay(x), lay(w), lay(b)], p);
    expect(distance(y!, want!)).toBeLessThan(2e-6);
    const [[plain], [none]] = both(conv, [lay(x), w, null], p);
    expect(distance(plain!, none!)).toBeLessThan(2e-6);
    const gy = random(want!.shape);
    const [[gx], [gxWant]] = both(convInput, [lay(gy), lay(w), null], { ...p, spatial: xs.slice(2) });
    expect(distance(gx!, gxWant!)).toBeLessThan(2e-6);
    const bias = random([xs[1]]);
    const [[gb], [gbWant]] = both(convInput, [lay(gy), w, bias], { ...p, spatial: xs.slice(2) });
    expect(distance(gb!, gbWant!)).toBeLessThan(2e-6);
    const [[gw], [gwWant]] = both(convWeight, [lay(x), lay(gy)], { ...p, kernel: ws.slice(2) });
    expect(distance(gw!, gwWant!)).toBeLessThan(2e-6);
  });
});

test("half floats go by the kernels of float32", () => {
  const p = { stride: [2, 1], padding: pad(2, 1), dilation: [1, 1], groups: 1 };
  const half = (...shape: number[]) => castTo(random(shape, -1, 1), float16);
  const [x, w, b, gy] = [half(2, 5, 11, 12), half(6, 5, 3, 3), half(6), half(2, 6, 6, 12)];
  for (const [[y], [want]] of [
    both(conv, [x, w, b], p),
    both(convInput, [gy, w, null], { ...p, spatial: [11, 12] }),
    both(convWeight, [x, gy], { ...p, kernel: [3, 3] }),
  ]) {
    expect(y!.dtype).toBe(float16);
    expect(distance(y!, want!)).toBeLessThan(1e-3);
  }
});
