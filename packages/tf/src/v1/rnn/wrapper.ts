import { TypeError } from "@cognate/py";
import { get_default_graph, inDefault } from "../../graph/current.js";
import { RNNCellImpl, type StateSize } from "./cell.js";

/** Cells around one other cell. */
export abstract class Wrapper extends RNNCellImpl {
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
