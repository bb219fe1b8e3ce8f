import { expect, test } from "vitest";
import { float64 } from "../../dtype/dtype.js";
import { Strided } from "../../strided/strided.js";
import { sort } from "./sort.js";
import { sortedValues } from "./values.js";

/** Numbers of all sizes and signs, with ties, NaNs and both zeros. */
function numbers(n: number): Float64Array {
  let state = n;
  return Float64Array.from({ length: n }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    if (i % 97 === 3) return Number.NaN;
    if (i % 89 === 5) return i % 2 === 0 ? -0 : 0;
    if (i % 83 === 7) return i % 2 === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return (state >> 12) * 10 ** ((state >>> 5) % 40);
  });
}

test.each([
  { shape: [5], dim: 0 },
  { shape: [300], dim: 0 },
  { shape: [20_000], dim: 0 },
  { shape: [3, 5000], dim: 1 },
  { shape: [5000, 3], dim: 0 },
  { shape: [4, 30, 5], dim: 1 },
])("the values of $shape along $dim are those of the sort with places", ({ shape, dim }) => {
  const x = Strided.over(numbers(shape.reduce((a, b) => a * b)), float64, shape);
  const before = x.flat().slice();
  const [y] = sort.run([x], { dim }) as readonly Strided[];
  const values = sortedValues(x, dim);
  expect(values.contiguous).toBe(true);
  expect([...values.flat()]).toEqual([...y!.flat()]);
  expect(x.flat()).toEqual(before);
});

test("lines of another layout", () => {
  const x = Strided.over(numbers(6000), float64, [2, 3000]).view([3000, 2], [1, 3000]);
  for (const dim of [0, 1]) {
    const [y] = sort.run([x], { dim }) as readonly Strided[];
    expect([...sortedValues(x, dim).flat()]).toEqual([...y!.flat()]);
  }
});
