import { int64, rng } from "@cognate/kernel";
import { type ArrayLike, type DTypeLike, type Item, indicesOf, type ndarray } from "@cognate/ndarray/core";
import {
  DeprecationWarning,
  def,
  type Method,
  method,
  nameClass,
  pyClass,
  Tuple,
  TypeError,
  ValueError,
  warn,
} from "@cognate/py";
import { item, strided, wrap } from "../internal.js";
import { chosen, permuted, shuffled } from "./arrangements.js";
import { BitGenerator, MT19937, type Seed, seedLegacy } from "./bit-generators.js";
import * as common from "./distributions.js";
import { randomIntegers } from "./integers.js";
import { drawn, nonNegative, type Size, Source, sizeShape } from "./source.js";
import { dirichletOf, multinomialOf, multivariateNormalOf } from "./vectors.js";

type LegacyState = readonly [string, ArrayLike, number, number?, number?];

/** Uniform numbers of [0, 1). */
export const random_sample = def(
  "numpy.random.random_sample",
  "self size",
  (self: Source, size: Size = null): Item =>
    drawn(
      self,
      (s) => s.random(),
      [],
      [],
      size,
      undefined,
      undefined,
      (s, out) => s.fillUniform(out),
    ),
);
/** Numbers from the standard normal distribution. */
export const standard_normal = def(
  "numpy.random.standard_normal",
  "self size",
  (self: Source, size: Size = null): Item =>
    drawn(
      self,
      (s) => s.standardNormal(),
      [],
      [],
      size,
      undefined,
      undefined,
      (s, out) => s.fillStandardNormal(out),
    ),
);
/** Numbers from the exponential distribution of mean 1. */
export const standard_exponential = def(
  "numpy.random.standard_exponential",
  "self size",
  (self: Source, size: Size = null): Item =>
    drawn(
      self,
      (s) => s.standardExponential(),
      [],
      [],
      size,
      undefined,
      undefined,
      (s, out) => s.fillStandardExponential(out),
    ),
);
/** Numbers from a gamma distribution of scale 1. */
export const standard_gamma = def(
  "numpy.random.standard_gamma",
  "self shape size",
  (self: Source, shape: ArrayLike, size: Size = null): Item =>
    drawn(self, (s, a) => s.standardGamma(a), [shape], [nonNegative("shape")], size),
);

const shapeOfArgs = (dims: readonly unknown[]): Size =>
  dims.length === 0 ? null : dims.length === 1 ? indicesOf(dims[0]) : dims.map((d) => indicesOf(d)[0]!);

/** Uniform numbers of [0, 1) in the shape that the arguments give. */
export const rand = def(
  "numpy.random.rand",
  "self ...args",
  (self: Source, args: readonly unknown[] = []): Item => random_sample.impl(self, shapeOfArgs(args)),
);
/** Standard normal numbers in the shape that the arguments give. */
export const randn = def(
  "numpy.random.randn",
  "self ...args",
  (self: Source, args: readonly unknown[] = []): Item => standard_normal.impl(self, shapeOfArgs(args)),
);

/** Whole numbers from `low` up to, not including, `high`; from 0 up to `low` without `high`. @throws ValueError */
export const randint = def(
  "numpy.random.randint",
  "self low high size dtype",
  (
    self: Source,
    low: ArrayLike,
    high: ArrayLike | null = null,
    size: Size = null,
    dtype: DTypeLike = "int",
  ): Item => randomIntegers(self, "randint", low, high, size, dtype, false),
);

/** Whole numbers from `low` to `high`, both included: deprecated. */
export const random_integers = def(
  "numpy.random.random_integers",
  "self low high size",
  (self: Source, low: number, high: number | null = null, size: Size = null): Item => {
    const [from, to] = high === null ? [1, low] : [low, high];
    warn(`This function is deprecated. Please call randint(${from}, ${to} + 1) instead`, DeprecationWarning);
    return randomIntegers(self, "randint", from, to + 1, size, "int", false);
  },
);

/** Whole numbers of 0 … 2⁶³ − 1. */
export const tomaxint = def("numpy.random.tomaxint", "self size", (self: Source, size: Size = null): Item => {
  const { sampler } = self;
  const next = (): bigint => {
    sampler.nonNegative();
    const { word } = sampler.engine;
    return (BigInt(word[1]!) << 32n) | BigInt(word[0]!);
  };
  if (size === null) {
    const v = next();
    return item(v <= 2n ** 53n ? Number(v) : v);
  }
  const shape = sizeShape(size);
  const n = shape.reduce((p, m) => p * m, 1);
  return item(wrap(strided(Array.from({ length: n }, next), int64)).reshape(shape));
});

/** Random bytes. */
export const bytes = def("numpy.random.bytes", "self length", (self: Source, length: number): Uint8Array => {
  const words = Math.ceil(length / 4);
  const out = randomIntegers(self, "randint", 0, 2 ** 32, [words], "uint32", false) as ndarray;
  return out.tobytes().slice(0, length);
});

/** Random elements of a vector, or of 0 … a − 1. @throws ValueError */
export const choice = def(
  "numpy.random.choice",
  "self a size replace p",
  (self: Source, a: ArrayLike, size: Size = null, replace = true, p: ArrayLike | null = null): Item =>
    chosen(self, a, size, replace, p, 0, true),
);

