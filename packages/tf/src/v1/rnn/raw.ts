import { Tuple, ValueError } from "@cognate/py";
import { addLoop } from "../../graph/control.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { node } from "../random-ops.js";
import type { RNNCellImpl } from "./cell.js";

type LoopFn = (time: unknown, output: unknown, state: unknown, loop: unknown) => readonly unknown[];

/** What `raw_rnn` gives for outputs: `stack()` joins the steps. */
export class Emitted {
  constructor(
    private readonly _steps: GraphTensor,
    readonly dtype: unknown,
  ) {}
  stack(): GraphTensor {
    return this._steps;
  }
  read(index: unknown): GraphTensor {
    return node(get_default_graph(), "GatherV2", [this._steps, index, 0], {}, "TensorArrayReadV3");
  }
  size(): GraphTensor {
    const g = get_default_graph();
    return node(
      g,
      "StridedSlice",
      [node(g, "Shape", [this._steps]), [0], [1], [1]],
      { shrink_axis_mask: 1 },
      "TensorArraySizeV3",
    );
  }
}

const where = (g: Graph, done: GraphTensor, a: unknown, b: unknown): GraphTensor => {
  const rank = (b as GraphTensor)._dims?.length ?? 0;
  const mask = rank > 1 ? node(g, "Reshape", [done, [-1, ...Array<number>(rank - 1).fill(1)]]) : done;
  return rank === 0 ? (b as GraphTensor) : node(g, "SelectV2", [mask, a, b], {}, "Select");
};

/** Rows that are finished emit zeros and keep their state; the loop ends when all are. */
export function rawLoop(cell: RNNCellImpl, loop_fn: LoopFn): Tuple<unknown> {
  const g = get_default_graph();
  const zero = toGraphTensor(g, 0, undefined, "time");
  const [finished, input, state, emit, loop] = loop_fn(zero, null, null, null);
  const start = nest.flatten(state).map((s) => toGraphTensor(g, s));
  const inputs = nest.flatten(input).map((x) => toGraphTensor(g, x));
  const loops = loop === null || loop === undefined ? [] : nest.flatten(loop).map((x) => toGraphTensor(g, x));
  const batch = node(
    g,
    "StridedSlice",
    [node(g, "Shape", [inputs[0]!]), [0], [1], [1]],
    { shrink_axis_mask: 1 },
    "strided_slice",
  );
  const like = emit ?? Number(cell.output_size);
  const sizes = nest.flatten(like);
  const dtype = inputs[0]!.dtype;
  const rows = sizes.map((s) => {
    const t = s as GraphTensor;
    const dims = typeof s === "number" ? [s] : (t._dims as number[]);
    if (!dims) throw new ValueError("The shape of what is emitted must be known.");
    const empty = node(g, "Fill", [
      [0, batch, ...dims],
      toGraphTensor(g, 0, typeof s === "number" ? dtype : t.dtype),
    ]);
    empty.set_shape([null, null, ...dims]);
    return { empty, dims };
  });
  const n = { states: start.length, inputs: inputs.length, emits: rows.length };
  const done = toGraphTensor(g, finished);
  const out = g.scoped("while", (scope) =>
    addLoop(
      g,
      [zero, done, ...inputs, ...start, ...rows.map((r) => r.empty), ...loops],
      ([, f]) =>
        node(get_default_graph(), "LogicalNot", [
          node(get_default_graph(), "All", [f, Array.from({ length: done._dims?.length ?? 1 }, (_, i) => i)]),
        ]),
      (vars) => {
        const inner = get_default_graph();
        const [time, f] = vars as readonly [GraphTensor, GraphTensor];
        let at = 2;
        const take = (k: number): GraphTensor[] => vars.slice(at, (at += k));
        const x = nest.pack(input, take(n.inputs));
        const before = take(n.states);
        const emitted = take(n.emits);
        const own = loops.length > 0 ? nest.pack(loop, take(loops.length)) : null;
        const [y, next] = cell(x, nest.pack(state, before)) as readonly unknown[];
        const t = node(inner, "AddV2", [time, 1], {}, "add");
        const [f2, x2, s2, e2, l2] = loop_fn(t, y, next, own);
        const nextStates = nest.flatten(s2).map((s, i) => where(inner, f, before[i], s));
        const pieces = nest.flatten(e2 ?? y).map((e, i) => {
          const kept = where(inner, f, node(inner, "ZerosLike", [e]), e);
          const row = node(inner, "ExpandDims", [kept, 0]);
          const joined = node(inner, "ConcatV2", [[emitted[i], row], 0], {}, "concat");
          joined.set_shape(emitted[i]!._dims);
          return joined;
        });
        return [
          t,
          node(inner, "LogicalOr", [f, f2]),
          ...nest.flatten(x2),
          ...nextStates,
          ...pieces,
          ...(l2 === null || l2 === undefined ? [] : nest.flatten(l2)),
        ];
      },
      scope,
      {
        invariants: [
          undefined,
          null,
          ...inputs.map(() => undefined),
          ...start.map(() => undefined),
          ...rows.map((r) => [null, null, ...r.dims]),
          ...loops.map(() => null),
        ],
      },
    ),
  );
  const last = nest.pack(state, out.slice(2 + n.inputs, 2 + n.inputs + n.states));
  const steps = out.slice(2 + n.inputs + n.states, 2 + n.inputs + n.states + n.emits);
  const emits = nest.pack(
    like,
    steps.map((s) => new Emitted(s, s.dtype)),
  );
  const rest = loops.length > 0 ? nest.pack(loop, out.slice(2 + n.inputs + n.states + n.emits)) : null;
  return Tuple.of_([emits, last, rest]);
}
