import { ops } from "@cognate/kernel";
import { float } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { computeMany } from "../../ops/make.js";
import {
  type ActivationLike,
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type Layout,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { gateNamed, RecurrentCell, type States, stateList } from "./recurrent-cell.js";
import { RNN_CALL, RNN_CONFIG, type RNNOptions } from "./rnn.js";
import { fromCell, type Sequence, StockRNN } from "./stock-rnn.js";

const LAYOUT: Layout = {
  kernel: { shape: ["input", "units"] },
  recurrent_kernel: { shape: ["units", "units"], prefix: "recurrent" },
  bias: { shape: ["units"], when: "use_bias" },
};

export class SimpleRNNCellImpl extends RecurrentCell {
  constructor(
    units: number,
    activation: ActivationLike = "tanh",
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
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    super(options);
    this._checkUnits(units);
    // The generator of seeds comes first here: it takes the first number of Python's generator.
    this._takeDropout(dropout, recurrent_dropout, seed, null);
    this._take({
      units,
      activation,
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
      state_size: units,
      output_size: units,
    });
  }
  override build(input_shape: Shape): void {
    this._weights(LAYOUT, { input: input_shape[input_shape.length - 1]!, units: this.units });
  }
  override call(sequence: Tensor, states: States, training = false): [Tensor, States] {
    const [before] = stateList(states);
    const mask = this.get_dropout_mask(sequence) as Tensor | null;
    const recurrentMask = this.get_recurrent_dropout_mask(before!) as Tensor | null;
    const x = training && mask !== null ? K.multiply(sequence, mask) : sequence;
    const h = training && recurrentMask !== null ? K.multiply(before!, recurrentMask) : before!;
    let z = K.matmul(x, this.kernel);
    if (this.bias) z = K.add(z, this.bias);
    const y = this.activation(K.add(z, K.matmul(h, this.recurrent_kernel)));
    return [y, Array.isArray(states) ? [y] : y];
  }
}

/** `keras.layers.SimpleRNNCell`: one step h′ = activation(x·kernel + h·recurrent_kernel + bias). */
export const SimpleRNNCell = stock(
  "rnn.simple_rnn.SimpleRNNCell",
  "units activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed **kwargs",
  SimpleRNNCellImpl,
  { call: "sequence states training=false" },
);
export type SimpleRNNCell = SimpleRNNCellImpl;

export class SimpleRNNImpl extends StockRNN<SimpleRNNCellImpl> {
  constructor(
    units: number,
    activation: ActivationLike = "tanh",
    use_bias = true,
    kernel_initializer: InitializerLike = "glorot_uniform",
    recurrent_initializer: InitializerLike = "orthogonal",
    bias_initializer: InitializerLike = "zeros",
    kernel_regularizer: RegularizerLike | null = null,
    recurrent_regularizer: RegularizerLike | null = null,
    bias_regularizer: RegularizerLike | null = null,
    _activity_regularizer: RegularizerLike | null = null,
    kernel_constraint: ConstraintLike | null = null,
    recurrent_constraint: ConstraintLike | null = null,
    bias_constraint: ConstraintLike | null = null,
    dropout: number = float(0),
    recurrent_dropout: number = float(0),
    return_sequences = false,
    return_state = false,
    go_backwards = false,
    stateful = false,
    unroll = false,
    seed: number | null = null,
    options: RNNOptions = {},
  ) {
    const { dtype = null, trainable = true } = options;
    const cell = new SimpleRNNCellImpl(
      units,
      activation,
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
      seed,
      { dtype, trainable, name: "simple_rnn_cell" },
    );
    // An activity regularizer is taken and dropped, as there.
    super(cell, return_sequences, return_state, go_backwards, stateful, unroll, options);
  }
  override _fits(cell: SimpleRNNCellImpl): boolean {
    return gateNamed(cell.activation) !== undefined;
  }
  override _sequence({ x, states, wx, wh, mask, walk }: Sequence): readonly Value[] {
    const { bias, activation } = this.cell;
    const params = { ...walk, activation: gateNamed(activation)! };
    const inputs = [x, states[0]!, wx, wh, bias?._value ?? null, null, mask];
    return computeMany(ops.rnn, inputs, params)
      .slice(0, 2)
      .map((t) => t._value);
  }
}
const FIELDS =
  "units activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout";
fromCell(SimpleRNNImpl, `${FIELDS} seed`);

/** `keras.layers.SimpleRNN`: h′ = activation(x·kernel + h·recurrent_kernel + bias) over `(batch, steps, input)`. */
export const SimpleRNN = stock(
  "rnn.simple_rnn.SimpleRNN",
  "units activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout return_sequences return_state go_backwards stateful unroll seed **kwargs",
  SimpleRNNImpl,
  {
    ...RNN_CALL,
    config: `${RNN_CONFIG} ${FIELDS.replace("bias_regularizer", "bias_regularizer activity_regularizer")}`,
  },
);
export type SimpleRNN = SimpleRNNImpl;
