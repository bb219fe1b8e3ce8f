import { ops } from "@cognate/kernel";
import { RuntimeError, Tuple } from "@cognate/py";
import { callMany, type Value } from "@cognate/tensor";
import { type DTypeLike, float32 } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import type { PackedSequence } from "../utils/rnn.js";
import { RNNBase, type Walk, type Weights } from "./rnn-base.js";

/** The gates of stacked weights in order: input, forget, cell, output. */
export const LSTM_GATES = "ifgo";
/** Each name is followed by `_l{layer}`, and by `_reverse` for the second direction. */
const LAYOUT = {
  weight_ih: ["4*hidden_size", "input_size"],
  weight_hh: ["4*hidden_size", "output_size"],
  bias_ih: ["4*hidden_size"],
  bias_hh: ["4*hidden_size"],
  weight_hr: ["output_size", "hidden_size"],
};

/** The states h and c. */
export type States = readonly [Tensor, Tensor];
type StateTuple = Tuple<Tensor> & States;
/** What an LSTM returns: outputs, and the final states. */
export type OutputAndStates = Tuple<unknown> & readonly [Tensor, StateTuple];

class LSTMImpl extends RNNBase {
  constructor(
    input_size: number,
    hidden_size: number,
    num_layers = 1,
    bias = true,
    batch_first = false,
    dropout = 0,
    bidirectional = false,
    proj_size = 0,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super("LSTM", LAYOUT, {
      input_size,
      hidden_size,
      num_layers,
      bias,
      batch_first,
      dropout,
      bidirectional,
      proj_size,
      device,
      dtype,
    });
  }

  override get _state_sizes(): readonly number[] {
    return [this._output_size, this.hidden_size];
  }
  override _inputRank(rank: number): string {
    return `LSTM: Expected input to be 2D or 3D, got ${rank}D instead`;
  }
  override _stateRanks([h, c]: readonly Tensor[], batched: boolean): void {
    const want = batched ? 3 : 2;
    if (h!.ndim !== want || c!.ndim !== want)
      throw new RuntimeError(
        `For ${batched ? "batched" : "unbatched"} ${want}-D input, hx and cx should also be ${want}-D but got (${h!.ndim}-D, ${c!.ndim}-D) tensors`,
      );
  }
  override _outputName(input: Tensor, packed: boolean): string {
    // PyTorch hands float32 without projections to another library.
    const other = input.dtype === float32 && this.proj_size === 0;
    const name = super._outputName(input, packed);
    return other && name === "StackBackward0" ? "MkldnnRnnLayerBackward0" : name;
  }
  override get _transposeName(): string {
    return "TransposeBackward0";
  }
  override _run(x: Value, [h, c]: readonly Value[], w: Weights, walk: Walk): readonly Value[] {
    const inputs = [x, h!, c!, w.weight_ih!, w.weight_hh!, w.bias_ih!, w.bias_hh!, w.weight_hr!, null];
    const [y, hn, cn] = callMany(ops.lstm, inputs, { ...walk, gates: LSTM_GATES });
    return [y!, hn!, cn!];
  }
  override forward(input: Tensor | PackedSequence, hx: States | null = null): OutputAndStates {
    const { output, states } = this._forward(input, hx);
    return Tuple.of_<unknown>([output, Tuple.of_(states)]) as OutputAndStates;
  }
}

interface LSTMImpl {
  (input: Tensor | PackedSequence, hx?: States | null | { hx?: States | null }): OutputAndStates;
}

/**
 * `torch.nn.LSTM`: long short-term memory. Per step i, f, o = σ(W·x + b + W·h + b), g = tanh of its own,
 * c′ = f·c + i·g, h′ = o·tanh(c′), projected by W_hr where `proj_size` is given.
 *
 * Inputs and results are those of {@link GRU}, but the state is the pair (h, c).
 *
 * @param proj_size - the width of h, if it is to be less than hidden_size
 * @throws RuntimeError, ValueError for an input or state of another shape
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const lstm = torch.nn.LSTM(3, 4, { batch_first: true });
 * const [out, [h, c]] = lstm(torch.zeros(2, 5, 3));
 * print(out.shape, h.shape, c.shape); // prints torch.Size([2, 5, 4]) torch.Size([1, 2, 4]) torch.Size([1, 2, 4])
 * ```
 */
export const LSTM = moduleClass(
  "rnn.LSTM",
  "input_size hidden_size num_layers bias batch_first dropout bidirectional proj_size device dtype",
  LSTMImpl,
  "input hx",
);
export type LSTM = LSTMImpl;
