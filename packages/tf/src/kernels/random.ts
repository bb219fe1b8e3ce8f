import { int32, int64, rng, Strided, uint64 } from "@cognate/kernel";
import { type OpRow, row } from "../core/row.js";
import { Value } from "../shared.js";
import { boundedSamples } from "./bounded-normal.js";
import { candidateShape, candidates } from "./candidates.js";
import { boxShape, distortedBox } from "./distorted-box.js";
import type { Engine } from "./draw.js";
import { fractionalShape } from "./fractional-pool.js";
import { indexShuffle } from "./index-shuffle.js";
import {
  drawFrom,
  eagerEngine,
  type Fill,
  gammaSlope,
  gammas,
  integers,
  perParameter,
  shapeOf,
  shuffled,
} from "./random-draws.js";
import { engineAt, GENERATOR_ROWS, pairsOf, successes } from "./random-generator.js";
import { castValue, demand, knownInts, numbers, valueOf } from "./tools.js";

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
/** shape, seed → numbers of a distribution. */
const stateless = (fill: Fill): OpRow =>
  row(
    ([shape, seed], attrs) =>
      new Value(fill(scrambled(seed!), Strided.zeros(attrs.type("dtype").kernel, shapeOf(shape!)))),
    given,
  );
/** shape, key, counter, algorithm → numbers of a distribution. */
const keyed = (fill: Fill): OpRow =>
  row(
    ([shape, ...state], attrs) =>
      new Value(fill(engineAt(state), Strided.zeros(attrs.type("dtype").kernel, shapeOf(shape!)))),
    given,
  );
/** The shape `[samples…, parameters…]` as its front, and the parameters stretched to the rest. */
function stretched(shape: Value, parameters: Value): [samples: number[], parameters: Value] {
  const full = shapeOf(shape);
  const samples = full.slice(0, full.length - parameters.shape.length);
  return [samples, parameters.expand({ shape: full.slice(samples.length) }) as Value];
}
/** The key and the counter of the engine of any two numbers. */
function keyAndCounter(seed: Value): readonly [Value, Value] {
  const e = scrambled(seed);
  const at = (list: Uint32Array, i: number): bigint =>
    BigInt.asIntN(64, BigInt(list[i]!) | (BigInt(list[i + 1]!) << 32n));
  const wide = (list: bigint[]): Value => castValue(valueOf(list, int64), uint64);
  return [wide([at(e.key, 0)]), wide([at(e.counter, 0), at(e.counter, 2)])];
}
const between = (engine: Engine, shape: Value, low: Value, high: Value): Value =>
  integers(engine, [shape, low, high], undefined as never, engine).value as Value;

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
  ParameterizedTruncatedNormal: seeded("ParameterizedTruncatedNormal", given),
  RandomShuffle: {
    run: ([x], attrs) =>
      drawFrom(eagerEngine("RandomShuffle", [x as Value], attrs), "RandomShuffle", [x as Value], attrs),
    shape: ({ shapes }) => [shapes[0]!],
  },
  Multinomial: seeded("Multinomial", (c) => [[c.shapes[0]?.[0] ?? null, knownInts(c, 1)?.[0] ?? null]]),
  RandomGamma: seeded("RandomGamma", alpha),
  RandomGammaGrad: row(
    ([a, z]) => gammaSlope(a!, z!),
    (c) => [c.shapes[1]!],
  ),
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
  StatelessRandomGammaV2: row(
    ([shape, seed, a]) => gammas(scrambled(seed!), ...stretched(shape!, a!)),
    given,
  ),
  StatelessRandomGammaV3: row(
    ([shape, key, counter, alg, a]) => gammas(engineAt([key!, counter!, alg!]), ...stretched(shape!, a!)),
    given,
  ),
  StatelessParameterizedTruncatedNormal: row(([shape, seed, ...parameters]) => {
    demand(
      seed!.shape.length === 1 && seed!.shape[0] === 2,
      () => `seed must have shape [2], not [${seed!.shape.join(",")}]`,
    );
    return boundedSamples(scrambled(seed!), shapeOf(shape!), parameters);
  }, given),
  RandomIndexShuffle: indexShuffle,
  StatelessRandomPoisson: row(([shape, seed, rate], attrs) => {
    const [samples, own] = stretched(shape!, rate!);
    return perParameter(rng.fillPoisson, scrambled(seed!), samples, own, attrs.type("dtype").kernel);
  }, given),
  StatelessRandomBinomial: row(
    ([shape, seed, counts, probs], attrs) =>
      successes(scrambled(seed!), shapeOf(shape!), [counts!, probs!], pairsOf(counts!, probs!), attrs),
    given,
  ),
  StatelessRandomGetKeyCounter: row(
    ([seed]) => keyAndCounter(seed!),
    () => [[1], [2]],
  ),
  StatelessRandomGetKeyCounterAlg: row(
    ([seed]) => [...keyAndCounter(seed!), valueOf(1, int32)],
    () => [[1], [2], []],
  ),
  StatelessRandomGetAlg: row(
    () => valueOf(1, int32),
    () => [[]],
  ),
  StatelessRandomUniformV2: keyed(rng.fillUniform),
  StatelessRandomNormalV2: keyed(rng.fillNormal),
  StatelessTruncatedNormalV2: keyed(rng.fillTruncatedNormal),
  StatelessRandomUniformFullIntV2: keyed(rng.fillFullIntegers),
  StatelessRandomUniformIntV2: row(
    ([shape, key, counter, alg, low, high]) => between(engineAt([key!, counter!, alg!]), shape!, low!, high!),
    given,
  ),
  StatelessShuffle: {
    run: ([x, ...state]) => shuffled(x as Value, engineAt(state as readonly Value[])),
    shape: ({ shapes }) => [shapes[0]!],
  },
  ...GENERATOR_ROWS,
};
