import { dtypeNamed, ops } from "@cognate/kernel";
import { asFloat, isPlainObject, pyClass, repr, ValueError } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { runMany } from "../backend/record.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import { deserialized, serialized } from "../object-registry.js";
import { multiply, sign } from "../ops/numpy/elementwise.js";
import { diag, reshape, transpose } from "../ops/numpy/shape.js";
import { normal, truncated_normal, uniform } from "../random/random.js";
import { makeDefaultSeed, type Seed, SeedGenerator } from "../random/seed-generator.js";
import { fansOf } from "./fans.js";
import { InitializerImpl } from "./initializer.js";

const PATH = "keras.src.initializers.random_initializers";

type Lengths = readonly number[];
type Axes = readonly number[] | null;
/** A seed, also as the config of a generator. */
export type InitialSeed = Seed | Readonly<Record<string, unknown>>;

/** Initializers that draw. Without a seed they take one from Python's generator when they are made. */
export abstract class RandomInitializerImpl extends InitializerImpl {
  readonly _init_seed: InitialSeed;
  readonly seed: Exclude<Seed, null>;

  constructor(seed: InitialSeed = null) {
    super();
    this._init_seed = seed;
    this.seed = seedOf(seed);
  }
  override get_config(): Record<string, unknown> {
    const { _init_seed: seed } = this;
    return { seed: typeof seed === "object" && seed !== null ? serialized(seed) : seed };
  }
}

function seedOf(seed: InitialSeed): Exclude<Seed, null> {
  if (seed === null) return makeDefaultSeed();
  if (isPlainObject(seed)) return deserialized(seed) as SeedGenerator;
  if (Number.isInteger(seed) || typeof seed === "bigint" || seed instanceof SeedGenerator)
    return seed as Exclude<Seed, null>;
  throw new ValueError(
    `\`seed\` argument should be an instance of \`keras.random.SeedGenerator()\` or an integer. Received: seed=${String(seed)}`,
  );
}

class RandomNormalImpl extends RandomInitializerImpl {
  readonly mean: number;
  readonly stddev: number;
  constructor(mean = 0, stddev = 0.05, seed: InitialSeed = null) {
    super(seed);
    this.mean = mean;
    this.stddev = stddev;
  }
  override _make(shape: Lengths, dtype: string): Tensor {
    return normal.impl(shape, this.mean, this.stddev, dtype, this.seed);
  }
  override get_config(): Record<string, unknown> {
    return { ...super.get_config(), mean: asFloat(this.mean), stddev: asFloat(this.stddev) };
  }
}
/** `keras.initializers.RandomNormal`: normal numbers. */
export const RandomNormal = pyClass(`${PATH}.RandomNormal`, "mean stddev seed:dict", RandomNormalImpl);
export type RandomNormal = RandomNormalImpl;

class TruncatedNormalImpl extends RandomNormalImpl {
  override _make(shape: Lengths, dtype: string): Tensor {
    return truncated_normal.impl(shape, this.mean, this.stddev, dtype, this.seed);
  }
}
/** `keras.initializers.TruncatedNormal`: normal numbers, those beyond two standard deviations drawn again. */
export const TruncatedNormal = pyClass(
  `${PATH}.TruncatedNormal`,
  "mean stddev seed:dict",
  TruncatedNormalImpl,
);
export type TruncatedNormal = TruncatedNormalImpl;

class RandomUniformImpl extends RandomInitializerImpl {
  readonly minval: number;
  readonly maxval: number;
  constructor(minval = -0.05, maxval = 0.05, seed: InitialSeed = null) {
    super(seed);
    this.minval = minval;
    this.maxval = maxval;
  }
  override _make(shape: Lengths, dtype: string): Tensor {
    return uniform.impl(shape, this.minval, this.maxval, dtype, this.seed);
  }
  override get_config(): Record<string, unknown> {
    return { ...super.get_config(), minval: asFloat(this.minval), maxval: asFloat(this.maxval) };
  }
}
/** `keras.initializers.RandomUniform`: uniform numbers of [minval, maxval). */
export const RandomUniform = pyClass(`${PATH}.RandomUniform`, "minval maxval seed:dict", RandomUniformImpl);
export type RandomUniform = RandomUniformImpl;

type Mode = "fan_in" | "fan_out" | "fan_avg";
type Distribution = "uniform" | "truncated_normal" | "untruncated_normal";
const MODES = ["fan_in", "fan_out", "fan_avg"];
const DISTRIBUTIONS = ["uniform", "truncated_normal", "untruncated_normal"];

