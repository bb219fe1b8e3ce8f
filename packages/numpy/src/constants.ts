/** π. */
export const pi = Math.PI;
/** Euler's number. */
export const e = Math.E;
/** Euler's constant γ. */
export const euler_gamma = 0.5772156649015329;
/** Positive infinity. */
export const inf = Number.POSITIVE_INFINITY;
/** Not a number. */
export const nan = Number.NaN;
/** A new axis in an index: `x.at("...", np.newaxis)`. */
export const newaxis = null;
export const True_ = true;
export const False_ = false;
/** Numbers lie in memory with their low byte first. */
export const little_endian = true;
/** The version of NumPy whose behaviour this is. */
export const __version__ = "2.4.6";
