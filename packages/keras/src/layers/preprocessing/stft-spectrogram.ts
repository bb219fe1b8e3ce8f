import { Tuple, TypeError, ValueError, warn } from "@cognate/py";
import { epsilon } from "../../backend/config.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor, TensorLike } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import { STFT } from "../../initializers/index.js";
import { windowValues } from "../../initializers/windows.js";
import * as K from "../../ops/index.js";
import { type DataFormat, windowedLength } from "../../ops/nn/windows.js";
import { standardizeDataFormat } from "../arguments.js";
import { InputSpec } from "../input-spec.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

const MODES = ["log", "magnitude", "psd", "real", "imag", "angle", "stft"];
type Window = string | TensorLike | null;

export class STFTSpectrogramImpl extends StockLayer {
  declare readonly mode: string;
  declare readonly frame_length: number;
  declare readonly window: Window;
  declare readonly scaling: string | null;
  declare readonly periodic: boolean;
  declare readonly padding: string;
  declare readonly expand_dims: boolean;
  declare readonly data_format: "channels_first" | "channels_last";
  declare readonly _step: number;
  declare readonly _length: number;
  real_kernel?: Variable;
  imag_kernel?: Variable;

  constructor(
    mode = "log",
    frame_length = 256,
    frame_step: number | null = null,
    fft_length: number | null = null,
    window: Window = "hann",
    periodic = false,
    scaling: string | null = "density",
    padding = "valid",
    expand_dims = false,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    if (frame_step !== null && (frame_step > frame_length || frame_step < 1))
      throw new ValueError(
        `\`frame_step\` should be a positive integer not greater than \`frame_length\`. Received frame_step=${frame_step}, frame_length=${frame_length}`,
      );
    if (fft_length !== null && fft_length < frame_length)
      throw new ValueError(
        `\`fft_length\` should be not less than \`frame_length\`. Received fft_length=${fft_length}, frame_length=${frame_length}`,
      );
    if (fft_length !== null && !Number.isInteger(Math.log2(fft_length)))
      warn(`\`fft_length\` is recommended to be a power of two. Received fft_length=${fft_length}`);
    if (!MODES.includes(mode))
      throw new ValueError(
        `Output mode is invalid, it must be one of ${MODES.join(", ")}. Received: mode=${mode}`,
      );
    if (scaling !== null && scaling !== "density" && scaling !== "spectrum")
      throw new ValueError(
        `Scaling is invalid, it must be \`None\`, 'density' or 'spectrum'. Received scaling=${scaling}`,
      );
    if (padding !== "valid" && padding !== "same")
      throw new ValueError(`Padding is invalid, it should be 'valid', 'same'. Received: padding=${padding}`);
    if (typeof window === "string") windowValues(window, 1, periodic);
    super(options);
    this._take({
      mode,
      frame_length,
      frame_step,
      fft_length,
      window,
      periodic,
      scaling,
      padding,
      expand_dims,
    });
    this._take({
      data_format: standardizeDataFormat(data_format),
      _step: frame_step ?? Math.floor(frame_length / 2),
      _length: fft_length ?? 2 ** Math.ceil(Math.log2(frame_length)),
    });
    this.input_spec = InputSpec({ ndim: 3 }) as never;
  }
  override build(_input_shape: Shape): void {
    const shape = [this.frame_length, 1, Math.floor(this._length / 2) + 1];
    const kernel = (side: "real" | "imag"): Variable =>
      this.add_weight({
        name: `${side}_kernel`,
        shape,
        initializer: STFT(side, this.window, this.scaling, this.periodic) as never,
      });
    if (this.mode !== "imag") this.real_kernel = kernel("real");
    if (this.mode !== "real") this.imag_kernel = kernel("imag");
  }
  get _last(): boolean {
    return this.data_format === "channels_last";
  }
  /** Frequencies of every channel by itself: `[batch, channels, frequencies, time]`. */
  _filtered(inputs: Tensor, kernel: Variable): Tensor {
    const x = this._last ? K.transpose(inputs, [0, 2, 1]) : inputs;
    const [, channels, time] = x.shape as unknown as readonly [number, number, number];
    const lines = K.reshape(x, [-1, time, 1]);
    const weights = K.cast(kernel, inputs.dtype as never);
    const y = K.conv(lines, weights, this._step, this.padding, "channels_last");
    const first = K.transpose(y, [0, 2, 1]);
    return K.reshape(first, [-1, channels, first.shape[1]!, first.shape[2]!]);
  }
  _arranged(y: Tensor): Tensor {
    const [, channels, frequencies, time] = y.shape as unknown as readonly [number, number, number, number];
    if (this.expand_dims) return K.transpose(y, this._last ? [0, 3, 2, 1] : [0, 1, 3, 2]);
    const flat = K.reshape(y, [-1, channels * frequencies, time]);
    return this._last ? K.transpose(flat, [0, 2, 1]) : flat;
  }
  override call(inputs: Tensor): Tensor {
    if (inputs._type.kind !== "float" || inputs._type.name === "bfloat16")
      throw new TypeError(
        `Invalid input type. Expected \`float16\`, \`float32\` or \`float64\`. Received: input type=${String(inputs.dtype)}`,
      );
    const { mode } = this;
    if (mode === "real") return this._arranged(this._filtered(inputs, this.real_kernel!));
    if (mode === "imag") return this._arranged(this._filtered(inputs, this.imag_kernel!));
    const [re, im] = [this._filtered(inputs, this.real_kernel!), this._filtered(inputs, this.imag_kernel!)];
    if (mode === "angle") return this._arranged(K.arctan2(im, re));
    if (mode === "stft") return this._arranged(K.concatenate([re, im], 2));
    const power = K.add(K.square(re), K.square(im));
    if (mode === "psd") {
      const inner = K.slice(
        power,
        [0, 0, 1, 0],
        power.shape.map((n, i) => (i === 2 ? n - 2 : n)),
      );
      return this._arranged(
        K.add(
          power,
          K.pad(inner, [
            [0, 0],
            [0, 0],
            [1, 1],
            [0, 0],
          ]),
        ),
      );
    }
    const linear = this._arranged(K.sqrt(K.maximum(power, epsilon())));
    return mode === "magnitude" ? linear : K.log(K.maximum(linear, epsilon()));
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    const [batch, a, b] = input_shape as readonly [number | null, number | null, number | null];
    const [time, channels] = this._last ? [a, b] : [b, a];
    const own = (Math.floor(this._length / 2) + 1) * (this.mode === "stft" ? 2 : 1);
    const steps = time === null ? null : windowedLength(time, this.frame_length, this._step, this.padding, 1);
    if (this.expand_dims)
      return Tuple.of_<number | null>(
        this._last ? [batch, steps, own, channels] : [batch, channels, steps, own],
      );
    const all = channels === null ? null : own * channels;
    return Tuple.of_<number | null>(this._last ? [batch, steps, all] : [batch, all, steps]);
  }
}

/** `keras.layers.STFTSpectrogram`: signals `[batch, time, channels]` as the sizes of the frequencies of short frames. */
export const STFTSpectrogram = stock(
  "preprocessing.stft_spectrogram.STFTSpectrogram",
  "mode frame_length frame_step fft_length window periodic scaling padding expand_dims data_format **kwargs",
  STFTSpectrogramImpl,
  {
    config: "mode frame_length frame_step fft_length window periodic scaling padding data_format expand_dims",
  },
);
export type STFTSpectrogram = STFTSpectrogramImpl;
