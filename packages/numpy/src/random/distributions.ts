import { int64, type rng } from "@cognate/kernel";
import type { ArrayLike, Item } from "@cognate/ndarray/core";
import { def, OverflowError, ValueError } from "@cognate/py";
import {
  aboveOne,
  anything,
  type Block,
  belowOne,
  type Draw,
  drawn,
  type Limit,
  nonNegative,
  poissonMean,
  positive,
  positiveProbability,
  probability,
  type Size,
  type Source,
  valuesOf,
} from "./source.js";

type Across = Parameters<typeof drawn>[6];
type Type = Parameters<typeof drawn>[5];

/** A distribution without parameters. */
const free = (name: string, draw: Draw) =>
  def(
    `numpy.random.${name}`,
    "self size",
    (self: Source, size: Size = null): Item => drawn(self, draw, [], [], size),
  );

/** One parameter that must be given. */
const one = <const P extends string>(name: string, p: P, limit: Limit | null, draw: Draw, type?: Type) =>
  def(
    `numpy.random.${name}`,
    `self ${p} size` as `self ${P} size`,
    (self: Source, a: ArrayLike, size: Size = null): Item => drawn(self, draw, [a], [limit], size, type),
  );

/** One parameter with a default. */
const oneOr = <const P extends string>(
  name: string,
  p: P,
  otherwise: number,
  limit: Limit | null,
  draw: Draw,
  type?: Type,
  block?: Block,
) =>
  def(
    `numpy.random.${name}`,
    `self ${p} size` as `self ${P} size`,
    (self: Source, a: ArrayLike = otherwise, size: Size = null): Item =>
      drawn(self, draw, [a], [limit], size, type, undefined, block),
  );

type Limits2 = readonly [Limit | null, Limit | null];

/** Two parameters that must be given. */
const two = <const P extends string>(name: string, p: P, limits: Limits2, draw: Draw, type?: Type) =>
  def(
    `numpy.random.${name}`,
    `self ${p} size` as `self ${P} size`,
    (self: Source, a: ArrayLike, b: ArrayLike, size: Size = null): Item =>
      drawn(self, draw, [a, b], limits, size, type),
  );

/** Two parameters with defaults. */
const twoOr = <const P extends string>(
  name: string,
  p: P,
  otherwise: readonly [number, number],
  limits: Limits2,
  draw: Draw,
  across?: (self: Source) => Across,
  block?: Block,
) =>
  def(
    `numpy.random.${name}`,
    `self ${p} size` as `self ${P} size`,
    (self: Source, a: ArrayLike = otherwise[0], b: ArrayLike = otherwise[1], size: Size = null): Item =>
      drawn(self, draw, [a, b], limits, size, undefined, across?.(self), block),
  );

type Limits3 = readonly [Limit | null, Limit | null, Limit | null];

/** Three parameters that must be given. */
const three = <const P extends string>(
  name: string,
  p: P,
  limits: Limits3,
  draw: Draw,
  type?: Type,
  across?: (self: Source) => Across,
) =>
  def(
    `numpy.random.${name}`,
    `self ${p} size` as `self ${P} size`,
    (self: Source, a: ArrayLike, b: ArrayLike, c: ArrayLike, size: Size = null): Item =>
      drawn(self, draw, [a, b, c], limits, size, type, across?.(self)),
  );

/** Numbers from a normal distribution, by mean and standard deviation. */
export const normal = twoOr(
  "normal",
  "loc scale",
  [0, 1],
  [anything, nonNegative("scale")],
  (s, a, b) => s.normal(a, b),
  undefined,
  (s, out, a, b) => s.fillNormal(out, a, b),
);

