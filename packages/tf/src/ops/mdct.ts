import { ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { one } from "../core/execute.js";
import type { DType, Tensor } from "../shared.js";
import { concat, reverse, split } from "./array.js";
import { type Data, def, type Name } from "./make.js";
import { cast, multiply, negative, subtract } from "./math.js";
import { dct, frame, overlap_and_add, vorbis_window } from "./signal.js";

type Window = (length: number, options: { dtype: DType }) => Tensor;

const windowed = (frames: Tensor, length: number, window: Window | null): Tensor =>
  multiply(frames, window ? window(length, { dtype: frames.dtype }) : cast(Math.SQRT1_2, frames.dtype));
const reversed = (x: Tensor): Tensor => reverse(x, [-1]);

/** The modified discrete cosine transform of frames that overlap by half: [..., samples] → [..., frames, length / 2]. */
export const mdct = def(
  "tensorflow.signal.mdct",
  "signals frame_length window_fn pad_end norm name",
  (
    signals: Data,
    frame_length: number,
    window_fn: Window | null = vorbis_window as unknown as Window,
    pad_end = false,
    norm: string | null = null,
    _name: Name = null,
  ): Tensor => {
    if (frame_length % 4 !== 0) throw new ValueError("The frame length must be a multiple of 4.");
    const frames = windowed(frame(signals, frame_length, frame_length / 2, pad_end), frame_length, window_fn);
    const [a, b, c, d] = split(frames, 4, -1) as [Tensor, Tensor, Tensor, Tensor];
    const halves = [subtract(negative(reversed(c)), d), subtract(a, reversed(b))];
    return dct(concat(halves, -1), 4, null, -1, norm);
  },
);

/** The signal of its modified discrete cosine transform: [..., frames, n] → [..., (frames + 1)·n]. */
export const inverse_mdct = def(
  "tensorflow.signal.inverse_mdct",
  "mdcts window_fn norm name",
  (
    mdcts: Data,
    window_fn: Window | null = vorbis_window as unknown as Window,
    norm: string | null = null,
    _name: Name = null,
  ): Tensor => {
    const x = toTensor(mdcts);
    const half = x.shape.at(-1)!;
    const y = dct(x, 4, null, -1, norm);
    const scaled = norm === null ? multiply(y, cast(0.5 / half, y.dtype)) : y;
    const [a, b] = split(scaled, 2, -1) as [Tensor, Tensor];
    const frames = concat([b, negative(reversed(b)), negative(reversed(a)), one("Neg", [a])], -1);
    return overlap_and_add(windowed(frames, 2 * half, window_fn), half);
  },
);
