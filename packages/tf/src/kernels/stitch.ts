import { int64, ops } from "@cognate/kernel";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
import { coordinates, range, shown } from "./places.js";
import { demand, filled, intsValue, numbers, permute, reshape, rowsAt, run, same } from "./tools.js";

function stitched(inputs: readonly Value[]): Value {
  const n = inputs.length / 2;
  const lists = inputs.slice(0, n).map((v) => numbers(v));
  lists.forEach((ids, k) => {
    const [own, data] = [inputs[k]!, inputs[n + k]!];
    const bad = ids.findIndex((i) => i < 0);
    demand(
      bad < 0,
      () => `indices${own.shape.length > 0 ? shown(coordinates(bad, own.shape)) : ""} is out of range`,
    );
    demand(
      own.shape.every((d, i) => data.shape[i] === d),
      () =>
        `data[${k}].shape = ${shown(data.shape)} does not start with indices[${k}].shape = ${shown(own.shape)}`,
    );
  });
  const most = Math.max(-1, ...lists.flat());
  const rest = inputs[n]!.shape.slice(inputs[0]!.shape.length);
  let y = filled(inputs[n]!, [most + 1, ...rest], 0);
  lists.forEach((ids, k) => {
    const rows = reshape(inputs[n + k]!, [ids.length, ...rest]);
    y = y.indexPut(rows, { indices: [intsValue(ids, int64).array] }) as Value;
  });
  return y;
}

function reverseSequence(x: Value, lengths: readonly number[], seq: number, batch: number): Value {
  const rank = x.shape.length;
  const [s, b] = [seq < 0 ? seq + rank : seq, batch < 0 ? batch + rank : batch];
  demand(s !== b, () => `batch_dim == seq_dim == ${s}`);
  demand(s < rank, () => `seq_dim must be < input rank ( ${s} vs. ${rank})`);
  demand(b < rank, () => `batch_dim must be < input rank ( ${b} vs. ${rank})`);
  demand(
    lengths.length === x.shape[b],
    () => `Length of seq_lengths != input.dims(${b}), (${lengths.length} vs. ${x.shape[b]})`,
  );
  const n = x.shape[s]!;
  lengths.forEach((l, i) => {
    demand(l >= 0, () => `seq_lens(${i}) < 0`);
    demand(l <= n, () => `seq_lens(${i}) > input.dims(${s})`);
  });
  const positions = lengths.map((l) => range(0, n).map((i) => (i < l ? l - 1 - i : i)));
  const order = [b, s, ...range(0, rank).filter((i) => i !== b && i !== s)];
  const back = range(0, rank).map((i) => order.indexOf(i));
  const front = permute(x, order);
  const rows = reshape(intsValue(range(0, lengths.length), int64), [lengths.length, 1]);
  const at = reshape(intsValue(positions.flat(), int64), [lengths.length, n]);
  return permute(run(ops.index, [front], { indices: [rows.array, at.array] }), back);
}

/** Rows dealt out, put together, turned around. */
export const stitching: Readonly<Record<string, OpRow>> = {
  DynamicPartition: {
    ...moving(
      row(([data, parts], a) => {
        demand(
          parts!.shape.every((d, i) => data!.shape[i] === d),
          () =>
            `data.shape must start with partitions.shape, got data.shape = ${shown(data!.shape)}, partitions.shape = ${shown(parts!.shape)}`,
        );
        const list = numbers(parts!);
        const n = a.int("num_partitions");
        const bad = list.findIndex((p) => p < 0 || p >= n);
        demand(
          bad < 0,
          () =>
            `partitions${parts!.shape.length > 0 ? shown(coordinates(bad, parts!.shape)) : ""} = ${list[bad]} is not in [0, ${n})`,
        );
        const rest = data!.shape.slice(parts!.shape.length);
        const flat = reshape(data!, [list.length, ...rest]);
        return range(0, a.int("num_partitions")).map((k) => {
          const own = list.flatMap((p, i) => (p === k ? [i] : []));
          return rowsAt(flat, intsValue(own, int64));
        });
      }),
    ),
    count: (a) => a.int("num_partitions"),
  },
  DynamicStitch: moving(row((inputs) => stitched(inputs))),
  ParallelDynamicStitch: moving(row((inputs) => stitched(inputs))),
  ReverseSequence: moving(
    row(
      ([x, lengths], a) => reverseSequence(x!, numbers(lengths!), a.int("seq_dim"), a.int("batch_dim")),
      same,
    ),
  ),
};