/** Puts a list, or the rows of an array, in random order in place. */
export const shuffle = def("numpy.random.shuffle", "self x", (self: Source, x: ndarray | unknown[]): null =>
  shuffled(self, x, 0),
);

/** 0 … x − 1, or the rows of an array, in random order. */
export const permutation = def(
  "numpy.random.permutation",
  "self x",
  (self: Source, x: ArrayLike): ndarray => permuted(self, x, 0),
);

/** Vectors from a normal distribution, by mean and covariances. */
export const multivariate_normal = def(
  "numpy.random.multivariate_normal",
  "self mean cov size check_valid tol",
  (
    self: Source,
    mean: ArrayLike,
    cov: ArrayLike,
    size: Size = null,
    check_valid: "warn" | "raise" | "ignore" = "warn",
    tol = 1e-8,
  ): Item => multivariateNormalOf(self, mean, cov, size, check_valid, tol, "svd"),
);
/** How often each outcome came up in n trials. */
export const multinomial = def(
  "numpy.random.multinomial",
  "self n pvals size",
  (self: Source, n: ArrayLike, pvals: ArrayLike, size: Size = null): Item =>
    multinomialOf(self, n, pvals, size),
);
/** Shares that sum to 1. */
export const dirichlet = def(
  "numpy.random.dirichlet",
  "self alpha size",
  (self: Source, alpha: ArrayLike, size: Size = null): Item => dirichletOf(self, alpha, size),
);

class RandomStateImpl extends Source {
  readonly legacy = true;
  readonly sampler: rng.PolarSampler;
  readonly _bit_generator: BitGenerator;

  constructor(seed: Seed | BitGenerator = null) {
    super();
    if (seed instanceof BitGenerator) {
      this._bit_generator = seed;
      this.sampler = new rng.PolarSampler(seed._engine);
    } else {
      const twister = MT19937(0);
      this._bit_generator = twister;
      this.sampler = new rng.PolarSampler(twister._engine);
      this.seed(seed);
    }
  }

  /** Begins the stream again. @throws ValueError, TypeError */
  seed(seed: Seed = null): null {
    const { _engine } = this._bit_generator;
    if (!(_engine instanceof rng.MT19937)) throw new TypeError("can only re-seed a MT19937 BitGenerator");
    seedLegacy(_engine, seed);
    this.sampler.spareNormal = null;
    return null;
  }

  /** The state of the stream: a tuple of name, key, position and the spare normal number. */
  get_state(legacy = true): Tuple | object {
    const spare = this.sampler.spareNormal;
    const state = this._bit_generator.state as { state: { key: ndarray; pos: number } };
    if (!legacy) return { ...state, has_gauss: spare === null ? 0 : 1, gauss: spare ?? 0 };
    return Tuple.of_([
      this._bit_generator._name,
      state.state.key,
      state.state.pos,
      spare === null ? 0 : 1,
      spare ?? 0,
    ]);
  }
  /** Goes back to a state that {@link get_state} gave. */
  set_state(state: LegacyState | object): null {
    if (Array.isArray(state)) {
      const [name, key, pos, has = 0, gauss = 0] = state as unknown as LegacyState;
      if (name !== "MT19937")
        throw new ValueError("set_state can only be used with legacy MT19937 state instances.");
      this._bit_generator.state = { bit_generator: name, state: { key, pos } };
      this.sampler.spareNormal = has ? gauss : null;
      return null;
    }
    const dict = state as { has_gauss?: number; gauss?: number };
    this._bit_generator.state = state as Readonly<Record<string, unknown>>;
    this.sampler.spareNormal = dict.has_gauss ? (dict.gauss ?? 0) : null;
    return null;
  }
  __repr__(): string {
    return `RandomState(${this._bit_generator._name})`;
  }
  override toString(): string {
    return this.__repr__();
  }
}

const own = {
  random_sample,
  random: random_sample,
  ranf: random_sample,
  sample: random_sample,
  standard_normal,
  standard_exponential,
  standard_gamma,
  rand,
  randn,
  randint,
  random_integers,
  tomaxint,
  bytes,
  choice,
  shuffle,
  permutation,
  multivariate_normal,
  multinomial,
  dirichlet,
} as const;

type Methods<M> = { [K in keyof M]: Method<M[K]> };

interface RandomStateImpl extends Methods<typeof common>, Methods<typeof own> {}

for (const [name, f] of Object.entries({ ...common, ...own }))
  Object.defineProperty(RandomStateImpl.prototype, name, {
    value: method(f as unknown as Parameters<typeof method>[0], name),
    writable: true,
    configurable: true,
  });

/**
 * NumPy's old generator, the Mersenne Twister, whose streams never change.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const rng = np.random.RandomState(0);
 * print(rng.randn(2), rng.randint(10, { size: 3 })); // prints [1.76405235 0.40015721] [3 3 7]
 * ```
 */
export const RandomState = pyClass("RandomState", "seed", RandomStateImpl);
export type RandomState = RandomStateImpl;
nameClass("numpy.random.mtrand.RandomState", RandomState);
