import { Tuple, TypeError, ValueError } from "@cognate/py";
import { float32, int32, type TypeLike, typeOr } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import * as nest from "../../graph/nest.js";
import { addScan } from "../../graph/scan.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { DType } from "../../shared.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { inScope, type VariableScope } from "../variable-scope.js";
import type { RNNCellImpl } from "./cell.js";
import { rawLoop } from "./raw.js";

const swapped = (g: Graph, t: GraphTensor): GraphTensor => {
  const rank = t._dims?.length ?? 3;
  return node(
    g,
    "Transpose",
    [t, [1, 0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2)]],
    {},
    "transpose",
  );
};

const batchOf = (g: Graph, t: GraphTensor, axis: number): unknown =>
  t._dims?.[axis] ??
  node(
    g,
    "StridedSlice",
    [node(g, "Shape", [t]), [axis], [axis + 1], [1]],
    { shrink_axis_mask: 1 },
    "strided_slice",
  );

function startOf(cell: RNNCellImpl, initial: unknown, batch: unknown, dtype: DType | null): unknown {
  if (initial !== null && initial !== undefined) return initial;
  if (dtype === null)
    throw new ValueError("If no initial_state is provided, argument `dtype` must be specified");
  return cell.zero_state(batch, dtype);
}

/** Steps past the end of a sequence give zeros and keep the state. */
function masked(
  g: Graph,
  t: GraphTensor,
  lengths: GraphTensor,
  out: GraphTensor,
  next: unknown,
  before: unknown,
): [GraphTensor, unknown] {
  const done = node(g, "GreaterEqual", [t, lengths], {}, "GreaterEqual");
  const pick = (old: unknown, now: unknown): GraphTensor => {
    const rank = (now as GraphTensor)._dims?.length ?? 2;
    const mask = rank <= 1 ? done : node(g, "Reshape", [done, [-1, ...Array<number>(rank - 1).fill(1)]]);
    const kept = node(g, "SelectV2", [mask, old, now], {}, "Select");
    kept.set_shape((now as GraphTensor)._dims);
    return kept;
  };
  return [
    pick(node(g, "ZerosLike", [out], {}, "zeros_like"), out),
    nest.map((a, b) => pick(a, b), before, next),
  ];
}

function unroll(
  g: Graph,
  cell: RNNCellImpl,
  xs: GraphTensor,
  start: unknown,
  lengths: GraphTensor | null,
  reverse: boolean,
  scope: string,
): [GraphTensor, unknown] {
  const flat = nest.flatten(start).map((s) => toGraphTensor(g, s));
  const { states, ys } = addScan(
    g,
    { xs: [xs], states: flat, reverse },
    (t, [x], carried) => {
      const inner = get_default_graph();
      const before = nest.pack(start, carried);
      const [out, next] = cell(x, before) as unknown as readonly [GraphTensor, unknown];
      const [y, after] = lengths ? masked(inner, t, inner.capture(lengths), out, next, before) : [out, next];
      return { states: nest.flatten(after), ys: [y] };
    },
    scope,
  );
  return [ys[0]!, nest.pack(start, states)];
}

const checkCell = (cell: unknown): void => {
  if (typeof cell !== "function" || !("state_size" in cell))
    throw new TypeError(
      `The argument 'cell' (${String(cell)}) is not an RNNCell: 'output_size' property is missing, 'state_size' property is missing.`,
    );
};

/**
 * Runs a cell along time: outputs [batch, time, …] and the last state. Past `sequence_length` outputs are zero and the state
 * stays as it was.
 *
 * @throws ValueError where neither an initial state nor a dtype is given
 */
export const dynamic_rnn = v1(
  "dynamic_rnn",
  "cell inputs sequence_length initial_state dtype parallel_iterations swap_memory time_major scope",
  (
    cell: RNNCellImpl,
    inputs: unknown,
    sequence_length: unknown = null,
    initial_state: unknown = null,
    dtype: TypeLike | null = null,
    _parallel: unknown = null,
    _swap = false,
    time_major = false,
    scope: string | VariableScope | null = null,
  ): Tuple<unknown> => {
    checkCell(cell);
    return inScope(scope ?? "rnn", {}, () => {
      const g = get_default_graph();
      const given = toGraphTensor(g, inputs);
      const xs = time_major ? given : swapped(g, given);
      const type = dtype === null ? null : typeOr(dtype, float32);
      const lengths = sequence_length === null ? null : asLengths(g, sequence_length);
      const start = startOf(cell, initial_state, batchOf(g, xs, 1), type);
      const [ys, state] = g.scoped("while", (s) => unroll(g, cell, xs, start, lengths, false, s));
      return Tuple.of_([time_major ? ys : swapped(g, ys), state]);
    });
  },
);
const asLengths = (g: Graph, x: unknown): GraphTensor => {
  const t = toGraphTensor(g, x, undefined, "sequence_length");
  return t.dtype === int32 ? t : node(g, "Cast", [t], { DstT: int32 }, "ToInt32");
};

/** Reverses the first `lengths` steps of each row, or all of them. */
const flipped = (g: Graph, t: GraphTensor, lengths: GraphTensor | null, time: number): GraphTensor =>
  lengths === null
    ? node(g, "ReverseV2", [t, [time]], {}, "ReverseV2")
    : node(g, "ReverseSequence", [t, lengths], { seq_dim: time, batch_dim: 1 - time }, "ReverseSequence");

