import { fastGru, fastGruGrad, type GruCall } from "../../wasm/kernels/gru.js";
import type { OpRow, Rows } from "../row.js";
import type { Value } from "../value.js";
import type { GateActivation } from "./activations.js";
import { type Kind, recurrent, recurrentGrad } from "./fused.js";
import { block, linear, rowsOf } from "./parts.js";
import type { RecurrentParams } from "./sequence.js";

/** One gate: its columns of what comes from the input, and what the state adds. */
interface Part {
  of(gates: Value): Value;
  fed(state: Value): Value;
}

export interface GruParams extends RecurrentParams {
  /** Order of the gates in stacked weights: reset, update (z), candidate (n or h). */
  readonly gates: string;
  /** The reset gate scales wh·h + bh of the candidate; else it scales h before that product. */
  readonly resetAfter: boolean;
  /** Function of the two gates; sigmoid if left out. */
  readonly gate?: GateActivation;
  /** Function of the candidate; tanh if left out. */
  readonly candidate?: GateActivation;
}

const GRU: Kind<GruParams> = {
  name: "gru",
  states: ["h"],
  more: [],
  gates: ["r", "z", "n"],
  oneBias: false,
  functions: ({ gate = "sigmoid", candidate = "tanh" }) => [gate, candidate],
  step: ({ wh, bh }, [gate, candidate], at, { resetAfter }) => {
    const hidden = wh.shape[0]! / 3;
    const [r, z, n] = [at.r, at.z, at.n].map((b): Part => {
      const weights = rowsOf(wh, b! * hidden, hidden);
      const bias = bh ? rowsOf(bh, b! * hidden, hidden) : null;
      return {
        of: (gates) => block(gates, b!, hidden),
        fed: (state) => linear(state, weights, bias),
      };
    }) as [Part, Part, Part];
    return (gates, [state]) => {
      const h = state!;
      const [reset, update] = [r, z].map((part) => gate!(part.of(gates).add(part.fed(h)))) as [Value, Value];
      const inner = resetAfter ? reset.mul(n.fed(h)) : n.fed(reset.mul(h));
      const next = candidate!(n.of(gates).add(inner));
      return [update.rsub(1).mul(next).add(update.mul(h))];
    };
  },
  fast: (call, bx, bh) => fastGru(call as unknown as GruCall, bx, bh),
  fastGrad: (call, [gy, ghn], reserve) => fastGruGrad(call as unknown as GruCall, gy!, ghn!, reserve),
  uses: (): Rows => [gruGrad],
  samples: [
    {
      inputs: [[3, 2, 2], [2, 2], [6, 2], [6, 2], [6], [6], null],
      params: { gates: "rzn", resetAfter: true },
    },
    {
      inputs: [[3, 1], [2, 2], [6, 1], [6, 2], [6], [6], null],
      params: { gates: "zrh", resetAfter: false, batchSizes: [2, 1], reverse: true },
    },
    {
      inputs: [
        [3, 2, 1],
        [2, 2],
        [6, 1],
        [6, 2],
        [6],
        null,
        { shape: [3, 2], values: [0, 1, 1, 0, 0, 1], dtype: "bool" },
      ],
      params: { gates: "zrn", resetAfter: true, gate: "hardSigmoid5" },
    },
  ],
  source: "Cho et al., Learning phrase representations using RNN encoder-decoder, 2014",
};

/**
 * Gated recurrent units over a whole sequence: h′ = (1 − z)·n + z·h with n = tanh(wx·x + bx + r·(wh·h + bh)) when the reset
 * comes after the product, n = tanh(wx·x + bx + wh·(r·h) + bh) when it comes before. All outputs and the final state.
 *
 * wx is `[3·hidden, input]`, wh `[3·hidden, hidden]`, h `[batch, hidden]`, the mask (true where a step counts)
 * `[steps, batch]`.
 */
export const gru: OpRow<GruParams> = recurrent(GRU);

/** Gradients of {@link gru}: of x, h, wx, wh, bx and bh. */
export const gruGrad: OpRow<GruParams> = recurrentGrad(GRU);
