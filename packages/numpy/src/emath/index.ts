/** Functions that give complex numbers where real ones have no result, NumPy's `numpy.emath`. */

import { type ArrayLike, type Item, itemOf, type ndarray, toKernel } from "@cognate/ndarray/core";
import * as real from "@cognate/ndarray/functions";
import { def } from "@cognate/py";
import { anyOf, asArray, cast, strided, wrap } from "../internal.js";

const isReal = (x: ndarray): boolean => x._a.dtype.kind !== "complex";

/** As complex numbers, single ones from narrow types. */
const asComplex = (x: ndarray): ndarray => {
  const { name } = x._a.dtype;
  const narrow = name === "float32" || name === "float16" || x.itemsize <= 2;
  return isReal(x) ? wrap(cast(x._a, toKernel(narrow ? "complex64" : "complex128"))) : x;
};

/** A number as a float64, so that whole ones count as such. */
const given = (x: ArrayLike): ndarray => asArray(x);

const widened =
  (test: (x: ndarray) => boolean) =>
  (x: ArrayLike): ndarray => {
    const a = given(x);
    return isReal(a) && test(a) ? asComplex(a) : a;
  };

const belowZero = widened((x) => anyOf(x.lt(0)));
const beyondOne = widened((x) => anyOf(asArray(x.abs()).gt(1)));

const result = (y: ArrayLike): Item => itemOf(strided(y));

const unary = (name: string, f: (x: ArrayLike) => Item, widen: (x: ArrayLike) => ndarray) =>
  def(`numpy.emath.${name}`, "x", (x: ArrayLike): Item => result(f(widen(x))));

/** √x; of negative numbers complex. */
export const sqrt = unary("sqrt", (x) => real.sqrt(x), belowZero);
/** log x; of negative numbers complex. */
export const log = unary("log", (x) => real.log(x), belowZero);
/** log₁₀ x; of negative numbers complex. */
export const log10 = unary("log10", (x) => real.log10(x), belowZero);
/** log₂ x; of negative numbers complex. */
export const log2 = unary("log2", (x) => real.log2(x), belowZero);
/** arccos x; beyond 1 complex. */
export const arccos = unary("arccos", (x) => real.arccos(x), beyondOne);
/** arcsin x; beyond 1 complex. */
export const arcsin = unary("arcsin", (x) => real.arcsin(x), beyondOne);
/** artanh x; beyond 1 complex. */
export const arctanh = unary("arctanh", (x) => real.arctanh(x), beyondOne);
/** The logarithm of x to the base n; of negative numbers complex. */
export const logn = def(
  "numpy.emath.logn",
  "n x",
  (n: ArrayLike, x: ArrayLike): Item => result(real.divide(real.log(belowZero(x)), real.log(belowZero(n)))),
);
/** x to the power of p; of negative numbers complex, and of integers to negative powers a float. */
export const power = def("numpy.emath.power", "x p", (x: ArrayLike, p: ArrayLike): Item => {
  const [a, b] = [belowZero(x), given(p)];
  const whole = ["i", "u", "b"].includes(b.dtype.kind) && anyOf(b.lt(0));
  return result(real.power(a, whole ? wrap(cast(b._a, toKernel("float64"))) : b));
});
