import { int64, ops, rng } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import type { OpRow } from "../core/row.js";
import type { Value } from "../shared.js";
import type { Draw, Engine } from "./draw.js";
import { intsValue, permute, run, runMany } from "./tools.js";

/* Pools over regions of lengths k and k + 1 in random order: B. Graham, Fractional max-pooling (2014). */

/** Lengths that follow from the ceilings of α(i + u) for one number u. */
function smoothLengths(length: number, output: number, engine: Engine): number[] {
  const alpha = length / output;
  const k = Math.floor(alpha);
  const most = Math.min((k + 2) / alpha - 1, (length + 1 - k) / alpha - (output - 1));
  const u = new rng.WordStream(engine.copy()).double() * most;
  engine.skip(1);
  const edge = (i: number): number => (i === 0 ? 1 : i === output ? length + 1 : Math.ceil(alpha * (i + u)));
  return Array.from({ length: output }, (_, i) => edge(i + 1) - edge(i));
}
/** Lengths in random order. */
function mixedLengths(length: number, output: number, engine: Engine): number[] {
  const k = Math.floor(length / output);
  const more = length % output;
  const lengths = Array.from({ length: output }, (_, i) => (i < more ? k + 1 : k));
  const order = rng.philoxPermutation(engine.copy(), output);
  engine.skip(Math.ceil(output / 4));
  return Array.from(order as Iterable<number>, (i) => lengths[i]!);
}
function edges(length: number, output: number, engine: Engine, smooth: boolean): number[] {
  const lengths = (smooth ? smoothLengths : mixedLengths)(length, output, engine);
  const list = [0];
  for (const d of lengths) list.push(list[list.length - 1]! + d);
  return list;
}

const pool =
  (how: "max" | "avg"): Draw =>
  (engine, [x], a) => {
    if (x!.shape.length !== 4) throw new KernelProblem("tensor_in must be 4-dimensional");
    const ratio = (a.get("pooling_ratio") as readonly unknown[]).map(Number);
    const lengths = x!.shape.map((d, i) => Math.floor(d / ratio[i]!));
    if (lengths.some((n) => n <= 0))
      throw new KernelProblem("pooling_ratio is too large for at least one dimension of the input.");
    const start = engine.counter.slice();
    const smooth = a.bool("pseudo_random");
    const [rows, cols] = [1, 2].map((i) => edges(x!.shape[i]!, lengths[i]!, engine, smooth)) as [
      number[],
      number[],
    ];
    // With seeds every call takes the same regions.
    const blocks = a.bool("deterministic") ? 0 : engine.counter[0]! - start[0]!;
    const overlapping = a.bool("overlapping");
    const parts = [rows, cols].map((list) =>
      list
        .slice(0, -1)
        .map((from, i) => ({ start: from, length: list[i + 1]! - from + (overlapping ? 1 : 0) })),
    );
    const planes = permute(x!, [0, 3, 1, 2]);
    const params = { output: lengths.slice(1, 3), parts };
    const y =
      how === "max"
        ? (runMany(ops.adaptiveMaxPool as never, [planes], params as never)[0] as Value)
        : run(ops.adaptiveAvgPool, [planes], params);
    return { value: [permute(y, [0, 2, 3, 1]), intsValue(rows, int64), intsValue(cols, int64)], blocks };
  };

export const FRACTIONAL_DRAWS: Readonly<Record<string, Draw>> = {
  FractionalMaxPool: pool("max"),
  FractionalAvgPool: pool("avg"),
};
/** Static shapes of what they give. */
export const fractionalShape: NonNullable<OpRow["shape"]> = ({ shapes: [x], attrs }) => {
  const ratio = ((attrs as Attrs).get("pooling_ratio") as readonly unknown[]).map(Number);
  const out = x ? x.map((d, i) => (d === null ? null : Math.floor(d / ratio[i]!))) : null;
  return [out, [out?.[1] == null ? null : out[1] + 1], [out?.[2] == null ? null : out[2] + 1]];
};
