import { Callable, namedTuple, pyClass, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { float32, typeOr } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import type { DType } from "../../shared.js";
import { get_variable } from "../get-variable.js";
import { constant_initializer, initializerOf, zeros_initializer } from "../initializers.js";
import { activationOf } from "../layers/activations.js";
import { dropout } from "../nn/dropout.js";
import { node } from "../random-ops.js";
import { inScope, type VariableScope } from "../variable-scope.js";

/** `LSTMStateTuple`: the state of an LSTM, cell and output. */
export const LSTMStateTuple = namedTuple<{ c: GraphTensor; h: GraphTensor }>(
  "tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl.LSTMStateTuple",
  ["c", "h"],
);

/** Sizes of a state: a number, a shape, nested tuples of them. */
export type StateSize = unknown;
export type State = unknown;

/** Kernel and bias of the cells, in TensorFlow's words. */
const LAYOUT = { kernel: "kernel", bias: "bias", gates: "gates", candidate: "candidate" } as const;

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

const lastOf = (x: GraphTensor): number => {
  const n = x._dims?.at(-1) ?? null;
  if (n === null) throw new ValueError(`Expected inputs.shape[-1] to be known, saw shape: ${x.shape}`);
  return n;
};

const join = (g: Graph, parts: readonly unknown[], axis = 1): GraphTensor =>
  node(g, "ConcatV2", [parts, axis], {}, "concat");
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
const add = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "AddV2", [a, b], {}, "add");

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

class MultiRNN extends RNNCellImpl {
  readonly _cells: readonly RNNCellImpl[];
  constructor(
    cells: readonly RNNCellImpl[],
    readonly _state_is_tuple = true,
  ) {
    super("MultiRNNCell");
    if (!Array.isArray(cells) || cells.length === 0)
      throw new ValueError("Must specify at least one cell for MultiRNNCell.");
    this._cells = [...cells];
    if (!_state_is_tuple && cells.some((c) => Array.isArray(c.state_size)))
      throw new ValueError(
        `Some cells return tuples of states, but the flag state_is_tuple is not set.  State sizes are: ${repr(cells.map((c) => c.state_size))}`,
      );
  }
  _kind(): string {
    return "MultiRNNCell";
  }
  get state_size(): StateSize {
    return this._state_is_tuple
      ? Tuple.of_(this._cells.map((c) => c.state_size))
      : this._cells.reduce((n, c) => n + Number(c.state_size), 0);
  }
  get output_size(): StateSize {
    return this._cells.at(-1)!.output_size;
  }
  override get variables(): GraphVariable[] {
    return this._cells.flatMap((c) => c.variables);
  }
  build(): void {}
  override zero_state(batch_size: unknown, dtype: unknown): unknown {
    return inDefault(() => {
      const g = get_default_graph();
      return g.scoped("MultiRNNCellZeroState", () =>
        this._state_is_tuple
          ? Tuple.of_(this._cells.map((c) => c.zero_state(batch_size, dtype)))
          : super.zero_state(batch_size, dtype),
      );
    });
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    const g = get_default_graph();
    let at = 0;
    let now: unknown = x;
    const next: unknown[] = [];
    this._cells.forEach((cell, i) => {
      inScope(`cell_${i}`, {}, () => {
        let own: unknown;
        if (this._state_is_tuple) {
          if (!Array.isArray(state))
            throw new ValueError(
              `Expected state to be a tuple of length ${this._cells.length}, but received: ${repr(state)}`,
            );
          own = state[i];
        } else {
          own = node(g, "Slice", [state, [0, at], [-1, Number(cell.state_size)]], {}, "Slice");
          at += Number(cell.state_size);
        }
        const [out, s] = cell(now, own) as readonly unknown[];
        now = out;
        next.push(s);
      });
    });
    return [now as GraphTensor, this._state_is_tuple ? Tuple.of_(next) : join(g, next)];
  }
}

/** Cells around one other cell. */
abstract class Wrapper extends RNNCellImpl {
  constructor(
    kind: string,
    readonly _cell: RNNCellImpl,
  ) {
    super(kind);
    if (typeof _cell !== "function")
      throw new TypeError(
        `The parameter cell must be an instance of RNNCell, but type <class '${typeof _cell}'> was received.`,
      );
  }
  get wrapped_cell(): RNNCellImpl {
    return this._cell;
  }
  get state_size(): StateSize {
    return this._cell.state_size;
  }
  get output_size(): StateSize {
    return this._cell.output_size;
  }
  protected override _opensScope(): boolean {
    return false;
  }
  build(): void {}
  override zero_state(batch_size: unknown, dtype: unknown): unknown {
    return inDefault(() =>
      get_default_graph().scoped(`${this._kind()}ZeroState`, () => this._cell.zero_state(batch_size, dtype)),
    );
  }
}

