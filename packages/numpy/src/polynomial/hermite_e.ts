/** Series of Hermite's polynomials (the probabilists'), NumPy's `numpy.polynomial.hermite_e`. */

import type { ndarray } from "@cognate/ndarray/core";
import { exp, multiply } from "@cognate/ndarray/functions";
import { Float } from "@cognate/py";
import { asArray } from "../internal.js";
import { type Basis, basisFunctions } from "./basis.js";
import { type Series, seriesClass } from "./series.js";

const basis: Basis = {
  prefix: "herme",
  module: "hermite_e",
  times: (n) => [1, 0, n],
  slope: (n) => [n, 0, 0],
  integral: (n) => [1 / (n + 1), 0, 0],
  mass: Math.sqrt(2 * Math.PI),
  weight: (x) => exp(multiply(multiply(x, x), new Float(-0.5))),
};
const functions = basisFunctions(basis);

/** The functions of NumPy's module: on coefficients from degree 0 up. */
export const {
  line: hermeline,
  add: hermeadd,
  sub: hermesub,
  mulx: hermemulx,
  mul: hermemul,
  div: hermediv,
  pow: hermepow,
  der: hermeder,
  int: hermeint,
  val: hermeval,
  val2d: hermeval2d,
  val3d: hermeval3d,
  grid2d: hermegrid2d,
  grid3d: hermegrid3d,
  vander: hermevander,
  vander2d: hermevander2d,
  vander3d: hermevander3d,
  fit: hermefit,
  companion: hermecompanion,
  roots: hermeroots,
  fromroots: hermefromroots,
  gauss: hermegauss,
  weight: hermeweight,
  trim: hermetrim,
  toPower: herme2poly,
  fromPower: poly2herme,
} = functions;

export const hermezero: ndarray = asArray([0]);
export const hermeone: ndarray = asArray([1]);
export const hermex: ndarray = asArray([0, 1]);
/** Where values are looked at by default. */
export const hermedomain: ndarray = asArray([new Float(-1), new Float(1)]);

/** Series of Hermite's polynomials (the probabilists') with a domain that is mapped to a window first, called at points. */
export const HermiteE = seriesClass({
  name: "HermiteE",
  module: "hermite_e",
  symbol: "He",
  domain: hermedomain,
  functions,
  toPower: functions.toPower,
});
export type HermiteE = Series;
