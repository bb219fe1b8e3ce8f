import { float, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

/** Where the mel scale turns from straight to logarithmic, and its scale (O'Shaughnessy, 1987). */
const [BREAK, SCALE] = [700, 1127];
const mel = (hertz: Tensor): Tensor => K.multiply(K.log(K.add(K.divide(hertz, BREAK), 1)), SCALE);

export class MelSpectrogramImpl extends StockLayer {
  declare readonly fft_length: number;
  declare readonly sequence_stride: number;
  declare readonly sequence_length: number;
  declare readonly window: string;
  declare readonly sampling_rate: number;
  declare readonly num_mel_bins: number;
  declare readonly min_freq: number;
  declare readonly max_freq: number;
  declare readonly power_to_db: boolean;
  declare readonly top_db: number;
  declare readonly mag_exp: number;
  declare readonly min_power: number;
  declare readonly ref_power: number;

  constructor(
    fft_length = 2048,
    sequence_stride = 512,
    sequence_length: number | null = null,
    window = "hann",
    sampling_rate = 16000,
    num_mel_bins = 128,
    min_freq: number = float(20),
    max_freq: number | null = null,
    power_to_db = true,
    top_db: number = float(80),
    mag_exp: number = float(2),
    min_power = 1e-10,
    ref_power: number = float(1),
    options: LayerOptions = {},
  ) {
    super({ autocast: false, ...options });
    const length = sequence_length ?? fft_length;
    if (fft_length < length)
      throw new ValueError(
        `\`fft_length\` must be greater than or equal to   \`sequence_length\`. Received: \`sequence_length\`=${length}, \`fft_length\`=${fft_length}.`,
      );
    this._take({ fft_length, sequence_stride, sequence_length: length, window, sampling_rate, num_mel_bins });
    this._take({ min_freq, max_freq: max_freq ?? Math.trunc(sampling_rate / 2), power_to_db, top_db });
    this._take({ mag_exp, min_power, ref_power });
  }
  override call(inputs: Tensor): Tensor {
    const type = this.compute_dtype === "float64" ? "float64" : "float32";
    const [re, im] = K.stft(
      K.cast(inputs, type),
      this.sequence_length,
      this.sequence_stride,
      this.fft_length,
      this.window,
      true,
    ) as unknown as readonly [Tensor, Tensor];
    const size = K.sqrt(K.add(K.square(re), K.square(im)));
    const power = K.power(size, Number(this.mag_exp));
    const bands = K.tensordot(power, K.cast(this._bands(power.shape.at(-1)!), type), 1);
    const y = this.power_to_db ? this._decibels(bands) : bands;
    return K.cast(K.swapaxes(y, -1, -2), this.compute_dtype);
  }
  /** How much each frequency counts in each band: triangles that are even on the mel scale. */
  _bands(frequencies: number): Tensor {
    const { num_mel_bins: bins } = this;
    const hertz = (x: number): Tensor => K.convert_to_tensor(Number(x), "float32");
    const all = K.linspace(hertz(0), hertz(this.sampling_rate / 2), frequencies);
    const own = K.expand_dims(mel(K.slice(all, [1], [frequencies - 1])), 1);
    const edges = K.linspace(mel(hertz(this.min_freq)), mel(hertz(this.max_freq)), bins + 2);
    const part = (from: number): Tensor => K.reshape(K.slice(edges, [from], [bins]), [1, bins]);
    const [low, centre, high] = [part(0), part(1), part(2)];
    const up = K.divide(K.subtract(own, low), K.subtract(centre, low));
    const down = K.divide(K.subtract(high, own), K.subtract(high, centre));
    return K.pad(K.maximum(K.minimum(up, down), 0), [
      [1, 0],
      [0, 0],
    ]);
  }
  _decibels(power: Tensor): Tensor {
    const least = Number(this.min_power);
    const log = (x: Tensor): Tensor => K.multiply(K.log10(K.maximum(x, least)), 10);
    const reference = K.abs(K.convert_to_tensor(Number(this.ref_power), "float32"));
    const y = K.subtract(log(power), log(reference));
    return K.maximum(y, K.subtract(K.max(y), Number(this.top_db)));
  }
  override compute_output_shape(input_shape: Shape): (number | null)[] {
    const time = input_shape.at(-1) as number | null;
    const steps = time === null ? null : Math.floor((time + this.sequence_stride + 1) / this.sequence_stride);
    const lead = input_shape.length === 1 ? [] : [input_shape[0] as number | null];
    return [...lead, this.num_mel_bins, steps];
  }
}

/** `keras.layers.MelSpectrogram`: signals as the powers of bands of the mel scale, `[..., bands, time]`. */
export const MelSpectrogram = stock(
  "preprocessing.mel_spectrogram.MelSpectrogram",
  "fft_length sequence_stride sequence_length window sampling_rate num_mel_bins min_freq max_freq power_to_db top_db mag_exp min_power ref_power **kwargs",
  MelSpectrogramImpl,
);
export type MelSpectrogram = MelSpectrogramImpl;
