import { namedTuple, pyClass, TypeError, ValueError } from "@cognate/py";
import { int32, type TypeLike } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { Dense } from "../layers/core.js";
import { node } from "../random-ops.js";
import { RNNCellImpl } from "../rnn/cell.js";
import type { AttentionMechanismImpl } from "./attention.js";

interface WrapperState {
  cell_state: unknown;
  attention: GraphTensor;
  time: GraphTensor;
  alignments: unknown;
  alignment_history: unknown;
  attention_state: unknown;
}
const StateTuple = namedTuple<WrapperState>(
  "tensorflow.contrib.seq2seq.python.ops.attention_wrapper.AttentionWrapperState",
  ["cell_state", "attention", "time", "alignments", "alignment_history", "attention_state"],
);
/** The state of a cell with attention; `clone` gives one with some parts replaced. */
export const AttentionWrapperState = Object.assign(
  (...args: unknown[]) => withClone(StateTuple(...(args as never[]))),
  { _fields: StateTuple._fields },
);
type State = ReturnType<typeof StateTuple> & { clone(parts: Partial<WrapperState>): State };
const FIELDS = [
  "cell_state",
  "attention",
  "time",
  "alignments",
  "alignment_history",
  "attention_state",
] as const;
function withClone(s: ReturnType<typeof StateTuple>): State {
  Object.defineProperty(Object.getPrototypeOf(s) as object, "clone", {
    value(this: WrapperState, parts: Partial<WrapperState>): State {
      return withClone(StateTuple(...(FIELDS.map((f) => parts[f] ?? this[f]) as never[])));
    },
    configurable: true,
    writable: true,
  });
  return s as State;
}
type Layer = (x: unknown) => GraphTensor;
const listed = <T>(x: T | readonly T[]): readonly T[] => (Array.isArray(x) ? (x as readonly T[]) : [x as T]);

