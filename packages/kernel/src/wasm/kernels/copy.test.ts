import { describe, expect, test } from "vitest";
import { bool, float32, float64, int32, int64, uint8 } from "../../dtype/dtype.js";
import { cast } from "../../ops/table.js";
import { castTo, cloneContiguous } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { wasmBuild } from "../instance.js";
import { fastCalls, withoutFastKernels } from "../registry.js";
import { LAYOUTS, random } from "../testing.js";

const TYPES = [float32, float64, int32, int64, bool, uint8];

describe.each(TYPES.flatMap((a) => TYPES.filter((b) => b !== a).map((b) => [a.name, b.name, a, b] as const)))(
  "%s to %s",
  (_a, _b, from, to) => {
    test.each(Object.entries(LAYOUTS))("%s", (_name, lay) => {
      const wide = random([53, 51], -300, 300, float64);
      if (from !== int64 && from !== int32)
        (wide.data as Float64Array).set([
          NaN,
          Infinity,
          -Infinity,
          1e30,
          -1e30,
          2147483648,
          -2147483648.5,
          9.3e18,
          -0,
        ]);
      const x = lay(castTo(wide, from));
      const y = cast.run([x], { dtype: to }) as Strided;
      const want = withoutFastKernels(() => cast.run([x], { dtype: to })) as Strided;
      expect([...y.data]).toEqual([...want.data]);
    });
  },
);

test.each([
  [float64, int64],
  [int64, float64],
  [float32, float64],
  [bool, float64],
])("large arrays are converted by kernels", (from, to) => {
  const x = castTo(random([3000], -5, 5, float64), from);
  const before = fastCalls();
  cast.run([x], { dtype: to });
  expect(fastCalls() > before).toBe(wasmBuild() !== "off");
});

test.each([float32, float64, int64])("rows of turned arrays", (type) => {
  for (const shape of [
    [50, 60],
    [3, 4, 5, 6, 20],
    [2, 3, 4, 5, 6, 7],
  ]) {
    const x = LAYOUTS.turned!(castTo(random(shape, -99, 99, float64), type));
    const want = withoutFastKernels(() => cloneContiguous(x));
    const y = cloneContiguous(x);
    expect([...y.data]).toEqual([...want.data]);
  }
});
