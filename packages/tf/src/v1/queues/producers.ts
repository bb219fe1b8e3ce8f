import { ValueError } from "@cognate/py";
import { float32, int64, string } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { Operation } from "../../graph/operation.js";
import { dimsOf, mergeDims } from "../../graph/shape.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { GraphVariable } from "../../graph/variable.js";
import { matchingPaths } from "../../io/file-system.js";
import { v1 } from "../make.js";
import { Assert } from "../py-func.js";
import { node, random_shuffle } from "../random-ops.js";
import { scalar } from "../summary.js";
import { FIFOQueue, type QueueBaseImpl } from "./queue.js";
import { add_queue_runner, QueueRunner } from "./runner.js";

/* Queues of file names, numbers and slices, whole epochs at a time. */

/** How full a queue is, for summaries. */
export function fullness(
  g: Graph,
  name: string,
  queue: QueueBaseImpl,
  least: number,
  capacity: number,
): void {
  const size = queue.size() as GraphTensor;
  const over = least > 0 ? node(g, "Maximum", [0, node(g, "Sub", [size, least])]) : size;
  const real = node(g, "Cast", [over], { DstT: float32 });
  scalar(name, node(g, "Mul", [real, 1 / (capacity - least)]));
}

/** The tensor, so many times; then OutOfRangeError. */
export const limit_epochs = v1(
  "limit_epochs",
  "tensor num_epochs name",
  (tensor: unknown, num_epochs: number | null = null, name: string | null = null): GraphTensor => {
    const g = get_default_graph();
    const t = toGraphTensor(g, tensor);
    if (num_epochs === null) return t;
    if (num_epochs <= 0) throw new ValueError(`num_epochs must be > 0 not ${num_epochs}.`);
    return g.scoped(name ?? "limit_epochs", (scope) => {
      const epochs = new GraphVariable({
        initial: toGraphTensor(g, 0, int64),
        name: "epochs",
        dtype: undefined,
        trainable: false,
        collections: ["local_variables"],
      });
      const counter = epochs.count_up_to(num_epochs);
      return g.controlled([counter.op], () => node(g, "Identity", [t], {}, scope));
    });
  },
);
/** A variable's value, which grows by one each time, up to a limit. */
export const count_up_to = v1(
  "count_up_to",
  "ref limit name",
  (ref: GraphVariable, limit: number, name: string | null = null): GraphTensor =>
    ref.count_up_to(limit, name),
);

export const input_producer = v1(
  "input_producer",
  "input_tensor element_shape num_epochs shuffle seed capacity shared_name summary_name name cancel_op",
  (
    input_tensor: unknown,
    element_shape: unknown = null,
    num_epochs: number | null = null,
    shuffle = true,
    seed: number | null = null,
    capacity = 32,
    shared_name: string | null = null,
    summary_name: string | null = null,
    name: string | null = null,
    cancel_op: Operation | null = null,
  ): QueueBaseImpl => {
    const g = get_default_graph();
    return g.scoped(name ?? "input_producer", (scope) => {
      let t = toGraphTensor(g, input_tensor, undefined, "input_tensor");
      const shape = mergeDims(t._dims?.slice(1) ?? null, dimsOf(element_shape));
      if (shape === null || shape.includes(null))
        throw new ValueError(
          "Either `input_tensor` must have a fully defined shape or `element_shape` must be specified",
        );
      if (shuffle) t = random_shuffle(t, seed) as GraphTensor;
      t = limit_epochs(t, num_epochs);
      const q = FIFOQueue(
        capacity,
        [t.dtype],
        [shape],
        null,
        shared_name,
        name === null ? "FIFOQueueV2" : scope,
      );
      const enq = q.enqueue_many([t]) as Operation;
      add_queue_runner(QueueRunner(q, [enq], null, cancel_op));
      if (summary_name !== null) fullness(g, summary_name, q, 0, capacity);
      return q;
    });
  },
);
export const string_input_producer = v1(
  "string_input_producer",
  "string_tensor num_epochs shuffle seed capacity shared_name name cancel_op",
  (
    string_tensor: unknown,
    num_epochs: number | null = null,
    shuffle = true,
    seed: number | null = null,
    capacity = 32,
    shared_name: string | null = null,
    name: string | null = null,
    cancel_op: Operation | null = null,
  ): QueueBaseImpl => {
    const words = "string_input_producer requires a non-null input tensor";
    if (!string_tensor || (Array.isArray(string_tensor) && string_tensor.length === 0))
      throw new ValueError(words);
    const g = get_default_graph();
    return g.scoped(name ?? "input_producer", (scope) => {
      const t = toGraphTensor(g, string_tensor, string);
      const check = Assert(node(g, "Greater", [node(g, "Size", [t]), 0]), [words]) as Operation;
      const checked = g.controlled([check], () => node(g, "Identity", [t]));
      return input_producer(
        checked,
        [],
        num_epochs,
        shuffle,
        seed,
        capacity,
        shared_name,
        `fraction_of_${capacity}_full`,
        scope,
        cancel_op,
      );
    });
  },
);
export const range_input_producer = v1(
  "range_input_producer",
  "limit num_epochs shuffle seed capacity shared_name name",
  (
    limit: unknown,
    num_epochs: number | null = null,
    shuffle = true,
    seed: number | null = null,
    capacity = 32,
    shared_name: string | null = null,
    name: string | null = null,
  ): QueueBaseImpl => {
    const g = get_default_graph();
    return g.scoped(name ?? "input_producer", (scope) =>
      input_producer(
        node(g, "Range", [0, limit, 1]),
        [],
        num_epochs,
        shuffle,
        seed,
        capacity,
        shared_name,
        `fraction_of_${capacity}_full`,
        scope,
      ),
    );
  },
);
/** One row of each tensor, in the same order. */
export const slice_input_producer = v1(
  "slice_input_producer",
  "tensor_list num_epochs shuffle seed capacity shared_name name",
  (
    tensor_list: readonly unknown[],
    num_epochs: number | null = null,
    shuffle = true,
    seed: number | null = null,
    capacity = 32,
    shared_name: string | null = null,
    name: string | null = null,
  ): GraphTensor[] => {
    const g = get_default_graph();
    return g.scoped(name ?? "input_producer", () => {
      if (tensor_list.length === 0)
        throw new ValueError("Expected at least one tensor in slice_input_producer().");
      const list = tensor_list.map((t) => toGraphTensor(g, t));
      const rows = node(g, "StridedSlice", [node(g, "Shape", [list[0]!]), [0], [1], [1]], {
        shrink_axis_mask: 1,
      });
      const queue = range_input_producer(rows, num_epochs, shuffle, seed, capacity, shared_name);
      const index = queue.dequeue() as GraphTensor;
      return list.map((t) => node(g, "GatherV2", [t, index, 0]));
    });
  },
);
/** Paths that match a pattern, looked up once. */
export const match_filenames_once = v1(
  "match_filenames_once",
  "pattern name",
  (pattern: string | readonly string[], name: string | null = null): GraphVariable => {
    const found = (typeof pattern === "string" ? [pattern] : [...pattern]).flatMap(matchingPaths);
    return new GraphVariable({
      initial: toGraphTensor(get_default_graph(), found, string),
      name: name ?? "matching_filenames",
      dtype: string,
      trainable: false,
      collections: ["local_variables"],
      validate: false,
    });
  },
);
