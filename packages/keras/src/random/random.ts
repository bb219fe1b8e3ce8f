import { broadcastShapes, type DType, dtypeNamed, type OpRow, ops, rng, Strided } from "@cognate/kernel";
import { def, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../backend/create.js";
import { type DTypeLike, isFloatName, isIntName, kernelType, standardizeDType } from "../backend/dtype.js";
import { kernelError } from "../backend/errors.js";
import { run, runMany } from "../backend/record.js";
import { knownLengths } from "../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { axisOf } from "../ops/numpy/shape.js";
import { drawSeed, type Seed, type SeedPair } from "./seed-generator.js";

/*
 * `keras.random` as on Keras's TensorFlow backend: stateless draws of a Philox engine whose key and counter are the two
 * numbers of a seed.
 */

type Lengths = readonly number[];
type Number_ = TensorLike;
const named = (name: string): DType => dtypeNamed(name)!;
const float32 = named("float32");

/** Seeds as TensorFlow's kernels take them: 64 bits folded into 31. */
const folded = (x: number | bigint): bigint => {
  const m = BigInt(x) % 2147483646n;
  return m < 0n ? m + 2147483646n : m;
};

const engineOf = ([seed, count]: SeedPair): rng.Philox4x32 =>
  rng.Philox4x32.scrambled(folded(seed), folded(count));

type Fill = (engine: rng.Philox4x32, out: Strided) => Strided;

const drawn = (fill: Fill, shape: Lengths, type: DType, seed: Seed): Value =>
  new Value(fill(engineOf(drawSeed(seed)), Strided.zeros(type, knownLengths([...shape]))));

const row = (r: unknown): OpRow<undefined> => r as OpRow<undefined>;
const binary = (r: unknown, a: Value, b: Value): Value => run(row(r), [a, b], undefined);

/** z·scale + shift, in z's type. */
const placed = (z: Value, scale: Number_, shift: Number_): Tensor =>
  wrap(binary(ops.add, binary(ops.mul, z, valueOf(scale, z.dtype)), valueOf(shift, z.dtype)));

/** Normal numbers. */
export const normal = def(
  "keras.random.normal",
  "shape mean stddev dtype seed",
  (
    shape: Lengths,
    mean: Number_ = 0,
    stddev: Number_ = 1,
    dtype: DTypeLike | null = null,
    seed: Seed = null,
  ): Tensor => placed(drawn(rng.fillNormal, shape, kernelType(dtype), seed), stddev, mean),
);

/** Normal numbers of which those beyond two standard deviations are drawn again. */
export const truncated_normal = def(
  "keras.random.truncated_normal",
  "shape mean stddev dtype seed",
  (
    shape: Lengths,
    mean: Number_ = 0,
    stddev: Number_ = 1,
    dtype: DTypeLike | null = null,
    seed: Seed = null,
  ): Tensor => placed(drawn(rng.fillTruncatedNormal, shape, kernelType(dtype), seed), stddev, mean),
);

/**
 * Uniform numbers of [minval, maxval).
 *
 * @throws ValueError for a `dtype` that is no floating type
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.random.uniform([3], { seed: 7 }).numpy()); // prints [0.7470788  0.6721802  0.05777955]
 * ```
 */
export const uniform = def(
  "keras.random.uniform",
  "shape minval maxval dtype seed",
  (
    shape: Lengths,
    minval: Number_ = 0,
    maxval: Number_ = 1,
    dtype: DTypeLike | null = null,
    seed: Seed = null,
  ): Tensor => {
    if (dtype !== null && !isFloatName(standardizeDType(dtype)))
      throw new ValueError(
        `\`keras.random.uniform\` requires a floating point \`dtype\`. Received: dtype=${String(dtype)} `,
      );
    const type = kernelType(dtype);
    const [low, high] = [valueOf(minval, type), valueOf(maxval, type)];
    const z = drawn(rng.fillUniform, shape, type, seed);
    return wrap(binary(ops.add, binary(ops.mul, z, binary(ops.sub, high, low)), low));
  },
);

const limit = (x: Number_): bigint => BigInt(Math.trunc(Number(x)));

/** Integers of [minval, maxval). @throws ValueError for a `dtype` that is no integer type */
export const randint = def(
  "keras.random.randint",
  "shape minval maxval dtype seed",
  (
    shape: Lengths,
    minval: Number_,
    maxval: Number_,
    dtype: DTypeLike | null = "int32",
    seed: Seed = null,
  ): Tensor => {
    const name = standardizeDType(dtype);
    if (!isIntName(name))
      throw new ValueError(
        `\`keras.random.randint\` requires an integer \`dtype\`. Received: dtype=${String(dtype)} `,
      );
    const wide = name === "int32" || name === "int64" ? name : "int64";
    const [low, high] = [limit(minval), limit(maxval)];
    if (high <= low)
      throw kernelError("StatelessRandomUniformIntV2", `Need minval < maxval, got ${low} >= ${high}`);
    const fill: Fill = (engine, out) => rng.fillUniformIntegers(engine, out, low, high);
    return wrap(castValue(drawn(fill, shape, named(wide), seed), kernelType(dtype)));
  },
);

/** A tensor's numbers as they print inside of a message. */
const textOf = (x: TensorLike): string => String(wrap(valueOf(x)).numpy());

/** Classes drawn for each row of logits `[batch, classes]`, `num_samples` of them. */
export const categorical = def(
  "keras.random.categorical",
  "logits num_samples dtype seed",
  (logits: TensorLike, num_samples: number, dtype: DTypeLike | null = "int32", seed: Seed = null): Tensor => {
    const v = valueOf(logits);
    if (v.shape.length !== 2)
      throw new ValueError(
        `\`logits\` should be a 2-D tensor with shape [batch_size, num_classes]. Received: logits=${textOf(logits)}`,
      );
    const classes = rng.drawCategories(engineOf(drawSeed(seed)), v.array, num_samples);
    return wrap(castValue(new Value(classes), kernelType(dtype)));
  },
);

/** What is kept of the inputs where a share `rate` of them is zeroed: the kept ones grow by 1 / (1 − rate). */
export const dropout = def(
  "keras.random.dropout",
  "inputs rate noise_shape seed",
  (
    inputs: TensorLike,
    rate: number,
    noise_shape: readonly (number | null)[] | null = null,
    seed: Seed = null,
  ): Tensor => {
    const x = valueOf(inputs);
    const share = Number(rate);
    if (share === 1) return wrap(run(row(ops.mul), [x, x.full([], 0) as Value], undefined));
    if (share === 0) return wrap(x);
    const shape = noise_shape ? noise_shape.map((d, i) => d ?? x.shape[i]!) : x.shape;
    const z = drawn(rng.fillUniform, shape, x.dtype, seed);
    const mask = run(row(ops.ge), [z, z.full([], share) as Value], undefined);
    return wrap(run(ops.dropoutApply, [x, mask], { scale: 1 / (1 - share) }));
  },
);

/** The slices along an axis in random order. */
export const shuffle = def(
  "keras.random.shuffle",
  "x axis seed",
  (x: TensorLike, axis = 0, seed: Seed = null): Tensor => {
    const v = valueOf(x);
    const dim = axisOf(axis, v.shape.length);
    const keys = drawn(rng.fillUniform, [v.shape[dim]!], float32, seed);
    const order = runMany(ops.sort, [keys], { dim: 0 })[1]!;
    const indices = [...v.shape.slice(0, dim).map(() => null), order.array];
    return wrap(run(ops.index as OpRow<object>, [v], { indices }));
  },
);

/** Draws whose parameters stretch to the shape of the result, in float32 for bfloat16. */
function perElement(
  draw: (engine: rng.Philox4x32, out: Strided, ...parameters: readonly Strided[]) => Strided,
  shape: Lengths,
  parameters: readonly TensorLike[],
  dtype: DTypeLike | null,
  pair: SeedPair,
): Value {
  const type = kernelType(dtype);
  const own = type.name === "bfloat16" ? float32 : type;
  const wide = parameters.map(
    (p) => run(ops.expand, [valueOf(p, named("float64"))], { shape: [...shape] }).array,
  );
  return castValue(
    new Value(draw(engineOf(pair), Strided.zeros(own, [...shape].map(Number)), ...wide)),
    type,
  );
}

/** Numbers of the gamma distribution with shape parameter alpha. */
export const gamma = def(
  "keras.random.gamma",
  "shape alpha dtype seed",
  (shape: Lengths, alpha: TensorLike, dtype: DTypeLike | null = null, seed: Seed = null): Tensor =>
    wrap(perElement(rng.fillGamma, shape, [rounded(alpha, dtype)], dtype, drawSeed(seed))),
);

/** A parameter in the precision of the result. */
const rounded = (x: TensorLike, dtype: DTypeLike | null): TensorLike => {
  const type = kernelType(dtype);
  return wrap(valueOf(x, type.name === "bfloat16" ? float32 : type));
};

/** Numbers of successes in `counts` trials. */
export const binomial = def(
  "keras.random.binomial",
  "shape counts probabilities dtype seed",
  (
    shape: Lengths,
    counts: TensorLike,
    probabilities: TensorLike,
    dtype: DTypeLike | null = null,
    seed: Seed = null,
  ): Tensor => {
    const given = [valueOf(counts), valueOf(probabilities)];
    const pairs = broadcastShapes(
      "binomial",
      given.map((v) => v.shape),
    ).reduce((n, d) => n * d, 1);
    const draw = (e: rng.Philox4x32, out: Strided, ...[n, p]: readonly Strided[]): Strided =>
      rng.fillBinomial(e, out, n!, p!, pairs);
    return wrap(perElement(draw, shape, given.map(wrap), dtype, drawSeed(seed)));
  },
);

/** Numbers of the beta distribution, by two of the gamma distribution. */
export const beta = def(
  "keras.random.beta",
  "shape alpha beta dtype seed",
  (
    shape: Lengths,
    alpha: TensorLike,
    beta: TensorLike,
    dtype: DTypeLike | null = null,
    seed: Seed = null,
  ): Tensor => {
    const [first, count] = drawSeed(seed).map(folded) as [bigint, bigint];
    const a = perElement(rng.fillGamma, shape, [rounded(alpha, dtype)], dtype, [first, count]);
    const b = perElement(rng.fillGamma, shape, [rounded(beta, dtype)], dtype, [first + 12n, count + 12n]);
    return wrap(binary(ops.div, a, binary(ops.add, a, b)));
  },
);
