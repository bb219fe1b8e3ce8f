import { ValueError } from "@cognate/py";
import { isGraphTensor } from "../core/context.js";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, complex64, float32, int32, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { DType, Tensor } from "../shared.js";
import { concat, pad, reshape, reverse, transpose } from "./array.js";
import { range } from "./create.js";
import { type Data, def, type Name, unaryOf } from "./make.js";
import {
  add,
  cast,
  cos,
  divide,
  exp,
  maximum,
  multiply,
  negative,
  sin,
  sqrt,
  square,
  subtract,
} from "./math.js";
import { matmul } from "./matmul.js";
import { reduce_sum } from "./reduce.js";

/* `tf.signal`. */

export const fft = unaryOf("signal.fft", "FFT", "input");
export const fft2d = unaryOf("signal.fft2d", "FFT2D", "input");
export const fft3d = unaryOf("signal.fft3d", "FFT3D", "input");
export const ifft = unaryOf("signal.ifft", "IFFT", "input");
export const ifft2d = unaryOf("signal.ifft2d", "IFFT2D", "input");
export const ifft3d = unaryOf("signal.ifft3d", "IFFT3D", "input");

const lengthsOf = (x: Tensor, axes: number, given: unknown, half: boolean): unknown => {
  if (given !== null) return isTensor(given) ? given : toTensor(given, { dtype: int32 });
  const own = [...x.shape].slice(-axes);
  if (half) own[axes - 1] = 2 * (own[axes - 1]! - 1);
  return toTensor(own, { dtype: int32 });
};
const rfftOf = (py: string, type: string, axes: number) =>
  def(
    `tensorflow.signal.${py}`,
    "input_tensor fft_length name",
    (input_tensor: Data, fft_length: unknown = null, name: Name = null): Tensor => {
      const given = toTensor(input_tensor, { hint: float32 });
      const x = given.dtype.is_floating ? given : cast(given, float32);
      return one(
        type,
        [x, lengthsOf(x, axes, fft_length, false)],
        { Tcomplex: as_dtype(x.dtype.name === "float64" ? "complex128" : "complex64") },
        name,
      );
    },
  );
export const rfft = rfftOf("rfft", "RFFT", 1);
export const rfft2d = rfftOf("rfft2d", "RFFT2D", 2);
export const rfft3d = rfftOf("rfft3d", "RFFT3D", 3);
const irfftOf = (py: string, type: string, axes: number) =>
  def(
    `tensorflow.signal.${py}`,
    "input_tensor fft_length name",
    (input_tensor: Data, fft_length: unknown = null, name: Name = null): Tensor => {
      const x = toTensor(input_tensor, { hint: complex64 });
      return one(
        type,
        [x, lengthsOf(x, axes, fft_length, true)],
        { Treal: as_dtype(x.dtype.name === "complex128" ? "float64" : "float32") },
        name,
      );
    },
  );
export const irfft = irfftOf("irfft", "IRFFT", 1);
export const irfft2d = irfftOf("irfft2d", "IRFFT2D", 2);
export const irfft3d = irfftOf("irfft3d", "IRFFT3D", 3);

/** Half of the axes' lengths rolled, up or down. */
const shifted = (py: string, up: boolean) =>
  def(
    `tensorflow.signal.${py}`,
    "x axes name",
    (x: Data, axes: number | readonly number[] | null = null, name: Name = null): Tensor => {
      const t = toTensor(x);
      const n = t.shape.length;
      const list =
        axes === null
          ? Array.from({ length: n }, (_, i) => i)
          : typeof axes === "number"
            ? [axes]
            : [...axes];
      const shift = list.map((a) => (up ? Math.floor(t.shape.at(a)! / 2) : -Math.floor(t.shape.at(a)! / 2)));
      return one("Roll", [t, toTensor(shift, { dtype: int32 }), toTensor(list, { dtype: int32 })], {}, name);
    },
  );
export const fftshift = shifted("fftshift", true);
export const ifftshift = shifted("ifftshift", false);

