import { complexOf, isComplex, ops, type Shape } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import {
  axis,
  type Dims,
  deliver,
  floating,
  type Int,
  type Ints,
  int,
  ints,
  named,
  valueOf,
} from "../ops/args.js";
import { castValue } from "../ops/operands.js";
import { scalarName } from "../promotion.js";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import { noAxes } from "../words.js";

/** What a transform takes and gives. */
type Kind = "complex" | "real to half" | "half to real";

/** A transform by name: its kind and the sign of its exponent. */
interface Transform {
  readonly name: string;
  readonly kind: Kind;
  readonly forward: boolean;
}

const SEVERAL = "FftC2CBackward0";
/** `fftn` and its like make real numbers complex first. */
const severalNamed = (name: string): boolean => /[2n]$/.test(name);

/** By what the sums are divided. @throws RuntimeError for an unknown mode */
function scaleOf(norm: string | null, forward: boolean, n: number): number {
  if (norm === "ortho") return 1 / Math.sqrt(n);
  if (norm === null || norm === "backward") return forward ? 1 : 1 / n;
  if (norm === "forward") return forward ? 1 / n : 1;
  throw new RuntimeError(`Invalid normalization mode: "${norm}"`);
}

/** Axes cut or filled up with zeros at their ends. */
function resized(x: Value, dims: readonly number[], lengths: readonly number[]): Value {
  const pads = x.shape.map((n, i): readonly [number, number] => {
    const k = dims.indexOf(i);
    return [0, k < 0 ? 0 : lengths[k]! - n];
  });
  return pads.every(([, after]) => after === 0) ? x : call(ops.pad, [x], { pads });
}

/** @throws RuntimeError for types that the transform does not take */
function prepared(x: Value, { name, kind }: Transform): Value {
  if (x.dtype.half) throw new RuntimeError(`Unsupported dtype ${scalarName(x.dtype)}`);
  if (kind === "real to half" && isComplex(x.dtype))
    throw new RuntimeError(
      severalNamed(name)
        ? `${name.replace(/2$/, "n")} expects a real-valued input tensor, but got ${scalarName(x.dtype)}`
        : `${name} expects a real input tensor, but got ${scalarName(x.dtype)}`,
    );
  const y = floating(x);
  return kind === "half to real" ? castValue(y, complexOf(y.dtype)) : y;
}

/** Transforms along axes of given lengths (of the result, for the last axis of a real one). */
function transformed(
  x: Value,
  t: Transform,
  dims: readonly number[],
  lengths: readonly number[],
  norm: string | null,
): Value {
  const last = lengths.length - 1;
  lengths.forEach((n) => {
    if (n < 1) throw new RuntimeError(`Invalid number of data points (${n}) specified`);
  });
  const scale = scaleOf(
    norm,
    t.forward,
    lengths.reduce((a, b) => a * b, 1),
  );
  const params = { dims, forward: t.forward, scale };
  if (t.kind === "half to real") {
    const n = lengths[last]!;
    const halved = lengths.map((length, i) => (i === last ? Math.floor(n / 2) + 1 : length));
    return call(ops.fftC2r, [resized(x, dims, halved)], { ...params, n });
  }
  const y = resized(x, dims, lengths);
  if (t.kind === "real to half") {
    const half = call(ops.fftR2c, [y], { ...params, onesided: true });
    return t.forward ? half : named(half, dims.length > 1 ? SEVERAL : "ConjBackward0");
  }
  if (isComplex(y.dtype)) return call(ops.fftC2c, [y], params);
  const all = call(ops.fftR2c, [y], { ...params, onesided: false });
  return severalNamed(t.name) ? named(all, SEVERAL) : t.forward ? all : named(all, "ConjBackward0");
}

const lengthOf = (t: Transform, n: number): number => (t.kind === "half to real" ? 2 * (n - 1) : n);

/** @throws IndexError for a number, which has no axis to transform */
function requireAxes(x: Value, dim: Int): void {
  if (x.shape.length === 0) throw noAxes(int(dim));
}

/** A transform along one axis. */
function line(name: string, kind: Kind, forward: boolean) {
  const t = { name, kind, forward };
  return def(
    `torch.fft.${name}`,
    "input n dim norm * out",
    (
      input: TensorLike,
      n: Int | null = null,
      dim: Int = -1,
      norm: string | null = null,
      out: Tensor | null = null,
    ): Tensor => {
      const x = prepared(valueOf(input), t);
      requireAxes(x, dim);
      const d = axis(dim, x.shape.length);
      const length = n === null ? lengthOf(t, x.shape[d] ?? 1) : int(n);
      return deliver(transformed(x, t, [d], [length], norm), out, `fft_${name}`);
    },
  );
}

