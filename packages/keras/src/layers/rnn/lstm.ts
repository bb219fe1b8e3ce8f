import { ops } from "@cognate/kernel";
import { float } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
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

/** Order of the gates in the weights: input, forget, candidate, output. */
const GATES = "ifco";

const LAYOUT: Layout = {
  kernel: { shape: ["input", "4*units"] },
  recurrent_kernel: { shape: ["units", "4*units"], prefix: "recurrent" },
  bias: { shape: ["4*units"], when: "use_bias", prefix: "gate_bias" },
};

export class LSTMCellImpl extends RecurrentCell {
  declare readonly recurrent_activation: Activation;
  declare readonly unit_forget_bias: boolean;
  declare readonly implementation: number;

  constructor(
    units: number,
    activation: ActivationLike = "tanh",
    recurrent_activation: ActivationLike = "sigmoid",
    use_bias = true,
    kernel_initializer: InitializerLike = "glorot_uniform",
    recurrent_initializer: InitializerLike = "orthogonal",
    bias_initializer: InitializerLike = "zeros",
    unit_forget_bias = true,
    kernel_regularizer: RegularizerLike | null = null,
    recurrent_regularizer: RegularizerLike | null = null,
    bias_regularizer: RegularizerLike | null = null,
    kernel_constraint: ConstraintLike | null = null,
    recurrent_constraint: ConstraintLike | null = null,
    bias_constraint: ConstraintLike | null = null,
    dropout: number = float(0),
    recurrent_dropout: number = float(0),
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
      unit_forget_bias,
      state_size: [units, units],
      output_size: units,
      implementation: Number(recurrent_dropout) !== 0 ? 1 : implementation,
    });
    this._takeDropout(dropout, recurrent_dropout, seed, this.implementation === 1 ? 4 : null);
  }
  override build(input_shape: Shape): void {
    const {
      units,
      bias_initializer: zeros,
      bias_regularizer,
      bias_constraint,
    } = this as unknown as {
      units: number;
      bias_initializer: (shape: Shape, dtype: string) => Tensor;
      bias_regularizer: unknown;
      bias_constraint: unknown;
    };
    // The forget gates start open (Jozefowicz et al., 2015).
    const open = (_: Shape, dtype: string): Tensor =>
      K.concatenate([zeros([units], dtype), K.ones([units], dtype), zeros([2 * units], dtype)]);
    this._take({
      gate_bias_initializer: this.unit_forget_bias ? open : zeros,
      gate_bias_regularizer: bias_regularizer,
      gate_bias_constraint: bias_constraint,
    });
    this._weights(LAYOUT, { input: input_shape[input_shape.length - 1]!, units });
  }
  override call(inputs: Tensor, states: States, training = false): [Tensor, States] {
    const [h, c] = stateList(states) as [Tensor, Tensor];
    let z: Tensor[];
    if (this.implementation === 1) {
      const xs = this._seen(inputs, 4, false, training);
      const hs = this._seen(h, 4, true, training);
      const kernels = K.split(this.kernel, 4, 1);
      const recurrent = K.split(this.recurrent_kernel, 4, 1);
      const biases = this.bias ? K.split(this.bias, 4, 0) : null;
      z = xs.map((x, i) => {
        const own = K.matmul(x, kernels[i]!);
        return K.add(biases ? K.add(own, biases[i]!) : own, K.matmul(hs[i]!, recurrent[i]!));
      });
    } else {
      const [x] = this._seen(inputs, 1, false, training);
      let all = K.add(K.matmul(x!, this.kernel), K.matmul(h, this.recurrent_kernel));
      if (this.bias) all = K.add(all, this.bias);
      z = K.split(all, 4, 1);
    }
    const of = (gate: string): Tensor => z[GATES.indexOf(gate)]!;
    const sigma = this.recurrent_activation;
    const candidate = K.multiply(sigma(of("i")), this.activation(of("c")));
    const next = K.add(K.multiply(sigma(of("f")), c), candidate);
    const y = K.multiply(sigma(of("o")), this.activation(next));
    return [y, [y, next]];
  }
}

