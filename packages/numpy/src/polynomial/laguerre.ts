/** Series of Laguerre's polynomials, NumPy's `numpy.polynomial.laguerre`. */

import type { ndarray } from "@cognate/ndarray/core";
import { exp, negative } from "@cognate/ndarray/functions";
import { Float } from "@cognate/py";
import { asArray } from "../internal.js";
import { type Basis, basisFunctions } from "./basis.js";
import { type Series, seriesClass } from "./series.js";

const basis: Basis = {
  prefix: "lag",
  module: "laguerre",
  times: (n) => [-(n + 1), 2 * n + 1, -n],
  slope: (n) => [-1, 0, n > 1 ? 1 : 0],
  integral: () => [-1, 1, 0],
  mass: 1,
  weight: (x) => exp(negative(x)),
};
const functions = basisFunctions(basis);

/** The functions of NumPy's module: on coefficients from degree 0 up. */
export const {
  line: lagline,
  add: lagadd,
  sub: lagsub,
  mulx: lagmulx,
  mul: lagmul,
  div: lagdiv,
  pow: lagpow,
  der: lagder,
  int: lagint,
  val: lagval,
  val2d: lagval2d,
  val3d: lagval3d,
  grid2d: laggrid2d,
  grid3d: laggrid3d,
  vander: lagvander,
  vander2d: lagvander2d,
  vander3d: lagvander3d,
  fit: lagfit,
  companion: lagcompanion,
  roots: lagroots,
  fromroots: lagfromroots,
  gauss: laggauss,
  weight: lagweight,
  trim: lagtrim,
  toPower: lag2poly,
  fromPower: poly2lag,
} = functions;

export const lagzero: ndarray = asArray([0]);
export const lagone: ndarray = asArray([1]);
export const lagx: ndarray = asArray([1, -1]);
/** Where values are looked at by default. */
export const lagdomain: ndarray = asArray([new Float(0), new Float(1)]);

/** Series of Laguerre's polynomials with a domain that is mapped to a window first, called at points. */
export const Laguerre = seriesClass({
  name: "Laguerre",
  module: "laguerre",
  symbol: "L",
  domain: lagdomain,
  functions,
  toPower: functions.toPower,
});
export type Laguerre = Series;