/** Two cells, one along time and one against it: pairs of outputs and of last states. */
export const bidirectional_dynamic_rnn = v1(
  "bidirectional_dynamic_rnn",
  "cell_fw cell_bw inputs sequence_length initial_state_fw initial_state_bw dtype parallel_iterations swap_memory time_major scope",
  (
    cell_fw: RNNCellImpl,
    cell_bw: RNNCellImpl,
    inputs: unknown,
    sequence_length: unknown = null,
    initial_state_fw: unknown = null,
    initial_state_bw: unknown = null,
    dtype: TypeLike | null = null,
    _parallel: unknown = null,
    _swap = false,
    time_major = false,
    scope: string | VariableScope | null = null,
  ): Tuple<unknown> => {
    checkCell(cell_fw);
    checkCell(cell_bw);
    return inScope(scope ?? "bidirectional_rnn", {}, () => {
      const g = get_default_graph();
      const [fw, fwState] = inScope("fw", {}, (s) =>
        dynamic_rnn(
          cell_fw as never,
          inputs,
          sequence_length,
          initial_state_fw,
          dtype,
          null,
          false,
          time_major,
          s,
        ),
      ) as unknown as readonly unknown[];
      const time = time_major ? 0 : 1;
      const [bw, bwState] = inScope("bw", {}, (s) => {
        const lengths = sequence_length === null ? null : asLengths(g, sequence_length);
        const turned = flipped(g, toGraphTensor(g, inputs), lengths, time);
        const [y, state] = dynamic_rnn(
          cell_bw as never,
          turned,
          sequence_length,
          initial_state_bw,
          dtype,
          null,
          false,
          time_major,
          s,
        ) as unknown as readonly unknown[];
        return [flipped(g, y as GraphTensor, lengths, time), state];
      }) as readonly unknown[];
      return Tuple.of_([Tuple.of_([fw, bw]), Tuple.of_([fwState, bwState])]);
    });
  },
);

/** Runs a cell over a list of inputs, one a step: a list of outputs and the last state. */
export const static_rnn = v1(
  "static_rnn",
  "cell inputs initial_state dtype sequence_length scope",
  (
    cell: RNNCellImpl,
    inputs: readonly unknown[],
    initial_state: unknown = null,
    dtype: TypeLike | null = null,
    sequence_length: unknown = null,
    scope: string | VariableScope | null = null,
  ): Tuple<unknown> => {
    checkCell(cell);
    if (!Array.isArray(inputs)) throw new TypeError("inputs must be a sequence");
    if (inputs.length === 0) throw new ValueError("inputs must not be empty");
    return inScope(scope ?? "rnn", {}, () => {
      const g = get_default_graph();
      const xs = inputs.map((x) => toGraphTensor(g, x));
      const type = dtype === null ? null : typeOr(dtype, float32);
      const lengths = sequence_length === null ? null : asLengths(g, sequence_length);
      let state = startOf(cell, initial_state, batchOf(g, xs[0]!, 0), type);
      const outputs = xs.map((x, t) => {
        const [out, next] = cell(x, state) as unknown as readonly [GraphTensor, unknown];
        if (!lengths) {
          state = next;
          return out;
        }
        const [y, after] = masked(g, toGraphTensor(g, t), lengths, out, next, state);
        state = after;
        return y;
      });
      return Tuple.of_([outputs, state]);
    });
  },
);

/** Two cells over a list of inputs, the second from its end: outputs joined, and both last states. */
export const static_bidirectional_rnn = v1(
  "static_bidirectional_rnn",
  "cell_fw cell_bw inputs initial_state_fw initial_state_bw dtype sequence_length scope",
  (
    cell_fw: RNNCellImpl,
    cell_bw: RNNCellImpl,
    inputs: readonly unknown[],
    initial_state_fw: unknown = null,
    initial_state_bw: unknown = null,
    dtype: TypeLike | null = null,
    sequence_length: unknown = null,
    scope: string | VariableScope | null = null,
  ): Tuple<unknown> =>
    inScope(scope ?? "bidirectional_rnn", {}, () => {
      const g = get_default_graph();
      const run = (
        cell: RNNCellImpl,
        name: string,
        list: readonly unknown[],
        start: unknown,
      ): readonly unknown[] =>
        inScope(name, {}, (s) =>
          static_rnn(cell as never, list as never, start, dtype, sequence_length, s),
        ) as unknown as readonly unknown[];
      const [fw, fwState] = run(cell_fw, "fw", inputs, initial_state_fw);
      const turn = (list: readonly unknown[]): unknown[] => {
        if (sequence_length === null) return [...list].reverse();
        const stacked = node(g, "Pack", [list], { axis: 0 }, "stack");
        const turned = flipped(g, stacked, asLengths(g, sequence_length), 0);
        return g.createOp("Unpack", [turned], { num: list.length, axis: 0 }, "unstack");
      };
      const [bwTurned, bwState] = run(cell_bw, "bw", turn(inputs), initial_state_bw);
      const bw = turn(bwTurned as readonly unknown[]);
      const outputs = (fw as readonly unknown[]).map((f, i) =>
        node(g, "ConcatV2", [[f, bw[i]], 1], {}, "concat"),
      );
      return Tuple.of_([outputs, fwState, bwState]);
    }),
);

/** What a function asks for at each step is fed to a cell: TensorFlow's loop with an emit structure is its own `raw_rnn`. */
export const raw_rnn = v1(
  "raw_rnn",
  "cell loop_fn parallel_iterations swap_memory scope",
  (
    cell: RNNCellImpl,
    loop_fn: (time: unknown, output: unknown, state: unknown, loop: unknown) => readonly unknown[],
    _p: unknown = null,
    _s = false,
    scope: string | VariableScope | null = null,
  ): Tuple<unknown> => {
    checkCell(cell);
    if (typeof loop_fn !== "function") throw new TypeError("loop_fn must be a callable");
    return inScope(scope ?? "rnn", {}, () => rawLoop(cell, loop_fn));
  },
);
