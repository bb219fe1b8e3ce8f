import { pyClass } from "@cognate/py";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import { constant_initializer, initializerOf, zeros_initializer } from "../initializers.js";
import { activationOf } from "../layers/activations.js";
import { node } from "../random-ops.js";
import {
  add,
  join,
  LSTMStateTuple,
  lastOf,
  module,
  RNNCellImpl,
  type State,
  type StateSize,
} from "./cell.js";

/* Cells that compute: plain ones, GRUs and LSTMs. */

/** Kernel and bias of the cells, in TensorFlow's words. */
const LAYOUT = { kernel: "kernel", bias: "bias", gates: "gates", candidate: "candidate" } as const;

const affine = (g: Graph, x: unknown, kernel: GraphVariable, bias: GraphVariable): GraphTensor =>
  node(g, "BiasAdd", [node(g, "MatMul", [x, kernel]), bias]);
const split = (g: Graph, x: GraphTensor, n: number): GraphTensor[] =>
  g.createOp(
    "Split",
    [toGraphTensor(g, 1, undefined, "split/split_dim"), x],
    { num_split: n },
    "split",
  ) as GraphTensor[];
const sigmoid = (g: Graph, x: unknown): GraphTensor => node(g, "Sigmoid", [x]);
const mul = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "Mul", [a, b]);

class BasicRNN extends RNNCellImpl {
  private _kernel!: GraphVariable;
  private _bias!: GraphVariable;
  constructor(
    readonly _num_units: number,
    readonly _activation: unknown = null,
    reuse: unknown = null,
    name: string | null = null,
    dtype: unknown = null,
  ) {
    super("BasicRNNCell", name, dtype, reuse);
  }
  _kind(): string {
    return "BasicRNNCell";
  }
  get state_size(): number {
    return this._num_units;
  }
  get output_size(): number {
    return this._num_units;
  }
  build(x: GraphTensor): void {
    this._kernel = this.add(LAYOUT.kernel, [lastOf(x) + this._num_units, this._num_units], null, x.dtype);
    this._bias = this.add(LAYOUT.bias, [this._num_units], zeros_initializer(), x.dtype);
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    const g = get_default_graph();
    const out = activationOf(this._activation ?? "tanh")(
      affine(g, join(g, [x, state]), this._kernel, this._bias),
    ) as GraphTensor;
    return [out, out];
  }
}

class GRU extends RNNCellImpl {
  private _gate!: readonly [GraphVariable, GraphVariable];
  private _candidate!: readonly [GraphVariable, GraphVariable];
  constructor(
    readonly _num_units: number,
    readonly _activation: unknown = null,
    reuse: unknown = null,
    readonly _kernel_initializer: unknown = null,
    readonly _bias_initializer: unknown = null,
    name: string | null = null,
    dtype: unknown = null,
  ) {
    super("GRUCell", name, dtype, reuse);
  }
  _kind(): string {
    return "GRUCell";
  }
  get state_size(): number {
    return this._num_units;
  }
  get output_size(): number {
    return this._num_units;
  }
  build(x: GraphTensor): void {
    const u = this._num_units;
    const n = lastOf(x) + u;
    const kernel = initializerOf(this._kernel_initializer);
    const bias = initializerOf(this._bias_initializer);
    this._gate = [
      this.add(`${LAYOUT.gates}/${LAYOUT.kernel}`, [n, 2 * u], kernel, x.dtype),
      this.add(`${LAYOUT.gates}/${LAYOUT.bias}`, [2 * u], bias ?? constant_initializer(1), x.dtype),
    ];
    this._candidate = [
      this.add(`${LAYOUT.candidate}/${LAYOUT.kernel}`, [n, u], kernel, x.dtype),
      this.add(`${LAYOUT.candidate}/${LAYOUT.bias}`, [u], bias ?? zeros_initializer(), x.dtype),
    ];
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    const g = get_default_graph();
    const value = sigmoid(g, affine(g, join(g, [x, state]), ...this._gate));
    const [r, u] = split(g, value, 2);
    const candidate = affine(g, join(g, [x, mul(g, r, state)]), ...this._candidate);
    const c = activationOf(this._activation ?? "tanh")(candidate) as GraphTensor;
    const h = add(g, mul(g, u, state), mul(g, node(g, "Sub", [1, u], {}, "sub"), c));
    return [h, h];
  }
}

class BasicLSTM extends RNNCellImpl {
  private _kernel!: GraphVariable;
  private _bias!: GraphVariable;
  constructor(
    readonly _num_units: number,
    readonly _forget_bias: number = 1,
    readonly _state_is_tuple = true,
    readonly _activation: unknown = null,
    reuse: unknown = null,
    name: string | null = null,
    dtype: unknown = null,
  ) {
    super("BasicLSTMCell", name, dtype, reuse);
  }
  _kind(): string {
    return "BasicLSTMCell";
  }
  get state_size(): StateSize {
    return this._state_is_tuple
      ? LSTMStateTuple(this._num_units as never, this._num_units as never)
      : 2 * this._num_units;
  }
  get output_size(): number {
    return this._num_units;
  }
  build(x: GraphTensor): void {
    const u = this._num_units;
    this._kernel = this.add(LAYOUT.kernel, [lastOf(x) + u, 4 * u], null, x.dtype);
    this._bias = this.add(LAYOUT.bias, [4 * u], zeros_initializer(), x.dtype);
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    const g = get_default_graph();
    const [c, h] = this._state_is_tuple
      ? (state as readonly GraphTensor[])
      : split(g, state as GraphTensor, 2);
    const [i, j, f, o] = split(g, affine(g, join(g, [x, h]), this._kernel, this._bias), 4);
    const act = activationOf(this._activation ?? "tanh");
    const kept = mul(g, c, sigmoid(g, add(g, f, this._forget_bias)));
    const next = add(g, kept, mul(g, sigmoid(g, i), act(j)));
    const out = mul(g, act(next), sigmoid(g, o));
    return [out, this._state_is_tuple ? LSTMStateTuple(next, out) : join(g, [next, out])];
  }
}