/** The axes and lengths of a transform over several. @throws RuntimeError in PyTorch's words */
function places(t: Transform, shape: Shape, s: Ints | null, dim: Dims): [number[], number[]] {
  const rank = shape.length;
  const given = s === null ? null : ints([s]);
  let dims: number[];
  if (dim !== null) {
    dims = ints([dim]).map((d) => axis(d, rank));
    if (new Set(dims).size < dims.length) throw new RuntimeError("FFT dims must be unique");
    if (given && given.length !== dims.length)
      throw new RuntimeError("When given, dim and shape arguments must have the same length");
  } else if (given) {
    if (given.length > rank)
      throw new RuntimeError(
        `Got shape with ${given.length} values but input tensor only has ${rank} dimensions.`,
      );
    dims = given.map((_, i) => rank - given.length + i);
  } else dims = shape.map((_, i) => i);
  const last = dims.length - 1;
  const lengths = dims.map((d, i) => {
    const n = given?.[i] ?? -1;
    if (n !== -1) return n;
    return i === last ? lengthOf(t, shape[d]!) : shape[d]!;
  });
  return [dims, lengths];
}

/** A transform over several axes: the last two (`plane`) or all by default. */
function grid(name: string, kind: Kind, forward: boolean, plane: boolean) {
  const t = { name, kind, forward };
  return def(
    `torch.fft.${name}`,
    "input s dim norm * out",
    (
      input: TensorLike,
      s: Ints | null = null,
      dim: Dims = plane ? [-2, -1] : null,
      norm: string | null = null,
      out: Tensor | null = null,
    ): Tensor => {
      const x = prepared(valueOf(input), t);
      if (dim !== null) for (const d of ints([dim])) requireAxes(x, d);
      const [dims, lengths] = places(t, x.shape, s, dim);
      if (dims.length === 0) {
        if (kind !== "complex") throw new RuntimeError(`${name} must transform at least one axis`);
        const same = castValue(x, complexOf(x.dtype));
        return deliver(same === x ? call(ops.cast, [x], { dtype: x.dtype }) : same, out);
      }
      return deliver(transformed(x, t, dims, lengths, norm), out, `fft_${name}`);
    },
  );
}

/**
 * The discrete Fourier transform along an axis: yₖ = Σⱼ xⱼ·e^(−2πi·jk/n).
 *
 * @param n - length to which the axis is cut or filled up with zeros
 * @param norm - `"backward"` (the default, no factor), `"ortho"` (1/√n) or `"forward"` (1/n)
 * @throws RuntimeError for half floats, an n below 1, an unknown norm
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.fft.fft(torch.tensor([1, 2, 3, 4]))); // prints tensor([10.+0.j, -2.+2.j, -2.+0.j, -2.-2.j])
 * ```
 */
export const fft = line("fft", "complex", true);
/** The inverse of {@link fft}: xⱼ = 1/n·Σₖ yₖ·e^(2πi·jk/n). */
export const ifft = line("ifft", "complex", false);
/** The first n/2 + 1 frequencies of real numbers. */
export const rfft = line("rfft", "real to half", true);
/** The inverse of {@link rfft}; n is the length of the result, 2·(m − 1) by default. */
export const irfft = line("irfft", "half to real", false);
/** The (real) transform of numbers that are Hermitian in time, given by their first half. */
export const hfft = line("hfft", "half to real", true);
/** The inverse of {@link hfft}. */
export const ihfft = line("ihfft", "real to half", false);

/** {@link fft} over the last two axes. */
export const fft2 = grid("fft2", "complex", true, true);
/** {@link ifft} over the last two axes. */
export const ifft2 = grid("ifft2", "complex", false, true);
/** {@link rfft} over the last two axes; the last one is halved. */
export const rfft2 = grid("rfft2", "real to half", true, true);
/** {@link irfft} over the last two axes. */
export const irfft2 = grid("irfft2", "half to real", false, true);
/** {@link hfft} over the last two axes. */
export const hfft2 = grid("hfft2", "half to real", true, true);
/** {@link ihfft} over the last two axes. */
export const ihfft2 = grid("ihfft2", "real to half", false, true);
/** {@link fft} over several axes (all by default); `s` gives their lengths. */
export const fftn = grid("fftn", "complex", true, false);
/** {@link ifft} over several axes. */
export const ifftn = grid("ifftn", "complex", false, false);
/**
 * {@link rfft} over several axes, the last one halved; `s` gives the lengths to which the input is cut or filled up.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const y = torch.fft.rfftn(torch.ones(2, 3), { s: [4, 4] });
 * print(y.shape, torch.fft.irfftn(y, { s: [4, 4] }).at(0)); // prints torch.Size([4, 3]) tensor([1., 1., 1., 0.])
 * ```
 */
export const rfftn = grid("rfftn", "real to half", true, false);
/** {@link irfft} over several axes. */
export const irfftn = grid("irfftn", "half to real", false, false);
/** {@link hfft} over several axes. */
export const hfftn = grid("hfftn", "half to real", true, false);
/** {@link ihfft} over several axes. */
export const ihfftn = grid("ihfftn", "real to half", false, false);
