import { fastRnn, fastRnnGrad } from "../../wasm/kernels/rnn.js";
import type { OpRow, Rows } from "../row.js";
import type { GateActivation } from "./activations.js";
import { type Kind, recurrent, recurrentGrad } from "./fused.js";
import { linear } from "./parts.js";
import type { RecurrentParams } from "./sequence.js";

export interface RnnParams extends RecurrentParams {
  readonly activation: GateActivation;
}

const RNN: Kind<RnnParams> = {
  name: "rnn",
  states: ["h"],
  more: [],
  gates: [],
  oneBias: true,
  functions: ({ activation }) => [activation],
  step:
    ({ wh, bh }, [f]) =>
    (gates, [h]) => [f!(gates.add(linear(h!, wh, bh!)))],
  fast: fastRnn,
  fastGrad: (call, [gy, ghn], reserve) => fastRnnGrad(call, gy!, ghn!, reserve),
  uses: (): Rows => [rnnGrad],
  samples: [
    { inputs: [[3, 2, 2], [2, 3], [3, 2], [3, 3], [3], [3], null], params: { activation: "tanh" } },
    {
      inputs: [[5, 2], [3, 2], [2, 2], [2, 2], [2], null, null],
      params: { activation: "tanh", batchSizes: [3, 2], reverse: true },
    },
    {
      inputs: [
        [3, 2, 1],
        [2, 2],
        [2, 1],
        [2, 2],
        null,
        null,
        { shape: [3, 2], values: [0, 1, 1, 0, 0, 1], dtype: "bool" },
      ],
      params: { activation: "softsign" },
    },
  ],
};

/**
 * h′ = f(wx·x + bx + wh·h + bh) over a whole sequence: all outputs and the final state. Weights are `[hidden, input]` and
 * `[hidden, hidden]`, the state `[batch, hidden]`, the mask (true where a step counts) `[steps, batch]`.
 */
export const rnn: OpRow<RnnParams> = recurrent(RNN);

/** Gradients of {@link rnn}: of x, h, wx, wh and (the same for both) the biases. */
export const rnnGrad: OpRow<RnnParams> = recurrentGrad(RNN);
