import { seedEpoch } from "@cognate/keras/tensorflow";
import { float64, int64, ops, rng, Strided } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { StringArray } from "../core/strings.js";
import { Value } from "../shared.js";
import { boundedRows } from "./bounded-normal.js";
import { CANDIDATE_DRAWS } from "./candidates.js";
import { BOX_DRAWS } from "./distorted-box.js";
import type { Draw, Engine } from "./draw.js";
import { withGradient } from "./edges.js";
import { FRACTIONAL_DRAWS } from "./fractional-pool.js";
import { castValue, intsValue, numbers, permute, reshape, run, size } from "./tools.js";

/* Operations with seeds of their own, whose streams go on from call to call. */

export type Fill = (engine: Engine, out: Strided) => Strided;

/** Blocks that are kept for each element. */
const EACH = 256;
export const shapeOf = (v: Value): number[] => {
  const shape = numbers(v);
  const bad = shape.findIndex((d) => d < 0);
  if (bad >= 0) throw new KernelProblem(`Dimension ${shape[bad]} must be >= 0`);
  return shape;
};
const filled =
  (fill: Fill): Draw =>
  (engine, [shape], attrs) => {
    const out = shapeOf(shape!);
    const value = new Value(fill(engine, Strided.zeros(attrs.type("dtype").kernel, out)));
    return { value, blocks: size(out) * EACH };
  };
const limit = (v: Value): bigint => BigInt(v.array.data[v.array.offset] as number | bigint);

export const integers: Draw = (engine, [shape, low, high]) => {
  const [a, b] = [limit(low!), limit(high!)];
  if (a >= b) throw new KernelProblem(`Need minval < maxval, got ${a} >= ${b}`);
  const out = shapeOf(shape!);
  return {
    value: new Value(rng.fillUniformIntegers(engine, Strided.zeros(low!.dtype, out), a, b)),
    blocks: size(out) * EACH,
  };
};

/** The rows in random order, texts as well as numbers. */
export const shuffled = (x: Value, engine: Engine): Value => {
  if (x.shape.length === 0) return x;
  const order = [...rng.philoxPermutation(engine, x.shape[0]!)];
  const texts: unknown = x;
  if (texts instanceof StringArray) {
    const width = texts.size / (x.shape[0]! || 1);
    const rows = order.flatMap((i) => texts.data.slice(Number(i) * width, (Number(i) + 1) * width));
    return new StringArray(x.shape, rows) as unknown as Value;
  }
  return run(ops.embedding, [x, intsValue(order, int64)], {});
};

const categories =
  (type: string): Draw =>
  (engine, [logits, count], attrs) => {
    const n = numbers(count!)[0]!;
    const batch = logits!.shape[0]!;
    const value = castValue(new Value(rng.drawCategories(engine, logits!.array, n)), attrs.type(type).kernel);
    return { value, blocks: batch * Math.ceil(n / 4) * 4 * 2 * EACH };
  };

/** Draws of each parameter `[samples…, parameters…]`: a parameter's samples follow each other in the stream. */
export function perParameter(
  draw: (engine: Engine, out: Strided, parameters: Strided) => Strided,
  engine: Engine,
  samples: readonly number[],
  parameters: Value,
  type: Value["dtype"],
): Value {
  const [n, m] = [size(samples), parameters.size];
  const wide = reshape(castValue(parameters, float64), [m, 1]).expand({ shape: [m, n] }) as Value;
  const out = new Value(draw(engine, Strided.zeros(type, [m, n]), wide.array));
  return reshape(permute(out, [1, 0]), [...samples, ...parameters.shape]);
}

/** How samples of gamma distributions move with their shape, computed in float64. */
export function gammaSlope(alphas: Value, samples: Value): Value {
  const wide = [alphas, samples].map((v) => castValue(v.detach() as Value, float64));
  return castValue(run(ops.gammaSampleSlope, wide, undefined as never), samples.dtype);
}

