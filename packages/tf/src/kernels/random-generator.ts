import { int64, rng, Strided } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem, UnimplementedError } from "../core/errors.js";
import type { OpRow } from "../core/row.js";
import type { Cell } from "../graph/runtime.js";
import { Value } from "../shared.js";
import type { Engine } from "./draw.js";
import { type Fill, integers, shapeOf } from "./random-draws.js";
import { broadcastDims, demand, knownInts, numbers, size, valueOf } from "./tools.js";

/* Draws from the engine of a key and a counter, which stand in tensors or in a generator's variable. */

const MASK = 0xffffffffffffffffn;
/** Blocks that each element moves a generator's counter by. */
const EACH = 256n;

/** A value's 64-bit words, without signs. */
const words = (v: Value): bigint[] =>
  Array.from({ length: v.size }, (_, i) =>
    BigInt.asUintN(
      64,
      BigInt(v.array.data[v.array.offset + i * (v.array.strides[0] ?? 1)] as number | bigint),
    ),
  );
const fromState = (state: readonly bigint[]): Engine =>
  new rng.Philox4x32(state[2] ?? 0n, state[0]! | ((state[1] ?? 0n) << 64n));

/** The engine of a key, a counter and an algorithm. @throws KernelProblem for algorithms that processors do not have */
export function engineAt([key, counter, alg]: readonly Value[]): Engine {
  const wanted = numbers(alg!)[0]!;
  const shown = (v: Value): string => `[${v.shape.join(",")}]`;
  demand(
    key!.shape.length === 1 && key!.shape[0] === 1,
    () => `key must have shape [1], not ${shown(key!)}. (Note that batched keys are not supported yet.)`,
  );
  const least = wanted === 3 ? 1 : wanted;
  demand(
    counter!.shape.length === 1 && counter!.shape[0]! >= least,
    () =>
      `counter must be a vector with length at least ${least}; got shape: ${shown(counter!)}. (Note that batched counters are not supported yet.)`,
  );
  demand(wanted === 1 || wanted === 3, () => `Unsupported algorithm id: ${wanted}`);
  const [low, high] = words(counter!);
  return fromState([low!, high ?? 0n, words(key!)[0]!]);
}

/** Moves a generator's counter by so many blocks; gives the state from before. */
function moved(cell: Cell, blocks: bigint): Value {
  const before = cell.read() as Value;
  const state = words(before);
  const counter = ((state[0]! | (state[1]! << 64n)) + blocks) & ((1n << 128n) - 1n);
  const next = [counter & MASK, counter >> 64n, state[2] ?? 0n];
  cell.value = valueOf(
    next.map((w) => BigInt.asIntN(64, w)),
    int64,
  );
  return before;
}
function checkAlgorithm(alg: Value): void {
  const wanted = numbers(alg)[0]!;
  if (wanted === 2)
    throw new KernelProblem("Non-XLA devices don't support the ThreeFry algorithm.", UnimplementedError);
  if (wanted !== 1) throw new KernelProblem(`Unsupported algorithm id: ${wanted}`);
}

const given: NonNullable<OpRow["shape"]> = (c) => [knownInts(c, 2) ?? null];
/** resource, algorithm, shape, … → what is drawn, the generator's counter being moved on. */
const drawing = (draw: (engine: Engine, shape: Value, more: readonly Value[], a: Attrs) => Value): OpRow => ({
  run: ([cell, alg, shape, ...more], attrs) => {
    checkAlgorithm(alg as Value);
    const n = size(shapeOf(shape as Value));
    const engine = fromState(words(moved(cell as Cell, BigInt(n) * EACH)));
    return draw(engine, shape as Value, more as readonly Value[], attrs);
  },
  shape: given,
});
const filling = (fill: Fill): OpRow =>
  drawing(
    (engine, shape, _more, a) =>
      new Value(fill(engine, Strided.zeros(a.type("dtype").kernel, shapeOf(shape)))),
  );

/** Numbers of successes `[samples…, parameters…]`; `pairs` pairs of parameters. */
export function successes(
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
export const pairsOf = (a: Value, b: Value): number =>
  size(broadcastDims(a.shape, b.shape) as readonly number[]);

export const GENERATOR_ROWS: Readonly<Record<string, OpRow>> = {
  RngReadAndSkip: {
    run: ([cell, alg, delta]) => {
      checkAlgorithm(alg as Value);
      return moved(cell as Cell, words(delta as Value)[0]! * EACH);
    },
    shape: () => [[3]],
  },
  RngSkip: {
    run: ([cell, alg, delta]) => {
      checkAlgorithm(alg as Value);
      moved(cell as Cell, words(delta as Value)[0]! * EACH);
      return [];
    },
    shape: () => [],
  },
  StatefulUniform: filling(rng.fillUniform),
  StatefulStandardNormalV2: filling(rng.fillNormal),
  StatefulTruncatedNormal: filling(rng.fillTruncatedNormal),
  StatefulUniformFullInt: filling(rng.fillFullIntegers),
  StatefulUniformInt: drawing(
    (engine, shape, limits) =>
      integers(engine, [shape, ...limits], undefined as never, engine).value as Value,
  ),
  StatefulRandomBinomial: {
    run: ([cell, alg, shape, counts, probs], attrs) => {
      const algorithm = numbers(alg as Value)[0]!;
      if (algorithm !== 1) throw new KernelProblem(`Unsupported algorithm id: ${algorithm}`);
      const full = shapeOf(shape as Value);
      const [n, p] = [counts as Value, probs as Value];
      const pairs = pairsOf(n, p);
      // What the kernel sets aside: 100 uniform numbers of double precision for every four samples of a pair.
      const blocks = Math.floor((pairs * 200 * (size(full) / Math.max(pairs, 1) + 3)) / 4);
      const engine = fromState(words(moved(cell as Cell, BigInt(blocks) * EACH)));
      return successes(engine, full, [n, p], pairs, attrs);
    },
    shape: given,
  },
};
