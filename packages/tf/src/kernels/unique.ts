import { contiguous, int64, ops } from "@cognate/kernel";
import { type Datum, type OpRow, row } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { range } from "./places.js";
import {
  axisOf,
  demand,
  filled,
  intsValue,
  number,
  numbers,
  permute,
  reshape,
  rowsAt,
  run,
} from "./tools.js";

/** Elements so that equal ones are one to a Map; numbers that are none differ from each other. */
const keysOf = (x: Datum): readonly unknown[] => {
  if (x instanceof StringArray) return x.data;
  const v = x as Value;
  const exact = v.dtype.name === "int64" || v.dtype.name === "uint64";
  const list: readonly unknown[] = exact ? [...(contiguous(v.array).flat() as Iterable<bigint>)] : numbers(v);
  return list.map((k, i) => (Number.isNaN(k) ? `nan ${i}` : k));
};

/** The order of the first appearance of each different key, and where each one is in it. */
function uniqueParts(list: readonly unknown[]): { first: number[]; place: number[]; counts: number[] } {
  const seen = new Map<unknown, number>();
  const first: number[] = [];
  const counts: number[] = [];
  const place = list.map((v, i) => {
    let k = seen.get(v);
    if (k === undefined) {
      k = first.length;
      seen.set(v, k);
      first.push(i);
      counts.push(0);
    }
    counts[k]!++;
    return k;
  });
  return { first, place, counts };
}

/** Elements of a vector, texts too. */
const picked = (x: Datum, at: readonly number[]): Datum =>
  x instanceof StringArray
    ? new StringArray(
        [at.length],
        at.map((i) => x.data[i]!),
      )
    : rowsAt(x as Value, intsValue(at, int64));
const still = (x: Datum): Datum => (x instanceof StringArray ? x : ((x as Value).detach() as Value));

const uniqueRow = (withCounts: boolean): OpRow => ({
  run: ([x], a) => {
    demand((x as Value).shape.length === 1, () => "unique expects a 1D vector.");
    const { first, place, counts } = uniqueParts(keysOf(x!));
    const type = a.type("out_idx").kernel;
    return [
      still(picked(x!, first)),
      intsValue(place, type),
      ...(withCounts ? [intsValue(counts, type)] : []),
    ];
  },
  shape: ({ shapes: [x] }) => (withCounts ? [[null], x!, [null]] : [[null], x!]),
});

/** Different slices along an axis. */
const uniqueAlong = (withCounts: boolean): OpRow =>
  row(([x, axes], a) => {
    const own = numbers(axes!);
    const rank = x!.shape.length;
    demand(own.length > 0 || rank === 1, () => "unique expects a 1D vector.");
    const dim = axisOf(
      own[0] ?? 0,
      rank,
      (k, n) => `axis expected to be in the range [0, ${n}) but got ${k}`,
    );
    const order = [dim, ...range(0, rank).filter((i) => i !== dim)];
    const front = permute(x!, order);
    const n = front.shape[0]!;
    const keys = keysOf(reshape(front, [x!.size]));
    const each = keys.length / (n || 1);
    const { first, place, counts } = uniqueParts(
      range(0, n).map((i) => keys.slice(i * each, (i + 1) * each).join()),
    );
    const type = a.type("out_idx").kernel;
    const y = permute(
      rowsAt(front, intsValue(first, int64)),
      range(0, rank).map((i) => order.indexOf(i)),
    );
    return [y.detach() as Value, intsValue(place, type), ...(withCounts ? [intsValue(counts, type)] : [])];
  });

/** @throws KernelProblem for negative ones */
function naturals(arr: Value): number[] {
  const list = numbers(arr);
  demand(
    list.every((v) => v >= 0),
    () => "Input arr must be non-negative!",
  );
  return list;
}

/** How often each number below `n` occurs in each row, or the sums of weights; `binary`: whether it does. */
function counted(list: readonly number[], rows: number, n: number, weights: Value, binary: boolean): Value {
  const each = list.length / (rows || 1);
  const kept = list.flatMap((v, i) => (v < n ? [i] : []));
  const zero = filled(weights, [rows * n], 0);
  const own =
    weights.size > 0 && !binary ? reshape(weights, [list.length]) : filled(weights, [list.length], 1);
  const src = run(ops.embedding, [own, intsValue(kept, int64)], {});
  const at = intsValue(
    kept.map((i) => Math.floor(i / each) * n + list[i]!),
    int64,
  ).array;
  return zero.indexPut(src, { indices: [at], accumulate: !binary }) as Value;
}

/** Different elements, and how many of each. */
export const different: Readonly<Record<string, OpRow>> = {
  Unique: uniqueRow(false),
  UniqueWithCounts: uniqueRow(true),
  UniqueV2: uniqueAlong(false),
  UniqueWithCountsV2: uniqueAlong(true),
  ListDiff: {
    run: ([x, y], a) => {
      demand((x as Value).shape.length === 1, () => "x should be a 1D vector.");
      demand((y as Value).shape.length === 1, () => "y should be a 1D vector.");
      const other = new Set(keysOf(y!));
      const kept = keysOf(x!).flatMap((v, i) => (other.has(v) ? [] : [i]));
      return [picked(x!, kept), intsValue(kept, a.type("out_idx").kernel)];
    },
    shape: () => [[null], [null]],
  },
  Bincount: row(([arr, length, weights]) => {
    const n = number(length!);
    demand(n >= 0, () => `size (${n}) must be non-negative`);
    const list = naturals(arr!);
    demand(
      weights!.size === 0 || weights!.size === list.length,
      () => "Input indices and weights must have the same size.",
    );
    return counted(list, 1, n, weights!, false);
  }),
  DenseBincount: row(([arr, length, weights], a) => {
    const rank = arr!.shape.length;
    demand(rank <= 2, () => `Shape must be at most rank 2 but is rank ${rank}`);
    const n = number(length!);
    const rows = rank === 2 ? arr!.shape[0]! : 1;
    const y = counted(naturals(arr!), rows, n, weights!, a.bool("binary_output"));
    return rank === 2 ? reshape(y, [rows, n]) : y;
  }),
};
