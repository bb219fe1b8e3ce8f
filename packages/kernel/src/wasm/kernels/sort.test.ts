import { describe, expect, test } from "vitest";
import { type DType, float32, float64, int32, int64 } from "../../dtype/dtype.js";
import { sortedValues } from "../../ops/sort/values.js";
import { sort } from "../../ops/table.js";
import { castTo } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { wasmBuild } from "../instance.js";
import { fastCalls, withoutFastKernels } from "../registry.js";
import { both, LAYOUTS, random } from "../testing.js";

describe.each([float32, float64, int32, int64] as DType[])(
  "lines of $name are sorted as merging does",
  (type) => {
    const make = (shape: readonly number[], size = 1e6): Strided =>
      castTo(random(shape, -size, size, float64), type);
    const check = (x: Strided): void => {
      for (const descending of [false, true]) {
        const [fast, plain] = both(sort, [x], { dim: -1, descending });
        fast.forEach((y, i) => {
          expect([...y.data]).toEqual([...plain[i]!.data]);
        });
      }
    };
    test.each(Object.entries(LAYOUTS))("%s", (_name, lay) => {
      for (const shape of [[512], [3001], [3, 700], [2, 2, 513]]) check(lay(make(shape)));
    });
    test("equal elements keep their order", () => check(make([5000], 20)));
    test("elements that differ in few digits", () => check(make([5000], 1)));
    test.skipIf(type.kind !== "float")("NaN, zeros and infinities", () => {
      const x = make([2000], 3);
      const data = x.data as Float64Array;
      for (let i = 0; i < 2000; i += 7)
        data[i] = [NaN, -0, 0, Infinity, -Infinity, 1e-310, -NaN][(i / 7) % 7]!;
      check(x);
    });
  },
);

describe.each([float32, float64, int32, int64] as DType[])("values of $name", (type) => {
  const make = (shape: readonly number[], size = 1e6): Strided =>
    castTo(random(shape, -size, size, float64), type);
  const check = (x: Strided): void => {
    for (let dim = 0; dim < x.rank; dim++) {
      const before = fastCalls();
      const fast = sortedValues(x, dim);
      expect(fastCalls() > before).toBe(wasmBuild() !== "off");
      const [plain] = withoutFastKernels(() => sort.run([x], { dim })) as readonly Strided[];
      expect([...fast.data]).toEqual([...plain!.data]);
    }
  };
  test.each(Object.entries(LAYOUTS))("%s", (_name, lay) => {
    for (const shape of [[24], [41], [199], [257], [3, 700], [4500], [2, 30, 13]]) check(lay(make(shape)));
  });
  test("digits of eleven bits", () => check(make([30_001])));
  test("few digits, one, none", () => {
    for (const size of [40_000, 200, 1, 0]) for (const n of [30, 300, 20_001]) check(make([n], size));
  });
  test.skipIf(type.kind !== "float")("NaN, zeros and infinities", () => {
    for (const n of [33, 2000, 25_000])
      for (const range of [3, 0]) {
        const x = make([n], range);
        const data = x.data as Float64Array;
        for (let i = 0; i < n; i += 7)
          data[i] = [NaN, -0, 0, Infinity, -Infinity, 1e-310, -NaN][(i / 7) % 7]!;
        check(x);
      }
  });
});
