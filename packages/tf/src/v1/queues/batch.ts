import { isPlainObject, TypeError, ValueError } from "@cognate/py";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { Operation } from "../../graph/operation.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { cond } from "../control.js";
import { no_op } from "../graph.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { fullness } from "./producers.js";
import { FIFOQueue, PaddingFIFOQueue, type QueueBaseImpl, RandomShuffleQueue } from "./queue.js";
import { add_queue_runner, QueueRunner } from "./runner.js";

/* Batches of elements that come one by one, in order or shuffled. */

type Tensors = readonly unknown[] | Readonly<Record<string, unknown>>;

interface Options {
  readonly title: string;
  readonly sets: readonly Tensors[];
  readonly size: unknown;
  readonly threads: number;
  readonly capacity: number;
  readonly many: boolean;
  readonly shapes: unknown;
  readonly fewer: boolean;
  readonly shared: string | null;
  readonly name: string | null;
  readonly keep: unknown;
  readonly pad?: boolean;
  /** Elements that must stay, and the seed, where they come shuffled. */
  readonly shuffled?: { readonly least: number; readonly seed: number | null };
}
const listOf = (t: Tensors): readonly unknown[] =>
  isPlainObject(t)
    ? Object.keys(t)
        .sort()
        .map((k) => (t as Record<string, unknown>)[k])
    : (t as readonly unknown[]);
const isTrue = (x: unknown): boolean => x === true;

function batched(o: Options): unknown {
  const g = get_default_graph();
  const joins = o.title.endsWith("join");
  if (o.sets.length === 0) throw new ValueError("Expected at least one set of tensors");
  return g.scoped(o.name ?? o.title, (scope) => {
    if (o.shuffled && o.capacity <= o.shuffled.least)
      throw new ValueError(
        `capacity ${o.capacity} must be bigger than min_after_dequeue ${o.shuffled.least}.`,
      );
    const sets = o.sets.map((s) => listOf(s).map((t) => toGraphTensor(g, t)));
    if (sets.some((s) => s.length === 0))
      throw new ValueError(
        joins ? "Expected at least one input in batch_join()." : "Expected at least one tensor in batch().",
      );
    const [first] = sets;
    const types = first!.map((t) => t.dtype);
    for (const s of sets)
      if (s.some((t, i) => t.dtype !== types[i]))
        throw new TypeError(
          `Expected types to be consistent: ${types.map((t) => t.name).join(", ")} vs. ${s.map((t) => t.dtype.name).join(", ")}.`,
        );
    const shapes =
      o.shapes ??
      first!.map((t) => {
        if (t._dims === null) throw new ValueError(`Cannot infer Tensor's rank: ${t}`);
        return o.many ? t._dims.slice(1) : [...t._dims];
      });
    const queue = queueFor(o, types, shapes);
    const put = (list: readonly GraphTensor[]): Operation =>
      (o.many ? queue.enqueue_many([...list]) : queue.enqueue([...list])) as Operation;
    const ops = sets.map((s) => enqueueWhere(g, s, o, put));
    add_queue_runner(QueueRunner(queue, joins ? ops : Array.from({ length: o.threads }, () => ops[0]!)));
    const least = o.shuffled?.least ?? 0;
    fullness(
      g,
      o.shuffled ? `fraction_over_${least}_of_${o.capacity - least}_full` : `fraction_of_${o.capacity}_full`,
      queue,
      least,
      o.capacity,
    );
    const out = o.fewer ? queue.dequeue_up_to(o.size, scope) : queue.dequeue_many(o.size, scope);
    const [shape] = o.sets;
    if (!isPlainObject(shape)) return out;
    const keys = Object.keys(shape as object).sort();
    const made = keys.length === 1 ? [out] : (out as GraphTensor[]);
    return Object.fromEntries(keys.map((k, i) => [k, made[i]]));
  });
}
function queueFor(o: Options, types: readonly unknown[], shapes: unknown): QueueBaseImpl {
  if (o.shuffled)
    return RandomShuffleQueue(o.capacity, o.shuffled.least, types, shapes, null, o.shuffled.seed, o.shared);
  return (o.pad ? PaddingFIFOQueue : FIFOQueue)(o.capacity, types, shapes, null, o.shared);
}
/** The operation that puts elements in where they are to be kept. */
function enqueueWhere(
  g: Graph,
  list: readonly GraphTensor[],
  o: Options,
  put: (list: readonly GraphTensor[]) => Operation,
): Operation {
  if (isTrue(o.keep)) return put(list);
  const keep = toGraphTensor(g, o.keep);
  const rank = keep._dims?.length;
  if (rank === undefined)
    throw new ValueError("`keep_input` dimensions must be known at graph construction.");
  if (!o.many && rank === 1)
    throw new ValueError("`keep_input` cannot be a vector when `enqueue_many=False`.");
  if (rank > 1) throw new ValueError("`keep_input` must be 0 or 1 dimensions.");
  if (rank === 1) {
    const places = node(g, "Where", [keep]);
    const flat = node(g, "Squeeze", [places], { squeeze_dims: [1] });
    return put(list.map((t) => node(g, "GatherV2", [t, flat, 0])));
  }
  const done = cond(
    keep,
    () => {
      const op = put(list);
      return g.controlled([op], () => node(get_default_graph(), "Identity", [true]));
    },
    () => node(get_default_graph(), "Identity", [false]),
  ) as unknown as GraphTensor;
  return g.controlled([done.op], () => no_op());
}

