import { float64, rng, Strided } from "@cognate/kernel";
import { type ArrayLike, type Item, indicesOf, type ndarray } from "@cognate/ndarray/core";
import {
  add,
  divide,
  exp,
  isnan,
  less_equal,
  log,
  logical_or,
  multiply,
  negative,
  subtract,
} from "@cognate/ndarray/functions";
import { def, Tuple, ValueError } from "@cognate/py";
import { asArray, floating, where, wrap } from "../arrays.js";
import { log_ndtr, ndtr, ndtri } from "../special/elementwise.js";

const HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI);

/** A function of (x − loc) / scale; NaN where the scale is not positive. */
const standard =
  (f: (z: ArrayLike, scale: ndarray) => ArrayLike) =>
  (x: ArrayLike, loc: ArrayLike = 0, scale: ArrayLike = 1): Item => {
    const s = floating(scale);
    const z = floating(divide(subtract(floating(x), loc), s));
    const y = f(z, s);
    return where(logical_or(less_equal(s, 0), isnan(z)), Number.NaN, y);
  };

/** loc + scale·f(q); NaN where q is no probability. */
const inverse =
  (f: (q: ndarray) => ArrayLike) =>
  (q: ArrayLike, loc: ArrayLike = 0, scale: ArrayLike = 1): Item => {
    const s = floating(scale);
    const y = add(multiply(f(floating(q)), s), loc);
    return where(less_equal(s, 0), Number.NaN, y);
  };

const N = "scipy.stats.norm";
const signature = "x loc scale";
const logDensity = (z: ArrayLike, s: ndarray): ArrayLike =>
  subtract(subtract(multiply(-0.5, multiply(z, z)), HALF_LOG_TAU), log(s));
const density = (z: ArrayLike, s: ndarray): ArrayLike =>
  divide(divide(exp(multiply(-0.5, multiply(z, z))), Math.sqrt(2 * Math.PI)), s);

/** The density e^(−z²/2) / (√(2π)·scale), z = (x − loc)/scale. */
const pdf = def(`${N}.pdf`, signature, standard(density));
/** The logarithm of the density. */
const logpdf = def(`${N}.logpdf`, signature, standard(logDensity));
/** The probability of values up to x. */
const cdf = def(
  `${N}.cdf`,
  signature,
  standard((z) => ndtr(z)),
);
/** Its logarithm. */
const logcdf = def(
  `${N}.logcdf`,
  signature,
  standard((z) => log_ndtr(z)),
);
/** The probability of values above x. */
const sf = def(
  `${N}.sf`,
  signature,
  standard((z) => ndtr(negative(z))),
);
/** Its logarithm. */
const logsf = def(
  `${N}.logsf`,
  signature,
  standard((z) => log_ndtr(negative(z))),
);
/** The x up to which values have the probability q. */
const ppf = def(
  `${N}.ppf`,
  "q loc scale",
  inverse((q) => ndtri(q)),
);
/** The x above which values have the probability q. */
const isf = def(
  `${N}.isf`,
  "q loc scale",
  inverse((q) => negative(ndtri(q))),
);

