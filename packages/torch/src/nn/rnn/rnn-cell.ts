import { ops } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { callMany, type Value } from "@cognate/tensor";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import { CellBase } from "./cell-base.js";

const LAYOUT = {
  weight_ih: ["hidden_size", "input_size"],
  weight_hh: ["hidden_size", "hidden_size"],
  bias_ih: ["hidden_size"],
  bias_hh: ["hidden_size"],
};

class RNNCellImpl extends CellBase {
  override nonlinearity: string;

  constructor(
    input_size: number,
    hidden_size: number,
    bias = true,
    nonlinearity = "tanh",
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super(LAYOUT, { input_size, hidden_size, bias, device, dtype });
    this.nonlinearity = nonlinearity;
  }
  override get _names(): readonly string[] {
    return [this.nonlinearity === "tanh" ? "TanhBackward0" : "ReluBackward0"];
  }
  override _get_cell_name(): string {
    return "RNNCell";
  }
  override _run(x: Value, [h]: readonly Value[]): readonly Value[] {
    const { weight_ih, weight_hh, bias_ih, bias_hh, nonlinearity } = this;
    if (nonlinearity !== "tanh" && nonlinearity !== "relu")
      throw new RuntimeError(`Unknown nonlinearity: ${nonlinearity}`);
    const inputs = [
      x,
      h!,
      weight_ih._value,
      weight_hh._value,
      bias_ih?._value ?? null,
      bias_hh?._value ?? null,
      null,
    ];
    return [callMany(ops.rnn, inputs, { activation: nonlinearity })[1]!];
  }
  override forward(input: Tensor, hx: Tensor | null = null): Tensor {
    return this._step(input, hx && [hx])[0]!;
  }
}

interface RNNCellImpl {
  (input: Tensor, hx?: Tensor | null | { hx?: Tensor | null }): Tensor;
}

/**
 * `torch.nn.RNNCell`: one step of {@link RNN}: `[batch, input]` and the state `[batch, hidden]` give the next state.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const cell = torch.nn.RNNCell(3, 4, { nonlinearity: "relu" });
 * print(cell, cell(torch.zeros(2, 3)).shape); // prints RNNCell(3, 4, nonlinearity=relu) torch.Size([2, 4])
 * ```
 */
export const RNNCell = moduleClass(
  "rnn.RNNCell",
  "input_size hidden_size bias nonlinearity device dtype",
  RNNCellImpl,
  "input hx",
);
export type RNNCell = RNNCellImpl;