/** Numbers of [low, high), each as likely as the other. @throws OverflowError where the range is not finite */
export const uniform = def(
  "numpy.random.uniform",
  "self low high size",
  (self: Source, low: ArrayLike = 0, high: ArrayLike = 1, size: Size = null): Item =>
    drawn(
      self,
      (s, a, b) => s.uniform(a, b - a),
      [low, high],
      [anything, anything],
      size,
      undefined,
      ([a, b]) => {
        const [p, q] = [valuesOf(a!), valuesOf(b!)];
        const far = p.some((x, i) => !Number.isFinite((q.length === 1 ? q[0]! : (q[i] ?? q[0]!)) - x));
        if (far || q.some((x) => !Number.isFinite(x)))
          throw new OverflowError(
            self.legacy ? "Range exceeds valid bounds" : "high - low range exceeds valid bounds",
          );
        if (!self.legacy && p.length === 1 && q.length === 1 && q[0]! < p[0]!)
          throw new ValueError("high < low");
      },
      (s, out, a, b) => s.fillUniform(out, a, b - a),
    ),
);

/** Numbers from an exponential distribution of the given mean. */
export const exponential = oneOr(
  "exponential",
  "scale",
  1,
  nonNegative("scale"),
  (s, a) => s.exponential(a),
  undefined,
  (s, out, a) => s.fillExponential(out, a),
);
/** Numbers from a gamma distribution. */
export const gamma = def(
  "numpy.random.gamma",
  "self shape scale size",
  (self: Source, shape: ArrayLike, scale: ArrayLike = 1, size: Size = null): Item =>
    drawn(
      self,
      (s, a, b) => s.gamma(a, b),
      [shape, scale],
      [nonNegative("shape"), nonNegative("scale")],
      size,
    ),
);
/** Numbers from a beta distribution. */
export const beta = two("beta", "a b", [positive("a"), positive("b")], (s, a, b) => s.beta(a, b));
/** Numbers from an F distribution. */
export const f = two("f", "dfnum dfden", [positive("dfnum"), positive("dfden")], (s, a, b) => s.f(a, b));
/** Numbers from a noncentral F distribution. */
export const noncentral_f = three(
  "noncentral_f",
  "dfnum dfden nonc",
  [positive("dfnum"), positive("dfden"), nonNegative("nonc")],
  (s, a, b, c) => s.noncentralF(a, b, c),
);
/** Numbers from a χ² distribution. */
export const chisquare = one("chisquare", "df", positive("df"), (s, a) => s.chiSquare(a));
/** Numbers from a noncentral χ² distribution. */
export const noncentral_chisquare = two(
  "noncentral_chisquare",
  "df nonc",
  [positive("df"), nonNegative("nonc")],
  (s, a, b) => s.noncentralChiSquare(a, b),
);
/** Numbers from the standard Cauchy distribution. */
export const standard_cauchy = free("standard_cauchy", (s) => s.standardCauchy());
/** Numbers from Student's t distribution. */
export const standard_t = one("standard_t", "df", positive("df"), (s, a) => s.standardT(a));
/** Angles from a von Mises distribution. */
export const vonmises = two("vonmises", "mu kappa", [anything, nonNegative("kappa")], (s, a, b) =>
  s.vonMises(a, b),
);
/** Numbers from a Pareto II distribution. */
export const pareto = one("pareto", "a", positive("a"), (s, a) => s.pareto(a));
/** Numbers from a Weibull distribution. */
export const weibull = one("weibull", "a", nonNegative("a"), (s, a) => s.weibull(a));
/** Numbers of [0, 1] from a power distribution. */
export const power = one("power", "a", positive("a"), (s, a) => s.power(a));
/** Numbers from a Laplace distribution. */
export const laplace = twoOr("laplace", "loc scale", [0, 1], [anything, nonNegative("scale")], (s, a, b) =>
  s.laplace(a, b),
);
/** Numbers from a Gumbel distribution. */
export const gumbel = twoOr("gumbel", "loc scale", [0, 1], [anything, nonNegative("scale")], (s, a, b) =>
  s.gumbel(a, b),
);
/** Numbers from a logistic distribution. */
export const logistic = twoOr("logistic", "loc scale", [0, 1], [anything, nonNegative("scale")], (s, a, b) =>
  s.logistic(a, b),
);
/** Numbers whose logarithms are normal. */
export const lognormal = twoOr(
  "lognormal",
  "mean sigma",
  [0, 1],
  [anything, nonNegative("sigma")],
  (s, a, b) => s.logNormal(a, b),
);
/** Numbers from a Rayleigh distribution. */
export const rayleigh = oneOr("rayleigh", "scale", 1, nonNegative("scale"), (s, a) => s.rayleigh(a));
/** Numbers from an inverse Gaussian distribution. */
export const wald = two("wald", "mean scale", [positive("mean"), positive("scale")], (s, a, b) =>
  s.wald(a, b),
);

