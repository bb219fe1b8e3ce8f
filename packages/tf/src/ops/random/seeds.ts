import { getGlobalSeed, operationSeed, setGlobalSeed } from "@cognate/keras/tensorflow";
import { def as pyDef } from "@cognate/py";
import { currentGraph } from "../../core/context.js";
import { isTensor, toTensor } from "../../core/convert.js";
import { int32 } from "../../core/dtypes.js";
import { asShape, type ShapeLike } from "../array.js";

/* `tf.random`. */

export type Shape = ShapeLike;
export const shapeArg = (s: Shape): unknown => (isTensor(s) ? s : toTensor(asShape(s), { dtype: int32 }));

/** Graphs have seeds of their own, and count their random operations. */
interface SeedingGraph {
  readonly seed: number | null;
  nextSeed(): number;
}
/** Seeds that take the place of those of the graph that they were set in (`null`: of computing at once). */
let seeding: { readonly at: unknown; readonly by: SeedingGraph } | null = null;
/** `f`'s value; what is drawn meanwhile takes its seeds from elsewhere, graphs that `f` begins excepted. */
export function withSeedsOf<R>(by: SeedingGraph, f: () => R): R {
  const before = seeding;
  seeding = { at: currentGraph(), by };
  try {
    return f();
  } finally {
    seeding = before;
  }
}
/** `f`'s value; its operations are counted from 0, as those of a function of its own. */
export function countedAnew<R>(f: () => R): R {
  const { seed } = currentGraph() as unknown as SeedingGraph;
  let n = 0;
  return withSeedsOf({ seed, nextSeed: () => n++ }, f);
}
/** Seeds have 31 bits, of which not all are ones. */
const LIMIT = 2147483647n;
const fit = (s: number | bigint): number => Number(((BigInt(s) % LIMIT) + LIMIT) % LIMIT);

/** The two seeds of a random operation. */
export function get_seed(op_seed: number | bigint | null): [number, number] {
  const current = currentGraph() as unknown as SeedingGraph | null;
  const graph = seeding?.at === current ? seeding.by : current;
  const global = graph ? graph.seed : (getGlobalSeed() ?? null);
  let seeds: [number | bigint, number | bigint];
  if (global !== null) seeds = [global, op_seed ?? (graph ? graph.nextSeed() : operationSeed())];
  else if (op_seed !== null) seeds = [87654321, op_seed];
  else return [0, 0];
  const [a, b] = [fit(seeds[0]), fit(seeds[1])];
  return a === 0 && b === 0 ? [0, 2 ** 31 - 1] : [a, b];
}
export const seedAttrs = (seed: number | null): { seed: unknown; seed2: unknown } => {
  const [a, b] = get_seed(seed);
  return { seed: a, seed2: b };
};

/** Sets the global seed: streams of operations without seeds, and counters of those with seeds, start anew. */
export const set_seed = pyDef("tensorflow.random.set_seed", "seed", (seed: number | bigint | null): void => {
  setGlobalSeed(seed);
});
