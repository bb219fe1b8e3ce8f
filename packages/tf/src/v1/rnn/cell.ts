import { Callable, namedTuple, Tuple, ValueError } from "@cognate/py";
import { float32, typeOr } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import type { DType } from "../../shared.js";
import { get_variable } from "../get-variable.js";
import { zeros_initializer } from "../initializers.js";
import { node } from "../random-ops.js";
import { inScope, type VariableScope } from "../variable-scope.js";

/* Cells as such: what one step is, its state and its variables. */

/** `LSTMStateTuple`: the state of an LSTM, cell and output. */
export const LSTMStateTuple = namedTuple<{ c: GraphTensor; h: GraphTensor }>(
  "tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl.LSTMStateTuple",
  ["c", "h"],
);

/** Sizes of a state: a number, a shape, nested tuples of them. */
export type StateSize = unknown;
export type State = unknown;

let uids = new WeakMap<Graph, Map<string, number>>();
/** A name for a layer that none of its kind has in the graph: `basic_lstm_cell`, `basic_lstm_cell_1`. */
export function layerName(base: string): string {
  const g = get_default_graph().root;
  let counts = uids.get(g);
  if (!counts) uids.set(g, (counts = new Map()));
  const n = counts.get(base) ?? 0;
  counts.set(base, n + 1);
  return n === 0 ? base : `${base}_${n}`;
}
export const forgetNames = (): void => {
  uids = new WeakMap();
};

export const snake = (name: string): string =>
  name
    .replace(/(.)([A-Z][a-z0-9]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

/** `tf.nn.rnn_cell.RNNCell`: one step of a recurrent layer, called as `output, state = cell(inputs, state)`. */
export abstract class RNNCellImpl extends Callable {
  readonly name: string;
  readonly _reuse: unknown;
  /** The name that its scope is called after. */
  readonly _base: string;
  protected readonly _dtype: unknown;
  built = false;
  protected _weights: GraphVariable[] = [];
  private _scope: VariableScope | null = null;

  constructor(kind: string, name: string | null = null, dtype: unknown = null, reuse: unknown = null) {
    super();
    this._base = name ?? snake(kind);
    const own = inDefault(() => name ?? layerName(snake(kind)));
    Object.defineProperty(this, "name", { value: own, configurable: true });
    this.name = own;
    this._dtype = dtype;
    this._reuse = reuse;
  }
  /** The class's name in TensorFlow. */
  abstract _kind(): string;
  abstract get state_size(): StateSize;
  abstract get output_size(): StateSize;
  abstract build(inputs: GraphTensor): void;
  abstract call(inputs: GraphTensor, state: State): readonly [GraphTensor, State];

  override __call__(inputs: unknown, state: unknown, scope: unknown = null): Tuple<unknown> {
    return inDefault(() => {
      const g = get_default_graph();
      const x = toGraphTensor(g, inputs);
      const where = (scope as { scope?: unknown } | null)?.scope ?? scope;
      const into = this._scope ?? (where as string | VariableScope | null);
      const run = (): readonly [unknown, unknown] => {
        if (!this.built) {
          this.build(x);
          this.built = true;
        }
        return this.call(x, state);
      };
      if (into === null && !this._opensScope()) return Tuple.of_(run());
      const reuse =
        this._reuse === null || this._reuse === undefined ? {} : { reuse: this._reuse as boolean };
      const known = this._scope !== null;
      const again = known
        ? { auxiliary_name_scope: false, ...(this._weights.length > 0 ? { reuse: true } : {}) }
        : {};
      return inScope(
        into,
        { ...(into === null ? { default_name: this._base } : {}), ...again, ...reuse },
        (s) => {
          this._scope ??= s;
          // Later calls go on in the scope of names of the first.
          return Tuple.of_(known ? g.scoped(s.original_name_scope, run) : run());
        },
      );
    });
  }
  /** Cells that hold others open no scope of their own. */
  protected _opensScope(): boolean {
    return true;
  }
  protected add(
    name: string,
    shape: readonly (number | null)[],
    initializer: unknown,
    dtype: DType,
  ): GraphVariable {
    const v = get_variable(name, [...shape], dtype, initializer) as GraphVariable;
    this._weights.push(v);
    return v;
  }
  get variables(): GraphVariable[] {
    return this._weights;
  }
  get weights(): GraphVariable[] {
    return this.variables;
  }
  get trainable_variables(): GraphVariable[] {
    return this.variables.filter((v) => v.trainable);
  }
  get trainable_weights(): GraphVariable[] {
    return this.trainable_variables;
  }
  get scope_name(): string {
    return this._scope?.name ?? "";
  }
  /** A state of zeros. */
  zero_state(batch_size: unknown, dtype: unknown): unknown {
    return inDefault(() => {
      const g = get_default_graph();
      return g.scoped(`${this._kind()}ZeroState`, () =>
        zeros(g, this.state_size, batch_size, typeOr(dtype as never, float32)),
      );
    });
  }
  get_initial_state(inputs: unknown = null, batch_size: unknown = null, dtype: unknown = null): unknown {
    return this.zero_state(
      batch_size ??
        node(
          get_default_graph(),
          "StridedSlice",
          [node(get_default_graph(), "Shape", [inputs]), [0], [1], [1]],
          { shrink_axis_mask: 1 },
        ),
      dtype ?? (inputs as GraphTensor).dtype,
    );
  }
}
export interface RNNCellImpl {
  (inputs: unknown, state: unknown, scope?: unknown): Tuple<unknown>;
}
function zeros(g: Graph, size: StateSize, batch: unknown, dtype: DType): unknown {
  if (Array.isArray(size) && !isShape(size))
    return nest.sameKind(
      size,
      size.map((s) => zeros(g, s, batch, dtype)),
    );
  const dims = isShape(size) ? [...(size as readonly number[])] : [Number(size)];
  const shape = [batch, ...dims];
  const known = shape.every((d) => typeof d === "number" || d instanceof Number);
  if (known) return zeros_initializer()(shape.map(Number), { dtype });
  const t = node(g, "Fill", [shape, toGraphTensor(g, 0, dtype, "zeros/Const")], {}, "zeros");
  t.set_shape([null, ...dims]);
  return t;
}
const isShape = (x: unknown): boolean =>
  Array.isArray(x) &&
  !(x instanceof Tuple && "_fields" in x) &&
  x.length > 0 &&
  x.every((d) => typeof d === "number") &&
  x.constructor.name !== "Tuple";

export const lastOf = (x: GraphTensor): number => {
  const n = x._dims?.at(-1) ?? null;
  if (n === null) throw new ValueError(`Expected inputs.shape[-1] to be known, saw shape: ${x.shape}`);
  return n;
};

export const join = (g: Graph, parts: readonly unknown[], axis = 1): GraphTensor =>
  node(g, "ConcatV2", [parts, axis], {}, "concat");
export const add = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "AddV2", [a, b], {}, "add");

/** Where the classes of cells are, as their names say. */
export const module = "tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl";