const BIAS =
  "kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout";
const CELL =
  "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer unit_forget_bias";

/** `keras.layers.LSTMCell`: one step c′ = f·c + i·g, h′ = o·activation(c′) of a long short-term memory. */
export const LSTMCell = stock(
  "rnn.lstm.LSTMCell",
  "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer unit_forget_bias kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed **kwargs",
  LSTMCellImpl,
  {
    call: "inputs states training=false",
    config: `units activation recurrent_activation use_bias unit_forget_bias kernel_initializer recurrent_initializer bias_initializer ${BIAS} seed`,
  },
);
export type LSTMCell = LSTMCellImpl;

export class LSTMImpl extends StockRNN<LSTMCellImpl> {
  constructor(
    units: number,
    activation: ActivationLike = "tanh",
    recurrent_activation: ActivationLike = "sigmoid",
    use_bias = true,
    kernel_initializer: InitializerLike = "glorot_uniform",
    recurrent_initializer: InitializerLike = "orthogonal",
    bias_initializer: InitializerLike = "zeros",
    unit_forget_bias = true,
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
    use_cudnn: "auto" | boolean = "auto",
    { implementation = 2, ...options }: RNNOptions & CellOptions = {},
  ) {
    const { dtype = null, trainable = true } = options;
    const cell = new LSTMCellImpl(
      units,
      activation,
      recurrent_activation,
      use_bias,
      kernel_initializer,
      recurrent_initializer,
      bias_initializer,
      unit_forget_bias,
      kernel_regularizer,
      recurrent_regularizer,
      bias_regularizer,
      kernel_constraint,
      recurrent_constraint,
      bias_constraint,
      dropout,
      recurrent_dropout,
      seed,
      { dtype, trainable, name: "lstm_cell", implementation },
    );
    const own = { activity_regularizer, ...options };
    super(cell, return_sequences, return_state, go_backwards, stateful, unroll, own, use_cudnn);
  }
  override _fits(cell: LSTMCellImpl): boolean {
    return gateNamed(cell.activation) !== undefined && gateNamed(cell.recurrent_activation) !== undefined;
  }
  override _sequence({ x, states, wx, wh, mask, walk }: Sequence): readonly Value[] {
    const { bias, activation, recurrent_activation } = this.cell;
    const [h, c] = states as [Value, Value];
    const params = {
      ...walk,
      gates: GATES,
      gate: gateNamed(recurrent_activation)!,
      candidate: gateNamed(activation)!,
    };
    return computeMany(ops.lstm, [x, h, c, wx, wh, bias?._value ?? null, null, null, mask], params)
      .slice(0, 3)
      .map((t) => t._value);
  }
}
fromCell(LSTMImpl, `${CELL} ${BIAS} seed`);

/**
 * `keras.layers.LSTM`: long short-term memory over `(batch, steps, input)`, the gates i, f, o = recurrent_activation(…) and
 * g = activation(…) of x·kernel + h·recurrent_kernel + bias.
 *
 * @param return_state - the final h and c, too: `[output, h, c]`
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const layer = keras.layers.LSTM(4, { return_sequences: true });
 * print(layer(keras.ops.zeros([32, 10, 8])).shape, layer.weights.map((w) => w.path));
 * // prints (32, 10, 4) ['lstm/lstm_cell/kernel', 'lstm/lstm_cell/recurrent_kernel', 'lstm/lstm_cell/bias']
 * ```
 */
export const LSTM = stock(
  "rnn.lstm.LSTM",
  "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer unit_forget_bias kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed return_sequences return_state go_backwards stateful unroll use_cudnn **kwargs",
  LSTMImpl,
  {
    ...RNN_CALL,
    config: `${RNN_CONFIG} ${CELL} ${BIAS.replace("bias_regularizer", "bias_regularizer activity_regularizer")} seed`,
  },
);
export type LSTM = LSTMImpl;
