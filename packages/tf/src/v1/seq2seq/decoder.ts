import { namedTuple, pyClass, Tuple } from "@cognate/py";
import { withGraph } from "../../core/context.js";
import { int32 } from "../../core/dtypes.js";
import { addLoop } from "../../graph/control.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import { FuncGraph } from "../../graph/func-graph.js";
import type { Graph } from "../../graph/graph.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import type { RNNCellImpl } from "../rnn/cell.js";
import { inScope } from "../variable-scope.js";
import type { Helper } from "./helpers.js";

/* Decoders step by step, and the loop that runs them. */

/** `BasicDecoderOutput`: what a cell said, and what was chosen of it. */
export const BasicDecoderOutput = namedTuple<{ rnn_output: GraphTensor; sample_id: GraphTensor }>(
  "tensorflow.contrib.seq2seq.python.ops.basic_decoder.BasicDecoderOutput",
  ["rnn_output", "sample_id"],
);
export interface Decoder {
  readonly batch_size: GraphTensor;
  readonly tracks_own_finished?: boolean;
  /** `[finished, inputs, state]`. */
  initialize(name?: string | null): readonly [GraphTensor, unknown, unknown];
  /** `[outputs, next_state, next_inputs, finished]`. */
  step(time: GraphTensor, inputs: unknown, state: unknown): readonly [unknown, unknown, unknown, GraphTensor];
  /** What the loop's outputs become at the end. */
  finalize?(outputs: unknown, state: unknown, lengths: GraphTensor): readonly [unknown, unknown];
}

/** One cell, fed by a helper. */
export class BasicDecoderImpl implements Decoder {
  constructor(
    readonly cell: RNNCellImpl,
    readonly helper: Helper,
    private readonly _initial: unknown,
    readonly output_layer: ((x: unknown) => GraphTensor) | null = null,
  ) {}
  get batch_size(): GraphTensor {
    return this.helper.batch_size;
  }
  initialize(_name: string | null = null): readonly [GraphTensor, unknown, unknown] {
    return [...this.helper.initialize(), this._initial] as unknown as readonly [
      GraphTensor,
      unknown,
      unknown,
    ];
  }
  step(
    time: GraphTensor,
    inputs: unknown,
    state: unknown,
  ): readonly [unknown, unknown, unknown, GraphTensor] {
    const g = get_default_graph();
    return g.scoped("BasicDecoderStep", () => {
      const [out, next] = this.cell(inputs, state) as readonly unknown[];
      const said = (this.output_layer ? this.output_layer(out) : out) as GraphTensor;
      const ids = this.helper.sample(time, said, next);
      const [finished, following, kept] = this.helper.next_inputs(time, said, next, ids);
      return [BasicDecoderOutput(said, ids), kept, following, finished];
    });
  }
}
export const BasicDecoder = pyClass(
  "tensorflow.contrib.seq2seq.python.ops.basic_decoder.BasicDecoder",
  "cell helper initial_state output_layer",
  BasicDecoderImpl,
);

/** `b` where a row goes on, `a` where it is finished. */
const where = (g: Graph, finished: GraphTensor, a: unknown, b: GraphTensor): GraphTensor => {
  const rank = b._dims?.length ?? 0;
  if (rank === 0) return b;
  const rows = finished._dims?.length ?? 1;
  const mask = Array.from({ length: Math.max(0, rank - rows) }).reduce(
    (m: GraphTensor) => node(g, "ExpandDims", [m, -1]),
    finished,
  );
  const kept = node(g, "SelectV2", [mask, a, b]);
  kept.set_shape(b._dims);
  return kept;
};
const swapped = (g: Graph, t: GraphTensor): GraphTensor => {
  const rank = t._dims!.length;
  return node(g, "Transpose", [t, [1, 0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2)]]);
};