type Keep = unknown;
const keeps = (p: Keep): boolean => (typeof p === "number" || p instanceof Number ? Number(p) < 1 : true);

class Dropout extends Wrapper {
  private _salt = 0;
  constructor(
    cell: RNNCellImpl,
    readonly _input_keep_prob: Keep = 1,
    readonly _output_keep_prob: Keep = 1,
    readonly _state_keep_prob: Keep = 1,
    _variational_recurrent = false,
    _input_size: unknown = null,
    _dtype: unknown = null,
    readonly _seed: number | null = null,
    readonly _filter: ((state: unknown) => unknown) | null = null,
  ) {
    super("DropoutWrapper", cell);
    for (const [name, p] of [
      ["input", _input_keep_prob],
      ["state", _state_keep_prob],
      ["output", _output_keep_prob],
    ] as const)
      if (typeof p === "number" && !(p > 0 && p <= 1))
        throw new ValueError(`Parameter ${name}_keep_prob must be between 0 and 1: ${p}`);
  }
  _kind(): string {
    return "DropoutWrapper";
  }
  private _drop(x: unknown, keep: Keep, salt: string): GraphTensor {
    const seed = this._seed === null ? null : saltedSeed(this._seed, salt, this._salt++);
    return dropout(x, keep, null, seed) as GraphTensor;
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    const fed = keeps(this._input_keep_prob) ? this._drop(x, this._input_keep_prob, "input") : x;
    let [out, next] = this._cell(fed, state) as readonly unknown[];
    if (keeps(this._state_keep_prob)) {
      const filter =
        this._filter ??
        ((s: unknown) =>
          isLstm(s) ? LSTMStateTuple(false as never, true as never) : nest.map(() => true, s));
      const picked = filter(next);
      next = nest.map(
        (s, p) => (p === true ? this._drop(s, this._state_keep_prob, "state") : s),
        next,
        Array.isArray(next) ? picked : picked,
      );
    }
    if (keeps(this._output_keep_prob)) out = this._drop(out, this._output_keep_prob, "output");
    return [out as GraphTensor, next];
  }
}
const isLstm = (s: unknown): boolean => Array.isArray(s) && "_fields" in s && "c" in s;

/** A seed of its own for each place where values are dropped; TensorFlow takes it from an MD5 sum, this is a plain mix. */
function saltedSeed(seed: number, salt: string, n: number): number {
  let h = seed | 0;
  for (const c of `${salt}${n}`) h = (Math.imul(h, 31) + c.charCodeAt(0)) | 0;
  return h & 0x7fffffff;
}

class Residual extends Wrapper {
  constructor(
    cell: RNNCellImpl,
    readonly _residual_fn: ((inputs: unknown, outputs: unknown) => unknown) | null = null,
  ) {
    super("ResidualWrapper", cell);
  }
  _kind(): string {
    return "ResidualWrapper";
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    const [out, next] = this._cell(x, state) as readonly unknown[];
    const g = get_default_graph();
    const sum = this._residual_fn ? this._residual_fn(x, out) : nest.map((a, b) => add(g, a, b), x, out);
    return [sum as GraphTensor, next];
  }
}

class DeviceAround extends Wrapper {
  constructor(
    cell: RNNCellImpl,
    readonly _device: unknown,
  ) {
    super("DeviceWrapper", cell);
  }
  _kind(): string {
    return "DeviceWrapper";
  }
  call(x: GraphTensor, state: State): readonly [GraphTensor, State] {
    return this._cell(x, state) as unknown as readonly [GraphTensor, State];
  }
}

const module = "tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl";
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
export const MultiRNNCell = pyClass(`${module}.MultiRNNCell`, "cells state_is_tuple", MultiRNN);
export const DropoutWrapper = pyClass(
  `${module}.DropoutWrapper`,
  "cell input_keep_prob output_keep_prob state_keep_prob variational_recurrent input_size dtype seed dropout_state_filter_visitor",
  Dropout,
);
export const ResidualWrapper = pyClass(`${module}.ResidualWrapper`, "cell residual_fn", Residual);
export const DeviceWrapper = pyClass(`${module}.DeviceWrapper`, "cell device", DeviceAround);
/** The class of cells, for `isinstance`. */
export const RNNCell = RNNCellImpl;
