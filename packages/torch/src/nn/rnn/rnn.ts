import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { callMany, type Value } from "@cognate/tensor";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import type { PackedSequence } from "../utils/rnn.js";
import {
  checkStateRank,
  type OutputAndState,
  outputAndState,
  RNNBase,
  refuseProjection,
  type Walk,
  type Weights,
} from "./rnn-base.js";

/** Each name is followed by `_l{layer}`, and by `_reverse` for the second direction. */
const LAYOUT = {
  weight_ih: ["hidden_size", "input_size"],
  weight_hh: ["hidden_size", "hidden_size"],
  bias_ih: ["hidden_size"],
  bias_hh: ["hidden_size"],
};

type Nonlinearity = "tanh" | "relu";

class RNNImpl extends RNNBase {
  nonlinearity: Nonlinearity;

  constructor(
    input_size: number,
    hidden_size: number,
    num_layers = 1,
    nonlinearity: Nonlinearity = "tanh",
    bias = true,
    batch_first = false,
    dropout = 0,
    bidirectional = false,
    device: unknown = null,
    dtype: DTypeLike | null = null,
    proj_size?: number,
  ) {
    refuseProjection(proj_size);
    if (nonlinearity !== "tanh" && nonlinearity !== "relu")
      throw new ValueError(`Unknown nonlinearity '${String(nonlinearity)}'. Select from 'tanh' or 'relu'.`);
    super(nonlinearity === "tanh" ? "RNN_TANH" : "RNN_RELU", LAYOUT, {
      input_size,
      hidden_size,
      num_layers,
      bias,
      batch_first,
      dropout,
      bidirectional,
      proj_size: 0,
      device,
      dtype,
    });
    this.nonlinearity = nonlinearity;
  }

  override get _state_sizes(): readonly number[] {
    return [this.hidden_size];
  }
  override _inputRank(rank: number): string {
    return `RNN: Expected input to be 2D or 3D, got ${rank}D tensor instead`;
  }
  override _stateRanks([hx]: readonly Tensor[], batched: boolean): void {
    checkStateRank(hx!, batched);
  }
  override _run(x: Value, [h]: readonly Value[], w: Weights, walk: Walk): readonly Value[] {
    const params = { ...walk, activation: this.nonlinearity };
    const [y, hn] = callMany(
      ops.rnn,
      [x, h!, w.weight_ih!, w.weight_hh!, w.bias_ih!, w.bias_hh!, null],
      params,
    );
    return [y!, hn!];
  }
  override forward(input: Tensor | PackedSequence, hx: Tensor | null = null): OutputAndState {
    const { output, states } = this._forward(input, hx && [hx]);
    return outputAndState(output, states[0]!);
  }
}

interface RNNImpl {
  (input: Tensor | PackedSequence, hx?: Tensor | null | { hx?: Tensor | null }): OutputAndState;
}

/**
 * `torch.nn.RNN`: h′ = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or relu of it. Inputs and results are those of {@link GRU}.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const [out, h] = torch.nn.RNN(3, 4, { batch_first: true })(torch.zeros(2, 5, 3));
 * print(out.shape, h.shape); // prints torch.Size([2, 5, 4]) torch.Size([1, 2, 4])
 * ```
 */
export const RNN = moduleClass(
  "rnn.RNN",
  "input_size hidden_size num_layers nonlinearity bias batch_first dropout bidirectional device dtype proj_size",
  RNNImpl,
  "input hx",
);
export type RNN = RNNImpl;
