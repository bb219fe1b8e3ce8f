import { ops } from "@cognate/kernel";
import { repr, Tuple, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { valueOf } from "../../backend/create.js";
import { shapeText } from "../../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, floating, op } from "../make.js";

/*
 * Fourier transforms. Complex numbers come and go as pairs of real and imaginary parts.
 */

/** Real and imaginary parts. */
export type Parts = readonly [TensorLike, TensorLike];

/** @throws ValueError for anything but two tensors of floats of one shape */
export function joined(x: unknown): Value {
  if (!Array.isArray(x) || x.length !== 2)
    throw new ValueError(
      `Input \`x\` should be a tuple of two tensors - real and imaginary.Received: x=${repr(x)}`,
    );
  const [re, im] = [valueOf(x[0]), valueOf(x[1])];
  if (shapeText(re.shape) !== shapeText(im.shape))
    throw new ValueError(
      `Input \`x\` should be a tuple of two tensors - real and imaginary.Both the real and imaginary parts should have the same shape. Received: x[0].shape = ${shapeText(re.shape)}, x[1].shape = ${shapeText(im.shape)}`,
    );
  if (re.dtype.kind !== "float" || im.dtype.kind !== "float")
    throw new ValueError(`At least one tensor in input \`x\` is not of type float.Received: x=${repr(x)}.`);
  return apply(ops.complex, [re, im], undefined);
}
/** A complex tensor as a pair. */
export const parted = (y: Value): Tuple<Tensor> =>
  Tuple.of_([wrap(y.real() as Value), wrap(y.imag() as Value)]);

/** The last axis cut, or filled up with zeros, to a length. */
export function fitted(v: Value, length: number): Value {
  const [dim, n] = [v.shape.length - 1, v.shape.at(-1)!];
  if (n === length) return v;
  if (n > length) return apply(ops.slice, [v], { dim, start: 0, step: 1, length });
  const zeros = v.full([...v.shape.slice(0, -1), length - n], 0);
  return apply(ops.cat, [v, zeros], { dim });
}

const complexTransform = (cls: string, name: string, dims: readonly number[], forward: boolean) =>
  op(`math.${cls}`, name, "x", (x: Parts): Tuple<Tensor> => {
    const v = joined(x);
    const size = dims.reduce((n, d) => n * v.shape.at(d)!, 1);
    return parted(apply(ops.fftC2c, [v], { dims, forward, scale: forward ? 1 : 1 / size }));
  });
/** The discrete Fourier transform along the last axis, of pairs of real and imaginary parts. */
export const fft = complexTransform("FFT", "fft", [-1], true);
/** The discrete Fourier transform over the last two axes. */
export const fft2 = complexTransform("FFT2", "fft2", [-2, -1], true);
/** The inverse of {@link fft2}. */
export const ifft2 = complexTransform("IFFT2", "ifft2", [-2, -1], false);

/** The first n/2 + 1 frequencies of real tensors, the last axis cut or filled up to `fft_length`. */
export const rfft = op(
  "math.RFFT",
  "rfft",
  "x fft_length",
  (x: TensorLike, fft_length: number | null = null): Tuple<Tensor> => {
    const v = floating(x);
    const own = fitted(v, fft_length === null ? v.shape.at(-1)! : Number(fft_length));
    return parted(apply(ops.fftR2c, [own], { dims: [-1], forward: true, scale: 1, onesided: true }));
  },
);

/** The real tensor of complex frequencies, `n` long. */
export function inverseReal(v: Value, length: number | null): Value {
  const n = length ?? 2 * (v.shape.at(-1)! - 1);
  const half = fitted(v, Math.floor(n / 2) + 1);
  return apply(ops.fftC2r, [half], { dims: [-1], forward: false, scale: 1 / n, n });
}
/** The inverse of {@link rfft}. */
export const irfft = op(
  "math.IRFFT",
  "irfft",
  "x fft_length",
  (x: Parts, fft_length: number | null = null): Tensor =>
    wrap(inverseReal(joined(x), fft_length === null ? null : Number(fft_length))),
);