/** The standard deviation of normal numbers without those beyond two. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

const setText = (names: readonly string[]): string => `{${names.map((n) => `'${n}'`).join(", ")}}`;

class VarianceScalingImpl extends RandomInitializerImpl {
  readonly scale: number;
  readonly mode: Mode;
  readonly distribution: Distribution;
  readonly input_axes: Axes;
  readonly output_axes: Axes;

  constructor(
    scale = 1,
    mode = "fan_in",
    distribution = "truncated_normal",
    seed: InitialSeed = null,
    input_axes: Axes = null,
    output_axes: Axes = null,
  ) {
    if (!(scale > 0))
      throw new ValueError(`Argument \`scale\` must be positive float. Received: scale=${scale}`);
    if (!MODES.includes(mode))
      throw new ValueError(`Invalid \`mode\` argument: ${mode}. Please use one of ${setText(MODES)}`);
    const name = distribution.toLowerCase();
    const kind = name === "normal" ? "truncated_normal" : name;
    if (!DISTRIBUTIONS.includes(kind))
      throw new ValueError(
        `Invalid \`distribution\` argument: ${kind}.Please use one of ${setText(DISTRIBUTIONS)}`,
      );
    super(seed);
    this.scale = scale;
    this.mode = mode as Mode;
    this.distribution = kind as Distribution;
    this.input_axes = input_axes;
    this.output_axes = output_axes;
  }

  override _make(shape: Lengths, dtype: string): Tensor {
    const [fanIn, fanOut] = fansOf(shape, this.input_axes, this.output_axes);
    const fan = { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[this.mode];
    const scale = this.scale / Math.max(1, fan);
    const deviation = Math.sqrt(scale);
    if (this.distribution === "truncated_normal")
      return truncated_normal.impl(shape, 0, deviation / TRUNCATED_DEVIATION, dtype, this.seed);
    if (this.distribution === "untruncated_normal") return normal.impl(shape, 0, deviation, dtype, this.seed);
    const limit = Math.sqrt(3 * scale);
    return uniform.impl(shape, -limit, limit, dtype, this.seed);
  }
  override get_config(): Record<string, unknown> {
    const { scale, mode, distribution, input_axes, output_axes } = this;
    return {
      ...super.get_config(),
      scale: asFloat(scale),
      mode,
      distribution,
      input_axes,
      output_axes,
    };
  }
}
/**
 * `keras.initializers.VarianceScaling`: numbers whose variance is `scale` / n, with n the number of inputs or outputs of a
 * unit, or the mean of both.
 */
export const VarianceScaling = pyClass(
  `${PATH}.VarianceScaling`,
  "scale mode distribution seed:dict input_axes output_axes",
  VarianceScalingImpl,
);
export type VarianceScaling = VarianceScalingImpl;

/** A variance scaling of fixed settings. */
function scaling(name: string, scale: number, mode: Mode, distribution: Distribution) {
  class Impl extends VarianceScalingImpl {
    constructor(seed: InitialSeed = null, input_axes: Axes = null, output_axes: Axes = null) {
      super(scale, mode, distribution, seed, input_axes, output_axes);
    }
    override get_config(): Record<string, unknown> {
      const { seed, input_axes, output_axes } = super.get_config();
      return { seed, input_axes, output_axes };
    }
  }
  return pyClass(`${PATH}.${name}`, "seed:dict input_axes output_axes", Impl);
}
/**
 * `keras.initializers.GlorotUniform`: uniform numbers of ±√(6 / (inputs + outputs)).
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.initializers.GlorotUniform({ seed: 1 })([2, 2]).numpy());
 * // prints
 * // [[ 0.9271029  -0.09802794]
 * //  [ 0.24566245 -0.2630809 ]]
 * ```
 */
export const GlorotUniform = scaling("GlorotUniform", 1, "fan_avg", "uniform");
export type GlorotUniform = InstanceType<typeof GlorotUniform>;
/** `keras.initializers.GlorotNormal`: truncated normal numbers of variance 2 / (inputs + outputs). */
export const GlorotNormal = scaling("GlorotNormal", 1, "fan_avg", "truncated_normal");
export type GlorotNormal = InstanceType<typeof GlorotNormal>;
/** `keras.initializers.LecunUniform`: uniform numbers of ±√(3 / inputs). */
export const LecunUniform = scaling("LecunUniform", 1, "fan_in", "uniform");
export type LecunUniform = InstanceType<typeof LecunUniform>;
/** `keras.initializers.LecunNormal`: truncated normal numbers of variance 1 / inputs. */
export const LecunNormal = scaling("LecunNormal", 1, "fan_in", "truncated_normal");
export type LecunNormal = InstanceType<typeof LecunNormal>;
/** `keras.initializers.HeUniform`: uniform numbers of ±√(6 / inputs). */
export const HeUniform = scaling("HeUniform", 2, "fan_in", "uniform");
export type HeUniform = InstanceType<typeof HeUniform>;
/** `keras.initializers.HeNormal`: truncated normal numbers of variance 2 / inputs. */
export const HeNormal = scaling("HeNormal", 2, "fan_in", "truncated_normal");
export type HeNormal = InstanceType<typeof HeNormal>;

class OrthogonalImpl extends RandomInitializerImpl {
  readonly gain: number;
  constructor(gain = 1, seed: InitialSeed = null) {
    super(seed);
    this.gain = gain;
  }
  override _make(shape: Lengths, dtype: string): Tensor {
    if (shape.length < 2)
      throw new ValueError(
        `The tensor to initialize must be at least two-dimensional. Received: shape=${repr(shape)} of rank ${shape.length}.`,
      );
    const columns = shape[shape.length - 1]!;
    const rows = shape.slice(0, -1).reduce((n, d) => n * d, 1);
    const tall = [Math.max(columns, rows), Math.min(columns, rows)];
    const a = normal.impl(tall, 0, 1, dtype, this.seed);
    const [q, r] = runMany(ops.qr, [a._value], undefined).map(wrap) as [Tensor, Tensor];
    // Signs by the diagonal make the matrix one of a uniform distribution.
    const signed = multiply.impl(q, sign.impl(diag.impl(r)));
    const placed = rows < columns ? transpose.impl(signed) : signed;
    const gain = wrap(valueOf(this.gain, dtypeNamed(dtype)!));
    return multiply.impl(gain, reshape.impl(placed, shape));
  }
  override get_config(): Record<string, unknown> {
    return { ...super.get_config(), gain: asFloat(this.gain) };
  }
}
/** `keras.initializers.Orthogonal`: a matrix whose rows or columns are orthonormal, times `gain`. */
export const Orthogonal = pyClass(`${PATH}.Orthogonal`, "gain seed:dict", OrthogonalImpl);
export type Orthogonal = OrthogonalImpl;
