/** Series of Legendre's polynomials, NumPy's `numpy.polynomial.legendre`. */

import type { ndarray } from "@cognate/ndarray/core";
import { add, multiply } from "@cognate/ndarray/functions";
import { Float } from "@cognate/py";
import { asArray } from "../internal.js";
import { type Basis, basisFunctions } from "./basis.js";
import { type Series, seriesClass } from "./series.js";

const basis: Basis = {
  prefix: "leg",
  module: "legendre",
  times: (n) => [(n + 1) / (2 * n + 1), 0, n / (2 * n + 1)],
  slope: (n) => [2 * n - 1, n > 2 ? 1 : 0, 0],
  integral: (n) => (n < 2 ? [1 / (2 * n + 1), 0, 0] : [1 / (2 * n + 1), 0, -1 / (2 * n + 1)]),
  mass: 2,
  weight: (x) => add(multiply(x, new Float(0)), new Float(1)),
};
const functions = basisFunctions(basis);

/** The functions of NumPy's module: on coefficients from degree 0 up. */
export const {
  line: legline,
  add: legadd,
  sub: legsub,
  mulx: legmulx,
  mul: legmul,
  div: legdiv,
  pow: legpow,
  der: legder,
  int: legint,
  val: legval,
  val2d: legval2d,
  val3d: legval3d,
  grid2d: leggrid2d,
  grid3d: leggrid3d,
  vander: legvander,
  vander2d: legvander2d,
  vander3d: legvander3d,
  fit: legfit,
  companion: legcompanion,
  roots: legroots,
  fromroots: legfromroots,
  gauss: leggauss,
  weight: legweight,
  trim: legtrim,
  toPower: leg2poly,
  fromPower: poly2leg,
} = functions;

export const legzero: ndarray = asArray([0]);
export const legone: ndarray = asArray([1]);
export const legx: ndarray = asArray([0, 1]);
/** Where values are looked at by default. */
export const legdomain: ndarray = asArray([new Float(-1), new Float(1)]);

/** Series of Legendre's polynomials with a domain that is mapped to a window first, called at points. */
export const Legendre = seriesClass({
  name: "Legendre",
  module: "legendre",
  symbol: "P",
  domain: legdomain,
  functions,
  toPower: functions.toPower,
});
export type Legendre = Series;