/** Steps of a decoder until every row is finished; outputs, the last state, and how long each row became. */
export const dynamic_decode = v1(
  "dynamic_decode",
  "decoder output_time_major impute_finished maximum_iterations parallel_iterations swap_memory scope",
  (
    decoder: Decoder,
    output_time_major = false,
    impute_finished = false,
    maximum_iterations: unknown = null,
    _parallel = 32,
    _swap = false,
    scope: unknown = null,
  ): Tuple<unknown> =>
    inScope((scope as string | null) ?? null, { default_name: "decoder" }, () => {
      const g = get_default_graph();
      const limit = maximum_iterations === null ? null : toGraphTensor(g, maximum_iterations, int32);
      const [begun, firstInputs, firstState] = decoder.initialize();
      const finished0 = limit ? node(g, "LogicalOr", [begun, node(g, "GreaterEqual", [0, limit])]) : begun;
      const leaves = (x: unknown): GraphTensor[] =>
        nest.flatten(x).map((t) => toGraphTensor(get_default_graph(), t));
      const inputs = leaves(firstInputs);
      const states = leaves(firstState);
      const lengths0 = node(g, "ZerosLike", [node(g, "Cast", [finished0], { DstT: int32 })]);
      const zero = toGraphTensor(g, 0, int32, "time");
      // What a step gives is known after one is traced; what it is traced in is thrown away.
      const { like, shapes } = outputsOf(decoder, zero, firstInputs, firstState);
      const wide = shapes.map((s) => [null, ...s.dims]);
      const empty = shapes.map((s) => {
        const t = node(g, "Fill", [
          node(g, "Pack", [
            [
              toGraphTensor(g, 0, int32),
              decoder.batch_size,
              ...s.dims.slice(1).map((d) => toGraphTensor(g, d ?? 0, int32)),
            ],
          ]),
          toGraphTensor(g, s.dtype.name === "bool" ? false : 0, s.dtype),
        ]);
        return t;
      });
      const n = { inputs: inputs.length, states: states.length };
      const out = g.scoped("while", (name) =>
        addLoop(
          g,
          [zero, finished0, lengths0, ...inputs, ...states, ...empty],
          ([, f]) =>
            node(get_default_graph(), "LogicalNot", [
              node(get_default_graph(), "All", [f, axesOf(finished0)]),
            ]),
          (vars) => {
            const inner = get_default_graph();
            const [time, finished, lengths] = vars as readonly [GraphTensor, GraphTensor, GraphTensor];
            const ins = vars.slice(3, 3 + n.inputs);
            const before = vars.slice(3 + n.inputs, 3 + n.inputs + n.states);
            const written = vars.slice(3 + n.inputs + n.states);
            const [outputs, next, following, own] = decoder.step(
              time,
              nest.pack(firstInputs, ins),
              nest.pack(firstState, before),
            );
            const done = decoder.tracks_own_finished ? own : node(inner, "LogicalOr", [own, finished]);
            const t = node(inner, "AddV2", [time, 1]);
            const stopped = limit
              ? node(inner, "LogicalOr", [done, node(inner, "GreaterEqual", [t, limit])])
              : done;
            const longer = where(
              inner,
              finished,
              lengths,
              node(inner, "AddV2", [node(inner, "ZerosLike", [lengths]), t]),
            );
            const rows = leaves(outputs).map((o) =>
              impute_finished ? where(inner, finished, node(inner, "ZerosLike", [o]), o) : o,
            );
            const states2 = leaves(next).map((s, i) =>
              impute_finished ? where(inner, finished, before[i], s) : s,
            );
            const joined = rows.map((r, i) => {
              const all = node(inner, "ConcatV2", [[written[i], node(inner, "ExpandDims", [r, 0])], 0]);
              all.set_shape(wide[i]!);
              return all;
            });
            return [t, stopped, longer, ...leaves(following), ...states2, ...joined];
          },
          name,
          {
            invariants: [
              undefined,
              finished0._dims?.map(() => null) ?? [null],
              finished0._dims?.map(() => null) ?? [null],
              ...inputs.map((x) => loose(x)),
              ...states.map((x) => loose(x)),
              ...wide,
            ],
          },
        ),
      );
      const lengths = out[2]!;
      const last = nest.pack(firstState, out.slice(3 + n.inputs, 3 + n.inputs + n.states));
      const steps = nest.pack(like, out.slice(3 + n.inputs + n.states));
      const [outputs, state] = decoder.finalize ? decoder.finalize(steps, last, lengths) : [steps, last];
      const given = output_time_major ? outputs : nest.map((t) => swapped(g, t as GraphTensor), outputs);
      return Tuple.of_([given, state, lengths]);
    }),
);
const axesOf = (t: GraphTensor): number[] => Array.from({ length: t._dims?.length ?? 1 }, (_, i) => i);
const loose = (t: GraphTensor): readonly (number | null)[] | null =>
  t._dims === null ? null : t._dims.map((d, i) => (i === 0 ? null : d));

interface Traced {
  readonly like: unknown;
  readonly shapes: readonly {
    readonly dtype: GraphTensor["dtype"];
    readonly dims: readonly (number | null)[];
  }[];
}
/** The structure, types and shapes of what a step gives, found in a graph that is thrown away. */
function outputsOf(decoder: Decoder, time: GraphTensor, inputs: unknown, state: unknown): Traced {
  const probe = new FuncGraph("probe", get_default_graph());
  const [outputs] = withGraph(probe, () => decoder.step(time, inputs, state));
  return {
    like: nest.map(() => null, outputs),
    shapes: nest.flatten(outputs).map((t) => {
      const own = t as GraphTensor;
      return { dtype: own.dtype, dims: (own._dims ?? []).map((d, i) => (i === 0 ? null : d)) };
    }),
  };
}
