import { golden } from "@cognate/testing";
import { expect, test } from "vitest";
import { type Pieces, piecewise } from "./chebyshev.js";
import * as coefficients from "./coefficients.js";
import { horner } from "./polynomial.js";

type Coefficients = readonly (readonly number[])[];

/** All polynomials of a table, each asked for once. */
function polynomialsOf(name: string): Coefficients {
  if (name === "TEMME") return coefficients.temmeCoefficients();
  const table = (coefficients as unknown as Record<string, Pieces | readonly number[]>)[name]!;
  if (!("polynomials" in table)) return [table];
  for (let i = 0; i < table.polynomials.length; i++)
    expect(piecewise(table, table.from + (i + 0.5) * table.width)).toBe(table.polynomials[i]?.[0]);
  return table.polynomials as Coefficients;
}

const cases = golden("kernel/math/coefficients", {
  array: (a) => Array.from(a.array.flat() as Float64Array),
});

test.each(cases)("$name is mpmath's", ({ name, lengths, coefficients: listed }) => {
  const polynomials = polynomialsOf(name as string);
  expect(polynomials.map((c) => c.length)).toEqual(lengths);
  const wanted = listed as number[];
  let at = 0;
  for (const c of polynomials) {
    const off = c.map((v) => v - wanted[at++]!);
    for (let x = -1; x <= 1; x += 1 / 16)
      expect(Math.abs(horner(off, x) / c[0]!)).toBeLessThan(2 ** -53 / 1024);
  }
});

test("NaN is handed on, and the end of the interval belongs to the last piece", () => {
  expect(piecewise(coefficients.LGAMMA, Number.NaN)).toBeNaN();
  expect(piecewise(coefficients.LGAMMA, 2.75)).toBeCloseTo(0.3621, 4);
});
