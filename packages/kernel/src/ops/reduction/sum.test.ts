import { type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import { float32, float64, type NumericData } from "../../dtype/dtype.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { sum } from "./sum.js";

/** The generator's numbers. */
const numbers = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => {
    const unit = Number((BigInt(i) * 2654435761n) % 4294967296n) / 2 ** 32;
    return (unit - 0.5) * 2 ** (i % 40);
  });

test.each(golden("kernel/ops/reduction/sum").map((c) => [c.name, c] as const))(
  "NumPy's sum of %s",
  (_, c) => {
    const shape = c.shape as number[];
    const x = Strided.over(numbers(sizeOf(shape)), float64, shape);
    const dims = c.axis === null ? undefined : [c.axis as number];
    const y = sum.run([x], { dims }) as Strided;
    const want = (c.sum as GoldenArray).array;
    expect(y.shape).toEqual(want.shape);
    expect([...(y.flat() as NumericData)]).toEqual([...(want.flat() as NumericData)]);
  },
);

test("the error of a float32 sum does not grow with its length", () => {
  for (const n of [1000, 1_000_000]) {
    const x = Strided.over(new Float32Array(n).fill(0.1), float32, [n]);
    const y = (sum.run([x], {}) as Strided).data[0] as number;
    expect(y).toBe(Math.fround(n * Math.fround(0.1)));
  }
});
