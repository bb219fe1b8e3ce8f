/** Polynomials, NumPy's `numpy.polynomial`: those in powers of x. */

export * as polynomial from "./polynomial.js";
export { Polynomial } from "./power-basis.js";
