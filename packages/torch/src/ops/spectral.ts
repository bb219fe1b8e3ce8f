// Short-time Fourier transforms.
import { def, RuntimeError, UserWarning, warn } from "@cognate/py";
import { fft, ifft, irfft, rfft } from "../fft/transform.js";
import { pad } from "../nn/functional/pad.js";
import { fold } from "../nn/functional/vision/fold.js";
import { scalarName } from "../promotion.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Int, int, named, shown } from "./args.js";
import { ones } from "./creation.js";
import { complex, view_as_real } from "./parts.js";
import { as_strided } from "./shape.js";

type Flag = boolean | null;

const flag = (x: Flag): string => (x === null ? "None" : x ? "1" : "0");
const windowText = (w: Tensor | null): string =>
  w === null ? "None" : `torch.${scalarName(w._value.dtype)}Tensor{${shown(w.shape)}}`;

/** The window in the middle of n_fft zeros. */
function centred(window: Tensor, n_fft: number): Tensor {
  const n = window.shape[0]!;
  const left = Math.floor((n_fft - n) / 2);
  return n === n_fft ? window : pad(window, [left, n_fft - n - left]);
}

/**
 * The Fourier transforms of windows that slide along the last axis: (…, frequency, frame).
 *
 * @param n_fft - length of each transform
 * @param hop_length - steps between windows, n_fft/4 by default
 * @param win_length - length of the window, n_fft by default
 * @param center - frames are centred at their place, for which the signal is padded as `pad_mode` says
 * @param normalized - divide by √n_fft
 * @param onesided - only the frequencies that determine the others, by default where everything is real
 *
 * @throws RuntimeError for lengths that do not fit; where `return_complex` is needed
 */
export const stft = def(
  "torch.stft",
  "input n_fft hop_length win_length window center pad_mode normalized onesided return_complex align_to_window",
  (
    input: Tensor,
    n_fft: Int,
    hop_length: Int | null = null,
    win_length: Int | null = null,
    window: Tensor | null = null,
    center = true,
    pad_mode = "reflect",
    normalized = false,
    onesided: Flag = null,
    return_complex: Flag = null,
    align_to_window: Flag = null,
  ): Tensor => {
    const n = int(n_fft);
    let x = input;
    if (center && align_to_window !== null)
      throw new RuntimeError("stft align_to_window should only be set when center = false.");
    if (center) {
      const half = Math.floor(n / 2);
      const lead = Array.from({ length: Math.max(0, 3 - x.ndim) }, () => 1);
      const y = pad(x.view(...lead, ...x.shape), [half, half], { mode: pad_mode });
      x = y.view(...y.shape.slice(-x.ndim));
    }
    const hop = hop_length === null ? Math.floor(n / 4) : int(hop_length);
    const width = win_length === null ? n : int(win_length);
    const complexInput = x.dtype.is_complex || (window?.dtype.is_complex ?? false);
    if (return_complex === null && !complexInput)
      throw new RuntimeError(
        "stft requires the return_complex parameter be given for real inputs, and will further require that return_complex=True in a future PyTorch release.",
      );
    const refuse = (problem: string): never => {
      throw new RuntimeError(
        `stft(torch.${scalarName(x._value.dtype)}Tensor${shown(x.shape)}, n_fft=${n}, hop_length=${hop}, win_length=${width}, window=${windowText(window)}, normalized=${flag(normalized)}, onesided=${flag(onesided)}, return_complex=${flag(return_complex ?? complexInput)}, align_to_window=${flag(align_to_window)}) : ${problem}`,
      );
    };
    if (!x.dtype.is_floating_point && !x.dtype.is_complex)
      refuse("expected a tensor of floating point or complex values");
    if (x.ndim > 2 || x.ndim < 1) refuse("expected a 1D or 2D tensor");
    const single = x.ndim === 1;
    if (single) x = x.unsqueeze(0);
    const length = x.shape[1]!;
    if (n <= 0 || n > length) {
      if (single) x = x.squeeze(0);
      refuse(`expected 0 < n_fft < ${length}, but got n_fft=${n}`);
    }
    if (single) {
      // What errors show is the signal as it came.
      const line = x;
      x = x.squeeze(0);
      if (hop <= 0) refuse(`expected hop_length > 0, but got hop_length=${hop}`);
      if (width <= 0 || width > n) refuse(`expected 0 < win_length <= n_fft, but got win_length=${width}`);
      checkWindow(window, width, refuse);
      x = line;
    } else {
      if (hop <= 0) refuse(`expected hop_length > 0, but got hop_length=${hop}`);
      if (width <= 0 || width > n) refuse(`expected 0 < win_length <= n_fft, but got win_length=${width}`);
      checkWindow(window, width, refuse);
    }
    const half = onesided ?? !complexInput;
    if (half && complexInput)
      throw new RuntimeError("Cannot have onesided output if window or input is complex");
    const shape = window ?? (width < n ? ones(width, { dtype: x.dtype }) : null);
    const frames = 1 + Math.floor((length - n) / hop);
    const [outer, step] = x.stride() as unknown as number[];
    const cut = as_strided(x, [x.shape[0]!, frames, n], [outer!, hop * step!, step!]);
    const seen = shape === null ? cut : cut.mul(centred(shape, n));
    const norm = normalized ? "ortho" : null;
    const y = (half ? rfft(seen, null, -1, norm) : fft(seen, null, -1, norm)).transpose(1, 2);
    const out = single ? y.squeeze(0) : y;
    if (single) named(out._value, "SqueezeBackward4");
    return (return_complex ?? complexInput) ? out : view_as_real(out);
  },
);

