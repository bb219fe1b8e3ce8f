/** Polynomials, NumPy's `numpy.polynomial`: in powers of x, and as series of orthogonal ones. */

export * as chebyshev from "./chebyshev.js";
export { Chebyshev } from "./chebyshev.js";
export * as hermite from "./hermite.js";
export { Hermite } from "./hermite.js";
export * as hermite_e from "./hermite_e.js";
export { HermiteE } from "./hermite_e.js";
export * as laguerre from "./laguerre.js";
export { Laguerre } from "./laguerre.js";
export * as legendre from "./legendre.js";
export { Legendre } from "./legendre.js";
export * as polynomial from "./polynomial.js";
export * as polyutils from "./polyutils.js";
export { Polynomial } from "./power-basis.js";
export { set_default_printstyle } from "./series.js";
