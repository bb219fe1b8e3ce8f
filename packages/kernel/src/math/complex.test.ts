import { golden } from "@cognate/testing";
import { expect, test } from "vitest";
import type { ComplexOut } from "../ops/engines/elementwise.js";
import * as complex from "./complex.js";

type ComplexFunction = (re: number, im: number, out: ComplexOut) => void;

/** NumPy's names of our functions. */
const NAMES: Readonly<Record<string, ComplexFunction>> = {
  exp: complex.complexExp,
  expm1: complex.complexExpm1,
  exp2: complex.complexExp2,
  log: complex.complexLog,
  log1p: complex.complexLog1p,
  sqrt: complex.complexSqrt,
  sin: complex.complexSin,
  cos: complex.complexCos,
  tan: complex.complexTan,
  sinh: complex.complexSinh,
  cosh: complex.complexCosh,
  tanh: complex.complexTanh,
  arcsin: complex.complexAsin,
  arccos: complex.complexAcos,
  arctan: complex.complexAtan,
  arcsinh: complex.complexAsinh,
  arccosh: complex.complexAcosh,
  arctanh: complex.complexAtanh,
  reciprocal: complex.complexReciprocal,
};

const show = (re: number, im: number): string =>
  `${Object.is(re, -0) ? "-0" : re}${im < 0 || Object.is(im, -0) ? "-" : "+"}${Math.abs(im)}i`;

/** Equal, signs of zeros included (where C99 says what they are), or as near as rounding allows beside the modulus. */
const near = (a: number, b: number, size: number, signs: boolean): boolean =>
  Object.is(a, b) ||
  (a === 0 && b === 0 && !signs) ||
  (a !== 0 && b !== 0 && Math.abs(a - b) <= 4e-15 * Math.min(Math.abs(b) + 1e-2 * size, size));

const cases = golden("kernel/math/complex", { array: (a) => Array.from(a.array.flat() as Float64Array) });

test.each(cases)("$name", ({ name, z, y }) => {
  const f = NAMES[name]!;
  const [args, want] = [z as number[], y as number[]];
  const out = { re: 0, im: 0 };
  const wrong: string[] = [];
  for (let i = 0; i < args.length; i += 2) {
    const [re, im] = [want[i]!, want[i + 1]!];
    f(args[i]!, args[i + 1]!, out);
    const size = Math.hypot(re, im);
    const signs = Number.isFinite(args[i]!) && Number.isFinite(args[i + 1]!);
    if (!near(out.re, re, size, signs) || !near(out.im, im, size, signs))
      wrong.push(
        `${name}(${show(args[i]!, args[i + 1]!)}) = ${show(out.re, out.im)}, expected ${show(re, im)}`,
      );
  }
  expect(wrong).toEqual([]);
});
