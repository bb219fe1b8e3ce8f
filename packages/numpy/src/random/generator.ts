import { copyInto, type DType, float32, float64, rng, Strided, sameShape } from "@cognate/kernel";
import {
  type ArrayLike,
  type Axis,
  axisOf,
  type DTypeLike,
  type Item,
  movesTexts,
  type ndarray,
  toKernel,
} from "@cognate/ndarray/core";
import { def, type Method, method, nameClass, pyClass, TypeError, ValueError } from "@cognate/py";
import { reshaped, strided, permuted as turned, upTo, wrap } from "../internal.js";
import { chosen, permuted, shuffled } from "./arrangements.js";
import { BitGenerator, PCG64, type Seed, type SeedSequence } from "./bit-generators.js";
import * as common from "./distributions.js";
import { randomIntegers } from "./integers.js";
import { type Block, type Draw, drawn, nonNegative, type Size, Source, sizeShape } from "./source.js";
import { dirichletOf, multinomialOf, multivariateHypergeometricOf, multivariateNormalOf } from "./vectors.js";

type Zig = rng.ZigguratSampler;
const zig = (s: rng.Sampler): Zig => s as Zig;

/** The type of a `dtype=` argument that may be float32 or float64. @throws TypeError */
function floatType(dtype: DTypeLike, name: string): DType {
  const type = toKernel(dtype);
  if (type !== float32 && type !== float64)
    throw new TypeError(`Unsupported dtype dtype('${type.name}') for ${name}`);
  return type;
}

/** Draws in float64 or float32, into the caller's array if there is one. @throws ValueError, TypeError */
function basic(
  self: Source,
  name: string,
  wide: Draw,
  narrow: Draw,
  given: readonly ArrayLike[],
  limits: Parameters<typeof drawn>[3],
  size: Size,
  dtype: DTypeLike,
  out: ndarray | null,
  block?: Block,
): Item {
  const type = floatType(dtype, name);
  const draw = type === float32 ? narrow : wide;
  if (out === null) {
    const y = drawn(self, draw, given, limits, size, type, undefined, block);
    return y;
  }
  if (out._a.dtype !== type)
    throw new TypeError(
      `Supplied output array has the wrong type. Expected ${type.name}, got ${out._a.dtype.name}`,
    );
  if (size !== null && !sameShape(sizeShape(size), out._a.shape))
    throw new ValueError("size must match out.shape when used together");
  const y = drawn(self, draw, given, limits, [...out._a.shape], type, undefined, block) as unknown as ndarray;
  copyInto(out._a, y._a);
  out._a.storage.version++;
  return out as Item;
}

const F64 = "float64";

