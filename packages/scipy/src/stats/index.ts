/** Distributions, of SciPy's `scipy.stats` the normal one. */
export { norm } from "./norm.js";
