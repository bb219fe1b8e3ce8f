import { expect, test } from "vitest";
import { float32, float64, int32, int64, uint8 } from "../../dtype/dtype.js";
import { castTo } from "../../strided/copy.js";
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
  { shape: [23], dim: 0 },
  { shape: [4, 5], dim: 0 },
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

test.each([float64, float32, int32, int64, uint8])("a few values of $name", (type) => {
  const given = [
    3,
    -0,
    Number.NaN,
    0,
    7,
    -0,
    1,
    Number.POSITIVE_INFINITY,
    0,
    Number.NaN,
    1,
    -2,
    Number.NEGATIVE_INFINITY,
  ];
  const some = type.kind === "float" ? given : given.filter((v) => Number.isFinite(v));
  for (const n of [1, 2, some.length]) {
    const x = castTo(Strided.over(Float64Array.from(some.slice(0, n)), float64, [n]), type);
    const [y] = sort.run([x], { dim: 0 }) as readonly Strided[];
    expect([...sortedValues(x, 0).flat()]).toEqual([...y!.flat()]);
  }
});