class LSTM extends RNNCellImpl {
  private _kernel!: GraphVariable;
  private _bias!: GraphVariable;
  private _peepholes: readonly GraphVariable[] = [];
  private _projection: GraphVariable | null = null;
  constructor(
    readonly _num_units: number,
    readonly _use_peepholes = false,
    readonly _cell_clip: number | null = null,
    readonly _initializer: unknown = null,
    readonly _num_proj: number | null = null,
    readonly _proj_clip: number | null = null,
    _num_unit_shards: unknown = null,
    _num_proj_shards: unknown = null,
    readonly _forget_bias: number = 1,
    readonly _state_is_tuple = true,
    readonly _activation: unknown = null,
    reuse: unknown = null,
    name: string | null = null,
    dtype: unknown = null,
  ) {
    super("LSTMCell", name, dtype, reuse);
  }
  _kind(): string {
    return "LSTMCell";
  }
  get output_size(): number {
    return this._num_proj ?? this._num_units;
  }
  get state_size(): StateSize {
    return this._state_is_tuple
      ? LSTMStateTuple(this._num_units as never, this.output_size as never)
      : this._num_units + this.output_size;
  }
  build(x: GraphTensor): void {
    const u = this._num_units;
    const init = initializerOf(this._initializer);
    this._kernel = this.add(LAYOUT.kernel, [lastOf(x) + this.output_size, 4 * u], init, x.dtype);
    this._bias = this.add(LAYOUT.bias, [4 * u], zeros_initializer({ dtype: x.dtype }), x.dtype);
    if (this._use_peepholes)
      this._peepholes = ["w_f_diag", "w_i_diag", "w_o_diag"].map((n) => this.add(n, [u], init, x.dtype));
    if (this._num_proj !== null)
      this._projection = this.add(`projection/${LAYOUT.kernel}`, [u, this._num_proj], init, x.dtype);
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    const g = get_default_graph();
    const u = this._num_units;
    let c: unknown;
    let m: unknown;
    if (this._state_is_tuple) [c, m] = state as readonly unknown[];
    else {
      c = node(g, "Slice", [state, [0, 0], [-1, u]], {}, "Slice");
      m = node(g, "Slice", [state, [0, u], [-1, this.output_size]], {}, "Slice");
    }
    const [i, j, f, o] = split(g, affine(g, join(g, [x, m]), this._kernel, this._bias), 4);
    const act = activationOf(this._activation ?? "tanh");
    const [wf, wi, wo] = this._peepholes;
    const peep = (gate: unknown, w: GraphVariable | undefined, cell: unknown): unknown =>
      w ? add(g, gate, mul(g, w, cell)) : gate;
    const forget = sigmoid(g, peep(add(g, f, this._forget_bias), wf, c));
    const enter = sigmoid(g, peep(i, wi, c));
    let next: unknown = add(g, mul(g, forget, c), mul(g, enter, act(j)));
    if (this._cell_clip !== null) next = clip(g, next, this._cell_clip);
    let out: unknown = mul(g, sigmoid(g, peep(o, wo, next)), act(next));
    if (this._projection) {
      out = node(g, "MatMul", [out, this._projection]);
      if (this._proj_clip !== null) out = clip(g, out, this._proj_clip);
    }
    return [
      out as GraphTensor,
      this._state_is_tuple ? LSTMStateTuple(next as GraphTensor, out as GraphTensor) : join(g, [next, out]),
    ];
  }
}
const clip = (g: Graph, x: unknown, limit: number): GraphTensor =>
  node(
    g,
    "Maximum",
    [node(g, "Minimum", [x, limit], {}, "clip_by_value/Minimum"), -limit],
    {},
    "clip_by_value",
  );

export const BasicRNNCell = pyClass(
  `${module}.BasicRNNCell`,
  "num_units activation reuse name dtype",
  BasicRNN,
);
export const GRUCell = pyClass(
  `${module}.GRUCell`,
  "num_units activation reuse kernel_initializer bias_initializer name dtype",
  GRU,
);
export const BasicLSTMCell = pyClass(
  `${module}.BasicLSTMCell`,
  "num_units forget_bias state_is_tuple activation reuse name dtype",
  BasicLSTM,
);
export const LSTMCell = pyClass(
  `${module}.LSTMCell`,
  "num_units use_peepholes cell_clip initializer num_proj proj_clip num_unit_shards num_proj_shards forget_bias state_is_tuple activation reuse name dtype",
  LSTM,
);
