import { fastLstm, fastLstmGrad, type LstmCall } from "../../wasm/kernels/lstm.js";
import type { OpRow, Rows } from "../row.js";
import type { GateActivation } from "./activations.js";
import { type Kind, recurrent, recurrentGrad } from "./fused.js";
import { block, linear } from "./parts.js";
import type { RecurrentParams } from "./sequence.js";

export interface LstmParams extends RecurrentParams {
  /** Order of the gates in stacked weights: input, forget, candidate (g or c), output. */
  readonly gates: string;
  /** Function of the three gates; sigmoid if left out. */
  readonly gate?: GateActivation;
  /** Function of the candidate; tanh if left out. */
  readonly candidate?: GateActivation;
  /** Function of the cell in the output; the candidate's if left out. */
  readonly output?: GateActivation;
}

const LSTM: Kind<LstmParams> = {
  name: "lstm",
  states: ["h", "c"],
  more: ["wp"],
  gates: ["i", "f", "g", "o"],
  oneBias: true,
  functions: ({ gate = "sigmoid", candidate = "tanh", output = candidate }) => [gate, candidate, output],
  step: ({ wh, bh, wp }, [gate, candidate, output], at) => {
    const hidden = wh.shape[0]! / 4;
    return (gates, [h, c]) => {
      const all = gates.add(linear(h!, wh, bh!));
      const [i, f, o] = [at.i, at.f, at.o].map((b) => gate!(block(all, b!, hidden)));
      const next = f!.mul(c!).add(i!.mul(candidate!(block(all, at.g!, hidden))));
      const shown = o!.mul(output!(next));
      return [wp ? linear(shown, wp, null) : shown, next];
    };
  },
  fast: (call, bx, bh) => fastLstm(call as unknown as LstmCall, bx, bh),
  fastGrad: (call, [gy, ghn, gcn], reserve) =>
    fastLstmGrad(call as unknown as LstmCall, gy!, ghn!, gcn!, reserve),
  uses: (): Rows => [lstmGrad],
  samples: [
    {
      inputs: [[3, 2, 2], [2, 2], [2, 2], [8, 2], [8, 2], [8], [8], null, null],
      params: { gates: "ifgo" },
    },
    {
      inputs: [[3, 1], [2, 1], [2, 2], [8, 1], [8, 1], [8], null, [1, 2], null],
      params: { gates: "ifco", batchSizes: [2, 1], reverse: true },
    },
    {
      inputs: [
        [3, 2, 1],
        [2, 1],
        [2, 1],
        [4, 1],
        [4, 1],
        null,
        null,
        null,
        { shape: [3, 2], values: [0, 1, 1, 0, 0, 1], dtype: "bool" },
      ],
      params: { gates: "oigf", zeroOutput: true, gate: "hardSigmoid", candidate: "softsign" },
    },
  ],
  source: "Hochreiter and Schmidhuber, Long short-term memory, 1997; Gers et al., Learning to forget, 2000",
};

/**
 * Long short-term memory over a whole sequence: c′ = f·c + i·g, h′ = o·tanh(c′), or wp·(o·tanh(c′)) with a projection, where
 * i, f, g, o come from wx·x + bx + wh·h + bh. Gives all outputs and the final states.
 *
 * wx is `[4·hidden, input]`, wh `[4·hidden, fed]`, h `[batch, fed]`, c `[batch, hidden]`, wp `[fed, hidden]`; the mask (true
 * where a step counts) `[steps, batch]`.
 */
export const lstm: OpRow<LstmParams> = recurrent(LSTM);

/** Gradients of {@link lstm}: of x, h, c, wx, wh, (the same for both) the biases, and wp. */
export const lstmGrad: OpRow<LstmParams> = recurrentGrad(LSTM);
