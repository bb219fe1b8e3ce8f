import { ops } from "@cognate/kernel";
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

/** The gates of stacked weights in order: reset, update, new. */
export const GRU_GATES = "rzn";
/** Each name is followed by `_l{layer}`, and by `_reverse` for the second direction. */
const LAYOUT = {
  weight_ih: ["3*hidden_size", "input_size"],
  weight_hh: ["3*hidden_size", "hidden_size"],
  bias_ih: ["3*hidden_size"],
  bias_hh: ["3*hidden_size"],
};

class GRUImpl extends RNNBase {
  constructor(
    input_size: number,
    hidden_size: number,
    num_layers = 1,
    bias = true,
    batch_first = false,
    dropout = 0,
    bidirectional = false,
    device: unknown = null,
    dtype: DTypeLike | null = null,
    proj_size?: number,
  ) {
    refuseProjection(proj_size);
    super("GRU", LAYOUT, {
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
  }

  override get _state_sizes(): readonly number[] {
    return [this.hidden_size];
  }
  override _inputRank(rank: number): string {
    return `GRU: Expected input to be 2D or 3D, got ${rank}D instead`;
  }
  override _stateRanks([hx]: readonly Tensor[], batched: boolean): void {
    checkStateRank(hx!, batched);
  }
  override _run(x: Value, [h]: readonly Value[], w: Weights, walk: Walk): readonly Value[] {
    const params = { ...walk, gates: GRU_GATES, resetAfter: true };
    const [y, hn] = callMany(
      ops.gru,
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

interface GRUImpl {
  (input: Tensor | PackedSequence, hx?: Tensor | null | { hx?: Tensor | null }): OutputAndState;
}

/**
 * `torch.nn.GRU`: gated recurrent units. Per step r = σ(W_ir·x + b_ir + W_hr·h + b_hr), z likewise,
 * n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn)), h′ = (1 − z)·n + z·h.
 *
 * Takes `[steps, batch, input]`, `[batch, steps, input]` with `batch_first`, one sequence `[steps, input]`, or a
 * PackedSequence, and `hx` `[layers·directions, batch, hidden]` (zeros). Gives all outputs `[steps, batch,
 * directions·hidden]` of the last layer, and the final state of every layer and direction.
 *
 * @throws RuntimeError, ValueError for an input or state of another shape
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const gru = torch.nn.GRU(3, 4, { num_layers: 2, bidirectional: true });
 * const [out, h] = gru(torch.zeros(5, 2, 3));
 * print(gru, out.shape, h.shape);
 * // prints GRU(3, 4, num_layers=2, bidirectional=True) torch.Size([5, 2, 8]) torch.Size([4, 2, 4])
 * ```
 */
export const GRU = moduleClass(
  "rnn.GRU",
  "input_size hidden_size num_layers bias batch_first dropout bidirectional device dtype proj_size",
  GRUImpl,
  "input hx",
);
export type GRU = GRUImpl;