/** Uniform numbers of [0, 1). */
export const random = def(
  "numpy.random.Generator.random",
  "self size dtype out",
  (self: Source, size: Size = null, dtype: DTypeLike = F64, out: ndarray | null = null): Item =>
    basic(
      self,
      "random",
      (s) => s.random(),
      (s) => s.engine.nextFloat(),
      [],
      [],
      size,
      dtype,
      out,
      (s, data) => s.fillUniform(data),
    ),
);
/** Numbers from the standard normal distribution. */
export const standard_normal = def(
  "numpy.random.Generator.standard_normal",
  "self size dtype out",
  (self: Source, size: Size = null, dtype: DTypeLike = F64, out: ndarray | null = null): Item =>
    basic(
      self,
      "standard_normal",
      (s) => s.standardNormal(),
      (s) => zig(s).standardNormal32(),
      [],
      [],
      size,
      dtype,
      out,
      (s, data) => s.fillStandardNormal(data),
    ),
);
/** Numbers from the exponential distribution of mean 1, by the ziggurat or by inversion. */
export const standard_exponential = def(
  "numpy.random.Generator.standard_exponential",
  "self size dtype method out",
  (
    self: Source,
    size: Size = null,
    dtype: DTypeLike = F64,
    how: "zig" | "inv" = "zig",
    out: ndarray | null = null,
  ): Item =>
    how === "zig"
      ? basic(
          self,
          "standard_exponential",
          (s) => s.standardExponential(),
          (s) => zig(s).standardExponential32(),
          [],
          [],
          size,
          dtype,
          out,
          (s, data) => s.fillStandardExponential(data),
        )
      : basic(
          self,
          "standard_exponential",
          (s) => zig(s).exponentialByInversion(),
          (s) => zig(s).exponentialByInversion32(),
          [],
          [],
          size,
          dtype,
          out,
        ),
);
/** Numbers from a gamma distribution of scale 1. */
export const standard_gamma = def(
  "numpy.random.Generator.standard_gamma",
  "self shape size dtype out",
  (
    self: Source,
    shape: ArrayLike,
    size: Size = null,
    dtype: DTypeLike = F64,
    out: ndarray | null = null,
  ): Item =>
    basic(
      self,
      "standard_gamma",
      (s, a) => s.standardGamma(a),
      (s, a) => zig(s).standardGamma32(Math.fround(a)),
      [shape],
      [nonNegative("shape")],
      size,
      dtype,
      out,
    ),
);
/** Whole numbers from `low` up to `high`, which is included if `endpoint`. @throws ValueError */
export const integers = def(
  "numpy.random.Generator.integers",
  "self low high size dtype endpoint",
  (
    self: Source,
    low: ArrayLike,
    high: ArrayLike | null = null,
    size: Size = null,
    dtype: DTypeLike = "int64",
    endpoint = false,
  ): Item => randomIntegers(self, "integers", low, high, size, dtype, endpoint),
);
/** Random bytes. */
export const bytes = def(
  "numpy.random.Generator.bytes",
  "self length",
  (self: Source, length: number): Uint8Array => {
    const out = randomIntegers(
      self,
      "integers",
      0,
      2 ** 32,
      [Math.ceil(length / 4)],
      "uint32",
      false,
    ) as ndarray;
    return out.tobytes().slice(0, length);
  },
);
/** Random slices of an array along an axis, or elements of 0 … a − 1. @throws ValueError */
export const choice = def(
  "numpy.random.Generator.choice",
  "self a size replace p axis shuffle",
  (
    self: Source,
    a: ArrayLike,
    size: Size = null,
    replace = true,
    p: ArrayLike | null = null,
    axis = 0,
    shuffle = true,
  ): Item => chosen(self, a, size, replace, p, axis, shuffle),
);
/** Puts a list, or the slices of an array along an axis, in random order in place. */
export const shuffle = def(
  "numpy.random.Generator.shuffle",
  "self x axis",
  (self: Source, x: ndarray | unknown[], axis = 0): null => shuffled(self, x, axis),
);
/** 0 … x − 1, or the slices of an array along an axis, in random order. */
export const permutation = def(
  "numpy.random.Generator.permutation",
  "self x axis",
  (self: Source, x: ArrayLike, axis = 0): ndarray => permuted(self, x, axis),
);

/** Every line along an axis in a random order of its own; all elements as one line by default. */
const permutedLines = def(
  "numpy.random.Generator.permuted",
  "self x axis out",
  movesTexts((self: Source, x: ArrayLike, axis: Axis = null, out: ndarray | null = null): ndarray => {
    const a = strided(x);
    const { sampler } = self;
    const flat = axis === null;
    const dim = flat ? 0 : axisOf(axis, a.rank);
    const line = flat ? reshaped(a, [a.size]) : turned(a, [...upTo(a.rank).filter((d) => d !== dim), dim]);
    const y = copyInto(Strided.zeros(a.dtype, line.shape), line);
    const n = line.shape.at(-1)!;
    const rows = wrap(y.view([y.size / Math.max(n, 1), n], [n, 1]));
    for (const row of rows) {
      const order = strided(sampler.permutation(n));
      row.set([":"], row.at(wrap(order)));
    }
    const inverse = upTo(a.rank - 1);
    inverse.splice(dim, 0, a.rank - 1);
    const result = flat ? reshaped(y, a.shape) : turned(y, inverse);
    if (!out) return wrap(copyInto(Strided.zeros(a.dtype, result.shape), result));
    copyInto(out._a, result);
    out._a.storage.version++;
    return out;
  }, 1),
);

