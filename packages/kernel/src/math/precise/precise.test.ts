import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { exp, expm1 } from "./exp.js";
import { log, log1p } from "./log.js";
import { pow } from "./pow.js";
import { acos, cos, sin, tan } from "./trig.js";

const FUNCTIONS: Readonly<Record<string, (...args: number[]) => number>> = {
  exp,
  expm1,
  log,
  log1p,
  sin,
  cos,
  tan,
  acos,
  pow,
};

const f64 = new Float64Array(1);
const u64 = new BigUint64Array(f64.buffer);
function ulp(x: number): number {
  f64[0] = Math.abs(x);
  u64[0]!++;
  return f64[0] - Math.abs(x);
}

const cases = golden("kernel/math/precise", { array: (a: GoldenArray) => a.array.flat() }) as unknown as {
  readonly name: string;
  readonly args: readonly Float64Array[];
  readonly high: Float64Array;
  readonly low: Float64Array;
}[];

describe.each(cases)("$name", ({ name, args, high, low }) => {
  test("is within 0.52 units of the exact value", () => {
    const f = FUNCTIONS[name]!;
    let worst = 0;
    for (let i = 0; i < high.length; i++) {
      const y = f(...args.map((a) => a[i]!));
      const off = Math.abs(y - high[i]! - low[i]!) / ulp(high[i]!);
      worst = Math.max(worst, Number.isNaN(off) ? Number.POSITIVE_INFINITY : off);
    }
    expect(worst).toBeLessThanOrEqual(0.52);
    expect(worst).toBeGreaterThan(0.45);
  });
});

test("subnormal results are rounded once", () => {
  // e^x for these is (k + ½ ± tiny)·2^−1074, so rounding to 53 bits first would go astray.
  expect(exp(-745.13)).toBe(5e-324);
  expect(exp(-745.14)).toBe(0);
  expect(exp(-744.0)).toBe(1e-323);
  expect(exp(-720)).toBe(2.0322308024e-313);
  expect(exp(-708.5)).toBe(2.006132305331306e-308);
  expect(exp(-735.25)).toBe(4.8413e-320);
});

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

test.each([
  ["exp", [nan, inf, -inf, 0, -0, 710, -746], [nan, inf, 0, 1, 1, inf, 0]],
  ["expm1", [nan, inf, -inf, 0, -0, 710, -746, 1e-300], [nan, inf, -1, 0, -0, inf, -1, 1e-300]],
  ["log", [nan, inf, -inf, 0, -0, 1, -1, 5e-324], [nan, inf, nan, -inf, -inf, 0, nan, -744.4400719213812]],
  ["log1p", [nan, inf, -inf, 0, -0, -1, -2, 1e-300], [nan, inf, nan, 0, -0, -inf, nan, 1e-300]],
  ["sin", [nan, inf, -inf, 0, -0, 1e-300], [nan, nan, nan, 0, -0, 1e-300]],
  ["cos", [nan, inf, -inf, 0, -0], [nan, nan, nan, 1, 1]],
  ["tan", [nan, inf, -inf, 0, -0], [nan, nan, nan, 0, -0]],
  ["acos", [nan, 1, -1, 1.1, 0], [nan, 0, Math.PI, nan, Math.PI / 2]],
])("edge values of %s", (name, xs, ys) => {
  expect(xs.map((x) => FUNCTIONS[name]!(x))).toEqual(ys);
});

test("edge values of pow are C's", () => {
  const values: [number, number, number][] = [
    [1, nan, 1],
    [nan, 0, 1],
    [-1, inf, 1],
    [0, -1, inf],
    [-0, -3, -inf],
    [-0, 3, -0],
    [-inf, 3, -inf],
    [-8, 1 / 3, nan],
    [-2, 3, -8],
    [2, 1024, inf],
    [2, -1080, 0],
    [-2, -1081, -0],
    [0.5, inf, 0],
    [2, 0.5, Math.SQRT2],
    [10, 308, 1e308],
    [3, 1, 3],
    [1 + 2 ** -52, 2 ** -60, 1],
  ];
  for (const [x, y, z] of values) expect([x, y, pow(x, y)]).toEqual([x, y, z]);
});
