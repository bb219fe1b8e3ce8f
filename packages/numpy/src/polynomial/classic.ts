// The old face: coefficients from the highest power down.

import { type ArrayLike, type Item, itemOf, type ndarray, operandOf } from "@cognate/ndarray/core";
import { add, divide, multiply, negative, subtract } from "@cognate/ndarray/functions";
import { def, RuntimeWarning, Tuple, TypeError, ValueError, warn } from "@cognate/py";
import { diag, ones, vander, zeros, zeros_like } from "../creation/filled.js";
import { arange } from "../creation/grids.js";
import { allOf, asArray, strided, wrap } from "../internal.js";
import { eigvals } from "../linalg/factors.js";
import { inv, lstsq } from "../linalg/solving.js";
import { atleast_1d, concatenate, hstack } from "../manipulation/joining.js";
import { convolve } from "../math/differences.js";
import { sort } from "../methods.js";
import { outer } from "../products/products.js";
import { allclose } from "../testing/compare.js";
import { finfo } from "../types/info.js";
import { elementsOf, horner, inexact } from "./coefficients.js";
import { isPoly, made } from "./poly1d-mark.js";
import { promoteFor } from "./types.js";

/** The result as a `poly1d` where an argument was one. */
const like = (given: readonly unknown[], c: ndarray): ndarray => (given.some(isPoly) ? made(c) : c);

const vector = (x: ArrayLike): ndarray => atleast_1d(x) as ndarray;

/**
 * The polynomial (highest power first) with the given zeros, or the characteristic polynomial of a matrix.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.poly([1, 2]), np.roots([1, -3, 2]), np.polyval([1, -3, 2], 5)); // prints [ 1. -3.  2.] [2. 1.] 12
 * ```
 */
export const poly = def("numpy.poly", "seq_of_zeros", (seq_of_zeros: ArrayLike): Item => {
  let x = vector(seq_of_zeros);
  const { shape } = x._a;
  if (shape.length === 2 && shape[0] === shape[1] && shape[0] !== 0) x = eigvals.impl(x);
  else if (shape.length !== 1) throw new ValueError("input must be 1d or non-empty square 2d array.");
  else x = wrap(promoteFor(x));
  if (x.size === 0) return 1 as Item;
  let c = ones.impl(1, x.dtype);
  for (const zero of elementsOf(x))
    c = convolve.impl(c, hstack.impl([ones.impl(1, x.dtype), negative(zero)]), "full");
  if (c._a.dtype.kind === "complex") {
    const same = asArray(sort(x)).eq(sort(asArray(x.conj())));
    if (allOf(same)) c = asArray(asArray(c.real).copy());
  }
  return c as Item;
});

/** The zeros of a polynomial: the eigenvalues of its companion matrix. @throws ValueError */
export const roots = def("numpy.roots", "p", (p: ArrayLike): ndarray => {
  const x = vector(p);
  if (x.ndim !== 1) throw new ValueError("Input must be a rank-1 array.");
  const found = x.nonzero()[0]!;
  if (found.size === 0) return zeros.impl(0);
  const [first, last] = [Number(found.at(0)), Number(found.at(-1))];
  const c = inexact(x.at(`${first}:${last + 1}`) as ndarray);
  const n = c.size;
  let y = zeros.impl(0);
  if (n > 1) {
    const companion = diag.impl(ones.impl(n - 2, c.dtype), -1);
    const a = n === 2 ? zeros.impl([1, 1], c.dtype) : companion;
    a.set([0, ":"], divide(negative(c.at("1:")), c.at("0:1")));
    y = eigvals.impl(a);
  }
  const trailing = x.size - last - 1;
  return hstack.impl([y, zeros.impl(trailing, y.dtype)]);
});

/** A polynomial's values by Horner's rule; of a polynomial at a polynomial their composition. */
export const polyval = def("numpy.polyval", "p x", (p: ArrayLike, x: ArrayLike): Item => {
  const c = elementsOf(asArray(p));
  if (isPoly(x))
    return made(
      c.reduce<ndarray>((y, k) => polyadd.impl(polymul.impl(y, x), k), asArray([0])),
    ) as unknown as Item;
  const number = strided(x).rank === 0;
  const start = number ? zeros_like.impl(x) : zeros_like.impl(asArray(x));
  const at = number && "weak" in operandOf(x) ? x : asArray(x);
  const y = horner(c, at, number && "weak" in operandOf(x) ? 0 : start);
  return number ? itemOf(strided(y)) : y;
});

/** A vector with zeros before it up to a length. */
const widened = (x: ndarray, n: number): ndarray =>
  x.size >= n ? x : concatenate.impl([zeros.impl(n - x.size, x.dtype), x]);

const aligned =
  (f: typeof add) =>
  (a1: ArrayLike, a2: ArrayLike): ndarray => {
    const [x, y] = [vector(a1), vector(a2)];
    const n = Math.max(x.size, y.size);
    return like([a1, a2], asArray(f(widened(x, n), widened(y, n))));
  };

/** The sum of two polynomials. */
export const polyadd = def("numpy.polyadd", "a1 a2", aligned(add));
/** The difference of two polynomials. */
export const polysub = def("numpy.polysub", "a1 a2", aligned(subtract));

/** The product of two polynomials. */
export const polymul = def(
  "numpy.polymul",
  "a1 a2",
  (a1: ArrayLike, a2: ArrayLike): ndarray => like([a1, a2], convolve.impl(made(a1).coeffs, made(a2).coeffs)),
);

