import { expect, test } from "vitest";
import { sortedOrder } from "./order.js";
import { orderAt } from "./select.js";
import { topOrder } from "./top.js";

/** Few different values, so that there are ties, in an order that looks random. */
function values(n: number, different: number): Float64Array {
  let state = n;
  return Float64Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % different;
  });
}

/** The order by JavaScript's own stable sort. */
const reference = (x: ArrayLike<number | bigint>, descending = false): number[] =>
  Array.from({ length: x.length }, (_, i) => i).sort((i, j) => {
    const [a, b] = descending ? [x[j]!, x[i]!] : [x[i]!, x[j]!];
    return a < b ? -1 : a > b ? 1 : 0;
  });

test.each([0, 1, 2, 15, 16, 17, 33, 100, 1000])("a stable order of %i elements", (n) => {
  for (const different of [3, 1_000_000]) {
    const x = values(n, different);
    const big = BigInt64Array.from(x, (v) => BigInt(v));
    for (const descending of [false, true]) {
      expect([...sortedOrder(x, descending)]).toEqual(reference(x, descending));
      expect([...sortedOrder(big, descending)]).toEqual(reference(big, descending));
    }
  }
});

test("NaN is larger than everything, also infinity", () => {
  const x = Float64Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN, -1);
  expect([...sortedOrder(x)]).toEqual([4, 0, 2, 1, 3]);
  expect([...sortedOrder(x, true)]).toEqual([1, 3, 2, 0, 4]);
});

test.each([1, 5, 32, 40, 200])("the %i largest and smallest are the first of all in order", (k) => {
  const x = values(900, 60);
  x[77] = x[600] = Number.NaN;
  x[78] = -0;
  for (const largest of [true, false])
    expect([...topOrder(x, k, largest)]).toEqual([...sortedOrder(x, largest).subarray(0, k)]);
});

test("elements of some ranks are those of the whole order", () => {
  for (const different of [1, 3, 5000, 1 << 24])
    for (const scale of [1, 1e-310, 0.001]) {
      const x = values(5000, different).map((v) => (v - different / 2) * scale);
      x.forEach((_, i) => {
        if (i % 31 === 0)
          x[i] = [Number.NaN, -Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][i % 6]!;
      });
      const order = sortedOrder(x);
      const ranks = [0, 1, 2499, 2500, 10, 4999, 4840, 4800, 2500];
      expect([...orderAt(x, ranks)]).toEqual(ranks.map((r) => order[r]!));
      expect([...orderAt(x, ranks.concat(ranks))].length).toBe(18);
    }
});