type Flag = boolean;

/* Each form in which `keep_input` says what to keep; the form without it keeps everything. */
const batchOf = (
  tensors: Tensors,
  keep: unknown,
  size: unknown,
  threads = 1,
  capacity = 32,
  many: Flag = false,
  shapes: unknown = null,
  pad: Flag = false,
  fewer: Flag = false,
  shared: string | null = null,
  name: string | null = null,
) => {
  const sets = [tensors];
  return batched({
    title: "batch",
    sets,
    size,
    threads,
    capacity,
    many,
    shapes,
    pad,
    fewer,
    shared,
    name,
    keep,
  });
};
const batchOfSets = (
  sets: readonly Tensors[],
  keep: unknown,
  size: unknown,
  capacity = 32,
  many: Flag = false,
  shapes: unknown = null,
  pad: Flag = false,
  fewer: Flag = false,
  shared: string | null = null,
  name: string | null = null,
) =>
  batched({
    title: "batch_join",
    sets,
    size,
    threads: 1,
    capacity,
    many,
    shapes,
    pad,
    fewer,
    shared,
    name,
    keep,
  });
const shuffledBatch = (
  tensors: Tensors,
  size: unknown,
  capacity: number,
  least: number,
  keep: unknown,
  threads = 1,
  seed: number | null = null,
  many: Flag = false,
  shapes: unknown = null,
  fewer: Flag = false,
  shared: string | null = null,
  name: string | null = null,
) => {
  const [sets, shuffled] = [[tensors], { least, seed }];
  return batched({
    title: "shuffle_batch",
    sets,
    size,
    threads,
    capacity,
    many,
    shapes,
    fewer,
    shared,
    name,
    keep,
    shuffled,
  });
};
const shuffledBatchOfSets = (
  sets: readonly Tensors[],
  size: unknown,
  capacity: number,
  least: number,
  keep: unknown,
  seed: number | null = null,
  many: Flag = false,
  shapes: unknown = null,
  fewer: Flag = false,
  shared: string | null = null,
  name: string | null = null,
) => {
  const shuffled = { least, seed };
  return batched({
    title: "shuffle_batch_join",
    sets,
    size,
    threads: 1,
    capacity,
    many,
    shapes,
    fewer,
    shared,
    name,
    keep,
    shuffled,
  });
};

/** The parameters behind `keep`, where that is the second or the fifth. */
type After<F> = F extends (a: never, keep: never, b: never, ...rest: infer R) => unknown ? R : never;
type AfterFifth<F> = F extends (
  a: never,
  b: never,
  c: never,
  d: never,
  keep: never,
  ...rest: infer R
) => unknown
  ? R
  : never;

export const batch = v1(
  "batch",
  "tensors:dict batch_size num_threads capacity enqueue_many shapes dynamic_pad allow_smaller_final_batch shared_name name",
  (tensors: Tensors, size: unknown, ...rest: After<typeof batchOf>) => batchOf(tensors, true, size, ...rest),
);
export const maybe_batch = v1(
  "maybe_batch",
  "tensors:dict keep_input batch_size num_threads capacity enqueue_many shapes dynamic_pad allow_smaller_final_batch shared_name name",
  batchOf,
);
export const batch_join = v1(
  "batch_join",
  "tensors_list batch_size capacity enqueue_many shapes dynamic_pad allow_smaller_final_batch shared_name name",
  (sets: readonly Tensors[], size: unknown, ...rest: After<typeof batchOfSets>) =>
    batchOfSets(sets, true, size, ...rest),
);
export const maybe_batch_join = v1(
  "maybe_batch_join",
  "tensors_list keep_input batch_size capacity enqueue_many shapes dynamic_pad allow_smaller_final_batch shared_name name",
  batchOfSets,
);
export const shuffle_batch = v1(
  "shuffle_batch",
  "tensors:dict batch_size capacity min_after_dequeue num_threads seed enqueue_many shapes allow_smaller_final_batch shared_name name",
  (
    tensors: Tensors,
    size: unknown,
    capacity: number,
    least: number,
    ...rest: AfterFifth<typeof shuffledBatch>
  ) => shuffledBatch(tensors, size, capacity, least, true, ...rest),
);
export const maybe_shuffle_batch = v1(
  "maybe_shuffle_batch",
  "tensors:dict batch_size capacity min_after_dequeue keep_input num_threads seed enqueue_many shapes allow_smaller_final_batch shared_name name",
  shuffledBatch,
);
export const shuffle_batch_join = v1(
  "shuffle_batch_join",
  "tensors_list batch_size capacity min_after_dequeue seed enqueue_many shapes allow_smaller_final_batch shared_name name",
  (
    sets: readonly Tensors[],
    size: unknown,
    capacity: number,
    least: number,
    ...rest: AfterFifth<typeof shuffledBatchOfSets>
  ) => shuffledBatchOfSets(sets, size, capacity, least, true, ...rest),
);
export const maybe_shuffle_batch_join = v1(
  "maybe_shuffle_batch_join",
  "tensors_list batch_size capacity min_after_dequeue keep_input seed enqueue_many shapes allow_smaller_final_batch shared_name name",
  shuffledBatchOfSets,
);
