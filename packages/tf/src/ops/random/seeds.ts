import { getGlobalSeed, operationSeed, setGlobalSeed } from "@cognate/keras/tensorflow";
import { def as pyDef } from "@cognate/py";
import { currentGraph } from "../../core/context.js";
import { isTensor, toTensor } from "../../core/convert.js";
import { int32 } from "../../core/dtypes.js";
import { asShape, type ShapeLike } from "../array.js";

/* `tf.random`. */

export type Shape = ShapeLike;
export const shapeArg = (s: Shape): unknown => (isTensor(s) ? s : toTensor(asShape(s), { dtype: int32 }));

/** Graphs of TensorFlow 1 count their random operations. */
interface SeedingGraph {
  readonly seed: number | null;
  nextSeed(): number;
}

/** The two seeds of a random operation. */
export function get_seed(op_seed: number | bigint | null): [number | bigint, number | bigint] {
  const graph = currentGraph() as unknown as SeedingGraph | null;
  const global = graph ? (graph.seed ?? getGlobalSeed() ?? null) : (getGlobalSeed() ?? null);
  let seeds: [number | bigint, number | bigint];
  if (global !== null) seeds = [global, op_seed ?? (graph ? graph.nextSeed() : operationSeed())];
  else if (op_seed !== null) seeds = [87654321, op_seed];
  else return [0, 0];
  const fit = (s: number | bigint): number => Number(BigInt.asUintN(31, BigInt(s)));
  const [a, b] = [fit(seeds[0]), fit(seeds[1])];
  return a === 0 && b === 0 ? [0, 2 ** 31 - 1] : [a, b];
}
export const seedAttrs = (seed: number | null): { seed: unknown; seed2: unknown } => {
  const [a, b] = get_seed(seed);
  return { seed: Number(a), seed2: Number(b) };
};

/** Sets the global seed: streams of operations without seeds, and counters of those with seeds, start anew. */
export const set_seed = pyDef("tensorflow.random.set_seed", "seed", (seed: number | bigint): void => {
  setGlobalSeed(seed);
});
