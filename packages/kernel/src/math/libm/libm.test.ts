import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { acos } from "./acos.js";
import { cos, sin } from "./cos.js";
import { exp } from "./exp.js";
import { expm1, log1p } from "./expm1.js";
import { expf, log1pf, logf, powf } from "./float32.js";
import { fma } from "./fma.js";
import { log } from "./log.js";
import { pow } from "./pow.js";

const FUNCTIONS: Readonly<Record<string, (...args: number[]) => number>> = {
  acos,
  cos,
  exp,
  expf,
  expm1,
  log,
  log1p,
  log1pf,
  logf,
  pow,
  powf,
  sin,
};

const cases = golden("kernel/math/libm", { array: (a: GoldenArray) => a.array.flat() }) as unknown as {
  readonly name: string;
  readonly args: readonly Float64Array[];
  readonly y: Float64Array;
}[];

describe.each(cases)("$name", ({ name, args, y }) => {
  test("equals the C library's, most of it where that rounds the wrong way", () => {
    const f = FUNCTIONS[name]!;
    expect(Array.from(y, (_, i) => f(...args.map((a) => a[i]!)))).toEqual([...y]);
  });
});

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

test.each([
  ["exp", [nan, inf, -inf, 0, -0, 710, -746, 1e-300, -745.13], [nan, inf, 0, 1, 1, inf, 0, 1, 5e-324]],
  ["expm1", [nan, inf, -inf, 0, -0, 710, -746, 1e-300], [nan, inf, -1, 0, -0, inf, -1, 1e-300]],
  ["log", [nan, inf, -inf, 0, -0, 1, -1, 5e-324], [nan, inf, nan, -inf, -inf, 0, nan, -744.4400719213812]],
  ["log1p", [nan, inf, -inf, 0, -0, -1, -2, 1e-300], [nan, inf, nan, 0, -0, -inf, nan, 1e-300]],
  ["sin", [nan, inf, -inf, 0, -0, 1e-300, 1e22], [nan, nan, nan, 0, -0, 1e-300, -0.8522008497671888]],
  ["cos", [nan, inf, -inf, 0, -0, 1e22], [nan, nan, nan, 1, 1, 0.523214785395139]],
  ["acos", [nan, 1, -1, 1.1, 0], [nan, 0, Math.PI, nan, Math.PI / 2]],
  ["expf", [nan, inf, -inf, 0, 89, -104], [nan, inf, 0, 1, inf, 0]],
  ["log1pf", [nan, inf, -inf, 0, -0, -1], [nan, inf, nan, 0, -0, -inf]],
])("edge values of %s", (name, xs, ys) => {
  expect(xs.map((x) => FUNCTIONS[name]!(x))).toEqual(ys);
});

test("edge values of pow are C's", () => {
  const values: [number, number, number][] = [
    [1, nan, 1],
    [nan, 0, 1],
    [-1, inf, 1],
    [-1, 3, -1],
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
    [1.5, 1e300, inf],
    [1.5, 1e-300, 1],
    [1 + 2 ** -52, 2 ** -60, 1],
    [5e-324, 0.5, 2.2227587494850775e-162],
  ];
  for (const [x, y, z] of values) expect([x, y, pow(x, y)]).toEqual([x, y, z]);
  expect([powf(0, 2), powf(0, -1), powf(4, 0.5), powf(2, 200), powf(2, -200)]).toEqual([0, inf, 2, inf, 0]);
});

test("fma rounds once", () => {
  const e = 2 ** -52;
  expect(fma(1 + e, 1 - e, -1)).toBe(-(e ** 2));
  // (1 + 2⁻²⁷)² = 1 + 2⁻²⁶ + 2⁻⁵⁴ lies past a tie by what the product's rounding lost.
  expect(fma(1 + 2 ** -27, 1 + 2 ** -27, 2 ** -53)).toBe(1 + 2 ** -26 + e);
  expect(fma(1 + 2 ** -27, 1 + 2 ** -27, 2 ** -53 - 2 ** -53)).toBe(1 + 2 ** -26);
  expect(fma(3, 4, -12)).toBe(0);
});
