import { type DType, ops } from "@cognate/kernel";
import { type Tuple, TypeError, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { fromKernel } from "../../backend/dtype.js";
import { shapeText } from "../../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, op } from "../make.js";
import { inverseReal, joined, type Parts, parted } from "./fft.js";

/*
 * Fourier transforms of short frames, each weighed by a window.
 */

type Window = "hann" | "hamming" | TensorLike | null;

/** Weights of the cosine windows: w₀ − (1 − w₀)·cos(2πi/n). */
const COSINE = { hann: 0.5, hamming: 0.54 } as const;

function named(name: "hann" | "hamming", length: number, like: Value): Value {
  if (length === 1) return like.full([1], 1) as Value;
  const steps = apply(ops.cumsum, [like.full([length], 1)], { dim: 0, exclusive: true });
  const w = COSINE[name];
  return steps
    .mul((2 * Math.PI) / length)
    .cos()
    .mul(w - 1)
    .add(w) as Value;
}
/** The window's values in the middle of a frame, zeros around them. @throws ValueError */
function windowIn(window: Window, length: number, frame: number, like: Value, type: DType): Value | null {
  if (window === null) return null;
  const own =
    typeof window === "string" ? named(window as "hann", length, like) : castValue(valueOf(window), type);
  if (own.shape.length !== 1 || own.shape[0] !== length)
    throw new ValueError(
      `The shape of \`window\` must be equal to [sequence_length].Received: window shape=${shapeText(own.shape)}`,
    );
  const left = Math.floor((frame - length) / 2);
  const pads: [number, number][] = [[left, frame - length - left]];
  return apply(ops.pad, [own], { pads, mode: "constant", value: 0 });
}

/** Fourier transforms of frames of a length, so many steps apart: `[..., frames, fft_length/2 + 1]`. */
export const stft = op(
  "math.STFT",
  "stft",
  "x sequence_length sequence_stride fft_length window center",
  (
    x: TensorLike,
    sequence_length: number,
    sequence_stride: number,
    fft_length: number,
    window: Window = "hann",
    center = true,
  ): Tuple<Tensor> => {
    const given = valueOf(x);
    if (given.dtype.name !== "float32" && given.dtype.name !== "float64")
      throw new TypeError(
        `Invalid input type. Expected \`float32\` or \`float64\`. Received: input type=${fromKernel(given.dtype)}`,
      );
    const [length, stride, frame] = [Number(sequence_length), Number(sequence_stride), Number(fft_length)];
    if (frame < length)
      throw new ValueError(
        `\`fft_length\` must equal or larger than \`sequence_length\`. Received: sequence_length=${length}, fft_length=${frame}`,
      );
    if (typeof window === "string" && !(window in COSINE))
      throw new ValueError(
        `If a string is passed to \`window\`, it must be one of \`"hann"\`, \`"hamming"\`. Received: window=${window}`,
      );
    const half = Math.floor(frame / 2);
    const pads = given.shape.map((_, i): [number, number] =>
      i === given.shape.length - 1 ? [half, half] : [0, 0],
    );
    const v = center ? apply(ops.pad, [given], { pads, mode: "reflect" }) : given;
    const frames = apply(ops.unfold, [v], { dim: -1, size: frame, step: stride });
    const weights = windowIn(window, length, frame, v, v.dtype);
    const weighed = weights === null ? frames : (frames.mul(weights) as Value);
    return parted(apply(ops.fftR2c, [weighed], { dims: [-1], forward: true, scale: 1, onesided: true }));
  },
);

/** What each place of a frame is divided by, so that squared windows that overlap add up to one. */
function overlaps(w: Value, stride: number): Value {
  const frame = w.shape[0]!;
  const count = Math.ceil(frame / stride);
  const pads: [number, number][] = [[0, count * stride - frame]];
  const rows = apply(ops.pad, [w.square()], { pads, mode: "constant", value: 0 });
  const sums = rows.reshape({ shape: [count, stride] }).sum({ dims: [0], keepdim: true });
  const all = sums.expand({ shape: [count, stride] }).reshape({ shape: [count * stride] });
  return apply(ops.slice, [all], { dim: 0, start: 0, step: 1, length: frame });
}
/** Frames added up where they overlap. */
function added(frames: Value, stride: number): Value {
  const [count, frame] = frames.shape.slice(-2) as [number, number];
  const lead = frames.shape.slice(0, -2);
  const batch = lead.reduce((n, d) => n * d, 1);
  const columns = frames.reshape({ shape: [batch, count, frame] }).permute({ axes: [0, 2, 1] });
  const length = stride * (count - 1) + frame;
  const y = apply(ops.col2im, [columns], {
    kernel: [frame],
    stride: [stride],
    padding: [[0, 0]],
    dilation: [1],
    spatial: [length],
  });
  return apply(ops.reshape, [y], { shape: [...lead, length] });
}

/** The inverse of {@link stft}: the frames that are added up where they overlap. */
export const istft = op(
  "math.ISTFT",
  "istft",
  "x sequence_length sequence_stride fft_length length window center",
  (
    x: Parts,
    sequence_length: number,
    sequence_stride: number,
    fft_length: number,
    length: number | null = null,
    window: Window = "hann",
    center = true,
  ): Tensor => {
    const v = joined(x);
    const [own, stride, frame] = [Number(sequence_length), Number(sequence_stride), Number(fft_length)];
    if (typeof window === "string" && !(window in COSINE))
      throw new ValueError(
        `If a string is passed to \`window\`, it must be one of \`"hann"\`, \`"hamming"\`. Received: window=${window}`,
      );
    const frames = inverseReal(v, frame);
    const w = windowIn(window, own, frame, frames, frames.dtype);
    const weighed = w === null ? frames : (frames.mul(w.div(overlaps(w, stride))) as Value);
    const y = added(weighed, stride);
    const half = Math.floor(frame / 2);
    const [start, total] = [center ? half : 0, y.shape.at(-1)!];
    const end = length !== null ? Math.min(start + Number(length), total) : center ? total - half : total;
    return wrap(
      apply(ops.slice, [y], {
        dim: y.shape.length - 1,
        start,
        step: 1,
        length: Math.max(end - start, 0),
      }),
    );
  },
);