/** Samples of gamma distributions, `[samples…, alphas…]`, whose derivative in the shapes is implicit. */
export function gammas(engine: Engine, samples: readonly number[], alphas: Value): Value {
  const z = perParameter(rng.fillGamma, engine, samples, alphas.detach() as Value, alphas.dtype);
  const leading = samples.map((_, axis) => axis);
  return withGradient("RandomGamma", [alphas], z, (gy) => {
    const g = gy.mul(gammaSlope(alphas, z)) as Value;
    return [leading.length ? (g.sum({ dims: leading, dtype: g.dtype }) as Value) : g];
  });
}

/** Operations with seeds of their own, which go on from call to call. */
export const DRAWS: Readonly<Record<string, Draw>> = {
  ...BOX_DRAWS,
  ...CANDIDATE_DRAWS,
  ...FRACTIONAL_DRAWS,
  RandomUniform: filled(rng.fillUniform),
  RandomStandardNormal: filled(rng.fillNormal),
  TruncatedNormal: filled(rng.fillTruncatedNormal),
  RandomUniformInt: integers,
  ParameterizedTruncatedNormal: boundedRows,
  RandomShuffle: (engine, [x]) => ({
    value: shuffled(x!, engine),
    blocks: Math.ceil(Math.max((x!.shape[0] ?? 1) - 1, 0) / 4),
  }),
  Multinomial: categories("output_dtype"),
  RandomGamma: (engine, [shape, alpha]) => {
    const samples = shapeOf(shape!);
    return {
      value: gammas(engine, samples, alpha!),
      blocks: size(samples) * alpha!.size * EACH,
    };
  },
  RandomPoissonV2: (engine, [shape, rate], attrs) => {
    const samples = shapeOf(shape!);
    return {
      value: perParameter(rng.fillPoisson, engine, samples, rate!, attrs.type("dtype").kernel),
      blocks: size(samples) * rate!.size * EACH,
    };
  },
};

/** The engine of an operation's two seeds; two zeros mean any. */
export function seededEngine(seed: number | bigint, seed2: number | bigint): Engine {
  if (BigInt(seed) !== 0n || BigInt(seed2) !== 0n)
    return rng.Philox4x32.fromSeeds(BigInt(seed), BigInt(seed2));
  const e = rng.freshEntropy(128);
  return rng.Philox4x32.fromSeeds(e & 0xffffffffffffffffn, e >> 64n);
}

/** Draws from an engine, which is then behind what was drawn. */
export function drawFrom(engine: Engine, type: string, inputs: readonly Value[], attrs: Attrs): Value[] {
  const { value, blocks } = DRAWS[type]!(engine.copy(), inputs, attrs, engine);
  engine.skip(blocks);
  return Array.isArray(value) ? [...(value as readonly Value[])] : [value as Value];
}

/** Eager operations go on where the last call with the same seeds ended. */
const engines = new Map<string, Engine>();
let known = -1;
/** The streams of a function that computes at each call: one for each of its draws, in their order. */
let owned: Engine[] | null = null;
let draws = 0;

/** `f`'s value; what it draws goes on in `streams`, as a function's operations have states of their own. */
export function withStreams<R>(streams: Engine[], f: () => R): R {
  const before = [owned, draws] as const;
  [owned, draws] = [streams, 0];
  try {
    return f();
  } finally {
    [owned, draws] = before;
  }
}

export function eagerEngine(type: string, inputs: readonly Value[], attrs: Attrs): Engine {
  if (known !== seedEpoch()) {
    engines.clear();
    known = seedEpoch();
  }
  const seeds = [attrs.get("seed") as number, attrs.get("seed2") as number] as const;
  if (!seeds[0] && !seeds[1]) return seededEngine(0, 0);
  if (owned) return (owned[draws++] ??= seededEngine(seeds[0], seeds[1]));
  const rest = attrs.def.attrs.map(({ name, kind }) =>
    kind === "type" ? (attrs.get(name) as { name?: string })?.name : attrs.get(name),
  );
  const key = [type, ...rest, inputs.length].join();
  let engine = engines.get(key);
  if (!engine) engines.set(key, (engine = seededEngine(seeds[0], seeds[1])));
  return engine;
}
