import { pyClass, repr, Tuple, ValueError } from "@cognate/py";
import { get_default_graph, inDefault } from "../../graph/current.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import { node } from "../random-ops.js";
import { inScope } from "../variable-scope.js";
import { add, join, module, RNNCellImpl, type State, type StateSize } from "./cell.js";
import { Wrapper } from "./wrapper.js";

export {
  forgetNames,
  LSTMStateTuple,
  layerName,
  RNNCellImpl,
  type State,
  type StateSize,
  snake,
} from "./cell.js";
export { DropoutWrapper } from "./dropout-wrapper.js";
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
export const ResidualWrapper = pyClass(`${module}.ResidualWrapper`, "cell residual_fn", Residual);
export const DeviceWrapper = pyClass(`${module}.DeviceWrapper`, "cell device", DeviceAround);
/** The class of cells, for `isinstance`. */
export const RNNCell = RNNCellImpl;