/** An axis cut into overlapping frames. */
export const frame = def(
  "tensorflow.signal.frame",
  "signal frame_length frame_step pad_end pad_value axis name",
  (
    signal: Data,
    frame_length: number,
    frame_step: number,
    pad_end = false,
    pad_value: Data = 0,
    axis = -1,
    _name: Name = null,
  ): Tensor => {
    let x = toTensor(signal);
    const n = x.shape.length;
    const at = axis < 0 ? axis + n : axis;
    let length = x.shape[at]!;
    let count = Math.max(0, 1 + Math.floor((length - frame_length) / frame_step));
    if (pad_end) {
      count = Math.ceil(length / frame_step);
      const more = Math.max(0, frame_length + frame_step * (count - 1) - length);
      x = one("PadV2", [
        x,
        toTensor(
          Array.from({ length: n }, (_, i) => [0, i === at ? more : 0]),
          { dtype: int32 },
        ),
        cast(pad_value, x.dtype),
      ]);
      length += more;
    }
    const rows = Array.from({ length: count }, (_, i) =>
      Array.from({ length: frame_length }, (_, j) => i * frame_step + j),
    );
    const indices =
      count > 0
        ? toTensor(rows, { dtype: int32 })
        : one("Reshape", [toTensor([], { dtype: int32 }), [0, frame_length]]);
    return one("GatherV2", [x, indices, at]);
  },
);
/** Frames added up where they overlap. */
export const overlap_and_add = def(
  "tensorflow.signal.overlap_and_add",
  "signal frame_step name",
  (signal: Data, frame_step: number, _name: Name = null): Tensor => {
    const x = toTensor(signal);
    const [frames, length] = [...x.shape].slice(-2) as [number, number];
    const lead = [...x.shape].slice(0, -2) as number[];
    const total = (frames - 1) * frame_step + length;
    const ids = Array.from(
      { length: frames * length },
      (_, i) => Math.floor(i / length) * frame_step + (i % length),
    );
    const rows = reshape(x, [lead.reduce((a, b) => a * b, 1), frames * length]);
    const columns = one("UnsortedSegmentSum", [
      transpose(rows, toTensor([1, 0], { dtype: int32 })),
      toTensor(ids, { dtype: int32 }),
      total,
    ]);
    return reshape(transpose(columns, toTensor([1, 0], { dtype: int32 })), [...lead, total]);
  },
);

const raised = (py: string, a: number, b: number) =>
  def(
    `tensorflow.signal.${py}`,
    "window_length periodic dtype name",
    (window_length: number, periodic = true, dtype: TypeLike = float32, _name: Name = null): Tensor => {
      const type = as_dtype(dtype);
      if (!type.is_floating)
        throw new ValueError(`dtype must be a floating point type. Found ${String(type)}`);
      if (window_length === 1) return toTensor([1], { dtype: type });
      const even = 1 - (window_length % 2);
      const n = cast(window_length + (periodic ? 1 : 0) * even - 1, type);
      const count = cast(range(window_length), type);
      const arg = divide(multiply(toTensor(2 * Math.PI, { dtype: type }), count), n);
      return subtract(toTensor(a, { dtype: type }), multiply(toTensor(b, { dtype: type }), cos(arg)));
    },
  );
export const hann_window = raised("hann_window", 0.5, 0.5);
export const hamming_window = raised("hamming_window", 0.54, 0.46);
/** The length of a window. @throws ValueError for lists of them, and windows of no floats */
function windowLength(given: number | Tensor, type: DType): Tensor {
  if (!type.is_floating) throw new ValueError(`dtype must be a floating point type. Found ${String(type)}`);
  const count = toTensor(given, { dtype: int32 });
  if (count.shape.length > 0) throw new ValueError(`Shape ${String(count.shape)} must have rank 0`);
  return count;
}
export const kaiser_window = def(
  "tensorflow.signal.kaiser_window",
  "window_length beta dtype name",
  (
    window_length: number | Tensor,
    beta: number = 12,
    dtype: TypeLike = float32,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const count = windowLength(window_length, type);
    if (!isGraphTensor(count) && count.item() === 1) return toTensor([1], { dtype: type });
    // Places are float32, as halves have no range.
    const half = divide(subtract(cast(count, float32), 1), 2);
    const arg = cast(range(negative(half), add(half, toTensor(0.1, { dtype: float32 }))), type);
    const b = toTensor(beta, { dtype: type });
    const inner = subtract(cast(1, type), square(divide(arg, cast(half, type))));
    const num = multiply(b, sqrt(maximum(inner, cast(0, type))));
    const ratio = divide(one("BesselI0e", [num]), one("BesselI0e", [b]));
    return multiply(exp(subtract(num, b)), ratio);
  },
);
export const kaiser_bessel_derived_window = def(
  "tensorflow.signal.kaiser_bessel_derived_window",
  "window_length beta dtype name",
  (
    window_length: number | Tensor,
    beta: number = 12,
    dtype: TypeLike = float32,
    _name: Name = null,
  ): Tensor => {
    const half = one("FloorDiv", [windowLength(window_length, as_dtype(dtype)), 2]);
    const window = kaiser_window(add(half, 1), beta, dtype);
    const sums = one("Cumsum", [window, 0]);
    const part = sqrt(
      divide(
        one("StridedSlice", [sums, [0], [-1], [1]], { begin_mask: 1 }),
        one("StridedSlice", [sums, [-1], [0], [1]], { shrink_axis_mask: 1 }),
      ),
    );
    return concat([part, reverse(part, [0])], 0);
  },
);
export const vorbis_window = def(
  "tensorflow.signal.vorbis_window",
  "window_length dtype name",
  (window_length: number, dtype: TypeLike = float32, _name: Name = null): Tensor => {
    const type = as_dtype(dtype);
    const arg = cast(range(window_length), type);
    const inner = sin(
      multiply(
        divide(toTensor(Math.PI, { dtype: type }), cast(window_length, type)),
        one("AddV2", [arg, toTensor(0.5, { dtype: type })]),
      ),
    );
    return sin(multiply(toTensor(Math.PI / 2, { dtype: type }), square(inner)));
  },
);