/** A cell that sees, besides its input, what it paid attention to the step before. */
class AttentionWrapperImpl extends RNNCellImpl {
  private readonly _mechanisms: readonly AttentionMechanismImpl[];
  private readonly _several: boolean;
  private readonly _layers: readonly (Layer | null)[];
  private readonly _sizes: readonly number[];
  private readonly _inputFn: (inputs: unknown, attention: unknown) => unknown;
  constructor(
    readonly cell: RNNCellImpl,
    attention_mechanism: AttentionMechanismImpl | readonly AttentionMechanismImpl[],
    attention_layer_size: number | readonly (number | null)[] | null = null,
    private readonly _history = false,
    cell_input_fn: ((inputs: unknown, attention: unknown) => unknown) | null = null,
    private readonly _givesAttention = true,
    private readonly _initialCell: unknown = null,
    name: string | null = null,
    attention_layer: Layer | readonly Layer[] | null = null,
  ) {
    super("AttentionWrapper", name);
    this._several = Array.isArray(attention_mechanism);
    this._mechanisms = listed(attention_mechanism);
    if (attention_layer_size !== null && attention_layer !== null)
      throw new ValueError("Only one of attention_layer_size and attention_layer should be set");
    const sizes = attention_layer_size === null ? [] : listed<number | null>(attention_layer_size);
    if (sizes.length > 0 && sizes.length !== this._mechanisms.length)
      throw new ValueError(
        `If provided, attention_layer_size must contain exactly one integer per attention_mechanism, saw: ${sizes.length} vs ${this._mechanisms.length}`,
      );
    const given = attention_layer === null ? [] : listed(attention_layer);
    this._layers = this._mechanisms.map((_m, i) =>
      typeof sizes[i] === "number"
        ? (Dense(sizes[i]!, { name: "attention_layer", use_bias: false }) as unknown as Layer)
        : (given[i] ?? null),
    );
    this._sizes = this._mechanisms.map((m, i) => sizes[i] ?? m.values._dims!.at(-1)!);
    this._inputFn =
      cell_input_fn ??
      ((inputs, attention) => node(get_default_graph(), "ConcatV2", [[inputs, attention], -1]));
    if (typeof this._inputFn !== "function")
      throw new TypeError("cell_input_fn must be callable, saw type: object");
  }
  override _kind(): string {
    return "AttentionWrapper";
  }
  private get _width(): number {
    return this._sizes.reduce((a, b) => a + b, 0);
  }
  private _each<T>(list: readonly T[]): unknown {
    return this._several ? nest.sameKind(list, list) : list[0];
  }
  override get output_size(): unknown {
    return this._givesAttention ? this._width : this.cell.output_size;
  }
  override get state_size(): unknown {
    const sizes = this._each(this._mechanisms.map((m) => m.alignments_size));
    return AttentionWrapperState(this.cell.state_size, this._width, 0, sizes, 0, sizes);
  }
  override zero_state(batch_size: unknown, dtype: unknown): unknown {
    return inDefault(() => {
      const g = get_default_graph();
      return g.scoped("AttentionWrapperZeroState", () => {
        const type = dtype as TypeLike;
        const cell = this._initialCell ?? this.cell.zero_state(batch_size, dtype);
        const attention = node(g, "Fill", [
          node(g, "Pack", [[toGraphTensor(g, batch_size, int32), toGraphTensor(g, this._width, int32)]]),
          toGraphTensor(g, 0, this._mechanisms[0]!.values.dtype),
        ]);
        attention.set_shape([null, this._width]);
        const alignments = this._mechanisms.map((m) => m.initial_alignments(batch_size, type));
        const states = this._mechanisms.map((m) => m.initial_state(batch_size, type));
        const history = this._history
          ? this._mechanisms.map((m) => emptyHistory(m.initial_alignments(batch_size, type)))
          : null;
        return AttentionWrapperState(
          cell,
          attention,
          toGraphTensor(g, 0, int32),
          this._each(alignments),
          history ? this._each(history) : [],
          this._each(states),
        );
      });
    });
  }
  override build(): void {}
  override call(inputs: GraphTensor, state: unknown): readonly [GraphTensor, unknown] {
    const g = get_default_graph();
    const s = state as State;
    const [said, next] = this.cell(this._inputFn(inputs, s.attention), s.cell_state) as unknown as readonly [
      GraphTensor,
      unknown,
    ];
    const states = this._several ? (s.attention_state as readonly unknown[]) : [s.attention_state];
    const found = this._mechanisms.map((m, i) => {
      const [weights, after] = m.align(said, states[i]);
      const context = node(
        g,
        "Squeeze",
        [node(g, "BatchMatMulV2", [node(g, "ExpandDims", [weights, 1]), m.values])],
        { squeeze_dims: [1] },
      );
      const layer = this._layers[i];
      const attention = layer ? layer(node(g, "ConcatV2", [[said, context], 1])) : context;
      return { attention, weights, after };
    });
    const [only] = found;
    const attention =
      found.length === 1 ? only!.attention : node(g, "ConcatV2", [found.map((f) => f.attention), 1]);
    const before = this._several ? (s.alignment_history as readonly unknown[]) : [s.alignment_history];
    const history = this._history
      ? this._each(
          found.map((f, i) => (before[i] instanceof History ? before[i].with(f.weights) : f.weights)),
        )
      : [];
    const following = AttentionWrapperState(
      next,
      attention,
      node(g, "AddV2", [s.time, 1]),
      this._each(found.map((f) => f.weights)),
      history,
      this._each(found.map((f) => f.after)),
    );
    return [this._givesAttention ? attention : said, following];
  }
}
/** Weights of all steps so far, [steps, batch, memory]; `stack()` gives them. */
class History {
  constructor(readonly flow: GraphTensor) {}
  _withFlow(flow: unknown): History {
    return new History(flow as GraphTensor);
  }
  with(weights: GraphTensor): History {
    const g = get_default_graph();
    const all = node(g, "ConcatV2", [[this.flow, node(g, "ExpandDims", [weights, 0])], 0]);
    return new History(all);
  }
  stack(): GraphTensor {
    return this.flow;
  }
}
function emptyHistory(like: GraphTensor): History {
  const g = get_default_graph();
  const none = node(g, "Slice", [node(g, "ExpandDims", [like, 0]), [0, 0, 0], [0, -1, -1]]);
  return new History(none);
}
export const AttentionWrapper = pyClass(
  "tensorflow.contrib.seq2seq.python.ops.attention_wrapper.AttentionWrapper",
  "cell attention_mechanism attention_layer_size alignment_history cell_input_fn output_attention initial_cell_state name attention_layer",
  AttentionWrapperImpl,
);
