/**
 * Engines of random bits and what is drawn from them: streams equal to those of the libraries that made them common.
 *
 * @packageDocumentation
 */
export { BitEngine, BitEngine64, type SpareState } from "./engines/engine.js";
export { MT19937, type MT19937State } from "./engines/mt19937.js";
export { MT19937LowBits } from "./engines/mt19937-low-bits.js";
export { PCG64, PCG64DXSM, type PCG64State } from "./engines/pcg64.js";
export { Philox4x32 } from "./engines/philox4x32.js";
export { Philox4x64, type Philox4x64State } from "./engines/philox4x64.js";
export {
  type Entropy,
  entropyWords,
  SeedSequence,
  type SeedSequenceOptions,
} from "./engines/seed-sequence.js";
export { SFC64, type SFC64State } from "./engines/sfc64.js";
export { fillThreefry, type ThreefryLayout, threefry2x32 } from "./engines/threefry2x32.js";
export { freshEntropy } from "./entropy.js";
export {
  type BoundedMethod,
  fillIntegers,
  interval,
  NarrowIntegers,
  WideIntegers,
} from "./sampling/bounded.js";
export {
  type BoundedNormal,
  type FailedProposal,
  fillBoundedNormals,
  isBoundedNormal,
} from "./sampling/bounded-normal.js";
export { BoxMullerSampler } from "./sampling/box-muller.js";
export {
  CountedRange,
  drawCandidates,
  expectedCount,
  logUniformRange,
  type RangeSampler,
  uniformRange,
  weightedRange,
} from "./sampling/candidates.js";
export { chooseDistinct, chooseDistinctWeighted, chooseWeighted } from "./sampling/choice.js";
export {
  fillFullIntegers,
  fillNormal,
  fillTruncatedNormal,
  fillUniform,
  fillUniformIntegers,
  philoxPermutation,
  SingleWords,
} from "./sampling/counter-based.js";
export {
  drawCategories,
  fillBinomial,
  fillGamma,
  fillPoisson,
} from "./sampling/counter-based-distributions.js";
export { type Block, type Draw, fillDraws, fillRows, placeOf } from "./sampling/fill.js";
export {
  GENERATOR_STATE_BYTES,
  packGeneratorState,
  unpackGeneratorState,
} from "./sampling/generator-state.js";
export { shuffledIndex } from "./sampling/index-shuffle.js";
export { memoryOrder, preservedStrides } from "./sampling/memory-order.js";
export { PolarSampler } from "./sampling/polar.js";
export { PythonRandom, type PythonRandomState } from "./sampling/python-random.js";
export { Sampler } from "./sampling/sampler.js";
export { WordStream } from "./sampling/word-stream.js";
export { ZigguratSampler } from "./sampling/ziggurat.js";
