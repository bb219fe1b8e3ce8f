import { describe, expect, test } from "vitest";
import { bool } from "../../dtype/dtype.js";
import { attention, attentionGrad } from "../../ops/table.js";
import { Strided } from "../../strided/strided.js";
import { both, distance, LAYOUTS, random } from "../testing.js";

const flags = (shape: readonly number[]): Strided => {
  const m = Strided.zeros(bool, shape);
  for (let i = 0; i < m.size; i++) m.data[i] = i % 5 === 0 || i % 7 === 3 ? 0 : 1;
  return m;
};

describe.each([
  ["plain", [2, 3, 33, 16], [2, 3, 33, 16], [2, 3, 33, 16], null, null, false],
  ["causal", [3, 70, 8], [3, 70, 8], [3, 70, 12], null, null, true],
  ["added mask", [2, 2, 20, 8], [2, 2, 31, 8], [2, 2, 31, 9], random([20, 31]), null, false],
  ["bool mask of keys", [2, 2, 20, 8], [2, 2, 31, 8], [2, 2, 31, 9], flags([2, 1, 1, 31]), null, false],
  [
    "mask and dropout",
    [2, 130, 5],
    [2, 17, 5],
    [2, 17, 6],
    flags([130, 17]),
    random([2, 130, 17], 0, 2),
    false,
  ],
  ["leading axes stretch", [4, 1, 40, 8], [1, 3, 40, 8], [3, 40, 8], null, null, false],
  ["one query", [6, 1, 64], [6, 40, 64], [6, 40, 64], null, null, false],
] as const)("attention %s", (_name, qs, ks, vs, mask, keep, causal) => {
  test.each(Object.entries(LAYOUTS))("%s", (_layout, lay) => {
    const [q, k, v] = [lay(random(qs, -1, 1)), lay(random(ks, -1, 1)), lay(random(vs, -1, 1))];
    const p = { scale: 0.3, causal };
    const [[y], [want]] = both(attention, [q, k, v, mask, keep], p);
    expect(y!.shape).toEqual(want!.shape);
    expect(distance(y!, want!)).toBeLessThan(3e-6);
    const [gs, wants] = both(attentionGrad, [lay(random(want!.shape)), q, k, v, mask, keep], p);
    gs.forEach((g, i) => {
      expect(g.shape).toEqual(wants[i]!.shape);
      expect(distance(g, wants[i]!)).toBeLessThan(1e-5);
    });
  });
});

test("queries that see no key give zeros", () => {
  const mask = flags([40, 40]);
  for (let i = 0; i < 40; i++) mask.data[3 * 40 + i] = 0;
  const [q, k, v] = [random([40, 16]), random([40, 16]), random([40, 16])];
  const [[y], [want]] = both(attention, [q, k, v, mask, null], { scale: 1 });
  expect(distance(y!, want!)).toBeLessThan(3e-6);
  expect([...(y!.data.subarray(48, 64) as Float32Array)].every((x) => x === 0)).toBe(true);
});