/** The quotient and the remainder of two polynomials. */
export const polydiv = def("numpy.polydiv", "u v", (u: ArrayLike, v: ArrayLike): Tuple<ndarray> => {
  const [x, y] = [inexact(vector(u)), inexact(vector(v))];
  const type = asArray(add(x.at("0:1"), y.at("0:1"))).dtype;
  const [m, n] = [x.size - 1, y.size - 1];
  const quotient = zeros.impl(Math.max(m - n + 1, 1), type);
  let rest = asArray(x.astype(type));
  const scale = divide(1, y.at("0:1"));
  for (let k = 0; k <= m - n; k++) {
    const d = multiply(scale, rest.at(`${k}:${k + 1}`));
    quotient.set([`${k}:${k + 1}`], d);
    rest.sub_at([`${k}:${k + n + 1}`], multiply(d, y));
  }
  while (rest.size > 1 && allclose.impl(rest.at(0), 0, 1e-14)) rest = rest.at("1:") as ndarray;
  return Tuple.of_([like([u, v], quotient), like([u, v], rest)]);
});

/** The derivative, taken m times. @throws ValueError */
export const polyder = def("numpy.polyder", "p m", (p: ArrayLike, m = 1): ndarray => {
  const order = Math.trunc(m);
  if (order < 0) throw new ValueError("Order of derivative must be positive (see polyint)");
  let c = asArray(p);
  for (let k = 0; k < order; k++) c = asArray(multiply(c.at(":-1"), arange(c.size - 1, 0, -1)));
  return like([p], c);
});

/** The integral, taken m times, with constants k. @throws ValueError */
export const polyint = def(
  "numpy.polyint",
  "p m k",
  (p: ArrayLike, m = 1, k: ArrayLike | null = null): ndarray => {
    const order = Math.trunc(m);
    if (order < 0) throw new ValueError("Order of integral must be positive (see polyder)");
    let constants = k === null ? zeros.impl(order) : vector(k);
    if (constants.size === 1 && order > 1) constants = asArray(multiply(constants, ones.impl(order)));
    if (constants.size < order)
      throw new ValueError("k must be a scalar or a rank-1 array of length 1 or >m.");
    let c = asArray(p);
    for (let i = 0; i < order; i++)
      c = concatenate.impl([divide(c, arange(c.size, 0, -1)), constants.at(`${i}:${i + 1}`)]);
    return like([p], c);
  },
);

/** @throws TypeError for points that do not belong together */
export function checkPoints(x: ndarray, y: ndarray): void {
  if (x.ndim !== 1) throw new TypeError("expected 1D vector for x");
  if (x.size === 0) throw new TypeError("expected non-empty vector for x");
  if (y.ndim < 1 || y.ndim > 2) throw new TypeError("expected 1D or 2D array for y");
  if (x._a.shape[0] !== y._a.shape[0]) throw new TypeError("expected x and y to have same length");
}

/**
 * The polynomial (highest power first) of a degree that fits points best, by least squares.
 *
 * @returns with `full` also residuals, rank, singular values and rcond; with `cov` also the covariances
 * @throws TypeError, ValueError
 */
export const polyfit = def(
  "numpy.polyfit",
  "x y deg rcond full w cov",
  (
    x: ArrayLike,
    y: ArrayLike,
    deg: number,
    rcond: number | null = null,
    full = false,
    w: ArrayLike | null = null,
    cov: boolean | "unscaled" = false,
  ): ndarray => {
    const order = Math.trunc(deg) + 1;
    const [px, py] = [inexact(x), inexact(y)];
    if (deg < 0) throw new ValueError("expected deg >= 0");
    checkPoints(px, py);
    const cut = rcond ?? px.size * Number(finfo(px.dtype).eps);
    let left = vander.impl(px, order);
    let right = py;
    if (w !== null) {
      const weights = inexact(w);
      if (weights.ndim !== 1) throw new TypeError("expected a 1-d array for weights");
      if (weights._a.shape[0] !== py._a.shape[0])
        throw new TypeError("expected w and y to have the same length");
      left = asArray(left.mul(weights.at(":", null)));
      right = asArray(right.mul(right.ndim === 2 ? weights.at(":", null) : weights));
    }
    const scale = asArray(asArray(asArray(left.mul(left)).sum({ axis: 0 })).pow(0.5));
    const solved = lstsq.impl(left.div(scale), right, cut) as unknown as [ndarray, ndarray, number, ndarray];
    const [, residuals, rank, s] = solved;
    const c = asArray(solved[0].T.div(scale)).T;
    if (rank !== order && !full) warn("Polyfit may be poorly conditioned", RuntimeWarning);
    if (full) return Tuple.of_([c, residuals, rank, s, cut]) as unknown as ndarray;
    if (!cov) return c;
    const base = asArray(inv.impl(left.div(scale).T.dot(left.div(scale))).div(outer.impl(scale, scale)));
    if (cov !== "unscaled" && px.size <= order)
      throw new ValueError("the number of data points must exceed order to scale the covariance matrix");
    const factor = cov === "unscaled" ? 1 : residuals.div(px.size - order);
    const spread = py.ndim === 1 ? base.mul(factor) : asArray(base.at(":", ":", null)).mul(factor);
    return Tuple.of_([c, spread]) as unknown as ndarray;
  },
);
