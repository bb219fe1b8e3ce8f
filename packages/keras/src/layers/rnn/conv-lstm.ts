import { float, Tuple, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import {
  channelsOf,
  convOutputShape,
  type PerAxis,
  shapeOf,
  spatialOf,
  standardizeDataFormat,
  standardizePadding,
  standardizeTuple,
} from "../arguments.js";
import { InputSpec } from "../input-spec.js";
import {
  type Activation,
  type ActivationLike,
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type Layout,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { DropoutCell, type States, stateList } from "./recurrent-cell.js";
import { RNN_CALL, RNN_CONFIG, RNNImpl, type RNNOptions } from "./rnn.js";
import { fromCell } from "./stock-rnn.js";

/** Order of the gates in the weights: input, forget, candidate, output. */
const GATES = "ifco";

const LAYOUT: Layout = {
  kernel: { shape: ["...kernel_size", "channels", "4*filters"] },
  recurrent_kernel: { shape: ["...kernel_size", "filters", "4*filters"], prefix: "recurrent" },
  bias: { shape: ["4*filters"], when: "use_bias", prefix: "gate_bias" },
};

type CellFields = Readonly<Record<string, unknown>>;

class ConvLSTMCellImpl extends DropoutCell {
  declare kernel: Variable;
  declare recurrent_kernel: Variable;
  declare bias: Variable | null;
  declare readonly filters: number;
  declare readonly kernel_size: Tuple<number>;
  declare readonly strides: Tuple<number>;
  declare readonly padding: string;
  declare readonly data_format: "channels_first" | "channels_last";
  declare readonly dilation_rate: Tuple<number>;
  declare readonly activation: Activation;
  declare readonly recurrent_activation: Activation;
  declare readonly unit_forget_bias: boolean;
  declare _stepShape: Shape;
  readonly state_size = -1;

  constructor(
    readonly rank: number,
    fields: CellFields,
    dropout: number,
    recurrent_dropout: number,
    seed: number | null,
    options: LayerOptions,
  ) {
    super(options);
    this._takeDropout(dropout, recurrent_dropout, seed, 4);
    const { kernel_size, strides, padding, data_format, dilation_rate, ...rest } = fields;
    this._take({
      ...rest,
      kernel_size: standardizeTuple(kernel_size, rank, "kernel_size"),
      strides: standardizeTuple(strides, rank, "strides", true),
      padding: standardizePadding(padding),
      data_format: standardizeDataFormat(data_format as DataFormat),
      dilation_rate: standardizeTuple(dilation_rate, rank, "dilation_rate"),
    });
    if (Math.max(...this.strides) > 1 && Math.max(...this.dilation_rate) > 1)
      throw new ValueError(
        `Specifying \`strides > 1\` is not compatible with \`dilation_rate > 1\`. Please provide \`strides=1\` or \`dilation_rate=1\`. Received: strides=${this.strides} and dilation_rate=${this.dilation_rate}`,
      );
    this.input_spec = InputSpec({ ndim: rank + 2 });
  }
  override build(input_shape: Shape): void {
    const spatial = spatialOf(input_shape, this.data_format);
    if (spatial.includes(null))
      throw new ValueError(
        `ConvLSTM layers only support static input shapes for the spatial dimension. Received invalid input shape: input_shape=${shapeText(input_shape)}`,
      );
    const channels = channelsOf(input_shape, this.data_format);
    if (channels === null)
      throw new ValueError(
        `The channel dimension of the inputs (last axis) should be defined. Found None. Full input shape received: input_shape=${shapeText(input_shape)}`,
      );
    this._take({ _stepShape: input_shape });
    const {
      filters,
      kernel_size,
      bias_initializer: zeros,
      bias_regularizer,
      bias_constraint,
    } = this as unknown as {
      filters: number;
      kernel_size: Tuple<number>;
      bias_initializer: (shape: Shape, dtype: string) => Tensor;
      bias_regularizer: unknown;
      bias_constraint: unknown;
    };
    const open = (_: Shape, dtype: string): Tensor =>
      K.concatenate([zeros([filters], dtype), K.ones([filters], dtype), zeros([2 * filters], dtype)]);
    this._take({
      gate_bias_initializer: this.unit_forget_bias ? open : zeros,
      gate_bias_regularizer: bias_regularizer,
      gate_bias_constraint: bias_constraint,
    });
    this._weights(LAYOUT, { kernel_size, channels, filters });
  }
  override call(inputs: Tensor, states: States, training = false): [Tensor, States] {
    const [h, c] = stateList(states) as [Tensor, Tensor];
    const { rank, strides, padding, data_format, dilation_rate } = this;
    const xs = this._seen(inputs, 4, false, training);
    const hs = this._seen(h, 4, true, training);
    const [kernels, recurrent] = [this.kernel, this.recurrent_kernel].map((w) => K.split(w, 4, rank + 1));
    const biases = this.bias ? K.split(this.bias, 4) : null;
    const ones = new Array<number>(rank).fill(1);
    const wide = data_format === "channels_last" ? [1, ...ones, -1] : [1, -1, ...ones];
    const z = xs.map((x, i) => {
      let own = K.conv(x, kernels![i]!, strides, padding, data_format, dilation_rate);
      if (biases) own = K.add(own, K.reshape(biases[i]!, wide));
      return K.add(own, K.conv(hs[i]!, recurrent![i]!, ones, "same", data_format));
    });
    const of = (gate: string): Tensor => z[GATES.indexOf(gate)]!;
    const sigma = this.recurrent_activation;
    const next = K.add(K.multiply(sigma(of("f")), c), K.multiply(sigma(of("i")), this.activation(of("c"))));
    const y = K.multiply(sigma(of("o")), this.activation(next));
    return [y, [y, next]];
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    const { filters, kernel_size, strides, padding, data_format, dilation_rate } = this;
    return convOutputShape(input_shape, filters, kernel_size, strides, padding, data_format, dilation_rate);
  }
  /** States of zeros, of the shape that a step puts out. */
  get_initial_state(batch_size: number): Tensor[] {
    const { data_format, _stepShape: shape } = this;
    const given = shapeOf(
      batch_size,
      spatialOf(shape, data_format),
      channelsOf(shape, data_format),
      data_format,
    );
    const state = this.compute_output_shape(given);
    return [0, 1].map(() => K.zeros(state, this.compute_dtype));
  }
}

/** The class for a number of axes. */
function convLSTM(rank: number) {
  return class extends RNNImpl {
    declare cell: ConvLSTMCellImpl;

    constructor(
      filters: number,
      kernel_size: PerAxis,
      strides: PerAxis = 1,
      padding = "valid",
      data_format: DataFormat = null,
      dilation_rate: PerAxis = 1,
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
      { zero_output_for_mask = false, unroll = false, ...options }: RNNOptions & { unroll?: boolean } = {},
    ) {
      const { dtype = null } = options;
      const fields = {
        filters,
        kernel_size,
        strides,
        padding,
        data_format,
        dilation_rate,
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
      };
      const cell = new ConvLSTMCellImpl(rank, fields, dropout, recurrent_dropout, seed, {
        dtype,
        name: "conv_lstm_cell",
      });
      super(
        cell as never,
        return_sequences,
        return_state,
        go_backwards,
        stateful,
        unroll,
        zero_output_for_mask,
        { activity_regularizer, ...options },
      );
      this.input_spec = InputSpec({ ndim: rank + 3 });
    }
    override compute_output_shape(sequences_shape: Shape, _initial_state_shape: unknown = null): unknown {
      const [batch, steps, ...rest] = sequences_shape;
      const [, ...state] = this.cell.compute_output_shape([batch!, ...rest]);
      const output = Tuple.of_(this.return_sequences ? [batch!, steps!, ...state] : [batch!, ...state]);
      const states = [0, 1].map(() => Tuple.of_([batch!, ...state]));
      return this.return_state ? [output, ...states] : output;
    }
    override compute_mask(_inputs: unknown, mask: unknown = null): unknown {
      const first = Array.isArray(mask) ? mask[0] : mask;
      const own = this.return_sequences ? (first ?? null) : null;
      return this.return_state ? [own, null, null] : own;
    }
  };
}

const FIELDS =
  "filters kernel_size strides padding data_format dilation_rate activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer unit_forget_bias kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed";
const SIGNATURE =
  "filters kernel_size strides padding data_format dilation_rate activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer unit_forget_bias kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed return_sequences return_state go_backwards stateful **kwargs";

function convLSTMClass(rank: number) {
  const C = convLSTM(rank);
  fromCell(C, FIELDS);
  return stock(`rnn.conv_lstm${rank}d.ConvLSTM${rank}D`, SIGNATURE, C, {
    ...RNN_CALL,
    config: `${RNN_CONFIG} ${FIELDS.replace("bias_regularizer", "bias_regularizer activity_regularizer")}`,
  });
}

/** `keras.layers.ConvLSTM1D`: an LSTM whose products are convolutions along an axis (Shi et al., 2015). */
export const ConvLSTM1D = convLSTMClass(1);
export type ConvLSTM1D = InstanceType<typeof ConvLSTM1D>;
/** `keras.layers.ConvLSTM2D`: an LSTM whose products are convolutions over two axes. */
export const ConvLSTM2D = convLSTMClass(2);
export type ConvLSTM2D = InstanceType<typeof ConvLSTM2D>;
/** `keras.layers.ConvLSTM3D`: an LSTM whose products are convolutions over three axes. */
export const ConvLSTM3D = convLSTMClass(3);
export type ConvLSTM3D = InstanceType<typeof ConvLSTM3D>;
