import { int32, int64, rng, Strided, uint64 } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem, UnimplementedError } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Cell } from "../graph/runtime.js";
import { Value } from "../shared.js";
import { candidateShape, candidates } from "./candidates.js";
import { boxShape, distortedBox } from "./distorted-box.js";
import type { Engine } from "./draw.js";
import { fractionalShape } from "./fractional-pool.js";
import {
  drawFrom,
  eagerEngine,
  type Fill,
  integers,
  perParameter,
  shapeOf,
  shuffled,
} from "./random-draws.js";
import { broadcastDims, castValue, knownInts, numbers, size, valueOf } from "./tools.js";

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
  integers(engine, [shape, low, high], undefined as never, engine).value as Value;

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
  ...candidates,
  UniformCandidateSampler: seeded("UniformCandidateSampler", candidateShape),
  LogUniformCandidateSampler: seeded("LogUniformCandidateSampler", candidateShape),
  LearnedUnigramCandidateSampler: seeded("LearnedUnigramCandidateSampler", candidateShape),
  FixedUnigramCandidateSampler: seeded("FixedUnigramCandidateSampler", candidateShape),
  AllCandidateSampler: seeded("AllCandidateSampler", candidateShape),
  FractionalMaxPool: seeded("FractionalMaxPool", fractionalShape),
  FractionalAvgPool: seeded("FractionalAvgPool", fractionalShape),
  SampleDistortedBoundingBox: seeded("SampleDistortedBoundingBox", boxShape),
  SampleDistortedBoundingBoxV2: seeded("SampleDistortedBoundingBoxV2", boxShape),
  StatelessSampleDistortedBoundingBox: row(
    ([size_, boxes, covered, seed], a) => distortedBox(scrambled(seed!), [size_!, boxes!, covered!], a),
    boxShape,
  ),
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
