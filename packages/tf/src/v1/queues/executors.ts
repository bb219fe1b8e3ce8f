import { constantDatum } from "../../core/convert.js";
import { bool, int32 } from "../../core/dtypes.js";
import { OutOfRangeError } from "../../core/errors.js";
import type { Datum, Dims } from "../../core/row.js";
import { type MakeExec, registerExecutors } from "../../graph/executors.js";
import type { Operation } from "../../graph/operation.js";
import { RunProblem } from "../../graph/run-problem.js";
import type { Cell, Store } from "../../graph/runtime.js";
import type { DType, Value } from "../../shared.js";
import { type Kind, Queue, rowsOf } from "./state.js";

/** A queue's state in a session, made when it is first asked for. */
export const queueIn = (store: Store, op: Operation): Queue =>
  store.state(
    op,
    () =>
      new Queue({
        kind: op.type.replace("V2", "") as Kind,
        name: op.name,
        capacity: ((n) => (n < 0 ? Number.POSITIVE_INFINITY : n))(Number(op.attrs.capacity)),
        dtypes: op.attrs.component_types as readonly DType[],
        shapes: op.attrs.shapes as readonly Dims[],
        least: Number(op.attrs.min_after_dequeue ?? 0),
        seeds: [Number(op.attrs.seed ?? 0), Number(op.attrs.seed2 ?? 0)],
      }),
  );
const make: MakeExec = (op) => (_inputs, run) => [queueIn(run.store, op)];
const on =
  (f: (queue: Queue, inputs: readonly Datum[], op: Operation) => readonly Datum[]): MakeExec =>
  (op) =>
  ([queue, ...inputs]) =>
    f(queue as unknown as Queue, inputs, op);
const count = (d: Datum): number => Number((d as Value).array.flat()[Symbol.iterator]().next().value);

registerExecutors({
  FIFOQueueV2: make,
  RandomShuffleQueueV2: make,
  PaddingFIFOQueueV2: make,
  PriorityQueueV2: make,
  QueueEnqueueV2: on((q, element) => {
    q.enqueue(element);
    return [];
  }),
  QueueEnqueueManyV2: on((q, columns) => {
    const rows = columns.map((c, i) => rowsOf(c, q.parts.dtypes[i]!));
    rows[0]!.forEach((_, k) => {
      q.enqueue(rows.map((r) => r[k]!));
    });
    return [];
  }),
  QueueDequeueV2: on((q) => q.dequeue()),
  QueueDequeueManyV2: on((q, [n]) => q.dequeueMany(count(n!), false)),
  QueueDequeueUpToV2: on((q, [n]) => q.dequeueMany(count(n!), true)),
  QueueCloseV2: on((q) => {
    q.close();
    return [];
  }),
  QueueSizeV2: on((q) => [constantDatum(q.size, int32)]),
  CountUpTo:
    (op) =>
    ([ref]) => {
      const cell = ref as Cell;
      const now = cell.read() as Value;
      const limit = Number(op.attrs.limit);
      if (count(now) >= limit) throw new RunProblem(`Reached limit of ${limit}`, OutOfRangeError);
      cell.value = now.add(constantDatum(1, op.attrs.T as DType) as Value) as Value;
      return [now];
    },
  QueueIsClosedV2: on((q) => [constantDatum(q.closed, bool)]),
});
