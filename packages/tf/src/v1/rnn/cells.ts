import { pyClass, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { get_default_graph, inDefault } from "../../graph/current.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import { dropout } from "../nn/dropout.js";
import { node } from "../random-ops.js";
import { inScope } from "../variable-scope.js";
import { add, join, LSTMStateTuple, module, RNNCellImpl, type State, type StateSize } from "./cell.js";

export {
  forgetNames,
  LSTMStateTuple,
  layerName,
  RNNCellImpl,
  type State,
  type StateSize,
  snake,
} from "./cell.js";
export { BasicLSTMCell, BasicRNNCell, GRUCell, LSTMCell } from "./recurrent.js";

/* Cells around cells. */

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
