import { describe, expect, test } from "vitest";
import { type DType, float32, float64, int32, int64 } from "../../dtype/dtype.js";
import { sort } from "../../ops/table.js";
import { castTo } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
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
