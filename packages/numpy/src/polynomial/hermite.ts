/** Series of Hermite's polynomials (the physicists'), NumPy's `numpy.polynomial.hermite`. */

import type { ndarray } from "@cognate/ndarray/core";
import { exp, multiply, negative } from "@cognate/ndarray/functions";
import { Float } from "@cognate/py";
import { asArray } from "../internal.js";
import { type Basis, basisFunctions } from "./basis.js";
import { type Series, seriesClass } from "./series.js";

const basis: Basis = {
  prefix: "herm",
  module: "hermite",
  times: (n) => [0.5, 0, n],
  slope: (n) => [2 * n, 0, 0],
  integral: (n) => [1 / (2 * (n + 1)), 0, 0],
  mass: Math.sqrt(Math.PI),
  weight: (x) => exp(negative(multiply(x, x))),
};
const functions = basisFunctions(basis);

/** The functions of NumPy's module: on coefficients from degree 0 up. */
export const {
  line: hermline,
  add: hermadd,
  sub: hermsub,
  mulx: hermmulx,
  mul: hermmul,
  div: hermdiv,
  pow: hermpow,
  der: hermder,
  int: hermint,
  val: hermval,
  val2d: hermval2d,
  val3d: hermval3d,
  grid2d: hermgrid2d,
  grid3d: hermgrid3d,
  vander: hermvander,
  vander2d: hermvander2d,
  vander3d: hermvander3d,
  fit: hermfit,
  companion: hermcompanion,
  roots: hermroots,
  fromroots: hermfromroots,
  gauss: hermgauss,
  weight: hermweight,
  trim: hermtrim,
  toPower: herm2poly,
  fromPower: poly2herm,
} = functions;

export const hermzero: ndarray = asArray([0]);
export const hermone: ndarray = asArray([1]);
export const hermx: ndarray = asArray([0, 0.5]);
/** Where values are looked at by default. */
export const hermdomain: ndarray = asArray([new Float(-1), new Float(1)]);

/** Series of Hermite's polynomials (the physicists') with a domain that is mapped to a window first, called at points. */
export const Hermite = seriesClass({
  name: "Hermite",
  module: "hermite",
  symbol: "H",
  domain: hermdomain,
  functions,
  toPower: functions.toPower,
});
export type Hermite = Series;