const mean = def(
  `${N}.mean`,
  "loc scale",
  (loc: ArrayLike = 0, _scale: ArrayLike = 1): Item => add(floating(loc), 0),
);
const median = def(`${N}.median`, "loc scale", mean.impl);
const std = def(
  `${N}.std`,
  "loc scale",
  (_loc: ArrayLike = 0, scale: ArrayLike = 1): Item => add(floating(scale), 0),
);
const variance = def(
  `${N}.var`,
  "loc scale",
  (_loc: ArrayLike = 0, scale: ArrayLike = 1): Item => multiply(floating(scale), scale),
);
const entropy = def(
  `${N}.entropy`,
  "loc scale",
  (_loc: ArrayLike = 0, scale: ArrayLike = 1): Item => add(log(floating(scale)), HALF_LOG_TAU + 0.5),
);
/** The interval around the median that values lie in with a probability. */
const interval = def(
  `${N}.interval`,
  "confidence loc scale",
  (confidence: ArrayLike, loc: ArrayLike = 0, scale: ArrayLike = 1): Tuple<Item> => {
    const tail = divide(subtract(1, confidence), 2);
    return Tuple.of_([ppf.impl(tail, loc, scale), ppf.impl(subtract(1, tail), loc, scale)]);
  },
);
/** Mean and standard deviation of a sample, unless they are given. @throws ValueError */
const fit = def(
  `${N}.fit`,
  "data * floc fscale",
  (data: ArrayLike, floc: number | null = null, fscale: number | null = null): Tuple<Item> => {
    if (floc !== null && fscale !== null)
      throw new ValueError("All parameters fixed. There is nothing to optimize.");
    const x = floating(data);
    const loc = floc ?? x.mean();
    const off = asArray(subtract(x, loc));
    const scale = fscale ?? Math.sqrt(Number(asArray(multiply(off, off)).mean()));
    return Tuple.of_([loc as Item, scale as Item]);
  },
);

type Generator = { standard_normal(size: readonly number[]): ArrayLike };

/** Random numbers; `random_state` is a seed of NumPy's RandomState, or a generator. */
const rvs = def(
  `${N}.rvs`,
  "loc scale size random_state",
  (
    loc: ArrayLike = 0,
    scale: ArrayLike = 1,
    size: number | readonly number[] = [],
    random_state: number | Generator | null = null,
  ): Item => {
    const shape = typeof size === "number" ? [size] : indicesOf(size);
    let z: ArrayLike;
    if (random_state !== null && typeof random_state !== "number") z = random_state.standard_normal(shape);
    else {
      const engine = new rng.MT19937(random_state ?? Number(rng.freshEntropy(32)));
      const sampler = new rng.PolarSampler(engine);
      const y = Strided.zeros(float64, shape);
      rng.fillDraws(y, () => sampler.standardNormal(), []);
      z = wrap(y);
    }
    return add(multiply(z, scale), loc);
  },
);

const methods = {
  pdf,
  logpdf,
  cdf,
  logcdf,
  sf,
  logsf,
  ppf,
  isf,
  mean,
  median,
  std,
  var: variance,
  entropy,
  interval,
  fit,
  rvs,
};

/**
 * The normal distribution: `norm.cdf(x, loc, scale)`, or frozen, `norm(loc, scale).cdf(x)`.
 *
 * @example
 * ```ts
 * import { norm } from "@cognate/scipy/stats";
 * import { print } from "@cognate/py";
 * print(norm.cdf(1.96), norm(10, 2).pdf(10)); // prints 0.9750021048517795 0.19947114020071635
 * ```
 */
export const norm = Object.assign(
  def("scipy.stats.norm", "loc scale", (loc: ArrayLike = 0, scale: ArrayLike = 1) => ({
    pdf: (x: ArrayLike): Item => pdf.impl(x, loc, scale),
    logpdf: (x: ArrayLike): Item => logpdf.impl(x, loc, scale),
    cdf: (x: ArrayLike): Item => cdf.impl(x, loc, scale),
    logcdf: (x: ArrayLike): Item => logcdf.impl(x, loc, scale),
    sf: (x: ArrayLike): Item => sf.impl(x, loc, scale),
    logsf: (x: ArrayLike): Item => logsf.impl(x, loc, scale),
    ppf: (q: ArrayLike): Item => ppf.impl(q, loc, scale),
    isf: (q: ArrayLike): Item => isf.impl(q, loc, scale),
    mean: (): Item => mean.impl(loc, scale),
    median: (): Item => median.impl(loc, scale),
    std: (): Item => std.impl(loc, scale),
    var: (): Item => variance.impl(loc, scale),
    entropy: (): Item => entropy.impl(loc, scale),
    interval: (confidence: ArrayLike): Tuple<Item> => interval.impl(confidence, loc, scale),
    rvs: (size: number | readonly number[] = [], random_state: number | Generator | null = null): Item =>
      rvs.impl(loc, scale, size, random_state),
  })),
  methods,
);