/** Vectors from a normal distribution, by mean and covariances. */
export const multivariate_normal = def(
  "numpy.random.Generator.multivariate_normal",
  "self mean cov size check_valid tol * method",
  (
    self: Source,
    mean: ArrayLike,
    cov: ArrayLike,
    size: Size = null,
    check_valid: "warn" | "raise" | "ignore" = "warn",
    tol = 1e-8,
    how: "svd" | "eigh" | "cholesky" = "svd",
  ): Item => multivariateNormalOf(self, mean, cov, size, check_valid, tol, how),
);
/** How often each outcome came up in n trials. */
export const multinomial = def(
  "numpy.random.Generator.multinomial",
  "self n pvals size",
  (self: Source, n: ArrayLike, pvals: ArrayLike, size: Size = null): Item =>
    multinomialOf(self, n, pvals, size),
);
/** Shares that sum to 1. */
export const dirichlet = def(
  "numpy.random.Generator.dirichlet",
  "self alpha size",
  (self: Source, alpha: ArrayLike, size: Size = null): Item => dirichletOf(self, alpha, size),
);
/** How often each colour is among nsample things drawn without putting back. */
export const multivariate_hypergeometric = def(
  "numpy.random.Generator.multivariate_hypergeometric",
  "self colors nsample size method",
  (
    self: Source,
    colors: ArrayLike,
    nsample: number,
    size: Size = null,
    how: "marginals" | "count" = "marginals",
  ): Item => multivariateHypergeometricOf(self, colors, nsample, size, how),
);

class GeneratorImpl extends Source {
  readonly legacy = false;
  readonly sampler: rng.ZigguratSampler;

  private readonly _bits: BitGenerator;

  constructor(bit_generator: BitGenerator) {
    super();
    this._bits = bit_generator;
    if (!((bit_generator as unknown) instanceof BitGenerator))
      throw new TypeError("bit_generator must be a BitGenerator");
    this.sampler = new rng.ZigguratSampler(bit_generator._engine);
  }
  /** Where the bits come from. */
  get bit_generator(): BitGenerator {
    return this._bits;
  }
  /** Generators of their own that no call repeats. */
  spawn(n_children: number): GeneratorImpl[] {
    return this.bit_generator.spawn(n_children).map((b) => new GeneratorImpl(b));
  }
  __repr__(): string {
    return `Generator(${this.bit_generator._name})`;
  }
  override toString(): string {
    return this.__repr__();
  }
}

const own = {
  random,
  standard_normal,
  standard_exponential,
  standard_gamma,
  integers,
  bytes,
  choice,
  shuffle,
  permutation,
  permuted: permutedLines,
  multivariate_normal,
  multinomial,
  dirichlet,
  multivariate_hypergeometric,
} as const;

type Methods<M> = { [K in keyof M]: Method<M[K]> };

interface GeneratorImpl extends Methods<typeof common>, Methods<typeof own> {}

for (const [name, f] of Object.entries({ ...common, ...own }))
  Object.defineProperty(GeneratorImpl.prototype, name, {
    value: method(f as unknown as Parameters<typeof method>[0], name),
    writable: true,
    configurable: true,
  });

/** NumPy's generator of random numbers over a bit generator. */
export const Generator = pyClass("Generator", "bit_generator", GeneratorImpl);
export type Generator = GeneratorImpl;
nameClass("numpy.random._generator.Generator", Generator);

/**
 * A {@link Generator} over PCG64.
 *
 * @param seed - a whole number, several, a SeedSequence, a bit generator, or a generator, which is returned as it is
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const rng = np.random.default_rng(0);
 * print(rng.random(), rng.integers(0, 10, { size: 3 }), rng.normal()); // prints 0.6369616873214543 [5 2 3] 0.10490011715303971
 * ```
 */
export const default_rng = def(
  "numpy.random.default_rng",
  "seed",
  (seed: Seed | SeedSequence | BitGenerator | GeneratorImpl = null): GeneratorImpl => {
    if (seed instanceof GeneratorImpl) return seed;
    if (seed instanceof BitGenerator) return new GeneratorImpl(seed);
    return new GeneratorImpl(PCG64(seed as Seed));
  },
);