type Window = ((length: number, options: { dtype: TypeLike }) => Tensor) | null;
const windowed = (f: unknown, length: number, dtype: TypeLike): Tensor =>
  (f as NonNullable<Window>)(length, { dtype });

/** Fourier transforms of overlapping frames. */
export const stft = def(
  "tensorflow.signal.stft",
  "signals frame_length frame_step fft_length window_fn pad_end name",
  (
    signals: Data,
    frame_length: number,
    frame_step: number,
    fft_length: number | null = null,
    window_fn: unknown = hann_window,
    pad_end = false,
    _name: Name = null,
  ): Tensor => {
    const n = fft_length ?? 2 ** Math.ceil(Math.log2(frame_length));
    const x = toTensor(signals, { hint: float32 });
    let frames = frame(x, frame_length, frame_step, pad_end);
    if (window_fn !== null) frames = multiply(frames, windowed(window_fn, frame_length, x.dtype));
    return rfft(frames, [n]);
  },
);
export const inverse_stft = def(
  "tensorflow.signal.inverse_stft",
  "stfts frame_length frame_step fft_length window_fn name",
  (
    stfts: Data,
    frame_length: number,
    frame_step: number,
    fft_length: number | null = null,
    window_fn: unknown = hann_window,
    _name: Name = null,
  ): Tensor => {
    const n = fft_length ?? 2 ** Math.ceil(Math.log2(frame_length));
    const x = toTensor(stfts);
    let frames = irfft(x, [n]);
    const rank = frames.shape.length;
    if (frame_length <= n)
      frames = one("Slice", [
        frames,
        new Array<number>(rank).fill(0),
        [...[...frames.shape].slice(0, -1), frame_length],
      ]);
    else
      frames = pad(
        frames,
        Array.from({ length: rank }, (_, i) => [0, i === rank - 1 ? frame_length - n : 0]),
      );
    if (window_fn !== null) frames = multiply(frames, windowed(window_fn, frame_length, frames.dtype));
    return overlap_and_add(frames, frame_step);
  },
);
export const inverse_stft_window_fn = def(
  "tensorflow.signal.inverse_stft_window_fn",
  "frame_step forward_window_fn name",
  (frame_step: number, forward_window_fn: unknown = hann_window, _name: Name = null) =>
    (length: number, options: { dtype?: TypeLike } = {}): Tensor => {
      const window = windowed(forward_window_fn, length, options.dtype ?? float32);
      const overlaps = Math.ceil(length / frame_step);
      const more = overlaps * frame_step - length;
      const squares = reshape(pad(square(window), [[0, more]]), [overlaps, frame_step]);
      const total = one("Tile", [reduce_sum(squares, 0, true), [overlaps, 1]]);
      return divide(window, one("Slice", [reshape(total, [overlaps * frame_step]), [0], [length]]));
    },
);
/** Cosine transforms of type 1 to 4 along the last axis. */
export const dct = def(
  "tensorflow.signal.dct",
  "input type n axis norm name",
  (
    input: Data,
    type = 2,
    n: number | null = null,
    axis = -1,
    norm: string | null = null,
    _name: Name = null,
  ): Tensor => {
    if (axis !== -1) throw new ValueError(`axis must be -1. Got: ${axis}`);
    if (norm !== null && norm !== "ortho")
      throw new ValueError(`Unknown normalization. Expected None or 'ortho', got: ${norm}`);
    if (type === 1 && norm) throw new ValueError("Normalization is not supported for the Type-I DCT.");
    let x = toTensor(input, { hint: float32 });
    const own = x.shape.at(-1)!;
    const length = n ?? own;
    const rank = x.shape.length;
    if (length < own)
      x = one("Slice", [x, new Array<number>(rank).fill(0), [...[...x.shape].slice(0, -1), length]]);
    else if (length > own)
      x = pad(
        x,
        Array.from({ length: rank }, (_, i) => [0, i === rank - 1 ? length - own : 0]),
      );
    const k = (f: (i: number, j: number) => number): Tensor =>
      toTensor(
        Array.from({ length }, (_, i) => Array.from({ length }, (_, j) => f(i, j))),
        { dtype: x.dtype },
      );
    const N = length;
    const basis = (): Tensor => {
      switch (type) {
        case 1:
          return k((i, j) =>
            i === 0 ? 1 : i === N - 1 ? (-1) ** j : 2 * Math.cos((Math.PI * i * j) / (N - 1)),
          );
        case 2:
          return k(
            (i, j) =>
              2 *
              Math.cos((Math.PI * j * (2 * i + 1)) / (2 * N)) *
              (norm ? (j === 0 ? Math.sqrt(1 / (4 * N)) : Math.sqrt(1 / (2 * N))) : 1),
          );
        case 3:
          return k((i, j) => {
            if (norm)
              return i === 0
                ? Math.sqrt(1 / N)
                : Math.sqrt(2 / N) * Math.cos((Math.PI * i * (2 * j + 1)) / (2 * N));
            return i === 0 ? 1 : 2 * Math.cos((Math.PI * i * (2 * j + 1)) / (2 * N));
          });
        case 4:
          return k(
            (i, j) =>
              2 *
              Math.cos((Math.PI * (2 * i + 1) * (2 * j + 1)) / (4 * N)) *
              (norm ? Math.sqrt(1 / (2 * N)) : 1),
          );
        default:
          throw new ValueError(`Types I, II, III and IV (I)DCT are supported. Got: ${type}.`);
      }
    };
    const flat = reshape(x, [-1, N]);
    return reshape(matmul(flat, basis()), [...[...x.shape].slice(0, -1), N] as number[]);
  },
);
export const idct = def(
  "tensorflow.signal.idct",
  "input type n axis norm name",
  (
    input: Data,
    type = 2,
    n: number | null = null,
    axis = -1,
    norm: string | null = null,
    _name: Name = null,
  ): Tensor => {
    const inverse = ({ 1: 1, 2: 3, 3: 2, 4: 4 } as Record<number, number>)[type];
    if (!inverse) throw new ValueError(`Types I, II, III and IV (I)DCT are supported. Got: ${type}.`);
    return dct(input, inverse, n, axis, norm);
  },
);
/** Filters between mel-spaced frequencies. */
export const linear_to_mel_weight_matrix = def(
  "tensorflow.signal.linear_to_mel_weight_matrix",
  "num_mel_bins num_spectrogram_bins sample_rate lower_edge_hertz upper_edge_hertz dtype name",
  (
    num_mel_bins = 20,
    num_spectrogram_bins = 129,
    sample_rate: number = 8000,
    lower_edge_hertz: number = 125,
    upper_edge_hertz: number = 3800,
    dtype: TypeLike = float32,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const mel = (f: Tensor): Tensor =>
      multiply(cast(1127, type), one("Log", [one("AddV2", [cast(1, type), divide(f, cast(700, type))])]));
    const nyquist = sample_rate / 2;
    const freqs = one("Slice", [linspaceOf(0, nyquist, num_spectrogram_bins, type), [1], [-1]]);
    const bins = one("ExpandDims", [mel(freqs), 1]);
    const [low, high] = [mel(cast(lower_edge_hertz, type)), mel(cast(upper_edge_hertz, type))];
    const edges = linspaceTensor(low, high, num_mel_bins + 2);
    const bands = frame(edges, 3, 1);
    const part = (k: number): Tensor =>
      reshape(one("StridedSlice", [bands, [0, k], [0, k + 1], [1, 1]], { begin_mask: 1, end_mask: 1 }), [
        1,
        num_mel_bins,
      ]);
    const [lower, center, upper] = [part(0), part(1), part(2)];
    const up = divide(subtract(bins, lower), subtract(center, lower));
    const down = divide(subtract(upper, bins), subtract(upper, center));
    return pad(maximum(cast(0, type), one("Minimum", [up, down])), [
      [1, 0],
      [0, 0],
    ]);
  },
);
const linspaceTensor = (a: Tensor, b: Tensor, n: number): Tensor => {
  const step = divide(subtract(b, a), cast(n - 1, a.dtype));
  const inner = one("AddV2", [a, multiply(step, cast(range(1, n - 1), a.dtype))]);
  return concat([reshape(a, [1]), inner, reshape(b, [1])], 0);
};
const linspaceOf = (a: number, b: number, n: number, type: Tensor["dtype"]): Tensor =>
  linspaceTensor(cast(a, type), cast(b, type), n);
export const mfccs_from_log_mel_spectrograms = def(
  "tensorflow.signal.mfccs_from_log_mel_spectrograms",
  "log_mel_spectrograms name",
  (log_mel_spectrograms: Data, _name: Name = null): Tensor => {
    const x = toTensor(log_mel_spectrograms);
    return multiply(dct(x, 2), one("Rsqrt", [cast(2 * x.shape.at(-1)!, x.dtype)]));
  },
);
