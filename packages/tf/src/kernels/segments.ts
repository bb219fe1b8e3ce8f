import { int64, isInteger, ops } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { unconjugated } from "./edges.js";
import { coordinates, shown } from "./places.js";
import {
  castValue,
  demand,
  filled,
  intsValue,
  knownInts,
  limitsOf,
  number,
  numbers,
  reshape,
  rowsAt,
  run,
  size,
} from "./tools.js";

/** The rows of `data` that share a number, combined. */
function segments(
  data: Value,
  ids: Value,
  n: number,
  how: "sum" | "mean" | "prod" | "amax" | "amin",
  empty: number | bigint,
): Value {
  const inner = data.shape.slice(ids.shape.length);
  const [rows, rest] = [ids.size, size(inner)];
  const flat = reshape(data, [rows, rest]);
  const list = numbers(ids);
  // Negative numbers are dropped.
  const kept = list.flatMap((id, i) => (id >= 0 ? [i] : []));
  const src = kept.length === rows ? flat : rowsAt(flat, intsValue(kept, int64));
  const own = kept.map((i) => list[i]!);
  const start = filled(data, [n, rest], empty);
  const index = reshape(intsValue(own, int64), [own.length, 1]).expand({
    shape: [own.length, rest],
  }) as Value;
  if (data.dtype.kind === "complex" && how === "prod")
    return reshape(
      run(
        ops.stack,
        Array.from({ length: n }, (_, id) => {
          const at = own.flatMap((k, i) => (k === id ? [i] : []));
          return run(ops.prod, [rowsAt(src, intsValue(at, int64))], { dims: [0] });
        }),
        { dim: 0 },
      ),
      [n, ...inner],
    );
  if (how === "mean" && (data.dtype.kind === "complex" || isInteger(data.dtype))) {
    const counts = new Array<number>(n).fill(0);
    for (const id of own) counts[id]!++;
    const total = reshape(segments(data, ids, n, "sum", 0), [n, rest]);
    const many = castValue(
      reshape(
        intsValue(
          counts.map((c) => Math.max(c, 1)),
          int64,
        ),
        [n, 1],
      ),
      data.dtype,
    );
    return reshape((isInteger(data.dtype) ? total.truncDiv(many) : total.div(many)) as Value, [n, ...inner]);
  }
  const y =
    how === "sum"
      ? start.indexPut(src, { indices: [intsValue(own, int64).array], accumulate: true })
      : start.scatterReduce(index, src, { dim: 0, reduce: how, includeSelf: false });
  return reshape(y as Value, [n, ...inner]);
}

const sorted = (how: Parameters<typeof segments>[3]): OpRow =>
  row(
    ([data, ids]) => {
      demand(data!.shape.length > 0, () => "input must be at least rank 1");
      demand(ids!.shape.length === 1, () => "segment_ids should be a vector.");
      if (ids!.shape[0] !== data!.shape[0])
        throw new KernelProblem("segment_ids should be the same size as dimension 0 of input.");
      const list = numbers(ids!);
      const rows = list.length > 0 ? list[list.length - 1]! + 1 : 0;
      list.forEach((id, i) => {
        if (i > 0 && id < list[i - 1]!) throw new KernelProblem("segment ids are not increasing");
        demand(
          id >= 0 && id < rows,
          () =>
            `Segment id ${id} out of range [0, ${rows}), possibly because 'segment_ids' input is not sorted.`,
        );
      });
      if (how !== "prod") return segments(data!, ids!, rows, how, 0);
      return unconjugated((v) => segments(v!, ids!, rows, how, 1))(data!);
    },
    ({ shapes: [x] }) => [x ? [null, ...x.slice(1)] : null],
  );

const unsorted = (how: Parameters<typeof segments>[3]): OpRow =>
  row(
    ([data, ids, count]) => {
      const n = number(count!);
      demand(n >= 0, () => `Input num_segments == ${n} must not be negative.`);
      demand(
        ids!.shape.every((d, i) => data!.shape[i] === d),
        () =>
          `data.shape = ${shown(data!.shape)} does not start with segment_ids.shape = ${shown(ids!.shape)}`,
      );
      const list = numbers(ids!);
      const bad = list.findIndex((id) => id >= n);
      if (bad >= 0)
        throw new KernelProblem(
          `segment_ids${shown(coordinates(bad, ids!.shape))} = ${list[bad]} is out of range [0, ${n})`,
        );
      const [low, high] = limitsOf(data!.dtype);
      const rest = how === "prod" ? 1 : how === "amax" ? low : how === "amin" ? high : 0;
      const combine = (v: Value): Value => segments(v, ids!, n, how, rest);
      return how === "prod" ? unconjugated((v) => combine(v!))(data!) : combine(data!);
    },
    (c) => [
      c.shapes[0] && c.shapes[1]
        ? [knownInts(c, 2)?.[0] ?? null, ...c.shapes[0].slice(c.shapes[1].length)]
        : null,
    ],
  );

/** Rows that share a number, combined. */
export const segmented: Readonly<Record<string, OpRow>> = {
  SegmentSum: sorted("sum"),
  SegmentMean: sorted("mean"),
  SegmentProd: sorted("prod"),
  SegmentMax: sorted("amax"),
  SegmentMin: sorted("amin"),
  UnsortedSegmentSum: unsorted("sum"),
  UnsortedSegmentProd: unsorted("prod"),
  UnsortedSegmentMax: unsorted("amax"),
  UnsortedSegmentMin: unsorted("amin"),
};
