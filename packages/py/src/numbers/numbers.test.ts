import { describe, expect, test } from "vitest";
import { callNamed, fixture, outcome } from "../golden.test.helper.js";
import { floatRepr } from "./float.js";
import { floatPower, hypot } from "./power.js";

test("shortest digits of doubles", () => {
  const texts = fixture<string[]>("numbers/repr");
  expect(texts.filter((t) => floatRepr(Number(t)) !== t)).toEqual([]);
});

describe("parsing, rounding, hashing as CPython", () => {
  test.each(fixture<[string, never[], string][]>("numbers/cases"))("%s %j", (name, args, expected) => {
    expect(outcome(() => callNamed(name, args))).toBe(expected);
  });
});

/** Doubles between two numbers of one sign. */
function distance(a: number, b: number): number {
  const bits = new BigInt64Array(new Float64Array([a, b]).buffer);
  return Math.abs(Number(bits[0]! - bits[1]!));
}

// glibc's pow and hypot are off by one unit in well under one percent of arguments; ours round correctly.
test.each([
  ["powers", floatPower],
  ["lengths", hypot],
])("%s as C's library", (file, f) => {
  const rows = fixture<[number, number, number][]>(`numbers/${file}`);
  const off = rows.map(([x, y, z]) => distance(f(x, y), z));
  expect(Math.max(...off)).toBeLessThanOrEqual(1);
  expect(off.filter((d) => d > 0).length / rows.length).toBeLessThan(0.005);
});