function checkWindow(window: Tensor | null, width: number, refuse: (problem: string) => never): void {
  if (window && (window.ndim !== 1 || window.shape[0] !== width))
    refuse(
      `expected a 1D window tensor of size equal to win_length=${width}, but got window with size ${shown(window.shape)}`,
    );
}

/** Frames laid over each other, `hop` apart: (batch, n_fft, frames) to (batch, length). */
function overlapped(frames: Tensor, hop: number): Tensor {
  const [batch, n, count] = frames.shape as unknown as [number, number, number];
  const length = n + hop * (count - 1);
  const add = (part: Tensor): Tensor => fold(part, [1, length], [1, n], 1, 0, [1, hop]).view(batch, length);
  return frames.dtype.is_complex ? complex(add(frames.real), add(frames.imag)) : add(frames);
}

/**
 * The signal whose {@link stft} this is, in the sense of least squares.
 *
 * @param length - how much of it is returned
 * @throws RuntimeError where the windows leave a gap
 */
export const istft = def(
  "torch.istft",
  "input n_fft hop_length win_length window center normalized onesided length return_complex",
  (
    input: Tensor,
    n_fft: Int,
    hop_length: Int | null = null,
    win_length: Int | null = null,
    window: Tensor | null = null,
    center = true,
    normalized = false,
    onesided: Flag = null,
    length: Int | null = null,
    return_complex = false,
  ): Tensor => {
    const n = int(n_fft);
    const hop = hop_length === null ? Math.floor(n / 4) : int(hop_length);
    const width = win_length === null ? n : int(win_length);
    const words = (): string =>
      `istft(CPU${scalarName(input._value.dtype)}Type${shown(input.shape)}, n_fft=${n}, hop_length=${hop}, win_length=${width}, window=${windowText(window)}, center=${flag(center)}, normalized=${flag(normalized)}, onesided=${flag(onesided)}, length=${length === null ? "None" : int(length)}, return_complex=${flag(return_complex)}) `;
    const refuse = (problem: string): never => {
      throw new RuntimeError(`${words()}: ${problem}`);
    };
    if (!input.dtype.is_complex)
      throw new RuntimeError(
        "istft requires a complex-valued input tensor matching the output from stft with return_complex=True.",
      );
    if (input.numel() === 0) refuse("input tensor cannot be empty.");
    if (input.ndim !== 2 && input.ndim !== 3)
      refuse(`expected a tensor with 3 or 4 dimensions, but got ${input.ndim + 1}`);
    const [rows, count] = input.shape.slice(-2) as [number, number];
    const half = onesided ?? rows !== n;
    const frequencies = Math.floor(n / 2) + 1;
    if (half && rows !== frequencies)
      refuse(
        `expected the frequency dimension (3rd to the last) of the input tensor to match n_fft / 2 + 1 when onesided=True, but got ${rows}`,
      );
    if (!half && rows !== n)
      refuse(
        `expected the frequency dimension (3rd to the last) of the input tensor to match n_fft when onesided=False, but got ${rows}`,
      );
    if (!(hop > 0 && hop <= width)) refuse("expected 0 < hop_length <= win_length");
    if (!(width > 0 && width <= n)) refuse("expected 0 < win_length <= n_fft");
    if (window && (window.ndim !== 1 || window.shape[0] !== width))
      refuse("Invalid window shape. window has to be 1D and length of `win_length`");
    if (return_complex && half)
      throw new RuntimeError("Cannot have onesided output if window or input is complex");
    const real = input.dtype.to_real();
    const shape = centred(window ?? ones(width, { dtype: real }), n);
    const single = input.ndim === 2;
    const spectra = (single ? input.unsqueeze(0) : input).transpose(1, 2);
    const norm = normalized ? "ortho" : null;
    const parts = return_complex
      ? ifft(spectra, null, -1, norm)
      : irfft(half ? spectra : spectra.narrow(2, 0, frequencies), n, -1, norm);
    const sum = overlapped(parts.mul(shape).transpose(1, 2), hop);
    const squares = shape.pow(2).view(1, n, 1).expand(1, n, count);
    const total = n + hop * (count - 1);
    const start = center ? Math.floor(n / 2) : 0;
    const end = length !== null ? start + int(length) : center ? total - Math.floor(n / 2) : total;
    const kept = Math.min(end, total) - start;
    const envelope = overlapped(squares, hop).narrow(1, start, kept);
    if (Number(envelope.abs().min()) <= 1e-11)
      throw new RuntimeError(`${words()}window overlap add min: 1\n[ CPUBoolType{} ]`);
    let y = sum.narrow(1, start, kept).div(envelope);
    if (end > total) {
      warn(
        "The length of signal is shorter than the length parameter. Result is being padded with zeros in the tail. Please check your center and hop_length settings.",
        UserWarning,
      );
      y = pad(y, [0, end - total]);
    }
    return single ? y.squeeze(0) : y;
  },
);
