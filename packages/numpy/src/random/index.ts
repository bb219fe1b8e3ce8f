/** Random numbers, NumPy's `numpy.random`: streams equal to NumPy's. */
export {
  BitGenerator,
  MT19937,
  PCG64,
  PCG64DXSM,
  Philox,
  SeedSequence,
  SFC64,
} from "./bit-generators.js";
export { default_rng, Generator } from "./generator.js";
export * from "./global.js";
export { RandomState } from "./random-state.js";
