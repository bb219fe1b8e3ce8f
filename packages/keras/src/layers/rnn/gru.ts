import { ops } from "@cognate/kernel";
import { float } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import type { Shape } from "../../backend/shape.js";
import { type Tensor, wrap } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { computeMany } from "../../ops/make.js";
import {
  type Activation,
  type ActivationLike,
  type ConstraintLike,
  type InitializerLike,
  type Layout,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { type CellOptions, gateNamed, RecurrentCell, type States, stateList } from "./recurrent-cell.js";
import { RNN_CALL, RNN_CONFIG, type RNNOptions } from "./rnn.js";
import { fromCell, type Sequence, StockRNN } from "./stock-rnn.js";

/** Order of the gates in the weights: update, reset, candidate. */
const GATES = "zrh";

const LAYOUT: Layout = {
  kernel: { shape: ["input", "3*units"] },
  recurrent_kernel: { shape: ["units", "3*units"], prefix: "recurrent" },
  // With reset_after one row for the inputs and one for the states.
  bias: { shape: ["...rows", "3*units"], when: "use_bias" },
};

export class GRUCellImpl extends RecurrentCell {
  declare readonly recurrent_activation: Activation;
  declare readonly reset_after: boolean;
  declare readonly implementation: number;

  constructor(
    units: number,
    activation: ActivationLike = "tanh",
    recurrent_activation: ActivationLike = "sigmoid",
    use_bias = true,
    kernel_initializer: InitializerLike = "glorot_uniform",
    recurrent_initializer: InitializerLike = "orthogonal",
    bias_initializer: InitializerLike = "zeros",
    kernel_regularizer: RegularizerLike | null = null,
    recurrent_regularizer: RegularizerLike | null = null,
    bias_regularizer: RegularizerLike | null = null,
    kernel_constraint: ConstraintLike | null = null,
    recurrent_constraint: ConstraintLike | null = null,
    bias_constraint: ConstraintLike | null = null,
    dropout: number = float(0),
    recurrent_dropout: number = float(0),
    reset_after = true,
    seed: number | null = null,
    { implementation = 2, ...options }: CellOptions = {},
  ) {
    super(options);
    this._checkUnits(units);
    this._take({
      units,
      activation,
      recurrent_activation,
      use_bias,
      kernel_initializer,
      recurrent_initializer,
      bias_initializer,
      kernel_regularizer,
      recurrent_regularizer,
      bias_regularizer,
      kernel_constraint,
      recurrent_constraint,
      bias_constraint,
      reset_after,
      state_size: units,
      output_size: units,
      implementation: Number(recurrent_dropout) !== 0 ? 1 : implementation,
    });
    this._takeDropout(dropout, recurrent_dropout, seed, this.implementation === 1 ? 3 : null);
  }
  override build(input_shape: Shape): void {
    this._weights(LAYOUT, {
      input: input_shape[input_shape.length - 1]!,
      units: this.units,
      rows: this.reset_after ? [2] : [],
    });
  }
  /** The biases of the inputs' and the states' products. */
  get biases(): [Tensor | null, Tensor | null] {
    if (!this.bias) return [null, null];
    return this.reset_after
      ? [wrap(this.bias._value).at(0), wrap(this.bias._value).at(1)]
      : [wrap(this.bias._value), null];
  }
  override call(inputs: Tensor, states: States, training = false): [Tensor, States] {
    const [h] = stateList(states) as [Tensor];
    const [bx, bh] = this.biases;
    const plus = (x: Tensor, b: Tensor | null | undefined): Tensor => (b ? K.add(x, b) : x);
    const cut = (x: Tensor, axis: number): Tensor[] => K.split(x, 3, axis);
    const xs = this._seen(inputs, 3, false, training);
    const hs = this.implementation === 1 ? this._seen(h, 3, true, training) : [h, h, h];
    const [kernels, recurrent] = [this.kernel, this.recurrent_kernel].map((w) => cut(wrap(w._value), 1));
    const [inputBiases, stateBiases] = [bx, bh].map((b) => (b ? cut(b, 0) : null));
    const at = (gate: string): number => GATES.indexOf(gate);
    const fromInput = (g: number): Tensor => plus(K.matmul(xs[g]!, kernels![g]!), inputBiases?.[g]);
    const fromState = (g: number, s: Tensor): Tensor => plus(K.matmul(s, recurrent![g]!), stateBiases?.[g]);
    const [z, r] = ["z", "r"].map((l) => {
      const g = at(l);
      return this.recurrent_activation(K.add(fromInput(g), fromState(g, hs[g]!)));
    }) as [Tensor, Tensor];
    const g = at("h");
    const inner = this.reset_after
      ? K.multiply(r, fromState(g, hs[g]!))
      : fromState(g, K.multiply(r, hs[g]!));
    const candidate = this.activation(K.add(fromInput(g), inner));
    const y = K.add(K.multiply(z, h), K.multiply(K.subtract(1, z), candidate));
    return [y, Array.isArray(states) ? [y] : y];
  }
}

const CELL =
  "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout reset_after";

/** `keras.layers.GRUCell`: one step h′ = z·h + (1 − z)·g of a gated recurrent unit. */
export const GRUCell = stock(
  "rnn.gru.GRUCell",
  "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout reset_after seed **kwargs",
  GRUCellImpl,
  { call: "inputs states training=false" },
);
export type GRUCell = GRUCellImpl;

export class GRUImpl extends StockRNN<GRUCellImpl> {
  constructor(
    units: number,
    activation: ActivationLike = "tanh",
    recurrent_activation: ActivationLike = "sigmoid",
    use_bias = true,
    kernel_initializer: InitializerLike = "glorot_uniform",
    recurrent_initializer: InitializerLike = "orthogonal",
    bias_initializer: InitializerLike = "zeros",
    kernel_regularizer: RegularizerLike | null = null,
    recurrent_regularizer: RegularizerLike | null = null,
    bias_regularizer: RegularizerLike | null = null,
    activity_regularizer: RegularizerLike | null = null,
    kernel_constraint: ConstraintLike | null = null,
    recurrent_constraint: ConstraintLike | null = null,
    bias_constraint: ConstraintLike | null = null,
    dropout: number = float(0),
    recurrent_dropout: number = float(0),
    seed: number | null = null,
    return_sequences = false,
    return_state = false,
    go_backwards = false,
    stateful = false,
    unroll = false,
    reset_after = true,
    use_cudnn: "auto" | boolean = "auto",
    { implementation = 2, ...options }: RNNOptions & CellOptions = {},
  ) {
    const { dtype = null, trainable = true } = options;
    const cell = new GRUCellImpl(
      units,
      activation,
      recurrent_activation,
      use_bias,
      kernel_initializer,
      recurrent_initializer,
      bias_initializer,
      kernel_regularizer,
      recurrent_regularizer,
      bias_regularizer,
      kernel_constraint,
      recurrent_constraint,
      bias_constraint,
      dropout,
      recurrent_dropout,
      reset_after,
      seed,
      { dtype, trainable, name: "gru_cell", implementation },
    );
    const own = { activity_regularizer, ...options };
    super(cell, return_sequences, return_state, go_backwards, stateful, unroll, own, use_cudnn);
  }
  override _fits(cell: GRUCellImpl): boolean {
    return gateNamed(cell.activation) !== undefined && gateNamed(cell.recurrent_activation) !== undefined;
  }
  override _sequence({ x, states, wx, wh, mask, walk }: Sequence): readonly Value[] {
    const { activation, recurrent_activation, reset_after, biases } = this.cell;
    const [bx, bh] = biases.map((b) => b?._value ?? null);
    const params = {
      ...walk,
      gates: GATES,
      resetAfter: reset_after,
      gate: gateNamed(recurrent_activation)!,
      candidate: gateNamed(activation)!,
    };
    return computeMany(ops.gru, [x, states[0]!, wx, wh, bx!, bh!, mask], params)
      .slice(0, 2)
      .map((t) => t._value);
  }
}
fromCell(GRUImpl, `${CELL} seed`);

/**
 * `keras.layers.GRU`: gated recurrent units over `(batch, steps, input)`, h′ = z·h + (1 − z)·g with z and r from
 * recurrent_activation and g from activation.
 *
 * @param reset_after - r scales what the state's product gave (Cho et al.'s second form); else it scales the state
 */
export const GRU = stock(
  "rnn.gru.GRU",
  "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed return_sequences return_state go_backwards stateful unroll reset_after use_cudnn **kwargs",
  GRUImpl,
  {
    ...RNN_CALL,
    config: `${RNN_CONFIG} ${CELL.replace("bias_regularizer", "bias_regularizer activity_regularizer")} seed`,
  },
);
export type GRU = GRUImpl;
