/** Series of Chebyshev's polynomials of the first kind, NumPy's `numpy.polynomial.chebyshev`. */

import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { add, cos, divide, multiply, sin, sqrt, subtract } from "@cognate/ndarray/functions";
import { def, Float, Tuple, TypeError, ValueError } from "@cognate/py";
import { ones } from "../creation/filled.js";
import { arange, linspace } from "../creation/grids.js";
import { asArray } from "../internal.js";
import { type Basis, basisFunctions } from "./basis.js";
import { type Series, seriesClass } from "./series.js";

const basis: Basis = {
  prefix: "cheb",
  module: "chebyshev",
  times: (n) => (n === 0 ? [1, 0, 0] : [0.5, 0, 0.5]),
  slope: (n) => (n === 1 ? [1, 0, 0] : n === 2 ? [4, 0, 0] : [2 * n, n / (n - 2), 0]),
  integral: (n) =>
    n === 0 ? [1, 0, 0] : n === 1 ? [0.25, 0, 0] : [1 / (2 * (n + 1)), 0, -1 / (2 * (n - 1))],
  mass: Math.PI,
  gauss: (deg) => {
    const angles = divide(multiply(arange.impl(1, 2 * deg, 2), new Float(Math.PI)), 2 * deg);
    return Tuple.of_([asArray(cos(angles)), asArray(multiply(ones.impl(deg), new Float(Math.PI / deg)))]);
  },
  weight: (x) => divide(new Float(1), multiply(sqrt(add(new Float(1), x)), sqrt(subtract(new Float(1), x)))),
};
const functions = basisFunctions(basis);

/** The functions of NumPy's module: on coefficients from degree 0 up. */
export const {
  line: chebline,
  add: chebadd,
  sub: chebsub,
  mulx: chebmulx,
  mul: chebmul,
  div: chebdiv,
  pow: chebpow,
  der: chebder,
  int: chebint,
  val: chebval,
  val2d: chebval2d,
  val3d: chebval3d,
  grid2d: chebgrid2d,
  grid3d: chebgrid3d,
  vander: chebvander,
  vander2d: chebvander2d,
  vander3d: chebvander3d,
  fit: chebfit,
  companion: chebcompanion,
  roots: chebroots,
  fromroots: chebfromroots,
  gauss: chebgauss,
  weight: chebweight,
  trim: chebtrim,
  toPower: cheb2poly,
  fromPower: poly2cheb,
} = functions;

export const chebzero: ndarray = asArray([0]);
export const chebone: ndarray = asArray([1]);
export const chebx: ndarray = asArray([0, 1]);
/** Where values are looked at by default. */
export const chebdomain: ndarray = asArray([new Float(-1), new Float(1)]);

/** n zeros of Tₙ. @throws ValueError */
export const chebpts1 = def("numpy.polynomial.chebyshev.chebpts1", "npts", (npts: number): ndarray => {
  const n = Math.trunc(npts);
  if (n !== npts) throw new ValueError("npts must be integer");
  if (n < 1) throw new ValueError("npts must be >= 1");
  return asArray(sin(multiply(arange.impl(-n + 1, n + 1, 2), new Float((0.5 * Math.PI) / n))));
});

/** n points where |Tₙ₋₁| is 1. @throws ValueError */
export const chebpts2 = def("numpy.polynomial.chebyshev.chebpts2", "npts", (npts: number): ndarray => {
  const n = Math.trunc(npts);
  if (n !== npts) throw new ValueError("npts must be integer");
  if (n < 2) throw new ValueError("npts must be >= 2");
  return asArray(cos(linspace.impl(new Float(-Math.PI), 0, n)));
});

/** The series that has a function's values at the zeros of T. @throws TypeError, ValueError */
export const chebinterpolate = def(
  "numpy.polynomial.chebyshev.chebinterpolate",
  "func deg args",
  (
    func: (x: ndarray, ...args: never[]) => ArrayLike,
    deg: number,
    args: readonly unknown[] = [],
  ): ndarray => {
    if (typeof deg !== "number" || !Number.isInteger(deg)) throw new TypeError("deg must be an int");
    if (deg < 0) throw new ValueError("expected deg >= 0");
    const order = deg + 1;
    const x = chebpts1.impl(order);
    const y = func(x, ...(args as never[]));
    const c = asArray(chebvander.impl(x, deg).T.dot(y));
    c.set([0], divide(c.at(0), order));
    c.set(["1:"], divide(c.at("1:"), new Float(0.5 * order)));
    return c;
  },
);

/** Series of Chebyshev's polynomials of the first kind with a domain that is mapped to a window first, called at points. */
export const Chebyshev = seriesClass({
  name: "Chebyshev",
  module: "chebyshev",
  symbol: "T",
  domain: chebdomain,
  functions,
  toPower: functions.toPower,
  interpolate: chebinterpolate.impl,
});
export type Chebyshev = Series;
