import { ops } from "@cognate/kernel";
import { Tuple } from "@cognate/py";
import { callMany, type Value } from "@cognate/tensor";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import { CellBase } from "./cell-base.js";
import { LSTM_GATES, type States } from "./lstm.js";

/** Gates stand in the order of {@link LSTM_GATES}. */
const LAYOUT = {
  weight_ih: ["4*hidden_size", "input_size"],
  weight_hh: ["4*hidden_size", "hidden_size"],
  bias_ih: ["4*hidden_size"],
  bias_hh: ["4*hidden_size"],
};

class LSTMCellImpl extends CellBase {
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
    return ["MulBackward0", "AddBackward0"];
  }
  override _get_cell_name(): string {
    return "LSTMCell";
  }
  override _run(x: Value, [h, c]: readonly Value[]): readonly Value[] {
    const { weight_ih, weight_hh, bias_ih, bias_hh } = this;
    const [bx, bh] = [bias_ih?._value ?? null, bias_hh?._value ?? null];
    const inputs = [x, h!, c!, weight_ih._value, weight_hh._value, bx, bh, null, null];
    const [, hn, cn] = callMany(ops.lstm, inputs, { gates: LSTM_GATES });
    return [hn!, cn!];
  }
  override forward(input: Tensor, hx: States | null = null): Tuple<Tensor> & States {
    return Tuple.of_(this._step(input, hx)) as Tuple<Tensor> & States;
  }
}

interface LSTMCellImpl {
  (input: Tensor, hx?: States | null | { hx?: States | null }): Tuple<Tensor> & States;
}

/** `torch.nn.LSTMCell`: one step of {@link LSTM}: `[batch, input]` and the states (h, c) give the next ones. */
export const LSTMCell = moduleClass(
  "rnn.LSTMCell",
  "input_size hidden_size bias device dtype",
  LSTMCellImpl,
  "input hx",
);
export type LSTMCell = LSTMCellImpl;