/** Numbers from a triangular distribution. @throws ValueError unless left ≤ mode ≤ right and left < right */
export const triangular = three(
  "triangular",
  "left mode right",
  [anything, anything, anything],
  (s, a, b, c) => s.triangular(a, b, c),
  undefined,
  () =>
    ([left, mode, right]) => {
      const [p, q, r] = [valuesOf(left!), valuesOf(mode!), valuesOf(right!)];
      const at = (v: readonly number[], i: number): number => (v.length === 1 ? v[0]! : v[i]!);
      const n = Math.max(p.length, q.length, r.length);
      for (let i = 0; i < n; i++) {
        if (at(p, i) > at(q, i)) throw new ValueError("left > mode");
        if (at(q, i) > at(r, i)) throw new ValueError("mode > right");
        if (at(p, i) === at(r, i)) throw new ValueError("left == right");
      }
    },
);

const whole = (f: (s: rng.Sampler, a: number, b: number, c: number) => number): Draw => f;

/** How many of n trials succeed. */
export const binomial = two(
  "binomial",
  "n p",
  [nonNegative("n"), probability],
  whole((s, n, p) => s.binomial(Math.trunc(n), p)),
  int64,
);
/** How many trials fail before n succeed. */
export const negative_binomial = def(
  "numpy.random.negative_binomial",
  "self n p size",
  (self: Source, n: ArrayLike, p: ArrayLike, size: Size = null): Item =>
    drawn(
      self,
      (s, a, b) => s.negativeBinomial(a, b),
      [n, p],
      [positive("n"), self.legacy ? probability : positiveProbability],
      size,
      int64,
    ),
);
/** Counts from a Poisson distribution. */
export const poisson = oneOr("poisson", "lam", 1, poissonMean, (s, a) => s.poisson(a), int64);
/** Numbers from Zipf's distribution. */
export const zipf = one("zipf", "a", aboveOne, (s, a) => s.zipf(a), int64);
/** The number of the first trial that succeeds. */
export const geometric = one("geometric", "p", positiveProbability, (s, a) => s.geometric(a), int64);
/** Numbers from a logarithmic series distribution. */
export const logseries = one("logseries", "p", belowOne, (s, a) => s.logSeries(a), int64);
/** How many of nsample things drawn without putting back are good. */
export const hypergeometric = three(
  "hypergeometric",
  "ngood nbad nsample",
  [anything, anything, anything],
  (s, a, b, c) => s.hypergeometric(a, b, c),
  int64,
  (self) =>
    ([good, bad, sample]) => {
      const [p, q, r] = [valuesOf(good!), valuesOf(bad!), valuesOf(sample!)];
      const at = (v: readonly number[], i: number): number => (v.length === 1 ? v[0]! : v[i]!);
      const n = Math.max(p.length, q.length, r.length);
      for (let i = 0; i < n; i++)
        if (at(p, i) + at(q, i) < at(r, i)) throw new ValueError("ngood + nbad < nsample");
      for (const [v, name] of [
        [p, "ngood"],
        [q, "nbad"],
      ] as const)
        if (v.some((x) => x < 0)) throw new ValueError(`${name} < 0`);
      if (self.legacy && r.some((x) => !(x >= 1))) throw new ValueError("nsample < 1 or nsample is NaN");
      if (r.some((x) => x < 0)) throw new ValueError("nsample < 0");
    },
);
