import { ops } from "@cognate/kernel";
import { callMany, type Value } from "@cognate/tensor";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import { CellBase } from "./cell-base.js";
import { GRU_GATES } from "./gru.js";

/** Gates stand in the order of {@link GRU_GATES}. */
const LAYOUT = {
  weight_ih: ["3*hidden_size", "input_size"],
  weight_hh: ["3*hidden_size", "hidden_size"],
  bias_ih: ["3*hidden_size"],
  bias_hh: ["3*hidden_size"],
};

class GRUCellImpl extends CellBase {
  constructor(
    input_size: number,
    hidden_size: number,
    bias = true,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super(LAYOUT, { input_size, hidden_size, bias, device, dtype });
  }
  override get _names(): readonly string[] {
    return ["AddBackward0"];
  }
  override _get_cell_name(): string {
    return "GRUCell";
  }
  override _run(x: Value, [h]: readonly Value[]): readonly Value[] {
    const { weight_ih, weight_hh, bias_ih, bias_hh } = this;
    const inputs = [
      x,
      h!,
      weight_ih._value,
      weight_hh._value,
      bias_ih?._value ?? null,
      bias_hh?._value ?? null,
      null,
    ];
    return [callMany(ops.gru, inputs, { gates: GRU_GATES, resetAfter: true })[1]!];
  }
  override forward(input: Tensor, hx: Tensor | null = null): Tensor {
    return this._step(input, hx && [hx])[0]!;
  }
}

interface GRUCellImpl {
  (input: Tensor, hx?: Tensor | null | { hx?: Tensor | null }): Tensor;
}

/** `torch.nn.GRUCell`: one step of {@link GRU}: `[batch, input]` and the state `[batch, hidden]` give the next state. */
export const GRUCell = moduleClass(
  "rnn.GRUCell",
  "input_size hidden_size bias device dtype",
  GRUCellImpl,
  "input hx",
);
export type GRUCell = GRUCellImpl;
