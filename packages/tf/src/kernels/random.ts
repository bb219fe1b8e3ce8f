import { seedEpoch } from "@cognate/keras/tensorflow";
import { float64, int32, int64, ops, rng, Strided, uint64 } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem, UnimplementedError } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Cell } from "../graph/runtime.js";
import { Value } from "../shared.js";
import {
  broadcastDims,
  castValue,
  intsValue,
  knownInts,
  numbers,
  permute,
  reshape,
  run,
  size,
  valueOf,
} from "./tools.js";

/* Random numbers as TensorFlow's CPU kernels draw them from Philox. */

type Engine = rng.Philox4x32;
type Fill = (engine: Engine, out: Strided) => Strided;

/** What a random operation gives, and how many blocks of the stream it takes for itself. */
interface Drawn {
  readonly value: Value;
  readonly blocks: number;
}
type Draw = (engine: Engine, inputs: readonly Value[], attrs: Attrs) => Drawn;

/** Blocks that are kept for each element. */
const EACH = 256;
const shapeOf = (v: Value): number[] => {
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

const integers: Draw = (engine, [shape, low, high]) => {
  const [a, b] = [limit(low!), limit(high!)];
  if (a >= b) throw new KernelProblem(`Need minval < maxval, got ${a} >= ${b}`);
  const out = shapeOf(shape!);
  return {
    value: new Value(rng.fillUniformIntegers(engine, Strided.zeros(low!.dtype, out), a, b)),
    blocks: size(out) * EACH,
  };
};

/** The elements in random order. */
const shuffled = (x: Value, engine: Engine): Value => {
  if (x.shape.length === 0) return x;
  const order = [...rng.philoxPermutation(engine, x.shape[0]!)];
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
function perParameter(
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

/** Operations with seeds of their own, which go on from call to call. */
export const DRAWS: Readonly<Record<string, Draw>> = {
  RandomUniform: filled(rng.fillUniform),
  RandomStandardNormal: filled(rng.fillNormal),
  TruncatedNormal: filled(rng.fillTruncatedNormal),
  RandomUniformInt: integers,
  RandomShuffle: (engine, [x]) => ({
    value: shuffled(x!, engine),
    blocks: Math.ceil((x!.shape[0] ?? 1) / 4),
  }),
  Multinomial: categories("output_dtype"),
  RandomGamma: (engine, [shape, alpha]) => {
    const samples = shapeOf(shape!);
    return {
      value: perParameter(rng.fillGamma, engine, samples, alpha!, alpha!.dtype),
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
export function drawFrom(engine: Engine, type: string, inputs: readonly Value[], attrs: Attrs): Value {
  const { value, blocks } = DRAWS[type]!(engine.copy(), inputs, attrs);
  engine.skip(blocks);
  return value;
}

/** Eager operations go on where the last call with the same seeds ended. */
const engines = new Map<string, Engine>();
let known = -1;
function eagerEngine(type: string, inputs: readonly Value[], attrs: Attrs): Engine {
  if (known !== seedEpoch()) {
    engines.clear();
    known = seedEpoch();
  }
  const seeds = [attrs.get("seed") as number, attrs.get("seed2") as number] as const;
  if (!seeds[0] && !seeds[1]) return seededEngine(0, 0);
  const types = attrs.def.attrs
    .filter((a) => a.kind === "type")
    .map((a) => String((attrs.get(a.name) as { name?: string })?.name));
  const key = [type, ...seeds, ...types, inputs.length].join();
  let engine = engines.get(key);
  if (!engine) engines.set(key, (engine = seededEngine(seeds[0], seeds[1])));
  return engine;
}

const given: OpRow["shape"] = (c) => [
  knownInts(c, 0) ?? (c.shapes[0]?.[0] != null ? new Array<null>(c.shapes[0]![0]!).fill(null) : null),
];
const seeded = (type: string, shape: OpRow["shape"]): OpRow =>
  row((inputs, attrs) => drawFrom(eagerEngine(type, inputs, attrs), type, inputs, attrs), shape);

const alpha: OpRow["shape"] = (c) => {
  const lead = knownInts(c, 0);
  return [lead && c.shapes[1] ? [...lead, ...c.shapes[1]] : null];
};

/** The engine of two numbers that any are good for. */
const scrambled = (seed: Value): Engine => {
  const [a, b] = pairOf(seed);
  return rng.Philox4x32.scrambled(a, b);
};
function pairOf(seed: Value): [bigint, bigint] {
  const at = (i: number): bigint =>
    BigInt(seed.array.data[seed.array.offset + i * (seed.array.strides[0] ?? 1)] as number | bigint);
  return [at(0), at(1)];
}
const words = (v: Value): bigint[] => {
  const flat =
    v.size === 0
      ? []
      : Array.from({ length: v.size }, (_, i) =>
          BigInt.asUintN(
            64,
            BigInt(v.array.data[v.array.offset + i * (v.array.strides[0] ?? 1)] as number | bigint),
          ),
        );
  return flat;
};
/** The engine of a key and a counter. */
function engineAt(key: Value, counter: Value): Engine {
  const [k] = words(key);
  const [low, high] = words(counter);
  return new rng.Philox4x32(k ?? 0n, (low ?? 0n) | ((high ?? 0n) << 64n));
}
function checkAlgorithm(v: Value | undefined): void {
  if (v && numbers(v)[0] === 2)
    throw new KernelProblem("Non-XLA devices don't support the ThreeFry algorithm.", UnimplementedError);
}

/** shape, seed → numbers of a distribution. */
const stateless = (fill: Fill): OpRow =>
  row(
    ([shape, seed], attrs) =>
      new Value(fill(scrambled(seed!), Strided.zeros(attrs.type("dtype").kernel, shapeOf(shape!)))),
    given,
  );
/** shape, key, counter, algorithm → numbers of a distribution. */
const keyed = (fill: Fill): OpRow =>
  row(([shape, key, counter, alg], attrs) => {
    checkAlgorithm(alg);
    return new Value(
      fill(engineAt(key!, counter!), Strided.zeros(attrs.type("dtype").kernel, shapeOf(shape!))),
    );
  }, given);
const between = (engine: Engine, shape: Value, low: Value, high: Value): Value =>
  integers(engine, [shape, low, high], undefined as never).value;

/** Numbers of successes `[samples…, parameters…]`; `pairs` pairs of parameters. */
function successes(
  engine: Engine,
  shape: readonly number[],
  parameters: readonly Value[],
  pairs: number,
  attrs: Attrs,
): Value {
  const wide = parameters.map((p) => p.expand({ shape }).array as Strided) as [Strided, Strided];
  return new Value(
    rng.fillBinomial(engine, Strided.zeros(attrs.type("dtype").kernel, shape), ...wide, pairs),
  );
}

/** How many pairs of parameters two inputs make. */
const pairsOf = (a: Value, b: Value): number => size(broadcastDims(a.shape, b.shape) as readonly number[]);

/** Moves a generator's counter; gives the state from before. */
function readAndSkip(cell: Cell, delta: bigint): Value {
  const before = cell.read() as Value;
  const state = words(before);
  const counter = ((state[0]! | (state[1]! << 64n)) + delta * 256n) & ((1n << 128n) - 1n);
  const next = [counter & 0xffffffffffffffffn, counter >> 64n, state[2] ?? 0n].map((w) =>
    BigInt.asIntN(64, w),
  );
  cell.value = valueOf(next, int64);
  return before;
}

/** Random operations. */
export const random: Readonly<Record<string, OpRow>> = {
  RandomUniform: seeded("RandomUniform", given),
  RandomStandardNormal: seeded("RandomStandardNormal", given),
  TruncatedNormal: seeded("TruncatedNormal", given),
  RandomUniformInt: seeded("RandomUniformInt", given),
  RandomShuffle: seeded("RandomShuffle", ({ shapes }) => [shapes[0]!]),
  Multinomial: seeded("Multinomial", (c) => [[c.shapes[0]?.[0] ?? null, knownInts(c, 1)?.[0] ?? null]]),
  RandomGamma: seeded("RandomGamma", alpha),
  RandomPoissonV2: seeded("RandomPoissonV2", alpha),
  StatelessRandomUniform: stateless(rng.fillUniform),
  StatelessRandomNormal: stateless(rng.fillNormal),
  StatelessTruncatedNormal: stateless(rng.fillTruncatedNormal),
  StatelessRandomUniformFullInt: stateless(rng.fillFullIntegers),
  StatelessRandomUniformInt: row(
    ([shape, seed, low, high]) => between(scrambled(seed!), shape!, low!, high!),
    given,
  ),
  StatelessMultinomial: row(([logits, count, seed], attrs) =>
    castValue(
      new Value(rng.drawCategories(scrambled(seed!), logits!.array, numbers(count!)[0]!)),
      attrs.type("output_dtype").kernel,
    ),
  ),
  StatelessRandomGammaV2: row(([shape, seed, a]) => {
    const full = shapeOf(shape!);
    const samples = full.slice(0, full.length - a!.shape.length);
    const own = a!.expand({ shape: full.slice(samples.length) }) as Value;
    return perParameter(rng.fillGamma, scrambled(seed!), samples, own, a!.dtype);
  }, given),
  StatelessRandomPoisson: row(([shape, seed, rate], attrs) => {
    const full = shapeOf(shape!);
    const samples = full.slice(0, full.length - rate!.shape.length);
    const own = rate!.expand({ shape: full.slice(samples.length) }) as Value;
    return perParameter(rng.fillPoisson, scrambled(seed!), samples, own, attrs.type("dtype").kernel);
  }, given),
  StatelessRandomBinomial: row(
    ([shape, seed, counts, probs], attrs) =>
      successes(scrambled(seed!), shapeOf(shape!), [counts!, probs!], pairsOf(counts!, probs!), attrs),
    given,
  ),
  StatelessRandomGetKeyCounter: row(
    ([seed]) => {
      const e = scrambled(seed!);
      const key = BigInt(e.key[0]!) | (BigInt(e.key[1]!) << 32n);
      const at = (i: number): bigint => BigInt(e.counter[i]!) | (BigInt(e.counter[i + 1]!) << 32n);
      const signed = (w: bigint): bigint => BigInt.asIntN(64, w);
      const wide = (list: bigint[]): Value => castValue(valueOf(list.map(signed), int64), uint64);
      return [wide([key]), wide([at(0), at(2)])];
    },
    () => [[1], [2]],
  ),
  StatelessRandomGetAlg: row(
    () => valueOf(1, int32),
    () => [[]],
  ),
  StatelessRandomUniformV2: keyed(rng.fillUniform),
  StatelessRandomNormalV2: keyed(rng.fillNormal),
  StatelessTruncatedNormalV2: keyed(rng.fillTruncatedNormal),
  StatelessRandomUniformFullIntV2: keyed(rng.fillFullIntegers),
  StatelessRandomUniformIntV2: row(([shape, key, counter, alg, low, high]) => {
    checkAlgorithm(alg);
    return between(engineAt(key!, counter!), shape!, low!, high!);
  }, given),
  StatelessShuffle: row(
    ([x, key, counter]) => shuffled(x!, engineAt(key!, counter!)),
    ({ shapes }) => [shapes[0]!],
  ),
  RngReadAndSkip: {
    run: ([cell, alg, delta]) => {
      checkAlgorithm(alg as Value);
      return readAndSkip(cell as Cell, words(delta as Value)[0]!);
    },
    shape: () => [[3]],
  },
  StatefulRandomBinomial: {
    run: ([cell, alg, shape, counts, probs], attrs) => {
      const algorithm = numbers(alg as Value)[0]!;
      if (algorithm !== 1) throw new KernelProblem(`Unsupported algorithm id: ${algorithm}`);
      const full = shapeOf(shape as Value);
      const [n, p] = [counts as Value, probs as Value];
      const pairs = pairsOf(n, p);
      // What the kernel sets aside: 100 uniform numbers of double precision for every four samples of a pair.
      const blocks = Math.floor((pairs * 200 * (size(full) / Math.max(pairs, 1) + 3)) / 4);
      const state = words(readAndSkip(cell as Cell, BigInt(blocks)));
      const engine = new rng.Philox4x32(state[2]!, state[0]! | (state[1]! << 64n));
      return successes(engine, full, [n, p], pairs, attrs);
    },
  },
};
